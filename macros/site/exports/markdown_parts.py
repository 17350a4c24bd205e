"""The pieces of which the Markdown of an entry is made: links, lists, and what one value of a field says.

`told` takes a field and a value of it, and returns Markdown for any value that a kind may have.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from pydantic import BaseModel

from macros.playbook.anchors import anchors_of_passages
from macros.playbook.passages import passage_of
from macros.playbook.urls import entry_url
from macros.schema.introspect import Field, fields_of
from macros.schema.parts import Citation, Figure, Period
from macros.site.exports.document import EntryDocument, reference, target
from macros.site.exports.published import Published
from macros.text.formats import format_date, format_figure, format_period, format_value
from macros.text.markdown_source import as_markdown, resolved

_TOLD_FIRST = ("name", "source", "at", "value", "unit", "bound", "when", "before", "contested", "measures")
"""What a figure and a citation say in words of their own."""


def in_one_line(text: str) -> str:
    """Returns a text as a heading holds it, where a `#` at the end would be no character."""
    shown = as_markdown(text)
    return f"{shown[:-1]}\\#" if shown.endswith("#") else shown


def markdown_link(title: str, address: str | None) -> str:
    """Returns a link; the words alone where no address is known."""
    return f"[{as_markdown(title)}]({_in_brackets(address)})" if address else as_markdown(title)


def links(entries: Iterable[EntryDocument]) -> str:
    """Returns links to what a document names."""
    return ", ".join(markdown_link(entry["title"], entry["url"]) for entry in entries)


def points(texts: Iterable[str]) -> str:
    """Returns a list, with whatever blocks its items have."""
    return "\n".join(f"- {text.replace(chr(10), chr(10) + '  ')}" for text in texts)


def told(published: Published, field: Field, value: Any, more: Iterable[str] = ()) -> str:
    """Returns what a value says, or each item of a list; `more` are ids of pages of other playbooks."""
    if isinstance(value, tuple):
        return ", ".join(told(published, field, item) for item in (*value, *more))
    if isinstance(value, BaseModel):
        return _part(published, value)
    if not isinstance(value, str):
        return str(value)
    if field.relation:
        return links([reference(published, value)])
    if field.holds == "date":
        return format_date(value)
    return _address(value) or resolved(value, field.form, partial(target, published))


def _address(text: str) -> str:
    """A text that is an address as a whole, as a link; empty for any other."""
    return f"<{_in_brackets(text)}>" if text.startswith(("https://", "http://")) and " " not in text else ""


def _part(published: Published, part: BaseModel) -> str:
    """What a part of an entry says."""
    if isinstance(part, Figure):
        return _figure(published, part)
    return as_markdown(format_period(part)) if isinstance(part, Period) else _any_part(published, part)


def cited_places(published: Published, citations: Iterable[Citation]) -> Iterator[str]:
    """Yields each source that is cited, with the places in it."""
    places: dict[str, list[str]] = {}
    for cited in citations:
        places.setdefault(cited.source, []).append(_place(published, cited))
    for source, found in places.items():
        known = reference(published, source)
        yield f"{markdown_link(known['title'], known['url'])}: {'; '.join(dict.fromkeys(found))}"


def _place(published: Published, cited: Citation) -> str:
    """The place that a citation names, as a link where the page of the source lists it."""
    source = published.playbook.entries[cited.source]
    anchors = anchors_of_passages(source)
    passage = passage_of(cited.at, tuple(anchors))
    return markdown_link(cited.at, f"{published.url(entry_url(source))}#{anchors[passage]}" if passage else None)


def _cited(published: Published, cited: Citation) -> str:
    known = reference(published, cited.source)
    return f"{markdown_link(known['title'], known['url'])}, {_place(published, cited)}"


def _figure(published: Published, figure: Figure) -> str:
    fields = fields_of(Figure)
    when = f", {as_markdown(figure.when)}" if figure.when else ""
    before = figure.before and f"; {as_markdown(format_value(figure.before.value, figure.unit))} before" + (
        f", {as_markdown(figure.before.when)}" if figure.before.when else ""
    )
    doubt = f" Contested: {told(published, fields['contested'], figure.contested)}" if figure.contested else ""
    what = told(published, fields["measures"], figure.measures)
    return f"**{as_markdown(format_figure(figure))}**: {what}{when}{before or ''}.{doubt} ({_cited(published, figure)})"


def _any_part(published: Published, part: BaseModel) -> str:
    """What any other part says: its texts, and in brackets what it names."""
    filled = [(field, getattr(part, field.attribute)) for field in fields_of(type(part)).values() if getattr(part, field.attribute)]
    own = [(field, value) for field, value in filled if not (isinstance(part, Citation) and field.name in _TOLD_FIRST)]
    texts = [told(published, field, value) for field, value in own if field.is_prose or field.holds == "text"]
    rest = [told(published, field, value) for field, value in own if not (field.is_prose or field.holds == "text")]
    rest += [_cited(published, part)] if isinstance(part, Citation) else []
    said = ": ".join(texts)
    return f"{said} ({'; '.join(rest)})" if rest else said


def _in_brackets(address: str) -> str:
    """An address as the brackets of a link hold it."""
    return address.replace(" ", "%20").replace("(", "%28").replace(")", "%29").replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C")
