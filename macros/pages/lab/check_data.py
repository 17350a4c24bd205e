"""What the scripts of the health check need to know: its questions, what they lead to, and what became of earlier ones.

Takes a `Renderer`. Gives plain data for JSON, in which all texts are words without markup, as the page shows them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from hashlib import sha256
from typing import Any

from macros.pages.feedback import version_of
from macros.pages.lab.asked import QUICK, asked_in_order
from macros.pages.renderer import Renderer
from macros.playbook.urls import entry_url
from macros.schema.entry import Entry
from macros.schema.kinds import Question
from macros.text.markdown import plain_text
from macros.text.typography import typographic

_HASH_DIGITS = 8


def check_data(view: Renderer) -> dict[str, Any]:
    """Returns the data that the page of the health check prints for its scripts; `docs/assets/js/check/questions.js` says what each is for.

    No page knows where it will be published: scripts take the address of the playbook from the canonical one of the page.
    """
    playbook = view.playbook
    asked = asked_in_order(playbook)
    return {
        "playbook": {"title": playbook.settings.title, "page": view.page_url, **_version(view)},
        "pillars": [{"id": pillar.id, "title": pillar.title} for pillar in playbook.of_kind("pillars")],
        "questions": [_question(view, question, number) for number, question in enumerate(asked, start=1)],
        "entries": {entry.id: _named(view, entry) for entry in _named_by(view, asked)},
        "gone": _gone(view),
        "former_wordings": dict(_former_wordings(view, asked)),
    }


def wording_of(text: str) -> str:
    """Returns a short hash of the plain text of a question: a saved answer keeps it, to tell when the question has been reworded since."""
    return sha256(text.encode()).hexdigest()[:_HASH_DIGITS]


def _version(view: Renderer) -> dict[str, str | None]:
    latest = view.history.latest if view.history else None
    return {"version": version_of(view.history), "released": latest.date or None} if latest else {"version": "", "released": None}


def _question(view: Renderer, question: Question, number: int) -> dict[str, Any]:
    text = view.words(question.question)
    return {
        "id": question.id,
        "number": number,
        "pillar": question.pillar,
        "quick": question.check == QUICK,
        "text": typographic(text),
        "title": typographic(question.title),
        "wording": wording_of(text),
        **_place(view, question),
        "former": list(question.formerly),
        "reveals": list(_current(view, question.reveals)),
        "tries": list(_current(view, question.try_)),
    }


def _place(view: Renderer, entry: Entry) -> dict[str, str]:
    return {"url": view.href(entry), "path": entry_url(entry)}


def _named(view: Renderer, entry: Entry) -> dict[str, str]:
    return {"title": typographic(entry.title), "summary": typographic(entry.summary), **_place(view, entry)}


def _current(view: Renderer, ids: tuple[str, ...]) -> Iterator[str]:
    """The ids of entries that lists show: nobody should be sent to one that is withdrawn or not finished."""
    return (id for id in ids if view.one(id).status == "current")


def _named_by(view: Renderer, asked: tuple[Question, ...]) -> Iterator[Entry]:
    """The barriers and insights that questions lead to, in the order of their lists."""
    named = {id for question in asked for id in (*question.reveals, *question.try_)}
    listed = (*view.playbook.of_kind("barriers"), *view.playbook.of_kind("insights"))
    return (entry for entry in listed if entry.id in named)


def _gone(view: Renderer) -> dict[str, dict[str, Any]]:
    """What became of questions that are not asked any more, under each id that they had."""
    found = dict(_removed(view))
    for entry in view.playbook.entries.values():
        if isinstance(entry, Question) and entry.status != "current":
            reason = (entry.reason or "") if entry.status == "withdrawn" else "It is being worked on"
            told = {"reason": reason, "replaced_by": list(entry.replaced_by or ()), "text": typographic(view.words(entry.question))}
            found.update(dict.fromkeys((entry.id, *entry.formerly), told))
    return dict(sorted(found.items()))


def _removed(view: Renderer) -> Iterator[tuple[str, dict[str, Any]]]:
    """Questions that were taken out between releases; those that became another question are under its former ids."""
    releases = (*view.history.releases, *((view.history.pending,) if view.history.pending else ())) if view.history else ()
    for change in (change for release in releases if release.diff for change in release.diff.entries):
        is_gone = change.kind == Question.kind.folder and "removed" in change.change_types
        if is_gone and not isinstance(view.playbook.once_called(change.id), Question):
            yield change.id, {"reason": change.reason, "replaced_by": [target.id for target in change.replaced_by], "text": ""}


def _former_wordings(view: Renderer, asked: tuple[Question, ...]) -> Iterator[tuple[str, str]]:
    """The texts that questions had in earlier releases, by their hashes."""
    for question in asked if view.history else ():
        for event in view.history.events_of(question.id):
            for field in event.change.fields if event.change else ():
                if field.path == "question" and field.change_type in ("words", "value"):
                    text = plain_text(field.before, partial(_title_of, view))
                    yield wording_of(text), typographic(text)


def _title_of(view: Renderer, id: str) -> str:
    """What an earlier text calls an entry, which may be gone."""
    entry = view.playbook.once_called(id)
    return entry.known_as if entry else id
