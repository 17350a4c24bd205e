"""The macros, declared to mkdocs-macros: each call is tried, and a wrong one becomes a problem with page and line.

Enters: the plugin. Leaves: macros in its environment, problems in the build.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, meta, nodes
from markupsafe import Markup

from macros.adapters.build import build_of
from macros.calls import MACROS, WrongCall
from macros.parse import Source
from macros.problems import Location, Problem
from macros.render import Renderer


def declare(plugin: Any) -> None:
    """Give every macro to `plugin`, the environment of mkdocs-macros."""
    for name, function in MACROS.items():
        plugin.macro(_guarded(plugin, function), name)


def page_problems(environment: Environment, page: Any, markdown: str, known: set[str]) -> Iterator[Problem]:
    """What mkdocs-macros would stumble over in a page: broken Jinja, and names that are no macro."""
    try:
        environment.from_string(markdown)
    except TemplateSyntaxError as error:
        anchor = "{#" in markdown and "comment" in str(error.message)
        help = "write an anchor with a space: { #name }" if anchor else "write {{ name(…) }}; braces that are text go between {% raw %} and {% endraw %}"
        yield _problem(page, error.lineno, "macro-syntax", str(error.message), help, "{#" if anchor else "")
        return
    tree = environment.parse(markdown)
    unknown = meta.find_undeclared_variables(tree) - known
    for name in tree.find_all(nodes.Name):
        if name.name in unknown and name.ctx == "load":
            yield _problem(page, name.lineno, "unknown-macro", f"there is no macro '{name.name}'", f"the macros are {', '.join(MACROS)}", name.name)


def _guarded(plugin: Any, function: Callable[..., Markup]) -> Callable[..., Markup]:
    @wraps(function)
    def call(*args: object, **options: object) -> Markup:
        build, page = build_of(plugin.conf), plugin.page
        path = f"docs/{page.file.src_uri}"
        try:
            inspect.signature(function).bind(None, *args, **options)
            return function(Renderer(build.playbook, page.file.url, path), *args, **options)
        except WrongCall as wrong:
            message, help = wrong.message, wrong.help
        except TypeError as error:
            message, help = str(error), f"write {usage(function)}"
        name = function.__name__
        build.problems.append(_problem(page, _calling_line(), "wrong-call", f"{name}: {message}", help, name))
        return Markup("")

    return call


def usage(function: Callable[..., object]) -> str:
    """How a macro is called: `link(id, label=None)`."""
    parameters = list(inspect.signature(function).parameters.values())[1:]
    bare = [parameter.replace(annotation=inspect.Parameter.empty) for parameter in parameters]
    return f"{function.__name__}{inspect.Signature(bare)}"


def _calling_line() -> int:
    """The line of the page that is being rendered: Jinja knows it for each frame of a template."""
    frame = sys._getframe()
    while frame:
        template = frame.f_globals.get("__jinja_template__")
        if template is not None and template.filename is None:
            return template.get_corresponding_lineno(frame.f_lineno)
        frame = frame.f_back
    return 1


def _problem(page: Any, line: int, rule: str, message: str, help: str, name: str = "") -> Problem:
    """A problem on `line` of the page's text; front matter stands above that text in the file."""
    source = Source(f"docs/{page.file.src_uri}", page.file.content_string.replace("\r\n", "\n"))
    body = page.markdown.strip()
    above = source.text[: source.text.find(body)].count("\n") if body else 0
    leading = page.markdown[: len(page.markdown) - len(page.markdown.lstrip())].count("\n")
    number = line + above - leading
    text = source.lines[number - 1] if 0 < number <= len(source.lines) else ""
    column = max(text.find(name), 0) + 1
    return Problem(Location(source.file, number, column, number, column + max(len(name), 1)), rule, message, help, "", text)

