"""Renders entries and lists through templates: one for each kind, in `templates/` or `templates/lab/`, called `<folder>.md.jinja`.

A `Renderer` takes a playbook and the address of the page that asks. It returns Markdown headings and finished, inert HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from macros.files.memo import Same, remembered
from macros.pages.citation import Cited
from macros.pages.facets import LEAST_ROWS, facets_of, fits
from macros.pages.groups import Group
from macros.pages.icons import kind_icon, mark_icon
from macros.pages.relation_map import Nearby, draw_nearby
from macros.playbook import urls
from macros.playbook.anchors import anchors_of_passages, group_anchor
from macros.playbook.elsewhere import OutsidePage
from macros.playbook.long_lists import MOST_IN_A_CELL, MOST_ROWS, LongList
from macros.playbook.passages import passage_of
from macros.playbook.playbook import Playbook
from macros.playbook.relations import grouped, named_by
from macros.playbook.review_dates import next_due
from macros.problems.folding import folded
from macros.schema.builtin_kinds import Term
from macros.schema.entry import Entry
from macros.schema.fields import Section
from macros.schema.introspect import fields_of
from macros.schema.kinds import KINDS
from macros.schema.parts import CITED, Citation, Period
from macros.schema.patterns import split_outside
from macros.schema.sections import section_anchors, sections_of
from macros.text.formats import format_date, format_figure, format_period, format_value
from macros.text.glossary import Glossary
from macros.text.markdown import escape_html, link_html, plain_text, render_text

_LINK_TAG = re.compile(r"</?a\b[^>]*>")
_HYPHENATED = re.compile(r"(?<![\w&#;-])(?=[\w-]{3,14}(?![\w-]))\w+(?:-\w+)+")
BASIS_WORDS = {"found": "Found", "said": "Said", "advised": "Advised", "editors": "From the editors"}
"""What readers see of the basis of a statement."""
BASIS_NOTES = {
    "found": "The source counted, measured or observed this.",
    "said": "The source reports what someone said or thought, or gives its own view.",
    "advised": "The source recommends this.",
    "editors": "The editors of this playbook suggest this. They drew on the sources that the page names, and went beyond them.",
}
_MOST_ROWS_OF_HISTORY = 4
"""Changes of one release that a page shows at once; readers open more."""
TEMPLATES = Path(__file__).parent / "templates"


@cache
def environment() -> Environment:
    """The templates' environment: everything that a template prints is made inert, unless it is finished HTML already."""
    env = Environment(
        loader=FileSystemLoader([TEMPLATES / "lab", TEMPLATES]),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=lambda value: value if isinstance(value, Markup) else escape_html(value),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters.update(
        figure=format_figure,
        date=format_date,
        period=format_period,
        group_anchor=group_anchor,
        first_up=_first_up,
        by_kind=_by_kind,
        unbroken=_unbroken,
        as_text=_as_text,
        host=urls.host_of,
        outside_link=lambda page: link_html(page.address, page.title, outside=True),
    )
    env.globals.update(
        mark_icon=mark_icon,
        kind_icon=kind_icon,
        passage_anchors=anchors_of_passages,
        format_value=format_value,
        sections=sections_of,
        next_due=next_due,
        basis_words=BASIS_WORDS,
        basis_notes=BASIS_NOTES,
        most_rows_of_history=_MOST_ROWS_OF_HISTORY,
        most=MOST_ROWS,
        facets_of=facets_of,
        fits=fits,
        least_rows=LEAST_ROWS,
        most_in_a_cell=MOST_IN_A_CELL,
    )
    return env


def template_sources() -> tuple[tuple[str, bytes], ...]:
    """Returns the path and the bytes of every template: while a preview runs, somebody may edit them."""
    return tuple((str(file), file.read_bytes()) for file in sorted(TEMPLATES.rglob("*")) if file.is_file())


@dataclass(frozen=True)
class Renderer:
    """Renders for one page: links are relative to `page_url`; `page_file` is its source, if it was written by hand."""

    playbook: Playbook
    page_url: str
    page_file: str = ""
    history: Any = None
    """What happened from release to release (a History, which is made from rendered pages), for the templates that show it."""

    def render(self, template: str, **values: object) -> Markup:
        """The template with `values`; inside, `view` is this renderer."""
        return Markup(environment().get_template(template).render(view=self, playbook=self.playbook, **values))

    def entry_page(self, entry: Entry) -> Markup:
        """The body of an entry's own page."""
        return self.render(f"{entry.kind.folder}.md.jinja", entry=entry)

    def kind_page(self, folder: str) -> Markup:
        """The body of a kind's list, unless somebody wrote one by hand."""
        index = self.playbook.long_lists.kinds.get(folder)
        entries = self.playbook.of_kind(folder)[:MOST_ROWS]
        return self.render("_list_page.md.jinja", kind=KINDS[folder].kind, entries=entries, index=index)

    def linked(self, entry: Entry, anchor: str) -> LongList | None:
        """The list of a section of an entry's page, if it needs several pages."""
        return self.playbook.long_lists.linked.get((entry.id, anchor))

    def explain_terms(self, html: str, glossary: Glossary, own: str = "") -> str:
        """Finished HTML with each term explained at its first use, except the term `own`, whose page this is. For print, all are listed at the end."""

        def note(term: Term, words: str) -> str:
            return _term_note(self, term, words)

        marked, terms = glossary.explain(html, note, own=own)
        at_end = str(self.render("_terms_at_end.html.jinja", terms=terms)) if terms else ""
        return marked + at_end

    def way(self, url: str) -> str:
        """The way from this page to an address inside the site."""
        return urls.relative(url, self.page_url)

    def href(self, entry: Entry) -> str:
        """The way from this page to an entry's page."""
        return self.way(urls.entry_url(entry))

    def text(self, value: str) -> Markup:
        """A text field as HTML blocks."""
        return render_text(value, self._target)

    def line(self, value: str) -> Markup:
        """A text field as the inside of one paragraph."""
        return render_text(value, self._target, "line")

    def item(self, entry: Entry, field: str, value: str) -> Markup:
        """An item of a field that holds a list of lines, read as the check reads it: some are plain text."""
        return self.line(value) if fields_of(type(entry))[field].form == "line" else escape_html(value)

    def gist(self, entry: Entry) -> Markup:
        """What lists say of an entry below its title: what it asks, if it asks something, and its summary otherwise."""
        asked = next((field.attribute for field in fields_of(type(entry)).values() if field.asks), None)
        return self.bare(getattr(entry, asked)) if asked else escape_html(entry.summary)

    def bases_of(self, entry: Entry) -> tuple[str, ...]:
        """What the evidence of an entry rests on, each once, in the order of how firm it is."""
        found = {item.basis for item in getattr(entry, "evidence", ())}
        return tuple(word for word in BASIS_WORDS if word in found)

    def by_editors(self, entry: Entry) -> list[Section]:
        """The sections of an entry's page that are the editors' own."""
        return [section for field, section in sections_of(type(entry)).items() if section.by_editors and getattr(entry, field)]

    def bare(self, value: str) -> Markup:
        """A text field without its links, for places that are a link themselves."""
        return Markup(_LINK_TAG.sub("", self.line(value)))

    def words(self, value: str) -> str:
        """A text field as words alone, for the text alternative of a drawing."""
        return plain_text(value, self.playbook.title_of)

    def main_field(self, entry: Entry) -> str | None:
        """The field that says what an entry is: the section `why` of its page."""
        return next((field for field, section in sections_of(type(entry)).items() if section.anchor == "why"), None)

    def one(self, id: str) -> Entry:
        """The entry called `id`; the check has made sure that it exists."""
        return self.playbook.entries[id]

    def named(self, ids: Iterable[str]) -> tuple[Entry, ...]:
        """The entries called `ids`."""
        return tuple(self.playbook.entries[id] for id in ids)

    def nearby(self, entry: Entry) -> Nearby | None:
        """What the map of relations shows round an entry."""
        return draw_nearby(self.playbook, entry)

    def by_source(self, citations: Iterable[Citation]) -> tuple[tuple[Entry, tuple[Citation, ...]], ...]:
        """Each source that is cited, with the citations of its places, each place once."""
        places: dict[str, dict[str, Citation]] = {}
        for cited in citations:
            places.setdefault(cited.source, {}).setdefault(folded(cited.at), cited)
        return tuple((self.one(source), tuple(at.values())) for source, at in places.items())

    def passage_href(self, cited: Citation) -> str:
        """The way from this page to the passage that a citation names, or to the page of a source that lists none."""
        source = self.one(cited.source)
        anchors = anchors_of_passages(source)
        passage = passage_of(cited.at, tuple(anchors))
        return f"{self.href(source)}#{anchors[passage]}" if passage else self.href(source)

    def cited_words(self, entry: Entry, anchor: str) -> str:
        """How others cite a part of an entry's page; its address is the one that keeps showing it, if a release has the entry."""
        settings, events = self.playbook.settings, self.history.events_of(entry.id) if self.history else ()
        is_released = any(event.release.version for event in events)
        return Cited(settings.lab, entry.full_title, settings.title, entry.id, f"{urls.entry_url(entry)}#{anchor}", is_released).words

    def mark_of(self, entry: Entry) -> str | None:
        """The name of the mark that stands for an entry, if its kind has marks."""
        return next((getattr(entry, field.attribute) for field in fields_of(type(entry)).values() if field.is_mark), None)

    def marks_of(self, entry: Entry) -> list[tuple[str, tuple[Entry, ...]]]:
        """The entries with a mark that `entry` names, under the folder of their kind."""
        named = self.named(id for id, relation in named_by(entry) if relation.to)
        return grouped((other for other in named if self.mark_of(other)), lambda other: other.kind.folder)

    def by_tag(self, entries: Iterable[Entry]) -> list[tuple[str, tuple[Entry, ...]]]:
        """The entries under the first tag of each, in the order of the playbook's own list of tags."""
        return grouped(entries, lambda entry: next(iter(entry.tags), ""), order=self.playbook.settings.tags)

    def facts_in_lists(self, entry: Entry) -> list[str]:
        """What lists show above the summary of an entry."""
        values = (getattr(entry, field) for field in entry.kind.in_lists)
        return [format_period(value) if isinstance(value, Period) else str(value) for value in values if value]

    def related(self, entry: Entry) -> tuple[Group, ...]:
        """What `entry` names in sections of its page, then what names it. The page of a source lists citations by passage instead."""
        naming = (field for field in fields_of(type(entry)).values() if field.section and field.relation)
        forward = [Group(field.section, self.named(getattr(entry, field.attribute)), entry.elsewhere.get(field.attribute, ())) for field in naming]
        backward = [Group(section, named) for section, named in self.playbook.backlinks.get(entry.id, {}).items()]
        listed_elsewhere = (CITED,) if getattr(entry, "passages", ()) else ()
        groups = [group for group in forward + backward if (group.entries or group.outside) and group.section not in listed_elsewhere]
        return tuple(sorted(groups, key=lambda group: section_anchors().index(group.section.anchor)))

    def outside(self, id: str) -> OutsidePage:
        """The page of another playbook that `id` names; without an address if it is not known, as in a playbook of another time."""
        return self.playbook.outside(id) or OutsidePage("", id, "")

    def _target(self, id: str) -> tuple[str, str]:
        if id not in self.playbook.entries and split_outside(id):
            page = self.outside(id)
            return page.address, page.title
        entry = self.playbook.entries[id]
        return self.href(entry), entry.known_as


def _as_text(text: str) -> Markup:
    """A long text as plain text, for HTML that no engine reads as Markdown any more: most of its signs stay as they are."""
    return Markup(escape(text, quote=False))


def _by_kind(entries: Iterable[Entry]) -> list[tuple[str, tuple[Entry, ...]]]:
    """The entries under the name of their kind, in the order in which they come."""
    return grouped(entries, lambda entry: entry.kind.many)


def _unbroken(title: str) -> Markup:
    """A title whose short words with a hyphen stay on one line: `joined-up` must not end a line as `joined-`."""
    return Markup(_HYPHENATED.sub(r'<span class="unbroken">\g<0></span>', str(escape_html(title))))


def _first_up(text: str) -> str:
    """`text` as a heading begins it, with the rest as it is."""
    return text[:1].upper() + text[1:]


@remembered(lambda view, term, words: (Same(term), view.href(term), words))
def _term_note(view: Renderer, term: Term, words: str) -> str:
    return view.render("_term_note.html.jinja", term=term, words=Markup(words)).strip()
