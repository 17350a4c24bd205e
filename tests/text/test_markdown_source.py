"""A text field as Markdown elsewhere, and as words alone.

Above: a text. Below: the same with whole addresses, and what a reader of it sees.
"""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mistletoe import markdown as mistletoe

from macros.text.markdown_source import as_markdown, resolved, shown_words

TITLES = {"a": "An [entry]", "nz:b": "Of others"}


def to(id: str) -> tuple[str, str]:
    return ("" if id == "nz:gone" else f"https://example.org/{id}/", TITLES.get(id, id))


@pytest.mark.parametrize(
    ("written", "elsewhere", "words"),
    [
        ("Plain words.", "Plain words.", "Plain words."),
        ("See [[a]].", r"See [An \[entry\]](https://example.org/a/).", "See An [entry]."),
        ("**[[ a | the *one* ]]**", r"**[the \*one\*](https://example.org/a/)**", "the *one*"),
        ("See [[nz:b]] and [[nz:gone]]", "See [Of others](https://example.org/nz:b/) and nz:gone", "See Of others and nz:gone"),
        ("`[[a]]` is not [[a|a link]]", "`[[a]]` is not [a link](https://example.org/a/)", "[[a]] is not a link"),
        ("Two\nlines\n\n- and\n- [[a|points]]", "Two\nlines\n\n- and\n- [points](https://example.org/a/)", "Two lines\nand\npoints"),
        ("| A |\n| - |\n| [[a\\|b]] |", "| A |\n| - |\n| [b](https://example.org/a/) |", "A\nb"),
        ("x <img src=x onerror=alert(1)> `<b>`", r"x \<img src=x onerror=alert(1)> `<b>`", "x <img src=x onerror=alert(1)> <b>"),
        ("1 < 2 &amp; 3", "1 < 2 &amp; 3", "1 < 2 & 3"),
        ("    [[a]]\n\n[[a|b]]", "    [[a]]\n\n[b](https://example.org/a/)", "[[a]]\nb"),
    ],
)
def test_a_text_keeps_what_its_author_wrote_but_for_links(written: str, elsewhere: str, words: str) -> None:
    assert resolved(written, "block", to) == elsewhere
    assert shown_words(written, "block", lambda named: to(named)[1]) == words


PARSER = MarkdownIt("commonmark")


@given(st.text(alphabet="ab1 .-#+*_`[]()<>&;!|~\\\"'=:/\n\u00a0é", max_size=24).filter(str.strip))
@example("x <a> y")
def test_plain_text_is_shown_as_its_characters_wherever_it_stands(text: str) -> None:
    tokens = PARSER.parse(as_markdown(text))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"], as_markdown(text)
    shown = "".join(child.content for child in tokens[1].children)
    assert shown == " ".join(text.split(" ")).replace("\n", " ").strip(" ") or shown.split() == text.split()
    assert all(child.type in ("text", "text_special") for child in tokens[1].children)


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "[a](javascript:alert(1))", "# Not a heading", "1. not a list", "---", "a & b &lt; c"])
def test_plain_text_is_inert_in_another_reader_of_markdown(text: str) -> None:
    html = mistletoe(as_markdown(text))
    assert html.startswith("<p>")
    assert not any(tag in html for tag in ("<script", "<a ", "<h1", "<ol", "<hr"))
