"""Whatever text the check accepts, the pages that show it have its words and its markup, and no other; each page reads a field as the check does.

Above: a playbook with one field filled by chance. Below: its pages, as the site's Markdown makes them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from html import escape

import markdown
import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from markupsafe import Markup
from selectolax.lexbor import LexborHTMLParser

from macros.pages.renderer import Renderer
from macros.playbook.load import load_playbook
from macros.playbook.playbook import Playbook
from macros.playbook.urls import entry_url, kind_url
from macros.schema.fields import TextForm
from macros.schema.filled import texts_of
from macros.text.canonical import canonical
from macros.text.markdown import entry_links, text_problems
from tests.support.playbooks import write_playbook
from tests.support.sites import PROJECT
from tests.support.strategies import any_markup
from tests.text.test_reading import FORMS

BARRIER = "data-sharing"
SETTINGS = yaml.load((PROJECT / "mkdocs.yml").read_text(), yaml.CBaseLoader)
EXTENSIONS = [each if isinstance(each, str) else next(iter(each)) for each in SETTINGS["markdown_extensions"]]


@pytest.fixture(scope="module")
def playbook(tmp_path_factory: pytest.TempPathFactory) -> Playbook:
    return load_playbook(write_playbook(tmp_path_factory.mktemp("playbook")))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=any_markup, form=FORMS)
@example(text="# of people", form="line")
@example(text="One\n\n- two\n\n      {{ three }}\n", form="block")
@example(text="| a | b |\n|---|---|\n| [[nao\\|c]] | `d` |", form="block")
def test_the_page_of_an_entry_shows_a_text_with_its_words_and_elements(playbook: Playbook, text: str, form: TextForm) -> None:
    if not text.strip() or list(text_problems(text, form)) or not {id for id, _ in entry_links(text, form)} <= {*playbook.entries}:
        return
    entry = playbook.entries[BARRIER].model_copy(update={"problem": text} if form == "block" else {"signs": (text,)})
    changed = replace(playbook, entries={**playbook.entries, BARRIER: entry})
    page = LexborHTMLParser(markdown.markdown(Renderer(changed, entry_url(entry)).entry_page(entry), extensions=EXTENSIONS))
    read = LexborHTMLParser(
        f"<div>{canonical(text, form, lambda named, words: f'<a>{escape(words or playbook.entries[named].known_as)}</a>')}</div>"
    ).css_first("div")
    shown = page.css("#why ~ .prose")[0] if form == "block" else page.css_first(".points li")
    assert "".join(shown.text().split()) == "".join(read.text().split())
    assert [node.tag for node in shown.css("*")[1:]] == [node.tag for node in read.css("*")[1:]]


@dataclass(frozen=True)
class RecordingRenderer(Renderer):
    """Notes which texts the templates show, and in which form."""

    shown: set[tuple[TextForm, str]] = field(default_factory=set)

    def text(self, value: str) -> Markup:
        self.shown.add(("block", value))
        return super().text(value)

    def line(self, value: str) -> Markup:
        self.shown.add(("line", value))
        return super().line(value)


def test_each_template_shows_a_field_in_the_form_in_which_the_check_reads_it(playbook: Playbook) -> None:
    forms = {text: form for entry in playbook.entries.values() for form, text in texts_of(entry)}
    for entry in playbook.entries.values():
        for url in (entry_url(entry), kind_url(entry.kind.folder)):
            view = RecordingRenderer(playbook, url)
            _ = view.entry_page(entry) if url == entry_url(entry) else view.kind_page(entry.kind.folder)
            found = {(form, forms[text], text) for form, text in view.shown if text in forms}
            assert [each for each in found if each[0] != each[1]] == []
