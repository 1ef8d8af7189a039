"""What makes templates quick: strings translated when a template is compiled, macros called without a detour."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from jinja2.visitor import NodeTransformer

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


class TranslatedCode(CodeGenerator):
    """Jinja's, for an environment whose global `_` translates: its language is known when a template is compiled."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - Jinja's name
        """Translates, unless the template has a `_` of its own."""
        if not any(name.name == _TRANSLATES and name.ctx != "load" for name in node.find_all(nodes.Name)):
            node = _Translating(self.environment).visit(node)
        super().visit_Template(node, frame)


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
    """Prepares an environment whose global `_` translates."""
    environment.code_generator_class = TranslatedCode
    environment.context_class = QuickContext
