"""Runs the macros that a page written by hand calls, and says what is wrong with its calls: the same for a check and for a build.

`render_page` takes a Renderer and a page. It returns the page's Markdown with the output of its calls, or what is wrong with them. A page may come
with somebody's pull request, so what it says between braces runs in Jinja's sandbox, and reaches nothing but the macros.
"""

from __future__ import annotations

import inspect
import re
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

from jinja2 import TemplateError, TemplateSyntaxError, nodes
from markupsafe import Markup

from macros.pages.answers import made_from_answers
from macros.pages.calls import InvalidCall, called
from macros.pages.macros import MACROS
from macros.pages.renderer import TEMPLATES, Renderer
from macros.pages.sandbox import NoPage, parse_page, render_tree, undeclared
from macros.problems.problem import Location, Problem
from macros.text.page_source import PageSource, may_call

_NOT_PLAIN = re.compile(r"[^\w {}%,.;:'\"()?-]")
_TAKES_SPACE = re.compile(r"\{[{%#][-+]|[-+][}%#]\}")
"""Braces that take away the line breaks beside them."""


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """The Markdown of a page with the output of its calls; empty if there are `problems`.

    In one that `is_plain`, what stands round the calls is the text of the page as it is written, and what they give is as they gave it.
    """

    text: str
    problems: tuple[Problem, ...] = ()
    is_plain: bool = True


@made_from_answers
def render_page(view: Renderer, page: PageSource) -> RenderedPage:
    """Renders the text of a page written by hand; `view` is the renderer for its address."""
    if not may_call(page.text):
        return RenderedPage(page.text)
    run = _Run(view, page)
    try:
        tree = parse_page(page.text)
        calls = _plain_calls(tree)
        unknown = _unknown_names(page, tree) if calls is None else []
    except NoPage as error:
        return RenderedPage("", (_syntax_problem(page, error),))
    except RecursionError:
        return RenderedPage("", (_syntax_problem(page, NoPage("brackets or statements are nested too deep", 1)),))
    if unknown:
        for call in filter(None, map(_plain_call, tree.find_all(nodes.Call))):
            run.piece(call)  # what is wrong with it is told beside the unknown names
        return RenderedPage("", (*unknown, *run.found))
    text = run.whole(tree) if calls is None else "".join(map(run.piece, calls))
    return RenderedPage("", tuple(run.found)) if run.found else RenderedPage(text, is_plain=calls is not None and not _TAKES_SPACE.search(page.text))


