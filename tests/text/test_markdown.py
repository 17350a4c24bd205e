"""Text fields: what markup they may have, and that nothing else in them is markup on any page.

Above: a text as somebody writes it. Below: what a page shows, after everything that pages go through.
"""

from __future__ import annotations

import html
import re

import jinja2
import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from macros.playbook.checks.file import check_source
from macros.schema.builtin_kinds import Term
from macros.schema.fields import TextForm
from macros.text.markdown import entry_links, escape_html, escape_title, render_text, text_problems
from macros.yamlfile.source import SourceText

EXTENSIONS = ["attr_list", "md_in_html", "tables", "toc", "pymdownx.superfences", "pymdownx.snippets"]
MARKUP = {
    **dict.fromkeys(("p", "em", "strong", "code", "pre", "ul", "li", "blockquote", "br", "table", "thead", "tbody", "tr"), frozenset()),
    "a": {"href", "title"},
    "ol": {"start"},
    "th": {"class"},
    "td": {"class"},
}
"""The elements that a text may become, each with its attributes."""


def link_to(id: str) -> tuple[str, str]:
    return f"../{id}/", id.replace("-", " ").capitalize()


def on_a_page(text: str, *, form: TextForm = "block") -> LexborHTMLParser:
    """`text` on a page that mkdocs-macros has rendered with Jinja, and MkDocs with Python-Markdown."""
    source = f'<div class="prose">{render_text(text, link_to, form)}</div>\n\n## After {{: #after }}\n'
    page = jinja2.Environment(undefined=jinja2.StrictUndefined, autoescape=False).from_string(source).render()  # noqa: S701 - as mkdocs-macros does
    return LexborHTMLParser(markdown.markdown(page, extensions=EXTENSIONS))


def assert_inert(page: LexborHTMLParser) -> None:
    """There is nothing on the page but our own markup, and the part after the text still stands."""
    assert [(node.tag, node.attributes) for node in page.css("body > *")] == [("div", {"class": "prose"}), ("h2", {"id": "after"})]
    for node in page.css(".prose *"):
        assert set(node.attributes) <= MARKUP[node.tag]
    for link in page.css("a"):
        assert re.match(r"https://|http://|mailto:|\.\./[^/]+/$", link.attributes["href"] or "")
    assert all(node.attributes["class"] in ("align-left", "align-center", "align-right") for node in page.css("[class]:not(.prose)"))


SHOWN_AS_WRITTEN = [
    "{{ 7*7 }}",
    "{{ config.theme }} and {% raw %}",
    '{% include "/etc/passwd" %}',
    "{# a comment #}",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    '<div markdown="1" onclick="alert(1)">',
    "</div>",
    "</p></div></article><script>alert(1)</script>",
    "<!-- a comment",
    "<?php echo 1 ?>",
    "<![CDATA[x]]>",
    "<style>*{display:none}</style>",
    '{: onclick="alert(1)" }',
    'text {: onclick="alert(1)" }',
    "text { .hidden }",
    '--8<-- "/etc/passwd"',
    ';--8<-- "/etc/passwd"',
    "*[HTML]: an abbreviation",
    "[^1]: a footnote",
    "[TOC]",
    "!!! note",
    "??? note",
    "$$ x $$",
    "~~gone~~ ==marked== ++keys++ H~2~O",
    ":material-account:",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x)",
    "[x](//evil.example)",
    "[x](/about/)",
    "[x][y]",
    "[x]: https://www.nao.org.uk",
    "<javascript:alert(1)>",
    "~~~",
]


@pytest.mark.parametrize("text", SHOWN_AS_WRITTEN)
@pytest.mark.parametrize("form", ["block", "line"])
def test_what_is_no_markup_is_shown_as_it_is_written(text: str, form: TextForm) -> None:
    page = on_a_page(f"before {text} after", form=form)
    assert_inert(page)
    assert page.css_first(".prose").text().strip() == f"before {text} after"


@pytest.mark.parametrize("text", SHOWN_AS_WRITTEN)
def test_nor_is_it_markup_at_the_beginning_of_a_line(text: str) -> None:
    page = on_a_page(f"Before\n\n{text}\n\n- item\n\n  {text}\n\n> {text}\n\nAfter")
    assert_inert(page)
    assert page.css("p")[-1].text() == "After" or text == "~~~", "an open fence takes the rest of the text"


