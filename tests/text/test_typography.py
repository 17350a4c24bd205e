"""Readers see typographic quotation marks and apostrophes. Above: text with the straight ones of a keyboard; below: what pages show."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from macros.problems.folding import folded_characters
from macros.text.typography import typographic, typographic_html

TEXTS = {
    "the unit's work, the partners' money": "the unit’s work, the partners’ money",
    'People say "not our job".': "People say “not our job”.",
    '"It\'s \'joined up\' now" ("so far")': "“It’s ‘joined up’ now” (“so far”)",
    "since the '90s": "since the ’90s",
    "“already’ typographic": "“already’ typographic",
}


@pytest.mark.parametrize("straight", TEXTS)
def test_a_mark_is_shown_by_what_stands_beside_it(straight) -> None:
    assert typographic(straight) == TEXTS[straight]
    assert typographic_html(straight) == TEXTS[straight]


PAGES = {
    '<p title="it\'s">a <em>unit</em>&#39;s &quot;<b>own</b>&#34;</p>': '<p title="it\'s">a <em>unit</em>’s “<b>own</b>”</p>',
    '<p>the end</p><p>"Next"</p>': "<p>the end</p><p>“Next”</p>",
    "<code>'a'</code>'s <pre>\"b\"</pre><script>'c'</script><!--'d'-->": "<code>'a'</code>’s <pre>\"b\"</pre><script>'c'</script><!--'d'-->",
    'was <del>the unit\'s</del><ins>"ours"</ins>': 'was <del>the unit\'s</del><ins>"ours"</ins>',
    "<a data-x='&quot;>' href=\"?q='\">it's</a>": "<a data-x='&quot;>' href=\"?q='\">it’s</a>",
    "<p>no space:&nbsp;\"here\" &#91;'so'&#93;</p>": "<p>no space:&nbsp;“here” &#91;‘so’&#93;</p>",
}


@pytest.mark.parametrize("html", PAGES)
def test_of_a_page_only_the_text_changes_and_code_and_changes_stay_as_they_were_written(html) -> None:
    assert typographic_html(html) == PAGES[html]


SOME_HTML = st.lists(
    st.sampled_from(["<p>", "</p>", '<em id="a\'b">', "</em>", "'", '"', "&#39;", "&quot;", "word ", "<code>", "</code>", "&lt;"])
).map("".join)


@given(SOME_HTML)
def test_any_page_keeps_its_elements_and_its_words(html) -> None:
    before, after = LexborHTMLParser(html), LexborHTMLParser(typographic_html(html))
    elements = [[(node.tag, node.attributes) for node in tree.root.traverse()] if tree.root else [] for tree in (before, after)]
    assert elements[0] == elements[1]
    said = [tree.root.text() if tree.root else "" for tree in (before, after)]
    assert folded_characters(said[0]) == folded_characters(said[1])
