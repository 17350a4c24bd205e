"""A page explains each term where it first uses it, changes nothing else, and marks none where a mark would be in the way.

Above: terms and HTML. Below: the words that were marked, in [brackets] or as the button and the note of a built page.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from macros.pages.renderer import Renderer
from macros.playbook.load import load_playbook
from macros.problems.folding import folded_characters
from macros.schema.builtin_kinds import Term
from macros.text.folded_text import fold
from macros.text.glossary import Glossary
from macros.text.markdown import escape_html
from tests.support.playbooks import BASE, changed, write_playbook
from tests.support.sites import built, page, searched, words

NEVER = ("a", "h1", "h2", "h3", "h4", "h5", "h6", "th", "button", "summary", "label", "legend", "nav", "aside", "svg", "cite", "code", "pre")


def term(id: str, title: str, **fields: object) -> Term:
    return Term.model_validate({"id": id, "title": title, "summary": "A summary.", "meaning": "A meaning.", **fields})


SILO = term("silo", "Silo", also=["organisational tower"])
BUDGET = term("pooled-budget", "Pooled budget")
SEU = term("seu", "SEU", short_for="Social Exclusion Unit")
RESEARCH = term("research", "R&D", also=["C++", '"big" <b> ideas'])
TERMS = (
    SILO,
    BUDGET,
    term("budget", "Budget"),
    term("holder", "Budget holder"),
    SEU,
    RESEARCH,
    term("who", "WHO"),
    term("amp", "Amp"),
    term("many", "38"),
)


UNBROKEN = re.compile(r'<span class="unbroken">(.*?)</span>', re.DOTALL)
"""What keeps a term and the signs around it on one line."""


def marked(html: str, own: str = "", terms: tuple[Term, ...] = TERMS) -> str:
    """`html` with each explained term in brackets, and nothing to keep it on one line."""
    return UNBROKEN.sub(r"\1", Glossary(terms).explain(html, lambda _, words: f"[{words}]", own=own)[0])


def test_no_line_breaks_between_a_term_and_the_brackets_or_stops_around_it() -> None:
    html = "<p>A hub (silo), a “budget”; &quot;SEU&quot; and a front door<b>.</b></p>"
    broken = Glossary(TERMS).explain(html, lambda _, words: f"[{words}]")[0]
    assert broken == (
        '<p>A hub <span class="unbroken">([silo]),</span> a <span class="unbroken">“[budget]”;</span> &quot;[SEU]&quot; and a front door<b>.</b></p>'
    )


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>A silo is a silo.</p><p>Silo.</p>", "<p>A [silo] is a silo.</p><p>Silo.</p>"),
        ("<p>Silos</p>", "<p>[Silos]</p>"),
        ("<p>siloes</p>", "<p>[siloes]</p>"),
        ("<p>SILO</p>", "<p>[SILO]</p>"),
        ("<p>Organisational\n  towers</p>", "<p>[Organisational\n  towers]</p>"),
        ("<p>siloed, anti-silo, silo-minded, basilosa</p>", "<p>siloed, anti-silo, silo-minded, basilosa</p>"),
        ("<p>a (silo), “silo”</p>", "<p>a ([silo]), “silo”</p>"),
        ("<p>si<b>lo</b></p>", "<p>si<b>lo</b></p>"),
    ],
)
def test_the_first_use_is_marked_in_any_case_and_with_a_plural_as_a_whole_word(html: str, expected: str) -> None:
    assert marked(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("who asked the WHO?", "who asked the [WHO]?"),
        ("the WHOs", "the [WHOs]"),
        ("Who?", "Who?"),
        ("the seu", "the seu"),
        ("the social exclusion unit", "the [social exclusion unit]"),
        ("the Social Exclusion Unit (SEU)", "the Social Exclusion Unit ([SEU])"),
        ("the Social Exclusion Unit; the SEU", "the [Social Exclusion Unit]; the SEU"),
    ],
)
def test_an_abbreviation_is_found_as_it_is_written_and_its_long_form_in_any_case(html: str, expected: str) -> None:
    assert marked(html) == expected


def test_the_longest_wording_is_taken() -> None:
    assert marked("a budget holder") == "a [budget holder]"
    assert marked("a pooled budget, a budget") == "a [pooled budget], a [budget]"
    assert marked("a budget, a pooled budget") == "a [budget], a [pooled budget]"
    assert marked("a pooled budget, a budget", own="pooled-budget") == "a pooled budget, a [budget]"


@pytest.mark.parametrize("name", NEVER)
def test_a_term_is_marked_in_no_heading_link_control_work_code_or_drawing(name: str) -> None:
    inside = f'<{name} class="x">silo <b>silo<br>silo</b> silo</{name}>'
    assert marked(inside) == inside
    assert marked(f"<div>{inside} silo</div>") == f"<div>{inside} [silo]</div>"
    assert marked(inside.replace(name, name.upper())) == inside.replace(name, name.upper())


@pytest.mark.parametrize("mark", ["data-no-terms", 'class="x" data-no-terms', 'data-no-terms=""', "data-no-terms id=silo"])
def test_a_term_is_marked_in_no_element_that_says_so(mark: str) -> None:
    html = f"<div {mark}><p>silo</p>silo</div>"
    assert marked(f"{html}<p>silo</p>") == f"{html}<p>[silo]</p>"


@pytest.mark.parametrize(
    "html",
    [
        '<img alt="silo" src="silo.png">',
        "<img alt='a > silo' src=silo>",
        "<!-- silo <p>silo</p> -->",
        "<br/><hr />",
        '<p title="silo" data-silo></p>',
    ],
)
def test_no_term_stands_in_a_tag_or_a_comment(html: str) -> None:
    assert marked(f"{html}<p>silo</p>") == f"{html}<p>[silo]</p>"


@pytest.mark.parametrize("wording", ["R&D", "C++", '"big" <b> ideas'])
@pytest.mark.parametrize(
    "write",
    [
        escape_html,
        lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"),
        lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;"),
    ],
    ids=["as data", "as Markdown", "as an attribute"],
)
def test_a_term_is_found_however_its_characters_are_written_in_html(wording: str, write: object) -> None:
    assert marked(f"<p>It is {write(wording)}.</p>") == f"<p>It is [{write(wording)}].</p>"


def test_no_term_stands_in_the_name_or_the_number_of_a_character() -> None:
    assert marked("this &amp; that &#38; more, 38 amps") == "this &amp; that &#38; more, [38] [amps]"


def test_a_page_whose_own_term_it_is_does_not_explain_it() -> None:
    assert marked("a silo, a budget", own="silo") == "a silo, a [budget]"


def test_without_terms_a_page_stays_as_it_is() -> None:
    assert Glossary(()).explain("<p>silo</p>", lambda _, words: f"[{words}]") == ("<p>silo</p>", ())
    assert Glossary(()).used_in("silo") == frozenset()


def test_a_page_is_told_which_terms_it_explains_in_the_order_of_their_first_use() -> None:
    html = "<p>the SEU, a silo, a budget, a silo</p><h2>R&amp;D</h2>"
    assert [found.id for found in Glossary(TERMS).explain(html, lambda _, words: words)[1]] == ["seu", "silo", "budget"]


SAID = st.sampled_from(["silo", "Silos", "pooled budgets", "budget", "R&amp;D", "R&#38;D", "WHO", "who", "SEU", "amp", "siloed"])
TEXT = st.lists(SAID | st.sampled_from([" ", ", ", "&amp;", "&#38;", "&lt;", "-", "x", "\n", "38", "é"]), max_size=6).map("".join)
ATTRIBUTES = st.sampled_from(["", ' class="silo"', ' title="a > silo"', " id=budget", " data-no-terms", " title='R&amp;D'"])
ANYTHING = [*NEVER, "p", "li", "em", "strong", "td", "span", "div", "blockquote"]
NESTED = ["cite", "code", "label", "nav", "aside", "summary", "em", "strong", "span", "div", "blockquote", "section"]
"""Elements that a browser leaves inside one another as they are written."""


def html_of(names: list[str]) -> st.SearchStrategy[str]:
    """Pages made of texts and of elements with these names, one inside the other."""

    def element(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        inner = st.lists(children, max_size=4).map("".join)
        return st.builds(lambda name, attributes, inside: f"<{name}{attributes}>{inside}</{name}>", st.sampled_from(names), ATTRIBUTES, inner)

    pieces = TEXT | st.sampled_from(["<br>", '<img alt="silo">', "<!-- silo > -->", "<hr>"])
    return st.lists(st.recursive(pieces, element, max_leaves=25), max_size=4).map("".join)


NOTE = re.compile(
    r'<button type="button" class="term" popovertarget="term-(?P<id>[\w-]+)">(?P<words>[^<]*)</button>'
    r'<span class="term-note" id="term-(?P=id)" popover .*?</span>',
    re.DOTALL,
)


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> Renderer:
    return Renderer(load_playbook(write_playbook(tmp_path_factory.mktemp("playbook"))), "page/")


LOOKS = (
    term("join", "Joined-up work"),
    term("multi", "Interagency team"),
    term("who-decides", "People’s panel"),
    term("whanau", "Whānau"),
    term("space", "Front door"),
)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Our joined\u2011up work.</p>", "<p>Our [joined\u2011up work].</p>"),
        ("<p>An inter\u00adagency team, its people\u2019s panel</p>", "<p>An [inter\u00adagency team], its [people\u2019s panel]</p>"),
        ("<p>An inter&shy;agency team</p>", "<p>An [inter&shy;agency team]</p>"),
        ("<p>The people's panel</p>", "<p>The [people's panel]</p>"),
        ("<p>The people&#39;s panel</p>", "<p>The [people&#39;s panel]</p>"),
        ("<p>Each wha\u0304nau and café\u0301 front\u00a0door</p>", "<p>Each [wha\u0304nau] and café\u0301 [front\u00a0door]</p>"),
        ("<p>A front&nbsp;door &amp; a joined&#8209;up work</p>", "<p>A [front&nbsp;door] &amp; a [joined&#8209;up work]</p>"),
        (
            "<p>whānau@a.org, https&#58;//a.org/whānau and www.whānau.nz: whānau</p>",
            "<p>whānau@a.org, https&#58;//a.org/whānau and www.whānau.nz: [whānau]</p>",
        ),
    ],
)
def test_a_term_is_found_as_it_looks_and_shown_as_it_is_written_and_never_inside_an_address(html: str, expected: str) -> None:
    assert marked(html, terms=LOOKS) == expected


@given(text=st.text(st.sampled_from("ab \u00ad\u2011’'é\u0301\u00a0-&;"), max_size=12))
def test_every_character_has_its_place_in_the_text_as_it_was_written(text: str) -> None:
    found = fold(text)
    places = [found.in_source(place) for place in range(len(found.text) + 1)]
    assert places == sorted(places)
    assert folded_characters(found.text) == folded_characters(text)
    assert [places[0], places[-1]] == [0, len(text)] or not text or folded_characters(text[0]) != text[0]


@given(html=html_of(ANYTHING))
def test_without_its_notes_any_page_is_what_it_was(view: Renderer, html: str) -> None:
    body, _, _ = view.explain_terms(html, Glossary(TERMS)).partition('\n<div class="terms-at-end"')
    assert UNBROKEN.sub(r"\1", NOTE.sub(lambda note: note["words"], body)).rstrip("\n") == html.rstrip("\n")
    ids = [note["id"] for note in NOTE.finditer(body)]
    assert len(set(ids)) == len(ids)


@given(html=html_of(NESTED))
def test_whatever_a_browser_shows_as_open_text_has_its_terms_marked_and_nothing_else(html: str) -> None:
    expected = {found for text in open_texts(LexborHTMLParser(html).body) for found in Glossary(TERMS).used_in(text)}
    assert {found.id for found in Glossary(TERMS).explain(html, lambda _, words: words)[1]} == expected


def open_texts(node: LexborNode | None) -> list[str]:
    """The texts below `node` that stand in no element where a term may not be marked."""
    if node is None or node.tag in NEVER or "data-no-terms" in node.attributes:
        return []
    below = [open_texts(child) if child.is_element_node else [child.text_content or ""] for child in node.iter(include_text=True)]
    return [text for texts in below for text in texts]


SCRATCH = {
    "playbook_data/terms/silo.yml": "title: Silo\nsummary: A part that keeps <b>to</b> itself.\nmeaning: A silo has walls.\n",
    "playbook_data/terms/r-d.yml": "title: R&D\nsummary: Finding out in a silo.\nmeaning: It takes time, as each silo knows.\nshort_for: Research and development\n",
    **changed("playbook_data/roles/delivery-team.yml", "who do the work.\ndoes", "who do R&D in a silo, and [[r-d|R&D]] again.\ndoes"),
    "docs/page.md": """\
