"""What makes templates quick: strings translated when a template is compiled, attributes read and macros called without
a detour, words escaped without an object for each."""

from __future__ import annotations

from collections.abc import Callable
from keyword import iskeyword
from typing import Any

from jinja2 import Environment, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

try:
    # The half of `escape` that makes no object for what it gives.
    from markupsafe import _escape_inner as _escaped_text  # type: ignore[attr-defined]
except ImportError:  # pragma: no cover - a later version that keeps it elsewhere
    _escaped_text = escape

_TRANSLATES = "_"
_GIVEN = "jinja_pass_arg"
"""Jinja's mark of a function that is given the context, or a part of it."""


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
    if kind is str:
        return _escaped_text(value)  # type: ignore[arg-type]
    return value if kind is Markup else escape(value)  # type: ignore[return-value]


def called(context: Context, wanted: Any, of_loop: Any, of_block: Any, /, *args: Any, **named: Any) -> Any:
    """What `Context.call` gives, to which a template's variables in loops and blocks are given in another way."""
    if type(wanted) is Macro:
        rest = wanted.arguments[len(args) :]
        unusual = wanted.catch_kwargs or wanted.catch_varargs or wanted.caller
        if unusual or len(args) > len(wanted.arguments) or (named and not named.keys() <= {*rest}):
            return wanted(context.eval_ctx, *args, **named)
        text = wanted._func(*args, *[named.get(name, missing) for name in rest])
        return str.__new__(Markup, text) if context.eval_ctx.autoescape else text
    if getattr(wanted, _GIVEN, None) or getattr(getattr(wanted, "__call__", None), _GIVEN, None):  # noqa: B004
        return context.call(wanted, *args, **named, _loop_vars=of_loop, _block_vars=of_block)
    try:
        return wanted(*args, **named)
    except StopIteration:
        return context.call(_stopped)


def _stopped() -> None:
    raise StopIteration


class QuickCode(CodeGenerator):
    """Jinja's, with shorter ways to what it does most often; of what is not there it is still Jinja that says so."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - Jinja's name
        """Begins with what the code below needs."""
        self.writeline(f"from {__name__} import {called.__name__}, {escaped.__name__}")
        super().visit_Template(node, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """Looks whether there is an attribute before it asks Jinja, which knows what to do when there is none."""
        if self.environment.is_async or self.environment.sandboxed:
            super().visit_Getattr(node, frame)
            return
        whole, part = self.temporary_identifier(), self.temporary_identifier()
        self.write(f"({part} if ({part} := getattr(({whole} := ")
        self.visit(node.node, frame)
        self.write(f"), {node.attr!r}, missing)) is not missing else environment.getattr({whole}, {node.attr!r}))")

    def visit_Call(self, node: nodes.Call, frame: Frame, **more: Any) -> None:  # type: ignore[override]  # noqa: N802
        """Calls by way of `called`; what has a caller or arguments out of lists is left to Jinja."""
        special = more or node.dyn_args or node.dyn_kwargs or any(iskeyword(part.key) for part in node.kwargs)
        if special or self.environment.is_async or self.environment.sandboxed:
            super().visit_Call(node, frame, **more)
            return
        self.write(f"{called.__name__}(context, ")
        self.visit(node.node, frame)
        self.write(", _loop_vars" if frame.loop_frame else ", None")
        self.write(", _block_vars" if frame.block_frame else ", None")
        for part in [*node.args, *node.kwargs]:
            self.write(", ")
            self.visit(part, frame)
        self.write(")")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        """Begins what writes a value out; called by Jinja, which ends it with a bracket."""
        if finalize.src is None and frame.eval_ctx.autoescape and not frame.eval_ctx.volatile:
            self.write(f"{escaped.__name__}(")
        else:
            super()._output_child_pre(node, frame, finalize)


class TranslatedCode(QuickCode):
    """The same for an environment whose global `_` translates: its language is known when a template is compiled."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - Jinja's name
        """Translates, unless the template has a `_` of its own."""
        if not any(name.name == _TRANSLATES and name.ctx != "load" for name in node.find_all(nodes.Name)):
            node = _Translating(self.environment).visit(node)
        super().visit_Template(node, frame)


def quicken(environment: Environment) -> None:
    """Prepares an environment whose global `_` translates, and whose templates do not change while it is used."""
    environment.code_generator_class = TranslatedCode
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
