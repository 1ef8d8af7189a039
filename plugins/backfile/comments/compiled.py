"""What makes templates quick: strings translated when a template is compiled, macros called without a detour, words
escaped without an object for each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jinja2 import Environment, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

_TRANSLATES = "_"


class _Translating(NodeTransformer):
    """Puts translations in the place of `_('...')`; Jinja then makes one string of them and the text around them."""

    def __init__(self, environment: Environment) -> None:
        self._translated: Any = environment.globals[_TRANSLATES]

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - Jinja's name
        """A string for a call that has a string alone as its argument."""
        self.generic_visit(node)
        plain = len(node.args) == 1 and not (node.kwargs or node.dyn_args or node.dyn_kwargs)
        if isinstance(node.node, nodes.Name) and node.node.name == _TRANSLATES and plain:
            said = node.args[0]
            if isinstance(said, nodes.Const) and isinstance(said.value, str):
                return nodes.Const(self._translated(said.value), lineno=node.lineno)
        return node


def escaped(value: object) -> str:
    """What `markupsafe.escape` gives, as plain text: it is written out at once, and nobody asks whether it is safe."""
    kind = type(value)
    if kind is Markup:
        return value  # type: ignore[return-value]
    if kind is not str:
        return escape(value)
    text: str = value  # type: ignore[assignment]
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("'", "&#39;").replace('"', "&#34;")


class TranslatedCode(CodeGenerator):
    """Jinja's, for an environment whose global `_` translates: its language is known when a template is compiled."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - Jinja's name
        """Translates, unless the template has a `_` of its own."""
        if not any(name.name == _TRANSLATES and name.ctx != "load" for name in node.find_all(nodes.Name)):
            node = _Translating(self.environment).visit(node)
        self.writeline(f"from {__name__} import {escaped.__name__}")
        super().visit_Template(node, frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        """Begins what writes a value out; called by Jinja, which ends it with a bracket."""
        if finalize.src is None and frame.eval_ctx.autoescape and not frame.eval_ctx.volatile:
            self.write(f"{escaped.__name__}(")
        else:
            super()._output_child_pre(node, frame, finalize)


class QuickContext(Context):
    """Jinja's, which looks at what is called to see what it wants to be given; of a macro that is known."""

    def call(__self, __called: Any, *args: Any, **named: Any) -> Any:  # noqa: N805 - as Jinja, so that any name can be passed
        """Calls what a template calls."""
        if type(__called) is Macro:
            named.pop("_block_vars", None)
            named.pop("_loop_vars", None)
            return __called(__self.eval_ctx, *args, **named)
        return super().call(__called, *args, **named)


def quicken(environment: Environment) -> None:
    """Prepares an environment whose global `_` translates, and whose templates do not change while it is used."""
    environment.code_generator_class = TranslatedCode
    environment.context_class = QuickContext
    environment.get_template = _remembering(environment.get_template)  # type: ignore[method-assign]


def _remembering(get: Callable[..., Template]) -> Callable[..., Template]:
    """Jinja's way to a template, gone once: it would give the template all its globals again at each `include`."""
    known: dict[str, Template] = {}

    def get_template(name: Any, parent: str | None = None, globals: Any = None) -> Template:  # noqa: A002 - Jinja's name
        if globals or type(name) is not str:
            return get(name, parent, globals)
        template = known.get(name)
        if template is None:
            template = known[name] = get(name, parent)
        return template

    return get_template
