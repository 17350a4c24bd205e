"""The check finds the anchors of a page without building it: they are those that Python-Markdown gives it."""

from __future__ import annotations

import pytest
from markdown import Markdown
from selectolax.lexbor import LexborHTMLParser

from macros.text.heading_anchors import anchors_in, headings_in, paths_of
from macros.text.page_source import prose, tokens

FORMS = {
    "headings with # in every place where they may be": "## A\ntext\n# mid\n##NoSpace\n\n> ## Quote\n\n- ## item\n\n    ## in it\n\n   ## no\n",
    "headings that are underlined": "Results\n-------\n\nTabs \t\n--\t\n\nTop\n===\n\n# T\nTitle\n---\nB\n=\n\n- item\n---\n\n`c` x\n---\n",
    "lines that are underlined and no headings": "a\nb\n---\n\nsee `x`\nTitle\n---\n\n```\na\n```\nTitle\n---\n\n    code\n---\n\n---\n",
    "the same words twice": "## A\n## A\n### A_1\n## 2024\n### Results\n## 2023\n### Results\n## Results_1\n",
    "no letter from A to Z": "## 🎉\n\n## 日本語\n\n## Ünï\n\n##\n\n## -\n",
    "markup": "## `code <x>` and *em* __st__ snake_case\n## A\\*b \\_c\\_\n## &copy; 2020 &lt;b&gt; `&amp;`\n## Title ##\n## *a* `b`\n",
    "links, pictures and tags": "## [link](http://x) ![alt](y.png) <b>b</b> &amp; x\n\n## see <https://a.b/c>\n",
    "anchors that somebody wrote": "## X { #own }\n## Y {: #o2 .c }\n## Z { id=zed }\n## own\n## T { #2024 }\n\nSetext { #set }\n---\n\nA note.\n{: #qq }\n",
    "code that only looks so": "```\n## code\n```\n\n    ## code\n\n~~~\nT\n---\n~~~\n",
    "tables": "| a | b |\n|---|---|\n\nx | y\n---\n",
}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("name", FORMS)
def test_the_anchors_of_a_page_are_found_without_building_it(name: str, end: str) -> None:
    text = FORMS[name].replace("\n", end)
    markdown = Markdown(extensions=["attr_list", "tables", "toc", "pymdownx.superfences"], extension_configs={"toc": {"permalink": "#"}})
    built = [node.attributes["id"] for node in LexborHTMLParser(markdown.convert(text)).css("[id]")]
    assert sorted(anchors_in(prose(text, tokens(text)), text)) == sorted(built)


def test_an_anchor_that_a_call_or_a_loop_makes_is_not_guessed() -> None:
    text = "## Part { #part-{{ number }} }\n\n{: #note-{{ number }} }\n"
    assert anchors_in(prose(text, tokens(text)), text) == ()


def test_a_heading_stands_under_those_of_a_higher_level_but_for_the_title() -> None:
    headings = headings_in("# Report\n## 2025\n### Results\n#### Money\n## 2024\n### Results\n")
    assert paths_of(headings) == (
        ("Report",), ("2025",), ("2025", "Results"), ("2025", "Results", "Money"), ("2024",), ("2024", "Results"),
    )  # fmt: skip
