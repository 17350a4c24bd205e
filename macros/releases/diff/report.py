"""A Diff for people in a terminal, for one comment on a pull request, and for programs.

Enters: a Diff. Leaves: text, in which whatever comes from the data is inert.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from macros.problems.problem import UNPRINTABLE, Style, plain, printable, short
from macros.releases.diff.model import AffectedPage, Diff, EntryChange, Named, PageChange
from macros.releases.diff.rows import ChangeRow, grouped_entries, rows_of_entry, rows_of_fields, rows_of_page
from macros.text.forge_markdown import escape_in_markdown

TEMPLATES = Path(__file__).parent / "templates"

LONGEST_COMMENT = 60_000
"""Characters. GitHub takes 65,536 in one comment, and a workflow may have something to add."""
MOST_LISTED = 12
"""Pages, reasons, notes and names that are listed before the rest is counted."""
_FOLDED = (
    "",
    "The words are left out here: with them this would be too long for one comment.",
    "The fields are left out here: with them this would be too long for one comment.",
    "The entries are left out here: with them this would be too long for one comment.",
)
"""What is left out at each level of detail, from all to the least."""
_MARKS = {"kept": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}
_CHANGED = {"added": "added", "removed": "removed: name its address under `formerly:` of the page that takes its place", "changed": "changed"}


def diff_as_text(diff: Diff, *, style: Style = plain) -> str:
    """For people, in a terminal: `[-gone-]{+new+}` says what colour says too."""
    return "\n".join(_text_lines(diff, style))


def _text_lines(diff: Diff, style: Style) -> Iterator[str]:
    why = f", {diff.base.why}" if diff.base.why else ""
    yield f"Compared with {printable(diff.base.name)}{printable(why)}"
    for note in cut_list(diff.notes):
        yield f"  note: {printable(note)}"
    for heading, changes in grouped_entries(diff.entries):
        yield from ("", style("heading", f"{heading}: {len(changes)}"))
        for change in changes:
            yield f"  {style('entry', printable(change.title))}  {change.place}"
            yield from (f"    {_text_row(row, style)}" for row in rows_of_entry(change))
            yield from _text_pages(diff.shown.get(change.id, ()), style)
    if diff.settings:
        yield from ("", style("heading", "The playbook's own facts"), *(f"  {_text_row(row, style)}" for row in rows_of_fields(diff.settings)))
    if diff.pages:
        yield from ("", style("heading", f"Pages written by hand: {len(diff.pages)}"))
        for page in diff.pages:
            yield f"  {style('entry', printable(page.title))}  /{printable(page.url)}  {_CHANGED[page.sort]}"
            yield from (f"    {_text_row(row, style)}" for row in rows_of_page(page))
    if diff.suspects:
        yield from _text_suspects(diff, style)
    if diff.step.name == "none":
        yield from ("", "Nothing else changed." if diff.notes else "Nothing changed.")
    yield from ("", f"{style('heading', 'Version step')}: {diff.step.name}")
    yield from (f"  {printable(reason)}" for reason in cut_list(diff.step.reasons))


def _text_row(row: ChangeRow, style: Style) -> str:
    pieces = (style(piece.sort, _MARKS[piece.sort].format(printable(piece.text))) for piece in row.pieces)
    return f"{printable(row.label)}: {''.join(pieces)}"


def _text_pages(pages: Sequence[AffectedPage], style: Style) -> Iterator[str]:
    shown = cut_list([f"/{page.url}" for page in pages])
    if shown:
        yield "    " + style("pages", f"shown on {printable('  '.join(shown))}")


def _text_suspects(diff: Diff, style: Style) -> Iterator[str]:
    yield from ("", style("heading", f"Look again: {len(diff.suspects)}"))
    for suspect in diff.suspects:
        yield f"  {style('entry', printable(suspect.title))}  {suspect.id} says something else now. Nobody has looked since at those that name it:"
        yield f"    {printable('  '.join(cut_list([named.id for named in suspect.by])))}"
    yield "  After a look: playbook review ID --by ROLE --outcome TEXT"


def diff_as_markdown(diff: Diff) -> str:
    """For one comment on a pull request. What would be too long loses its words first, then its fields, then its entries."""
    for level, folded in enumerate(_FOLDED):
        shown = _template().render(
            diff=diff,
            groups=grouped_entries(diff.entries),
            detail=len(_FOLDED) - 1 - level,
            folded=folded,
            changed=_CHANGED,
            name=short(diff.base.name),
        )
        shown = re.sub(r"\n{3,}", "\n\n", shown).strip() + "\n"
        if len(shown) <= LONGEST_COMMENT:
            break
    return shown


@cache
def _template() -> Any:
    """The template of the comment: whatever it prints is made inert, unless it is finished HTML already."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=lambda value: value if isinstance(value, Markup) else escape_in_markdown(str(value)),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(rows=rows_of_entry, field_rows=rows_of_fields, page_rows=rows_of_page, cut=cut_list)
    return environment.get_template("diff.md.jinja")


def cut_list(items: Sequence[Any]) -> list[Any]:
    """The first of `items`, and how many more there are."""
    rest = len(items) - MOST_LISTED
    return [*items] if rest <= 1 else [*items[:MOST_LISTED], f"and {rest} more"]


def diff_as_json(diff: Diff) -> str:
    """For programs: `{base, step, entries, facts, pages, suspects, shown_exactly, notes}`, all of it, however long."""
    value = {
        "base": asdict(diff.base),
        "step": asdict(diff.step),
        "entries": [_entry_json(change, diff.shown.get(change.id, ())) for change in diff.entries],
        "facts": [asdict(change) for change in diff.settings],
        "pages": [_page_json(page) for page in diff.pages],
        "suspects": [{"id": suspect.id, "title": suspect.title, "named_by": _named(suspect.by)} for suspect in diff.suspects],
        "shown_exactly": diff.is_shown_exactly,
        "notes": diff.notes,
    }
    shown = json.dumps(value, ensure_ascii=False, indent=2)
    return "\n".join(UNPRINTABLE.sub(lambda found: json.dumps(found[0])[1:-1], line) for line in shown.split("\n"))


def _entry_json(change: EntryChange, shown: Iterable[AffectedPage]) -> dict[str, Any]:
    return {
        "id": change.id,
        "kind": change.kind,
        "title": change.title,
        "url": change.url,
        "changes": change.change_types,
        "was": change.was,
        "summary": change.summary,
        "reason": change.reason,
        "instead": [{"id": named.id, "title": named.title} for named in change.instead],
        "fields": [asdict(field) for field in change.fields],
        "gained": _named(change.gained),
        "lost": _named(change.lost),
        "anchors_new": change.anchors_new,
        "anchors_gone": change.anchors_gone,
        "anchors_moved": change.anchors_moved,
        "anchors_why": change.anchors_why,
        "sorted_by": change.sorted_by,
        "review": asdict(change.review) if change.review else None,
        "means_other": change.means_other,
        "shown_on": [asdict(page) for page in shown],
    }


def _page_json(page: PageChange) -> dict[str, Any]:
    said = asdict(page)
    return {"path": said.pop("path"), "url": said.pop("url"), "title": said.pop("title"), "change": said.pop("sort"), **said}


def _named(named: Iterable[Named]) -> list[dict[str, str]]:
    return [asdict(each) for each in named]


FORMATS: dict[str, Callable[[Diff], str]] = {"text": diff_as_text, "markdown": diff_as_markdown, "json": diff_as_json}
