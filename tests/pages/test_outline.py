"""The check asks an outline which anchors a page has; the page itself must have the same."""

from __future__ import annotations

import pytest

from macros.pages.hand_written import anchors_of_body, written_body
from macros.pages.outline import OUTLINES, OutlineRenderer
from macros.pages.renderer import TEMPLATES, Renderer
from macros.playbook.playbook import Playbook
from macros.releases.past import page_records
from macros.schema.kinds import KINDS
from tests.support.exports import real_playbook


@pytest.fixture(scope="module")
def playbook() -> Playbook:
    return real_playbook()


def test_the_outline_of_each_page_written_by_hand_has_the_anchors_of_the_page(playbook: Playbook) -> None:
    for path, page in page_records(playbook.written).items():
        whole, outline = (anchors_of_body(written_body(view(playbook, page.url, path), page)) for view in (Renderer, OutlineRenderer))
        assert set(outline) == set(whole), path


def test_the_outline_of_each_call_that_the_page_of_macros_shows_has_its_anchors(playbook: Playbook) -> None:
    """Each macro is called there in each of its ways, so that each outline is tried."""
    tried = set()

    class Watched(OutlineRenderer):
        def render(self, template: str, **values: object) -> str:
            real, short = Renderer.render(self, template, **values), OutlineRenderer.render(self, template, **values)
            tried.add(template)
            assert set(anchors_of_body(str(short))) == set(anchors_of_body(str(real))), template
            return real

    for path, page in page_records(playbook.written).items():
        written_body(Watched(playbook, page.url, path), page)
    for folder in KINDS:
        Watched(playbook, f"{folder}/").kind_page(folder)
    assert OUTLINES.keys() - tried == set()


def test_each_outline_is_that_of_a_template() -> None:
    assert [name for name in OUTLINES if not [*TEMPLATES.rglob(name)]] == []