# A silo

## Silos { #silos }

[silo](index.md) `silo` <cite>silo</cite> <span data-no-terms>silo</span>

| silo |
| --- |
| R&D &amp; more |

<details><summary>silo</summary>

A silo, R&amp;D, R&D.

</details>

{{ entries("terms", show="cards") }}
""",
    "docs/contribute/page.md": "# Contribute\n\nA silo.\n",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("terms"), SCRATCH)


def explained(site: Path, url: str) -> dict[str, str]:
    """The terms that a page explains: by id, the words that are the button."""
    return {button.attributes["popovertarget"].removeprefix("term-"): words(button) for button in page(site, url).css("button.term")}


def test_a_page_explains_the_terms_of_its_texts(site: Path) -> None:
    assert explained(site, "roles/delivery-team") == {"r-d": "R&D", "silo": "silo"}
    note = page(site, "roles/delivery-team").css_first("#term-r-d")
    assert words(note) == "R&D, Research and development Finding out in a silo. More about this term"
    assert note.css_first("a").attributes["href"] == "../../terms/r-d/"
    assert words(page(site, "roles/delivery-team").css_first("#term-silo")) == "Silo A part that keeps <b>to</b> itself. More about this term"


def test_a_page_written_by_hand_explains_the_terms_of_its_texts(site: Path) -> None:
    assert explained(site, "page") == {"r-d": "R&D", "silo": "silo"}
    assert words(page(site, "page").css_first("details button")) == "silo"
    assert words(page(site, "page").css_first("td button")) == "R&D"


def test_each_explained_term_stands_once_more_at_the_end_for_paper(site: Path) -> None:
    at_end = page(site, "roles/delivery-team").css_first(".terms-at-end")
    assert [words(node) for node in at_end.css("dt, dd")] == [
        "R&D, Research and development",
        "Finding out in a silo.",
        "Silo",
        "A part that keeps <b>to</b> itself.",
    ]


@pytest.mark.parametrize("url", ["terms", "contribute/page", "forms/partnership"])
def test_the_list_of_terms_a_page_for_authors_and_a_page_without_terms_explain_none(site: Path, url: str) -> None:
    assert explained(site, url) == {}
    assert page(site, url).css_first(".terms-at-end") is None


def test_the_page_of_a_term_explains_the_others(site: Path) -> None:
    assert explained(site, "terms/r-d") == {"silo": "silo"}
    assert explained(site, "terms/silo") == {}


def test_drafts_and_withdrawn_terms_are_not_explained(tmp_path: Path) -> None:
    files = {path: f"{text}status: draft\n" if "/terms/" in path else text for path, text in SCRATCH.items()}
    del files["docs/page.md"]
    assert explained(built(tmp_path, files), "roles/delivery-team") == {}


def test_notes_are_not_found_by_the_search(site: Path) -> None:
    index = "\n".join(searched(site).values())
    assert "More about this term" not in index
    assert "Words marked" not in index
    assert BASE["playbook_data/forms/partnership.yml"].split("about: ")[1].split("\n")[0] in index
