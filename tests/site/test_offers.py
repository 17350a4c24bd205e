"""What a finished page offers to those who link to it: what a release will promise."""

from __future__ import annotations

from macros.site.offers import read_offer

PAGE = """\
<body><nav id="menu"></nav><article>
<h1 id="report">Report</h1>
<h2 id="2024">2024 <a class="headerlink" href="#2024">#</a></h2>
<h3 id="results"><code>All</code> of <em>it</em></h3><table><tr id="row"><td><span class="once" id="line"></span></td></tr></table>
<h2 id="__codelineno-1">Last</h2><p>A <span class="term-note" id="term-mandate">note</span>.</p>
<h2 id="not-released" class="not-released">Not released yet</h2>
<div class="notice" id="withdrawn"><span class="once" id="symptoms"></span></div>
<section class="kept"><ul><li id="old">Old</li></ul></section>
</article></body>
"""


def test_each_anchor_belongs_to_a_heading_and_those_above_it() -> None:
    assert read_offer(PAGE) == {
        "report": ("Report",), "2024": ("2024",), "results": ("2024", "All of it"), "row": ("2024", "All of it"),
    }  # fmt: skip


def test_a_heading_may_have_the_words_of_a_notice() -> None:
    assert [*read_offer('<article><h2 id="withdrawn">Withdrawn</h2><h2 id="not-released">Not released</h2></article>')] == [
        "withdrawn",
        "not-released",
    ]
