"""How a page is cited: each form says who, what, which version and where, whatever the title is; and what depends on the release is put in last."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from macros.pages.citation import MARKS, Cited, release_marks
from macros.site.named_version import VersionWords, name_version

SITE = "https://book.example.org/"
ADDRESS = f"{SITE}1.6/barriers/data-sharing/"


def release(date: str = "2026-11-07") -> Any:
    return SimpleNamespace(version="1.6.2", date=date)


def cited(title: str = "Data stays apart", *, is_released: bool = True) -> Cited:
    return Cited("A lab", title, "A playbook", "barriers-data-sharing", "barriers/data-sharing/", is_released)


def said(form: str, latest: Any = None, *, has_changes: bool = False) -> str:
    return name_version(form, VersionWords("", "", release_marks(latest or release(), SITE, SITE, has_changes=has_changes)))[0]


def test_a_page_is_cited_in_words() -> None:
    assert said(cited().words) == f"A lab, “Data stays apart”, A playbook, version 1.6.2, 7 November 2026, {ADDRESS}"
    assert said(cited("").words) == f"A lab, A playbook, version 1.6.2, 7 November 2026, {ADDRESS}"
    assert said(cited().words, release("")) == f"A lab, “Data stays apart”, A playbook, version 1.6.2, {ADDRESS}"


def test_a_page_that_no_release_has_is_cited_as_such_at_its_newest_address() -> None:
    page = cited(is_released=False)
    assert said(page.words) == f"A lab, “Data stays apart”, A playbook, not released yet, {SITE}barriers/data-sharing/"
    assert "version" not in said(page.bibtex + page.csl).casefold()
    assert page.shown == ""


def test_a_page_is_cited_in_bibtex() -> None:
    assert said(cited("50% of “teams” & co_: ~{x}^\\").bibtex) == (
        "@misc{barriers-data-sharing,\n"
        "  author = {{A lab}},\n"
        "  title = {{50\\% of “teams” \\& co\\_: \\textasciitilde{}\\textbraceleft{}x\\textbraceright{}\\textasciicircum{}\\textbackslash{}}},\n"
        "  howpublished = {{A playbook}},\n"
        "  note = {Version 1.6.2},\n"
        "  year = {2026},\n"
        "  month = nov,\n"
        f"  url = {{{ADDRESS}}}\n"
        "}"
    )


def test_latex_joins_no_signs_of_a_title_and_makes_none_of_its_own() -> None:
    title = said(cited("a---b ``c'' ,,d ?`e <f> | $1 #2").bibtex).splitlines()[2]
    expected = "a-{}-{}-b `{}`c'{}' ,{},d ?{}`e \\textless{}f\\textgreater{} \\textbar{} \\$1 \\#2"
    assert title == f"  title = {{{{{expected}}}}},"


def test_a_withdrawn_page_is_cited_as_such() -> None:
    page = Cited("A lab", "Data stays apart", "A playbook", "key", "barriers/data-sharing/", is_released=False, status="withdrawn")
    assert said(page.words).startswith("A lab, “Data stays apart” (withdrawn), A playbook,")
    assert "\n  pubstate = {withdrawn},\n" in said(page.bibtex)
    assert json.loads(said(page.csl))[0]["status"] == "withdrawn"


@pytest.mark.parametrize(("date", "issued"), [("2026-11-07", {"date-parts": [[2026, 11, 7]]}), ("", None)])
def test_a_page_is_cited_in_csl(date: str, issued: object) -> None:
    (item,) = json.loads(said(cited().csl, release(date)))
    assert item.pop("issued", None) == issued
    assert item == {
        "id": "barriers-data-sharing",
        "type": "webpage",
        "title": "Data stays apart",
        "container-title": "A playbook",
        "author": [{"literal": "A lab"}],
        "version": "1.6.2",
        "URL": ADDRESS,
    }


@given(title=st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Zl", "Zp")), max_size=90).map(lambda text: " ".join(text.split())))
def test_any_title_comes_out_of_each_form_as_it_was(title: str) -> None:
    page, expected = cited(title), title or "A playbook"
    for html in (said(page.html), MarkdownIt().render(said(page.markdown))):
        link = LexborHTMLParser(html).css_first("a")
        assert (link.attributes["href"], " ".join(link.text().split())) == (ADDRESS, expected)
    assert json.loads(said(page.csl))[0]["title"] == expected
    assert said(page.bibtex).count("{") == said(page.bibtex).count("}")


def test_a_pinned_link_says_what_it_shows() -> None:
    assert said(cited().shown) == "version 1.6, in which only wording may be corrected"
    assert said(cited().shown, has_changes=True) == "version 1.6, in which only wording may be corrected; it lacks what has changed since"


def test_before_the_first_release_and_without_an_address_only_what_is_known_is_said() -> None:
    marks = release_marks(None, "", "", has_changes=False)
    assert {*marks} == {*MARKS}
    assert (
        name_version(cited(is_released=False).words, VersionWords("", "", marks))[0]
        == "A lab, “Data stays apart”, A playbook, not released yet, /barriers/data-sharing/"
    )


def test_a_published_version_names_the_newest_one_and_itself() -> None:
    """Each version is built for the address of the newest one, below that of the whole site."""
    marks = VersionWords("", "", release_marks(release(), f"{SITE}latest/", SITE, has_changes=False))
    assert name_version(cited().newest, marks)[0] == f"{SITE}latest/barriers/data-sharing/"
    assert name_version(cited().address, marks)[0] == ADDRESS
