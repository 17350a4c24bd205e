"""Checks one file for itself: its bytes, its YAML, its fields and its words.

`check_file` returns what could be read of the file, and its problems with their places.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from macros.files.memo import remembered
from macros.files.read import DataFile
from macros.playbook.checks.also_searched import also_searched_findings
from macros.playbook.checks.fields import validate
from macros.playbook.checks.hints import how_to_fill, one_paragraph_hint
from macros.playbook.checks.inbound import inbound_findings
from macros.playbook.checks.other_playbooks import other_playbooks_findings
from macros.playbook.checks.page_form import conflict_problems
from macros.playbook.checks.placeholders import with_placeholders
from macros.playbook.checks.rules import entry_findings, former_anchor_findings, settings_findings
from macros.playbook.checks.truncated import run_together, truncated_texts
from macros.problems.folding import folded
from macros.problems.problem import Problem, file_problem
from macros.schema.entry import Entry
from macros.schema.file_models import model_of_file
from macros.schema.filled import Filled, filled_fields
from macros.schema.inbound import InboundLinks
from macros.schema.introspect import Field
from macros.schema.kinds import KINDS
from macros.schema.other_playbooks import OtherPlaybooks
from macros.schema.settings import Settings
from macros.text.fast_path import is_clearly_valid, may_hold_placeholder
from macros.text.foreign_markup import TextProblem
from macros.text.markdown import placeholders, text_problems
from macros.text.plain_text import markup_in_plain
from macros.yamlfile.finding import EMPTY, Finding, locate
from macros.yamlfile.reader import parse_yaml
from macros.yamlfile.source import HIDDEN, LINE_BREAK, FieldPath, SourceText, decode


@dataclass(frozen=True, slots=True)
class Checked:
    """One file: what could be read of it (`raw`), the texts and ids in it (`filled`), and its typed value where nothing is wrong with its shape.

    `slug` is the entry's id; a file that is no entry has none.
    """

    source: SourceText
    model: type[BaseModel]
    slug: str
    raw: Mapping[str, Any]
    filled: tuple[Filled, ...]
    value: BaseModel | None

    @property
    def is_entry(self) -> bool:
        """Whether the file holds an entry: not the playbook's facts, not a page's front matter."""
        return issubclass(self.model, Entry)


@remembered(lambda file: file)
def check_file(file: DataFile) -> tuple[Checked | None, list[Problem]]:
    """One file for itself: bytes, YAML, fields, words. What it names needs the others: see `check_relations`."""
    source = decode(file.path, file.data)
    if isinstance(source, Problem):
        return None, [source]
    checked, problems = check_source(source, model_of_file(file.folder, file.slug), file.slug if file.folder in KINDS else "")
    return checked, [*problems, *(conflict_problems(source) if checked else ())]


def check_source(
    source: SourceText, model: type[BaseModel], slug: str = "", *, parsed: tuple[Any, list[Problem]] | None = None
) -> tuple[Checked | None, list[Problem]]:
    """Checks YAML that should be a `model`; `parsed` is its content, if it was parsed before."""
    raw, problems = parsed or parse_yaml(source)
    if problems:
        return None, problems
    if raw is None and not any(field.is_required() for field in model.model_fields.values()):
        raw = {}
    if not isinstance(raw, dict):
        return None, [_no_mapping(source, raw, model)]
    value, findings = _shaped(model, raw, slug)
    filled = tuple(filled_fields(model, raw))
    unfinished = may_hold_placeholder(source.text)
    findings += [*_word_findings(source, model, raw, filled, unfinished=unfinished), *truncated_texts(source, filled)]
    findings += former_anchor_findings(raw.get("former_anchors"))
    if issubclass(model, Entry):
        findings += [*entry_findings(model, raw), *also_searched_findings(raw)]
    elif model is Settings:
        findings += settings_findings(raw)
    elif model is OtherPlaybooks:
        findings += other_playbooks_findings(raw)
    elif model is InboundLinks:
        findings += inbound_findings(raw)
    if unfinished:
        findings = with_placeholders(model, raw, findings)
    return Checked(source, model, slug, raw, filled, value), [locate(source, finding) for finding in dict.fromkeys(findings)]


def _no_mapping(source: SourceText, raw: Any, model: type[BaseModel]) -> Problem:
    is_entry = issubclass(model, Entry)
    if raw is None and source.file.endswith(".md"):
        return file_problem(
            source.file, "no-front-matter", "the page has no fields above its text", "begin it with a line ---, its fields and another line ---"
        )
    if raw is None:
        help = "write the entry's fields, or delete the file" if is_entry else "write its fields, such as `title: …`"
        return file_problem(source.file, "empty-file", "the file is empty", help)
    start = source.root.start_mark
    help = "write `name: value` on each line, with a space after the colon"
    if isinstance(raw, list):
        help = "remove the '- ' or the brackets, because a file holds one entry, and its fields begin at the left edge"
        if len(model.model_fields) == 1:
            help = f"write `{next(iter(model.model_fields))}:` on a line above, and two spaces before each '- '"
    return source.problem((start, start), "not-a-mapping", "expected fields such as `title: …`", help)


def _shaped(model: type[BaseModel], raw: dict, slug: str) -> tuple[BaseModel | None, list[Finding]]:
    if not issubclass(model, Entry):
        return validate(model, raw)
    if "id" in raw:
        _, findings = validate(model, {key: value for key, value in raw.items() if key != "id"} | {"id": slug})
        stray = Finding(("id",), "unknown-field", "an entry does not write its id", "remove it: the id is the file's name", key=True)
        return None, [*findings, stray]
    return validate(model, {**raw, "id": slug})


def _word_findings(
    source: SourceText, model: type[BaseModel], raw: Mapping[str, Any], filled: Iterable[Filled], *, unfinished: bool
) -> Iterator[Finding]:
    """What is wrong with the words of a file; `unfinished` if it may hold what marks a text as such."""
    for field, path, value in filled:
        if not field.is_text or not isinstance(value, str) or (is_clearly_valid(value, field.form) and not unfinished):
            continue
        if not folded(value):
            yield Finding(path, "empty", EMPTY, how_to_fill(field, path, raw))
            continue
        yield from _text_findings(model, field, path, value)
        yield from run_together(source, path) if " - " in value and field.is_list == isinstance(path[-1], int) else ()


def _text_findings(model: type[BaseModel], field: Field, path: FieldPath, text: str) -> Iterator[Finding]:
    if hidden := HIDDEN.search(text):
        yield Finding(path, "hidden-character", f"there is an invisible character (U+{ord(hidden[0]):04X})", "delete it")
    else:
        seen: Counter[str] = Counter()
        for problem in text_problems(text, field.form) if field.is_prose else (*placeholders(text), *_line_breaks(text), *markup_in_plain(text)):
            help = one_paragraph_hint(model, field) if problem.rule == "not-one-paragraph" else problem.help
            yield Finding(path, problem.rule, problem.message, help, needle=problem.needle, nth=seen[problem.needle])
            seen[problem.needle] += 1


def _line_breaks(text: str) -> Iterator[TextProblem]:
    if LINE_BREAK.search(text):
        yield TextProblem(
            "line-break",
            "there is a line break in a text that stands on one line",
            "write it on one line, or begin it with >- in the place of | or >",
            "",
        )
