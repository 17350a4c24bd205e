"""Renders a `Diff`: as text for a terminal, as one Markdown comment for a pull request, or as JSON for programs.

Each function takes a `Diff` and returns text in which everything that comes from the data is escaped.
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
from macros.releases.diff.model import AffectedPage, Diff, EntryChange, FieldChange, NamedEntry, PageChange
from macros.releases.diff.rows import ChangeRow, grouped_entries, rows_of_entry, rows_of_fields, rows_of_page, words_of_link
from macros.text.forge_markdown import escape_html_in_markdown

DIFF_TEMPLATES = Path(__file__).parent / "templates"

LONGEST_COMMENT = 60_000
"""Characters. GitHub accepts 65,536 in one comment; the rest is left for a workflow to add to."""
MOST_LISTED = 12
"""Pages, reasons, notes and names that are listed before the rest is only counted."""
_OMISSIONS = (
    "",
    "The words are left out here: with them this would be too long for one comment.",
    "The fields are left out here: with them this would be too long for one comment.",
    "The entries are left out here: with them this would be too long for one comment.",
)
"""What is left out at each level of detail, from the most detail to the least."""
_PIECE_FORMATS = {"kept": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}
_PAGE_CHANGES = {
    "added": "added",
    "removed": "removed: name its address under `formerly:` of the page that takes its place, or under `withdrawn_pages:` in playbook.yml",
    "withdrawn": "withdrawn",
    "changed": "changed",
}


def diff_as_text(diff: Diff, *, style: Style = plain) -> str:
    """Returns lines for a terminal. `[-gone-]{+new+}` marks changes, so that colour is never the only sign."""
    return "\n".join(_text_lines(diff, style))


def _text_lines(diff: Diff, style: Style) -> Iterator[str]:
    why = f", {diff.base.why}" if diff.base.why else ""
    yield f"Compared with {printable(diff.base.name)}{printable(why)}"
    for note in shortened_list(diff.notes):
        yield f"  note: {printable(note)}"
    for heading, changes in grouped_entries(diff.entries):
        yield from ("", style("heading", f"{heading}: {len(changes)}"))
        for change in changes:
            yield f"  {style('entry', printable(change.title))}  {change.place}"
            yield from (f"    {_text_row(row, style)}" for row in rows_of_entry(change))
            yield from _text_pages(diff.affected_pages.get(change.id, ()), style)
    if diff.settings:
        yield from ("", style("heading", "The playbook's own facts"), *(f"  {_text_row(row, style)}" for row in rows_of_fields(diff.settings)))
    if diff.pages:
        yield from ("", style("heading", f"Pages written by hand: {len(diff.pages)}"))
        for page in diff.pages:
            yield f"  {style('entry', printable(page.title))}  /{printable(page.url)}  {_PAGE_CHANGES[page.change_type]}"
            yield from (f"    {_text_row(row, style)}" for row in rows_of_page(page))
    if diff.inbound:
        yield from ("", style("heading", f"Links from other sites: {len(diff.inbound)}"))
        rows = [f"  {style('entry', printable(link.site))}  {printable(link.url)}\n    {printable(words_of_link(link))}" for link in diff.inbound]
        yield from shortened_list(rows)
    if diff.suspects:
        yield from _text_suspects(diff, style)
    if diff.step.name == "none":
        yield from ("", "Nothing else changed." if diff.notes else "Nothing changed.")
    yield from ("", f"{style('heading', 'Version step')}: {diff.step.name}")
    yield from (f"  {printable(reason)}" for reason in shortened_list(diff.step.reasons))


def _text_row(row: ChangeRow, style: Style) -> str:
    pieces = (style(piece.change_type, _PIECE_FORMATS[piece.change_type].format(printable(piece.text))) for piece in row.pieces)
    return f"{printable(row.label)}: {''.join(pieces)}"


def _text_pages(pages: Sequence[AffectedPage], style: Style) -> Iterator[str]:
    urls = shortened_list([f"/{page.url}" for page in pages])
    if urls:
        yield "    " + style("pages", f"shown on {printable('  '.join(urls))}")


def _text_suspects(diff: Diff, style: Style) -> Iterator[str]:
    yield from ("", style("heading", f"Look again: {len(diff.suspects)}"))
    for suspect in diff.suspects:
        yield f"  {style('entry', printable(suspect.title))}  {suspect.id} has a new meaning. These entries name it and have not been reviewed since:"
        yield f"    {printable('  '.join(shortened_list([named.id for named in suspect.named_by])))}"
    yield "  After a review: playbook review ID --by ROLE --outcome TEXT"


def diff_as_markdown(diff: Diff) -> str:
    """Returns one comment for a pull request. If it would be too long, it loses its words first, then its fields, then its entries."""
    for level, omission in enumerate(_OMISSIONS):
        comment = _template().render(
            diff=diff,
            groups=grouped_entries(diff.entries),
            detail=len(_OMISSIONS) - 1 - level,
            omission=omission,
            changed=_PAGE_CHANGES,
            name=short(diff.base.name),
        )
        comment = re.sub(r"\n{3,}", "\n\n", comment).strip() + "\n"
        if len(comment) <= LONGEST_COMMENT:
            break
    return comment


@cache
def _template() -> Any:
    """The template of the comment: it escapes everything that it prints, except finished HTML."""
    environment = Environment(
        loader=FileSystemLoader(DIFF_TEMPLATES),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=lambda value: value if isinstance(value, Markup) else escape_html_in_markdown(str(value)),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(rows=rows_of_entry, field_rows=rows_of_fields, page_rows=rows_of_page, words_of_link=words_of_link, cut=shortened_list)
    return environment.get_template("diff.md.jinja")


def shortened_list(items: Sequence[Any]) -> list[Any]:
    """Returns the first `MOST_LISTED` items, then how many more there are."""
    rest = len(items) - MOST_LISTED
    return [*items] if rest <= 1 else [*items[:MOST_LISTED], f"and {rest} more"]


def diff_as_json(diff: Diff) -> str:
    """Returns `{base, step, entries, facts, pages, inbound, suspects, shown_exactly, notes}`, complete at any length. The keys are a promise to programs."""
    value = {
        "base": asdict(diff.base),
        "step": asdict(diff.step),
        "entries": [_entry_json(change, diff.affected_pages.get(change.id, ())) for change in diff.entries],
        "facts": [_field_json(change) for change in diff.settings],
        "pages": [_page_json(page) for page in diff.pages],
        "inbound": [asdict(link) for link in diff.inbound],
        "suspects": [{"id": suspect.id, "title": suspect.title, "named_by": _named(suspect.named_by)} for suspect in diff.suspects],
        "shown_exactly": diff.are_affected_pages_exact,
        "notes": diff.notes,
    }
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return "\n".join(UNPRINTABLE.sub(lambda found: json.dumps(found[0])[1:-1], line) for line in text.split("\n"))


def _entry_json(change: EntryChange, affected: Iterable[AffectedPage]) -> dict[str, Any]:
    return {
        "id": change.id,
        "kind": change.kind,
        "title": change.title,
        "url": change.url,
        "changes": change.change_types,
        "was": change.former_place,
        "summary": change.summary,
        "reason": change.reason,
        "instead": [{"id": named.id, "title": named.title} for named in change.replaced_by],
        "fields": [_field_json(field) for field in change.fields],
        "gained": _named(change.gained),
        "lost": _named(change.lost),
        "anchors_new": change.anchors_new,
        "anchors_gone": change.anchors_gone,
        "anchors_moved": change.anchors_moved,
        "anchors_why": change.anchor_reasons,
        "sorted_by": change.sorted_by,
        "review": asdict(change.review) if change.review else None,
        "means_other": change.meaning_changed,
        "shown_on": [asdict(page) for page in affected],
    }


def _page_json(page: PageChange) -> dict[str, Any]:
    return {
        "path": page.path,
        "url": page.url,
        "title": page.title,
        "change": page.change_type,
        "fields": [_field_json(field) for field in page.fields],
        "anchors_gone": page.anchors_gone,
        "anchors_new": page.anchors_new,
        "anchors_moved": page.anchors_moved,
        "anchors_why": page.anchor_reasons,
        "was": page.former_url,
        "reason": page.reason,
    }


def _field_json(field: FieldChange) -> dict[str, Any]:
    return {
        "path": field.path,
        "sort": field.change_type,
        "before": field.before,
        "now": field.now,
        "pieces": [{"sort": piece.change_type, "text": piece.text} for piece in field.pieces],
    }


def _named(named: Iterable[NamedEntry]) -> list[dict[str, str]]:
    return [asdict(each) for each in named]


FORMATS: dict[str, Callable[[Diff], str]] = {"text": diff_as_text, "markdown": diff_as_markdown, "json": diff_as_json}
