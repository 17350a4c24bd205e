"""Text from a pull request cannot run anything: not in the build, not in the browser. Tried in every text field of every kind."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser

from macros.schema.fields import TextForm
from macros.schema.filled import values_in
from macros.schema.introspect import all_fields
from macros.schema.kinds import KINDS
from macros.text.markdown import text_problems
from macros.yamlfile.finding import show_path
from tests.support.playbooks import BASE, facts_with_tags
from tests.support.sites import build, built, page, pages_of, write_project

pytestmark = pytest.mark.slow

SHOWN_AS_TEXT = [
    "{{ 7*7 }}",
    '{% include "/etc/passwd" %}',
    "{# a comment #}",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '{: onclick="alert(1)" }',
    '--8<-- "/etc/passwd"',
    "{ onclick=alert(1) }",
    "</div>",
    "</aside></article>",
    "`</code><script>alert(1)</script>`",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    '"><script>alert(1)</script>',
    "wzxhzdk:0 klzzwxh:0",
]
"""Each is put into every text field of every entry; readers must then see these very characters."""
REFUSED = {
    "[x](javascript:alert(1))": {"block": "link-scheme", "line": "link-scheme"},
    "[x](data:text/html,hello)": {"block": "link-scheme", "line": "link-scheme"},
    "![x](https://example.com/x.png)": {"block": "image-in-text", "line": "image-in-text"},
    "<script>alert(1)</script>": {"block": "html-in-text", "line": "html-in-text"},
    "# A heading": {"block": "heading-in-text"},
    "A heading\n===": {"block": "heading-in-text", "line": "not-one-paragraph"},
}
"""By the form of the field that holds it."""


FIGURE = "{name: visits, value: 3, unit: x, measures: x, when: x, contested: x, source: nao, at: x, before: {value: 1, when: x}}"
MORE = {
    "playbook_data/barriers/data-sharing.yml": f"tags: [x]\nfigures: [{FIGURE}]\n",
    "playbook_data/cases/one-front-door.yml": f"figures: [{FIGURE}]\n",
    "playbook_data/open-questions/who-pays.yml": "known: x\n",
    "playbook_data/terms/joining-up.yml": "short_for: x\nalso: [x]\n",
    "playbook_data/sources/nao.yml": "authors: [x]\nreference: x\nturned: x\npassages: [{at: x, about: x}]\n",
}
"""Text fields that the base entries leave out."""
EVERY_MACRO = {
    "docs/everything.md": """\
# Everything

{{ timeline("When") }}

{{ change_chart("What") }}

{{ figure_table() }}

{{ figure("one-front-door", "visits") }}

{{ entries("barriers", group_by="tags", show="full") }}

{{ entry("one-front-door") }}