@pytest.mark.parametrize("text", SHOWN_AS_WRITTEN)
@pytest.mark.parametrize("frame", ["```\n{}\n```", "~~~~ python\n{}\n~~~~", "    {}", "Before\n\n`` {} ``", "- ```\n  {}\n  ```"])
def test_nor_is_it_markup_in_code(text: str, frame: str) -> None:
    page = on_a_page(frame.format(text))
    assert_inert(page)
    assert [node.text().rstrip("\n") for node in page.css("code")] == [text]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("&#x3c;script>alert(1)&lt;/script&gt;", "<script>alert(1)</script>"),
        ("\\<script\\>", "<script>"),
        ("&#123;&#123; 7*7 }}", "{{ 7*7 }}"),
        ("&#x2d;-8&#60;-- x", "--8<-- x"),
        ("[[nao]]{ onclick=alert(1) }", "Nao{ onclick=alert(1) }"),
        ("[[nao|<b>{{ 7*7 }}</b>]]", "<b>{{ 7*7 }}</b>"),
        ("[<i onclick=x>](https://a.org)", "<i onclick=x>"),
        ('[x](https://a.org){: onclick="alert(1)" }', 'x{: onclick="alert(1)" }'),
        ('[x](https://a.org "<b onclick=alert(1)>")', "x"),
        ('[x](<https://a.org/" onclick="alert(1)>)', "x"),
        ("[x](https://a.org/{{7*7}}/<script>)", "x"),
        ("**{{ x }}**{: .a }", "{{ x }}{: .a }"),
        ("before ``` {{ 7*7 }} after", "before ``` {{ 7*7 }} after"),
        ("a<br>b", "a<br>b"),
    ],
)
def test_markup_in_markup_is_text(text: str, shown: str) -> None:
    page = on_a_page(text)
    assert_inert(page)
    assert page.css_first(".prose").text().strip() == shown


@pytest.mark.parametrize("fence", ["```", "~~~", "``` {.html onclick=alert(1)}", "```html\n<script>", "    x\n\n```"])
def test_a_fence_that_is_never_closed_ends_with_its_text(fence: str) -> None:
    assert_inert(on_a_page(f"Before\n\n{fence}\n{{{{ 7*7 }}}}\n"))


def test_a_name_and_an_address_from_elsewhere_are_inert_too() -> None:
    assert render_text("[[nao]]", lambda _: ('"><script>', "<i>{{ x }}")) == (
        '<p><a href="&#34;&#62;&#60;script&#62;">&#60;i&#62;&#123;&#123; x &#125;&#125;</a></p>\n'
    )


PIECES = [
    "{{",
    "}}",
    "{%",
    "%}",
    "{: .a #b onclick=x }",
    "<",
    ">",
    "</div>",
    "<div>",
    "<script>",
    "```\n",
    "~~~\n",
    "`",
    "*",
    "_",
    "**",
    "\n",
    "\n\n",
]
PIECES += [
    "    ",
    "- ",
    "1. ",
    "> ",
    "| a | b |\n|---|---|\n| c | d |\n",
    "[[nao]]",
    "[[nao|",
    "]]",
    "[",
    "](",
    ")",
    "https://a.org",
    "javascript:x",
    "<https://a.org>",
]
PIECES += [
    "--8<-- ",
    '"',
    "'",
    "&",
    "&#60;",
    "&lt;",
    "\\",
    "a",
    "word ",
    "<!--",
    "-->",
    "<pre>",
    "<p markdown='1'>",
    "\t",
    "=",
    "klzzwxh:0",
    "wzxhzdk:0",
]


@settings(max_examples=300)
@given(text=st.lists(st.sampled_from(PIECES), max_size=12).map("".join), form=st.sampled_from(["block", "line"]))
def test_no_text_that_check_accepts_becomes_anything_else(text: str, form: TextForm) -> None:
    if not list(text_problems(text, form)):
        assert_inert(on_a_page(text, form=form))


MARKUP_THAT_IS_ALLOWED = {
    "One.\nStill one.\n\nTwo.": "<p>One.\nStill one.</p>\n<p>Two.</p>\n",
    "*soft* and **loud**": "<p><em>soft</em> and <strong>loud</strong></p>\n",
    "One  \nTwo": "<p>One<br />\nTwo</p>\n",
    "- one\n- two": "<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n",
    "3. one\n4. two": '<ol start="3">\n<li>one</li>\n<li>two</li>\n</ol>\n',
    "> said": "<blockquote>\n<p>said</p>\n</blockquote>\n",
    "`x`": "<p><code>x</code></p>\n",
    "    x": "<pre><code>x\n</code></pre>\n",
    "| a | b |\n|:--|--:|\n| 1 | 2 |": (
        '<table>\n<thead>\n<tr>\n<th class="align-left">a</th>\n<th class="align-right">b</th>\n</tr>\n</thead>\n'
        '<tbody>\n<tr>\n<td class="align-left">1</td>\n<td class="align-right">2</td>\n</tr>\n</tbody>\n</table>\n'
    ),
    "[report](https://www.nao.org.uk)": '<p><a href="https&#58;//www.nao.org.uk">report</a></p>\n',
    "<https://www.nao.org.uk>": '<p><a href="https&#58;//www.nao.org.uk">https&#58;//www.nao.org.uk</a></p>\n',
    "[us](mailto:lab@a.org)": '<p><a href="mailto&#58;lab&#64;a.org">us</a></p>\n',
    "[[data-sharing]]": '<p><a href="../data-sharing/">Data sharing</a></p>\n',
    "[[ data-sharing | how to\n  share ]]": '<p><a href="../data-sharing/">how to share</a></p>\n',
    "`[[data-sharing]]`": "<p><code>&#91;&#91;data-sharing&#93;&#93;</code></p>\n",
    "It’s – “so” £30,000": "<p>It’s – “so” £30,000</p>\n",
}


