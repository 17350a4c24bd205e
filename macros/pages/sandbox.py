"""Jinja for the text of a page, which may come with somebody's pull request: it reaches nothing but the macros, and comes to an end.

`parse_page` takes a page's text and returns its tree, or says what is wrong with it; `render_tree` returns the text that the tree gives.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, wraps
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError, Undefined, meta, nodes
from jinja2.runtime import Context, TemplateReference
from jinja2.sandbox import ImmutableSandboxedEnvironment, SecurityError

from macros.problems.closest import did_you_mean

LARGEST_FACTOR = 10_000
"""What a page may multiply by or pass on: a larger number is a slip, or somebody who wants to stop the machine."""
MOST_ROUNDS = 100_000
"""How often the loops of a page may go round, all together."""
_COUNTED = "_counted"
"""The name under which the loops of a page find the function that counts them."""
_OF_ANY_LENGTH = frozenset({"format", "format_map", "center", "ljust", "rjust", "zfill", "expandtabs"})
"""What makes a text as long as it is told to."""
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_OTHER_FILES = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)


class _Sandbox(ImmutableSandboxedEnvironment):
    """No way to Python's own objects, and no number that takes for ever."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        if any(not isinstance(value, int | float) or abs(value) > LARGEST_FACTOR for value in (left, right)):
            raise SecurityError(f"'{operator}' is for numbers up to {LARGEST_FACTOR:,}")
        return super().call_binop(context, operator, left, right)


class NoPage(Exception):
    """What stands between braces cannot be read: what, on which line of the text, and what to write instead, if that is known."""

    def __init__(self, message: str, line: int, help: str = "", name: str = "") -> None:
        super().__init__(message)
        self.line, self.help, self.name = line, help, name


@cache
def _sandbox() -> _Sandbox:
    made = _Sandbox(undefined=StrictUndefined, autoescape=False, finalize=_shown)
    for name in ("lipsum", "namespace"):  # as many words as are asked for, and values that a loop can let grow
        del made.globals[name]
    for name in {*_OF_ANY_LENGTH, "random"} & made.filters.keys():  # a page is the same in every build
        del made.filters[name]
    made.filters = {name: _bounded(name, filter) for name, filter in made.filters.items()}
    return made


def _bounded(name: str, filter: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that takes no number which makes it go on for ever."""

    @wraps(filter)
    def bounded(*arguments: Any, **options: Any) -> Any:
        if any(isinstance(value, int | float) and abs(value) > LARGEST_FACTOR for value in (*arguments[1:], *options.values())):
            raise SecurityError(f"'{name}' is for numbers up to {LARGEST_FACTOR:,}")
        return filter(*arguments, **options)

    return bounded


def _shown(value: Any) -> Any:
    """A value as a page shows it; a macro itself is not what anybody wants to show, and some characters are none that a file can hold."""
    if isinstance(value, str) and (odd := _NO_TEXT.search(value)):
        raise SecurityError(f"no page can show the character U+{ord(odd[0]):04X}")
    if isinstance(value, TemplateReference) or (callable(value) and not isinstance(value, Undefined)):
        raise SecurityError("this shows a macro itself; brackets after its name call it, such as {{ changes() }}")
    return value


def parse_page(text: str) -> nodes.Template:
    """The tree of a page.

    Raises: NoPage; RecursionError.
    """
    try:
        tree = _sandbox().parse(text)
    except TemplateSyntaxError as error:
        raise NoPage(str(error.message), error.lineno) from None
    except ValueError:
        raise NoPage("a number has too many digits", 1) from None
    for node in tree.find_all((*_OTHER_FILES, nodes.Filter, nodes.Test, nodes.Call)):
        _refuse(node)
    return tree


def _refuse(node: nodes.Node) -> None:
    if isinstance(node, _OTHER_FILES):
        raise NoPage("a page cannot take in another file", node.lineno, "write its text here, or link to it")
    if isinstance(node, nodes.Call):
        if isinstance(node.node, nodes.Getattr) and node.node.attr in _OF_ANY_LENGTH:
            raise NoPage(f"a page cannot use '{node.node.attr}'", node.lineno, "write the text as it should look", node.node.attr)
        return
    what, known = ("filter", _sandbox().filters) if isinstance(node, nodes.Filter) else ("test", _sandbox().tests)
    if node.name not in known:
        raise NoPage(f"there is no {what} '{node.name}'", node.lineno, did_you_mean(node.name, known, "remove it"), node.name)


def undeclared(tree: nodes.Template) -> frozenset[str]:
    """The names that a page uses and does not set.

    Raises: NoPage, where a statement cannot be where it is, such as `{% break %}`.
    """
    try:
        return frozenset(meta.find_undeclared_variables(tree)) - {*_sandbox().globals}
    except TemplateSyntaxError as error:
        raise NoPage(str(error.message), error.lineno) from None


def render_tree(tree: nodes.Template, values: Mapping[str, Any]) -> str:
    """The text that a page gives with `values`. Its loops may go round so often and no more; whatever its code raises is raised."""
    for loop in tree.find_all(nodes.For):
        loop.iter = nodes.Call(nodes.Name(_COUNTED, "load"), [loop.iter], [], None, None).set_lineno(loop.lineno, override=False)
    template = _sandbox().from_string(tree.set_environment(_sandbox()))
    return template.render({**values, _COUNTED: _counter()})


def _counter() -> Callable[[Iterable[Any]], Iterator[Any]]:
    """A function that goes through what it is given, and stops when it has done so too often."""
    rounds = iter(range(MOST_ROUNDS))

    def counted(values: Iterable[Any]) -> Iterator[Any]:
        for value in values:
            if next(rounds, None) is None:
                raise SecurityError(f"the loops of a page go round {MOST_ROUNDS:,} times at most")
            yield value

    return counted