{{ source_accounts() }}
"""
}


def with_hostile_text(path: str, hostile: str, in_prose: str) -> str:
    """The base entry at `path` with `hostile` in every plain text that it has, and `in_prose` in every Markdown text."""
    model = KINDS[path.split("/")[1]]
    entry = yaml.safe_load(BASE[path] + MORE.get(path, ""))
    for field in all_fields(model):
        if field.is_text:
            _put(entry, field.steps, in_prose if field.is_prose else hostile)
    if "question" in entry:
        entry["question"] = f"{in_prose}?"
    if "tags" in entry:
        entry["tags"] = [_tag(hostile)]
    return yaml.safe_dump(entry, allow_unicode=True, sort_keys=False)


def as_text(hostile: str) -> str:
    """`hostile` as a Markdown text may have it: what would be refused stands in code."""
    return f"`{hostile}`" if list(text_problems(hostile, "line")) else hostile


def _tag(hostile: str) -> str:
    """A tag needs a letter for the anchor of its heading."""
    return f"x {hostile}"


def _put(value: object, pattern: tuple, hostile: str) -> None:
    *way, last = pattern
    for step in way:
        if step is None:
            for item in value:
                _put(item, pattern[way.index(None) + 1 :], hostile)
            return
        if step not in value:
            return
        value = value[step]
    if last is None:
        value[:] = [hostile for _ in value]
    elif last in value:
        value[last] = hostile


ENTRIES = [path for path in BASE if path.count("/") == 2]


OFTEN = ("{{ 7*7 }}", '{% include "/etc/passwd" %}', '{: onclick="alert(1)" }', '"><script>alert(1)</script>')
"""One for each language that a page goes through; `make proof` tries all."""


@pytest.fixture(scope="module", params=[pytest.param(text, marks=() if text in OFTEN else pytest.mark.proof) for text in SHOWN_AS_TEXT])
def hostile_site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    hostile = request.param
    files = {path: with_hostile_text(path, hostile, as_text(hostile)) for path in ENTRIES}
    written = {"docs/titled.md": f"---\ntitle: {json.dumps(hostile)}\ndescription: {json.dumps(hostile)}\n---\n\nText.\n"}
    root = write_project(tmp_path_factory.mktemp("hostile"), {**files, **written, **EVERY_MACRO, **facts_with_tags(_tag(hostile))})
    done = build(root, *(["--strict"] if unescape(hostile) == hostile else []))  # prose shows `&lt;` as <, so there it is not the term
    assert done.returncode == 0, done.stderr
    return hostile, root / "site"


def test_it_is_shown_as_it_was_written_in_every_field(hostile_site: tuple[str, Path]) -> None:
    hostile, site = hostile_site
    expected = unescape(hostile)  # CommonMark reads character references: `&lt;` is a way to write <
    for path in ENTRIES:
        _, kind, name = path.split("/")
        article = page(site, f"{kind}/{name.removesuffix('.yml')}").css_first("article")
        assert _squeezed(article.css_first("h1").text()) == _squeezed(hostile)
        for block in article.css(".prose, .points li, .steps li, .asked"):
            may_be = {expected} if "prose" in (block.attributes.get("class") or "").split() else {expected, hostile}  # a list may be of plain texts
            assert any(_squeezed(text).strip("`") in _squeezed(block.text()) for text in may_be), f"{path}: {block.html}"


def test_the_front_matter_of_a_page_is_shown_as_it_was_written(hostile_site: tuple[str, Path]) -> None:
    hostile, site = hostile_site
    titled = page(site, "titled")
    assert _squeezed(titled.css_first("h1").text()) == _squeezed(hostile)
    assert titled.css_first("meta[name=description]").attributes["content"] == hostile


def test_every_macro_shows_it_as_it_was_written(hostile_site: tuple[str, Path]) -> None:
    hostile, site = hostile_site
    article = page(site, "everything").css_first("article")
    as_heading = hostile[:1].upper() + hostile[1:]
    expected = {_squeezed(text).strip("`") for text in (hostile, unescape(hostile), as_heading)}
    for selector in (
        *("#timeline .drawing__name", "#timeline desc", "#timeline + .as-table tbody th", "#timeline + .as-table td:last-child"),
        *("#changes li p", "#changes .drawing__value", "#changes tspan", "#changes + .as-table td", "#changes + .as-table tbody th"),
        *(".data--figures tbody th", ".data--figures tbody td", ".figure__value", ".figure figcaption", ".card p"),
        *("[id^=group-]", "#data-sharing", ".summary", "#nao", ".data--coverage tbody th", "cite"),
    ):
        shown = [_squeezed(node.text()) for node in article.css(selector)]
        assert any(text in said for text in expected for said in shown), f"{selector}: {shown}"


def test_the_note_of_a_term_shows_it_as_it_was_written(hostile_site: tuple[str, Path]) -> None:
    hostile, site = hostile_site
    article = page(site, "roles/delivery-team").css_first("article")
    (button,) = article.css("button.term")
    assert set(button.attributes) == {"type", "class", "popovertarget"}
    assert _squeezed(button.text()) == _squeezed(hostile)
    note = article.css_first("#term-joining-up")
    assert _squeezed(note.text()) == _squeezed(f"{hostile}, {hostile} {hostile} More about this term")
    assert [child.tag for child in note.iter()] == ["strong", "a"]


def test_it_makes_no_element_and_no_attribute(hostile_site: tuple[str, Path]) -> None:
    _, site = hostile_site
    for file in pages_of(site):
        article = LexborHTMLParser(file.read_text("utf-8")).css_first("article")
        assert article.css("script, img, iframe, object, embed, form:not([data-search]), style, link, meta, base") == []
        for node in article.css("*"):
            assert not [name for name in node.attributes if name.startswith("on")], node.html


def test_the_rest_of_the_page_stands(hostile_site: tuple[str, Path]) -> None:
    _, site = hostile_site
    for path in ENTRIES:
        _, kind, name = path.split("/")
        document = page(site, f"{kind}/{name.removesuffix('.yml')}")
        assert document.css_first("main article header.entry-head h1")
        assert document.css_first("footer.site-foot")
        assert all(heading.parent.tag in ("article", "section") for heading in document.css("article h2"))


def test_nothing_is_computed_included_or_run(hostile_site: tuple[str, Path]) -> None:
    _, site = hostile_site
    shown = (file for file in site.rglob("*") if file.suffix in (".html", ".json", ".xml"))
    everything = "".join(file.read_text("utf-8") for file in shown)
    assert "root:x:0:0" not in everything
    assert ">49<" not in everything
    assert "<script>alert" not in everything


def test_markdown_in_a_title_is_text_wherever_the_title_stands(tmp_path: Path) -> None:
    title = "Data *stays* `apart` [here](a.org) __so__ { .x }"
    files = {"playbook_data/barriers/data-sharing.yml": BASE["playbook_data/barriers/data-sharing.yml"].replace("Data stays apart", f"'{title}'")}
    site = built(tmp_path, {**files, "docs/all.md": '# All\n\n{{ entries("barriers", show="full") }}\n\n{{ entry("data-sharing") }}\n'})
    for url, selector in (
        *(("barriers", "h2#data-sharing"), ("all", "h2#data-sharing"), ("all", ".card__title"), ("barriers/data-sharing", "h1")),
        ("insights/shared-space", "[href='../../barriers/data-sharing/']"),
    ):
        shown = page(site, url).css_first(f"article {selector}")
        assert shown.text().removesuffix("#").strip() == title, url
        assert shown.css("em, strong, code, .x") == []


def test_what_follows_a_link_is_text_and_no_attribute(tmp_path: Path) -> None:
    entry = (
        BASE["playbook_data/terms/joining-up.yml"].replace("meaning: ", "meaning: '[[nao]]{ onclick=alert(1) } ").replace("a person.", "a person.'")
    )
    site = built(tmp_path, {"playbook_data/terms/joining-up.yml": entry})
    prose = page(site, "terms/joining-up").css_first(".prose")
    assert prose.css_first("a").attributes == {"href": "../../sources/nao/"}
    assert "Joining Up to Improve Public Services{ onclick=alert(1) } Several" in prose.text()


@pytest.mark.parametrize("hostile", REFUSED)
def test_what_cannot_be_shown_is_refused_in_every_text_field(hostile: str, tmp_path: Path) -> None:
    root = write_project(tmp_path, {path: with_hostile_text(path, hostile, hostile) for path in ENTRIES})
    done = build(root)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    named = set(re.findall(r"^(\S+?):\d+:\d+: error\[([a-z-]+)\] (\S+):", done.stderr, re.MULTILINE))
    assert named >= {(path, REFUSED[hostile][form], field) for path in ENTRIES for field, form in _prose_fields(path) if form in REFUSED[hostile]}
    assert not (root / "site").exists()


def _prose_fields(path: str) -> Iterator[tuple[str, TextForm]]:
    """The CommonMark fields that the entry fills, each with its form: `why`, `signs[0]`. A question ends in `?`, so it is left out."""
    entry = yaml.safe_load(BASE[path] + MORE.get(path, ""))
    for field in all_fields(KINDS[path.split("/")[1]]):
        if field.is_prose and field.steps != ("question",):
            yield from ((show_path(found), field.form) for found, _ in values_in(entry, field.steps))


_KEYBOARD_MARKS = str.maketrans("‘’“”", "''\"\"")


def _squeezed(text: str) -> str:
    """A text without its spaces, and with the quotation marks of a keyboard: pages show typographic ones."""
    return "".join(text.translate(_KEYBOARD_MARKS).split())


FACTS = '</title></p><script>alert(1)</script><img src=x onerror=x> {{ 7*7 }} " onload="x'
"""What a playbook may say of itself: its title, its summary, its lab and its licence stand on every page."""


@pytest.fixture(scope="module")
def site_of_hostile_facts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    facts = yaml.safe_load(BASE["playbook_data/playbook.yml"])
    facts |= {"title": FACTS, "summary": FACTS, "lab": FACTS, "licence": {**facts["licence"], "name": FACTS}}
    return built(tmp_path_factory.mktemp("facts"), {"playbook_data/playbook.yml": yaml.safe_dump(facts)})


@pytest.mark.parametrize("path", ["index.html", "404.html", "barriers/index.html", "barriers/data-sharing/index.html", "changes/index.html"])
def test_what_a_playbook_says_of_itself_is_text_on_every_page(site_of_hostile_facts: Path, path: str) -> None:
    document = LexborHTMLParser((site_of_hostile_facts / path).read_text("utf-8"))
    assert [script.html for script in document.css("script:not([type='application/ld+json'])") if "alert" in script.text()] == []
    assert document.css("img[src=x]") == []
    for node in document.css("*"):
        assert not [name for name in node.attributes if name.startswith("on")], node.html
    if path == "index.html":
        assert document.css_first("meta[name=description]").attributes["content"] == FACTS
    assert _squeezed(FACTS) in _squeezed(document.css_first("title").text())
    assert _squeezed(f"{FACTS} by {FACTS}. Content under {FACTS}. Write to") in _squeezed(document.css_first("footer").text())


def test_words_in_a_title_are_words_in_the_tab_of_the_browser(hostile_site: tuple[str, Path]) -> None:
    hostile, site = hostile_site
    shown = page(site, "terms/joining-up").css_first("title").text()
    assert _squeezed(shown) == _squeezed(f"{hostile} - Small playbook")