def template_fault(error: TemplateError, folder: Path = TEMPLATES, name: str = "macros/pages/templates") -> Problem:
    """A fault in a template below `folder`, by default one of the program's own, at its line there; `name` is what the playbook calls that folder."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(str(folder))]
    file, line = (frames[-1].filename, frames[-1].lineno) if frames else (str(folder), 1)
    if isinstance(error, TemplateSyntaxError):
        file, line = error.filename or file, error.lineno
    text = Path(file).read_text("utf-8").splitlines()[line - 1] if Path(file).is_file() else ""
    inside = f"/{Path(file).relative_to(folder).as_posix()}" if Path(file).is_relative_to(folder) and Path(file) != folder else ""
    place = Location(f"{name}{inside}", line, 1, line, len(text) + 1)
    return Problem(place, "template-fault", f"{type(error).__name__}: {error}", "correct the template", "", text)


@dataclass(frozen=True, slots=True)
class _Call:
    """A call with plain values, which is how nearly all pages call macros: there is no need to compile such a page."""

    name: str
    line: int
    arguments: tuple[Any, ...]
    options: Mapping[str, Any]


def _plain_calls(tree: nodes.Template) -> list[str | _Call] | None:
    """The texts and calls of a page that has nothing else; None if it has."""
    pieces: list[str | _Call] = []
    for node in (inner for outer in tree.body for inner in (outer.nodes if isinstance(outer, nodes.Output) else [outer])):
        if isinstance(node, nodes.TemplateData):
            pieces.append(node.data)
        elif isinstance(node, nodes.Const) and isinstance(node.value, str) and not _NOT_PLAIN.search(node.value):
            pieces.append(node.value)
        elif call := _plain_call(node):
            pieces.append(call)
        else:
            return None
    return pieces


def _plain_call(node: nodes.Node) -> _Call | None:
    if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name) or node.node.name not in MACROS or node.dyn_args or node.dyn_kwargs:
        return None
    values = [*node.args, *(option.value for option in node.kwargs)]
    if not all(isinstance(value, nodes.Const) for value in values):
        return None
    options = {option.key: option.value.value for option in node.kwargs}
    return _Call(node.node.name, node.node.lineno, tuple(value.value for value in node.args), options)


@dataclass(frozen=True)
class _Run:
    """The calls of one page. What is wrong with a call is added to `found`, so that the next one is looked at too."""

    view: Renderer
    page: PageSource
    found: list[Problem] = field(default_factory=list)

    def piece(self, piece: str | _Call) -> str:
        """A text as it is, or what a call gives."""
        if isinstance(piece, str):
            return piece
        return str(self._call(MACROS[piece.name], lambda: piece.line, piece.arguments, piece.options))

    def whole(self, tree: nodes.Template) -> str:
        """The text of a page that does more than call macros."""
        try:
            return render_tree(tree, {**_front_values(self.page), **{name: self._macro(function) for name, function in MACROS.items()}})
        except Exception as error:  # noqa: BLE001 - whatever a page's own code may raise
            lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "<template>"]
            help = "correct what stands between {{ }} or {% %} here"
            self.found.append(_problem(self.page, lines[-1] if lines else 1, "macro-fault", f"{type(error).__name__}: {error}", help))
        return ""

    def _macro(self, function: Callable[..., Markup]) -> Callable[..., Markup]:
        def call(*arguments: object, **options: object) -> Markup:
            return self._call(function, lambda: _calling_line(inspect.currentframe()), arguments, options)

        return call

    def _call(self, function: Callable[..., Markup], line: Callable[[], int], arguments: tuple, options: Mapping[str, object]) -> Markup:
        try:
            return called(function, self.view, arguments, options)
        except InvalidCall as wrong:
            name = function.__name__
            self.found.append(_problem(self.page, line(), "wrong-call", f"{name}: {wrong.message}", wrong.help, name))
        except TemplateError as error:
            self.found.append(template_fault(error))
        return Markup("")


def _front_values(page: PageSource) -> dict[str, Any]:
    fields, problems = page.fields
    return fields if isinstance(fields, dict) and not problems else {}


def _unknown_names(page: PageSource, tree: nodes.Template) -> list[Problem]:
    unknown = undeclared(tree) - {*MACROS, *_front_values(page)}
    names = [name for name in tree.find_all(nodes.Name) if name.name in unknown and name.ctx == "load"]
    help = f"the macros are {', '.join(MACROS)}"
    return [_problem(page, name.lineno, "unknown-macro", f"there is no macro '{name.name}'", help, name.name) for name in names]


def _syntax_problem(page: PageSource, error: NoPage) -> Problem:
    message = str(error)
    anchor = "{#" in page.text and "comment" in message
    help = "write an anchor with a space: { #name }" if anchor else "write {{ name(…) }}; braces that are text go between {% raw %} and {% endraw %}"
    return _problem(page, error.line, "macro-syntax", message, error.help or help, "{#" if anchor else error.name)


def _calling_line(frame: FrameType | None) -> int:
    """The line of the page that is being rendered, which is the one template without a name: Jinja knows it for each frame."""
    while frame:
        template = frame.f_globals.get("__jinja_template__")
        if template is not None and template.name is None:
            return template.get_corresponding_lineno(frame.f_lineno)
        frame = frame.f_back
    return 1


def _problem(page: PageSource, line: int, rule: str, message: str, help: str, name: str = "") -> Problem:
    """A problem on `line` of the page's text; front matter is above that text in the file."""
    source = page.source
    number = line + source.mark_at(page.begins).line
    text = source.lines[number - 1] if 0 < number <= len(source.lines) else ""
    column = max(text.find(name), 0) + 1
    return Problem(Location(source.file, number, column, number, column + max(len(name), 1)), rule, message, help, "", text)
