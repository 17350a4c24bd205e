"""The playbook's own templates, which the theme puts round every page: whether they can be read, and what they load.

`template_problems` takes the playbook's folder, and returns problems at the line of a template. `fault_in_template` takes what ended a build.
"""

from __future__ import annotations

import posixpath
import re
import traceback
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

from jinja2 import Environment, Template, TemplateError, TemplateSyntaxError, nodes

from macros.files.layout import DOCS
from macros.files.read import read_bytes
from macros.pages.rendered_page import template_fault
from macros.playbook.urls import BUILT_FILES, host_of
from macros.problems.closest import did_you_mean
from macros.problems.problem import Location, Problem, file_problem, short
from macros.site.links import read_document
from macros.yamlfile.source import SourceText, decode

THEME_FOLDER = "overrides"
MAIN = "main.html"
"""The template of every page, in that folder."""
_LOADED = re.compile(r"""['"](?P<file>assets/[^'"\s]+)['"]\s*\|\s*url""")
_PARSER = Environment(extensions=["jinja2.ext.loopcontrols"], autoescape=True)
_KNOWN_FILTERS = frozenset({*_PARSER.filters, "url", "script_tag", "escape_html"})
_ODD = re.compile("[#?%]")
"""What means something else in an address."""
_BUILDS_EXTRA = "_build_extra_template"
"""The function of MkDocs that makes a file of a template of its own."""
_EXTRA = "<template>"
"""What Jinja calls a template that it was given as text."""
_OTHER_TEMPLATES = (nodes.Include, nodes.Extends, nodes.Import, nodes.FromImport)


def template_problems(root: Path, *, has_all_filters: bool) -> Iterator[Problem]:
    """What would stop the theme at a template, and what readers would load through it. Unless it `has_all_filters`, a hook may have made others."""
    for file in sorted((root / THEME_FOLDER).rglob("*.html")):
        path = file.relative_to(root).as_posix()
        data = read_bytes(root, path)
        source = decode(path, data) if isinstance(data, bytes) else data
        if isinstance(source, Problem):
            yield source
        else:
            yield from _of_syntax(source, root, has_all_filters=has_all_filters)
            yield from _of_files(source, root)


def extra_template_problems(root: Path, names: Iterable[str]) -> Iterator[Problem]:
    """What would stop a build at templates that make a file each, as `extra_templates` names them; MkDocs reads them without what its theme has."""
    for path in (f"{folder}/{name}" for name in names for folder in (DOCS, THEME_FOLDER) if (root / folder / name).is_file()):
        data = read_bytes(root, path)
        source = decode(path, data) if isinstance(data, bytes) else data
        if isinstance(source, Problem):
            yield source
            continue
        try:
            Template(source.text)
        except TemplateSyntaxError as error:
            yield _at_line(source, error.lineno, "template-fault", str(error.message), "correct the template")


def fault_in_template(error: Exception) -> Problem | None:
    """What a template of the playbook ended in while a page was made with it, at its line; None for any other error."""
    names = [frame.f_locals["template_name"] for frame, _ in traceback.walk_tb(error.__traceback__) if frame.f_code.co_name == _BUILDS_EXTRA]
    lines = [frame.lineno or 1 for frame in traceback.extract_tb(error.__traceback__) if frame.filename == _EXTRA]
    if names and lines:
        place = Location(f"{DOCS}/{names[0]}", lines[-1], 1, lines[-1], 1)
        return Problem(place, "template-fault", f"{type(error).__name__}: {error}", "correct the template")
    files = [Path(frame.filename) for frame in traceback.extract_tb(error.__traceback__)]
    folder = next((folder for file in files[::-1] for folder in file.parents if folder.name == THEME_FOLDER), None)
    return template_fault(error, folder, THEME_FOLDER) if folder and isinstance(error, TemplateError) else None


def is_there(root: Path, file: str) -> bool:
    """Whether a page can load a file: it is below docs/ or overrides/ and goes into the site, or the build makes it."""
    return stays_behind(file) is None and (file in BUILT_FILES or (root / DOCS / file).is_file() or (root / THEME_FOLDER / file).is_file())


def stays_behind(file: str) -> str | None:
    """Why a page could not load the file at a path below docs/, though it were there; None if it could."""
    steps = posixpath.normpath(file).split("/")
    if steps[0] == ".." or file.startswith("/"):
        return f"it is not below {DOCS}/"
    if any(step.startswith(".") for step in steps) or (steps[0] == "templates" and len(steps) > 1):
        return "MkDocs leaves hidden files and the folder docs/templates/ out"
    if file.endswith(".md"):
        return "a page is made of it"
    return f"an address cannot have '{odd[0]}' as it is" if (odd := _ODD.search(file)) else None


def theme_has(root: Path, file: str) -> bool:
    """Whether the theme has a file, or the playbook's additions to it."""
    if (root / THEME_FOLDER / file).is_file():
        return True
    theme = find_spec("material")
    return any((Path(folder) / "templates" / file).is_file() for folder in (theme.submodule_search_locations if theme else ()))


def _of_syntax(source: SourceText, root: Path, *, has_all_filters: bool) -> Iterator[Problem]:
    try:
        tree = _PARSER.parse(source.text)
    except TemplateSyntaxError as error:
        yield _at_line(source, error.lineno, "template-fault", str(error.message), "correct the template")
        return
    for node in tree.find_all(nodes.Filter) if has_all_filters else ():
        if node.name not in _KNOWN_FILTERS:
            help = did_you_mean(node.name, _KNOWN_FILTERS, "remove it")
            yield _at_line(source, node.lineno, "template-fault", f"there is no filter '{short(node.name)}'", help)
    for node in tree.find_all(_OTHER_TEMPLATES):
        name = node.template.value if isinstance(node.template, nodes.Const) else None
        if isinstance(name, str) and not getattr(node, "ignore_missing", False) and not theme_has(root, name):
            yield _at_line(source, node.lineno, "no-such-file", f"there is no template '{short(name)}'", "add the file, or correct the path")


def _of_files(source: SourceText, root: Path) -> Iterator[Problem]:
    for found in _LOADED.finditer(source.text):
        if not is_there(root, found["file"]):
            message = f"there is no file {DOCS}/{short(found['file'])}, which pages would load"
            yield _at(source, found.span("file"), "no-such-file", message, "add the file, or correct the path")
    for address in sorted(filter(host_of, read_document(source.text).loaded)):
        begin = source.text.find(address)
        message = f"every page would load '{short(address)}', and that site would learn who reads it"
        help = f"save the file below {DOCS}/assets/, and load it from there: {{{{ 'assets/…' | url }}}}"
        yield _at(source, (begin, begin + len(address)), "site-setting", message, help)


def _at(source: SourceText, span: tuple[int, int], rule: str, message: str, help: str) -> Problem:
    begin, end = span
    if begin < 0:  # it is written in another way, such as with `&amp;`
        return file_problem(source.file, rule, message, help)
    return source.problem((source.mark_at(begin), source.mark_at(end)), rule, message, help)


def _at_line(source: SourceText, number: int, rule: str, message: str, help: str) -> Problem:
    lines = source.text.splitlines(keepends=True)
    begin = sum(map(len, lines[: number - 1]))
    return _at(source, (begin, begin + len("".join(lines[number - 1 : number]).rstrip())), rule, message, help)
