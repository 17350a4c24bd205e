"""Declares the macros to mkdocs-macros. A wrong call becomes a problem with its page and line.

`declare` takes the plugin and adds the macros to its environment. `render_page` takes the plugin, a page and its Markdown, and returns
the rendered Markdown and the problems. A wrong call raises nothing: its problem is added to those of the build.
"""

from __future__ import annotations

import inspect
import traceback
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from types import FrameType
from typing import Any

from jinja2 import Environment, Template, TemplateError, TemplateSyntaxError, meta, nodes
from markupsafe import Markup

from macros.engines.mkdocs.state import build_of
from macros.pages.calls import InvalidCall
from macros.pages.macros import GENERATED_MACROS, MACROS
from macros.pages.renderer import TEMPLATES
from macros.problems.problem import Location, Problem
from macros.yamlfile.source import SourceText


def declare(plugin: Any) -> None:
    """Replace the macros of `plugin`, the environment of mkdocs-macros, with ours: its own reveal the machine and the time."""
    plugin.macros.clear()
    for name, function in {**MACROS, **GENERATED_MACROS}.items():
        plugin.macro(_guarded(plugin, function), name)


def render_page(plugin: Any, page: Any, markdown: str) -> tuple[str, list[Problem]]:
    """Renders a page's text in the environment of mkdocs-macros, which would itself print a fault into the page or end the process.

    Returns the Markdown with the output of the calls, or nothing and the problems: broken Jinja, unknown macros, or what failed while it ran.
    """
    environment: Environment = plugin.env
    variables = {**plugin.variables, "page": page, **page.meta}
    try:
        tree = environment.parse(markdown)
        template = environment.from_string(markdown)
    except TemplateSyntaxError as error:
        return "", [_syntax_problem(page, error, markdown)]
    unknown = meta.find_undeclared_variables(tree) - {*variables, *environment.globals}
    names = [name for name in tree.find_all(nodes.Name) if name.name in unknown and name.ctx == "load"]
    help = f"the macros are {', '.join(MACROS)}"
    found = [_problem(page, name.lineno, "unknown-macro", f"there is no macro '{name.name}'", help, name.name) for name in names]
    return ("", found) if unknown else _rendered(plugin, page, template, variables)


def _syntax_problem(page: Any, error: TemplateSyntaxError, markdown: str) -> Problem:
    anchor = "{#" in markdown and "comment" in str(error.message)
    help = "write an anchor with a space: { #name }" if anchor else "write {{ name(…) }}; braces that are text go between {% raw %} and {% endraw %}"
    return _problem(page, error.lineno, "macro-syntax", str(error.message), help, "{#" if anchor else "")


def _rendered(plugin: Any, page: Any, template: Template, variables: dict[str, Any]) -> tuple[str, list[Problem]]:
    plugin._page = page  # noqa: SLF001 - the plugin sets it itself as soon as it renders the page
    try:
        return template.render(variables), []
    except Exception as error:  # noqa: BLE001 - whatever a page's own code may raise
        lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "<template>"]
        line = lines[-1] if lines else 1
        return "", [_problem(page, line, "macro-fault", f"{type(error).__name__}: {error}", "correct what stands between {{ }} or {% %} here")]


def _guarded(plugin: Any, function: Callable[..., Markup]) -> Callable[..., Markup]:
    @wraps(function)
    def call(*args: object, **options: object) -> Markup:
        build, page = build_of(plugin.conf), plugin.page
        path = f"docs/{page.file.src_uri}"
        try:
            _bind(function, args, options)
            return function(build.view(page.file.url, path), *args, **options)
        except InvalidCall as wrong:
            name, line = function.__name__, _calling_line(inspect.currentframe())
            build.problems.append(_problem(page, line, "wrong-call", f"{name}: {wrong.message}", wrong.help, name))
        except TemplateError as error:
            build.problems.append(_template_fault(error))
        return Markup("")

    return call


def _template_fault(error: TemplateError) -> Problem:
    """A fault in one of our own templates, at its line there."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(str(TEMPLATES))]
    file, line = (frames[-1].filename, frames[-1].lineno) if frames else (str(TEMPLATES), 1)
    if isinstance(error, TemplateSyntaxError):
        file, line = error.filename or file, error.lineno
    text = Path(file).read_text("utf-8").splitlines()[line - 1] if Path(file).is_file() else ""
    name = (
        f"macros/pages/templates/{Path(file).relative_to(TEMPLATES).as_posix()}" if Path(file).is_relative_to(TEMPLATES) else "macros/pages/templates"
    )
    return Problem(
        Location(name, line, 1, line, len(text) + 1), "template-fault", f"{type(error).__name__}: {error}", "correct the template", "", text
    )


def _bind(function: Callable[..., object], args: tuple, options: dict[str, object]) -> None:
    try:
        inspect.signature(function).bind(None, *args, **options)
    except TypeError as error:
        raise InvalidCall(str(error), f"write {usage(function)}") from error


def usage(function: Callable[..., object]) -> str:
    """How a macro is called: `link(id, label=None)`."""
    parameters = list(inspect.signature(function).parameters.values())[1:]
    bare = [parameter.replace(annotation=inspect.Parameter.empty) for parameter in parameters]
    return f"{function.__name__}{inspect.Signature(bare)}"


def _calling_line(frame: FrameType | None) -> int:
    """The line of the page that is being rendered, which is the one template without a name: Jinja knows it for each frame."""
    while frame:
        template = frame.f_globals.get("__jinja_template__")
        if template is not None and template.name is None:
            return template.get_corresponding_lineno(frame.f_lineno)
        frame = frame.f_back
    return 1


def _problem(page: Any, line: int, rule: str, message: str, help: str, name: str = "") -> Problem:
    """A problem on `line` of the page's text; front matter is above that text in the file."""
    source = SourceText(f"docs/{page.file.src_uri}", page.file.content_string.replace("\r\n", "\n"))
    body = page.markdown.strip()
    above = source.text[: source.text.find(body)].count("\n") if body else 0
    leading = page.markdown[: len(page.markdown) - len(page.markdown.lstrip())].count("\n")
    number = line + above - leading
    text = source.lines[number - 1] if 0 < number <= len(source.lines) else ""
    column = max(text.find(name), 0) + 1
    return Problem(Location(source.file, number, column, number, column + max(len(name), 1)), rule, message, help, "", text)
