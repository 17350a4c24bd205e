"""One entry as data: what it says, what it names and what names it, with whole addresses. Its JSON, its Markdown and the tables are made of it.

`entry_document` takes a `Published` and an entry, and returns values that JSON can hold. Their form is a promise: see `playbook_schema.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import cache, partial
from typing import Any

from pydantic import BaseModel

from macros.files.memo import Same
from macros.playbook.relations import ids_of
from macros.playbook.urls import ENTRY_FORMS, FEED_FORM, entry_url
from macros.releases.history import HistoryEvent
from macros.schema.entry import Entry
from macros.schema.filled import texts_of
from macros.schema.introspect import Field, all_fields, fields_of
from macros.site.exports.published import Published
from macros.text.markdown import entry_links
from macros.text.markdown_source import resolved, shown_words

EntryDocument = dict[str, Any]
Said = Callable[[Field, str], Any]
"""From a field and a text in it to the same as data."""
_AT_TOP = ("title", "summary", "status", "reason")
"""Fields that a document says of every entry beside its `fields`."""


def entry_document(published: Published, entry: Entry) -> EntryDocument:
    """Returns an entry as data; docs/about/linking.md says what each key is."""
    url = entry_url(entry)
    history = published.ledger.current.history
    released = [event for event in history.events_of(entry.id) if event.release.version]
    own = [event for event in history.own_events_of(entry.id) if event.release.version]
    return {
        "id": entry.id,
        "kind": entry.kind.folder,
        "title": entry.title,
        "short_title": entry.known_as,
        "summary": entry.summary,
        "status": entry.status,
        "url": published.url(url),
        "pinned_url": published.pinned_url(url),
        "formats": {form_name(form): _form_url(published, form, url) for form in ENTRY_FORMS},
        "former_urls": [published.url(old) for old in published.former_addresses.get(url, ())],
        "withdrawn": _withdrawn(published, entry),
        "first_released": _release(own[-1] if own else None),
        "last_changed": _release(released[0] if released else None),
        "fields": _filled(entry, content_of(type(entry)).values(), _texts(published)),
        "anchors": [*published.playbook.anchors_of(entry)],
        "links_to": [*_links_to(published, entry)],
        "mentions": [*_mentions(published, entry)],
        "linked_from": [*_linked_from(published, entry)],
    }


def depends_on(published: Published, entry: Entry, *rest: Hashable) -> tuple[Hashable, ...]:
    """Returns what the document of an entry depends on, for those who keep what they made of it."""
    events = tuple(event.release.version for event in published.ledger.current.history.events_of(entry.id))
    named_by = tuple((section.anchor, *(other.id for other in others)) for section, others in published.playbook.backlinks.get(entry.id, {}).items())
    elsewhere = Same(published.playbook.elsewhere)
    return Same(entry), elsewhere, published.around, published.is_released(entry_url(entry)), events, named_by, *rest


def form_name(form: str) -> str:
    """Returns what the other form of an entry is called: `json` for `{at}.json`, `embed` for `embed/{at}/index.html`, `feed` for `{at}/feed.xml`."""
    name = form.rpartition("/")[2]
    return form.partition("/")[0] if name == "index.html" else name.removeprefix("{at}.").removesuffix(".json").removesuffix(".xml")


def _form_url(published: Published, form: str, url: str) -> str | None:
    """Where another form of the entry at `url` is. One feed serves all versions; there is none before a release has a date."""
    path = form.format(at=url.rstrip("/")).removesuffix("index.html")
    if form == FEED_FORM:
        return published.url_above(path) if published.feeds else None
    return published.url(path)


@cache
def content_of(model: type[BaseModel]) -> Mapping[str, Field]:
    """Returns the fields of a kind that its documents hold: what readers get, and how lists show it. Bookkeeping is left out."""
    return {name: field for name, field in fields_of(model).items() if name not in _AT_TOP and field.role != "bookkeeping"}


@cache
def relations_of(model: type[Entry]) -> tuple[Field, ...]:
    """Returns the fields of a kind by which its entries name others."""
    return tuple(field for field in all_fields(model) if field.relation and not field.relation.is_note and field.role != "bookkeeping")


def reference(published: Published, id: str) -> EntryDocument:
    """Returns what a program needs of an entry that another one names, or of a page of another playbook."""
    if id not in published.references:
        published.references[id] = _reference(published, id)
    return published.references[id]


def _reference(published: Published, id: str) -> EntryDocument:
    if entry := published.playbook.entries.get(id):
        return {"id": id, "kind": entry.kind.folder, "title": entry.known_as, "url": published.url(entry_url(entry))}
    page = published.playbook.outside(id)
    return {"id": id, "kind": None, "title": page.title if page else id, "url": page.address if page else None}


def target(published: Published, id: str) -> tuple[str, str]:
    """Returns the whole address that a link to `id` has, and its title; no address if it is not known."""
    known = reference(published, id)
    return known["url"] or "", known["title"]


def _texts(published: Published) -> Said:
    """What becomes of a text: a line of characters stays one, and Markdown comes with its words."""
    title_of = published.playbook.title_of

    def said(field: Field, text: str) -> Any:
        if not field.is_prose:
            return text
        markdown = resolved(text, field.form, partial(target, published))
        return {"markdown": markdown, "text": shown_words(text, field.form, title_of)}

    return said


def _filled(model: BaseModel, fields: Iterable[Field], said: Said) -> EntryDocument:
    """The fields that are filled, by the names that YAML has."""
    outside = model.elsewhere if isinstance(model, Entry) else {}
    values = ((field, getattr(model, field.attribute), outside.get(field.attribute, ())) for field in fields)
    return {field.name: _value(field, (*value, *more) if more else value, said) for field, value, more in values if more or value not in (None, ())}


def _value(field: Field, value: Any, said: Said) -> Any:
    if isinstance(value, tuple):
        return [_value(field, item, said) for item in value]
    if isinstance(value, BaseModel):
        return _filled(value, field.fields.values(), said)
    return said(field, value) if isinstance(value, str) else value


def _withdrawn(published: Published, entry: Entry) -> EntryDocument | None:
    """Why an entry was withdrawn, since when, and what takes its place."""
    if entry.status != "withdrawn":
        return None
    release = published.ledger.current.history.withdrawn_in(entry.id)
    return {
        "reason": entry.reason,
        "release": release.version or None if release else None,
        "date": release.date or None if release else None,
        "replaced_by": [reference(published, id) for id in entry.replaced_by or ()],
    }


def _release(event: HistoryEvent | None) -> EntryDocument | None:
    return {"release": event.release.version, "date": event.release.date or None, "what": event.what} if event else None


def _links_to(published: Published, entry: Entry) -> Iterator[EntryDocument]:
    """What an entry names, by the field that does."""
    for field in relations_of(type(entry)):
        if ids := ids_of(entry, field):
            section = field.section or (field.inside and field.inside.section)
            yield {
                "field": ".".join(step for step in field.way if step),
                "label": field.label,
                "anchor": section.anchor if section else None,
                "entries": [reference(published, id) for id in ids],
            }


def _mentions(published: Published, entry: Entry) -> Iterator[EntryDocument]:
    """What its texts link to, each once."""
    named = dict.fromkeys(id for form, text in texts_of(entry) for id, _ in entry_links(text, form))
    yield from (reference(published, id) for id in named)


def _linked_from(published: Published, entry: Entry) -> Iterator[EntryDocument]:
    """What names an entry, by the section of its page that lists it."""
    for section, others in published.playbook.backlinks.get(entry.id, {}).items():
        yield {"anchor": section.anchor, "label": section.heading, "entries": [reference(published, other.id) for other in others]}