@pytest.mark.parametrize("text", MARKUP_THAT_IS_ALLOWED)
def test_markup_that_is_allowed(text: str) -> None:
    assert list(text_problems(text, "block")) == []
    assert render_text(text, link_to) == MARKUP_THAT_IS_ALLOWED[text]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("One\ntwo", "One two"),
        ("- no list", "- no list"),
        ("*soft* [[nao]]", '<em>soft</em> <a href="../nao/">Nao</a>'),
        ("| a |\n|---|", "&#124; a &#124; &#124;---&#124;"),
    ],
)
def test_a_line_is_the_inside_of_one_paragraph(text: str, shown: str) -> None:
    assert render_text(text, link_to, "line") == shown


REFUSED = {
    "# Heading": ["heading-in-text"],
    "Heading\n=======": ["heading-in-text"],
    "- item\n\n  ## Heading": ["heading-in-text"],
    "> # Heading": ["heading-in-text"],
    "![picture](x.png)": ["image-in-text"],
    "[![picture](x.png)](https://a.org)": ["image-in-text"],
    "[x](javascript:alert(1))": ["link-scheme"],
    "[x](JAVASCRIPT:alert(1))": ["link-scheme"],
    "[x](java&#x73;cript:alert(1))": ["link-scheme"],
    "[x](data:text/html,x)": ["link-scheme"],
    "[x](file:///etc/passwd)": ["link-scheme"],
    "[x](/about/)": ["link-scheme"],
    "[x](//a.org)": ["link-scheme"],
    "[x](nao.md)": ["link-scheme"],
    "<javascript:alert(1)>": ["link-scheme"],
    "[x](url)": ["placeholder-link"],
    "[x](#)": ["placeholder-link"],
    "[x](https://example.com/)": ["placeholder-link"],
    "[x]()": ["placeholder-link"],
    "[](https://a.org)": ["empty-link"],
    "[ ](https://a.org)": ["empty-link"],
    "[[]]": ["empty-link"],
    "[[nao|]]": ["empty-link"],
    "TODO": ["placeholder"],
    "Lorem ipsum dolor": ["placeholder"],
    "TBC, ![x](y) and [z](#)": ["placeholder", "image-in-text", "placeholder-link"],
    "Ask todolists about methodology": [],
    "`# no heading`": [],
    "A #hashtag, issue #3": [],
    "[x](https://a.org/javascript:x)": [],
}


@pytest.mark.parametrize("text", REFUSED)
def test_markup_that_is_refused(text: str) -> None:
    assert [problem.rule for problem in text_problems(text, "block")] == REFUSED[text]


@pytest.mark.parametrize("character", ["\\x02", "\\x03", "\\0", "\\e", "\\x7f", "\\x9b", "\\u202e", "\\uFEFF"])
@pytest.mark.parametrize("field", ["title", "meaning"])
def test_characters_that_markdown_keeps_for_itself_are_refused(character: str, field: str) -> None:
    fields = {"title": "T", "summary": "S", "meaning": "M", field: f'"a{character}klzzwxh:0000{character}"'}
    source = SourceText("mandate.yml", "".join(f"{name}: {value}\n" for name, value in fields.items()))
    assert [problem.rule for problem in check_source(source, Term, "mandate")[1]] == ["hidden-character"]


def test_links_to_entries_are_found_where_they_are_links() -> None:
    text = "[[nao]], [[ decide | when ]], `[[code]]`, \\[[escaped]], [[]]\n\n- [[nao|again]]\n\n        [[code]]\n"
    assert entry_links(text, "block") == (("nao", "[[nao]]"), ("decide", "[[ decide |"), ("nao", "[[nao|"))


@pytest.mark.parametrize("text", [*SHOWN_AS_WRITTEN, "# a", "a\\*b", "\"quoted\" & 'so'", "1 < 2", "a_b_c", "https://a.org", "a@b.org"])
def test_plain_text_is_shown_as_it_is_written_also_in_a_heading(text: str) -> None:
    source = f"## {escape_html(text)} {{: #why }}\n\n{escape_html(text)}\n"
    page = LexborHTMLParser(markdown.markdown(jinja2.Template(source).render(), extensions=EXTENSIONS))
    heading, paragraph = page.css("body > *")
    assert (heading.tag, heading.attributes, heading.text()) == ("h2", {"id": "why"}, text)
    assert (paragraph.tag, paragraph.attributes, paragraph.text()) == ("p", {}, text)
    assert page.css("body > * *") == []


@given(text=st.text())
def test_plain_text_survives_being_made_inert(text: str) -> None:
    assert html.unescape(escape_html(text)) == text


@pytest.mark.parametrize("text", ["{{ 7*7 }}", "<script>", '" onload="x', "it's & so"])
def test_a_page_s_title_is_inert_where_mkdocs_prints_it_as_it_is(text: str) -> None:
    title = jinja2.Template(escape_title(text)).render()
    page = LexborHTMLParser(f'<title>{title}</title><meta content="{title}"><p>{title}</p>')
    assert page.css_first("p").text() == text.replace("'", "’")
    assert page.css_first("meta").attributes == {"content": text.replace("'", "’")}
    assert page.css("p *") == []
