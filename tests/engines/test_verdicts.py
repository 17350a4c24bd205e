"""Whatever fails a strict build fails the check, in the same words; and what the check lets pass is built."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from macros.authoring.check import check_playbook
from macros.problems.problem import problems_as_text
from tests.support.sites import QUIET, build, write_project

RIGHT = (
    "[x](sub/target.md)",
    "[x](sub/index.md)",
    "[x](sub/target.md#two-words)",
    "[x](sub/target.md#setext-here)",
    "[x](sub/target.md#own)",
    "[x](#a)",
    "![x](sub/pic.svg)",
    '[x][r] and [r]\n\n[r]: sub/target.md "T"',
    "[r]: gone.md",
    '<a href="../sub/target/">x</a>',
    '<a href="../sub/#own">x</a>',
    "`[x](gone.md)`",
    "```\n[x](gone.md)\n```",
    "    [x](gone.md)",
    "<!-- [x](gone.md) -->",
    '## Data sharing\n\n{{ entries("barriers") }}',
    '## Data stays apart\n\n{{ entries("barriers") }}\n\n[x](#data-sharing)',
    "[x](barriers/data-sharing.md#signs)",
    "[x](barriers/index.md#data-sharing)",
    "[x](barriers/index.md)",
    "[x](changes/index.md)",
    "[x](figures/figures.csv)",
    "[x](addresses.json)",
    "<a href=\"../figures/figures.csv\">x</a> <a href='../sitemap.xml'>y</a>",
    "[x](https://example.org) <https://example.org> <a@b.org> [m](mailto:a@b.org)",
    "[TOC]\n\n## B",
    "B\n=\n\n[x](#b)",
    '[x](sub/target.md "title")',
    "[x](<sub/target.md>)",
    "[x](sub/target.md?x=1)",
    "[x](sub/target.md){ .c #zz } [y](#zz)",
    "Text\n{ #para }\n\n[x](#para)",
    "<div markdown>\n[x](gone.md)\n</div>",
    "<div>\n[x](gone.md)\n</div>",
    "{% if false %}[x](gone.md){% endif %}",
    "{# [x](gone.md) #}",
    "<a href=\"{{ '../sub/' }}\">x</a>",
    '&lt;a href="gone"&gt;',
    "\\[x](gone.md)",
    "[x] (gone.md)",
    "[sub/target.md]",
    '<a href="../sub/target/index.html">x</a>',
    "{% for each in [1, 2] %}\n\n## B { #b{{ each }} }\n\n{% endfor %}\n\n[x](#b2)",
    '<DIV ID="b"></DIV>\n\n[x](#b)',
    "> > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > x",
)
WRONG = (
    "[x](gone.md)",
    "[x](sub/target/)",
    "[x](sub/)",
    "[x](/sub/target.md)",
    "[x](/sub/target/)",
    "[x](sub/target.md#nope)",
    "[x](#nope)",
    "![x](gone.svg)",
    "[x][r] and [r]\n\n[r]: gone.md",
    '<a href="sub/target.md">x</a>',
    "<a href='../gone/'>x</a>",
    "<div>\n<img src=../gone.svg>\n</div>",
    '<a href="/sub/">x</a>',
    '<a href="">x</a>',
    "[x]()",
    '<a href="../sub/#nope">x</a>',
    "- item\n\n    [x](gone.md)",
    "- item\n\n  [x](gone.md)",
    "`<!--` [x](gone.md) `-->`",
    "## B { #b }\n\n## C { #b }",
    '<p id="a">x</p>',
    '{{ entries("barriers") }}\n\n{{ entries("barriers") }}',
    "[x](barriers/data-sharing.md#nope)",
    "[x](barriers.md)",
    "[x](<gone file.md>)",
    "[x](gone file.md)",
    "[x](sub/tar\\get.md)",
    "[x](sub/target.md?x=1#nope)",
    "[x](../gone.md)",
    '<a href="../../x/">x</a>',
    "[x](.)",
    "[x](./)",
    "[x](sub)",
    "[![x](sub/pic.svg)](gone.md)",
    "| a |\n|---|\n| [x](gone.md) |",
    "> [x](gone.md)",
    "## [x](gone.md) { #q }",
    "Text { #para }\n\n[x](#para)",
    "{% raw %}[x](gone.md){% endraw %}",
    "[x]({{ 'gone.md' }})",
    "{% set a = 'gone' %}<a href={{ a }}>x</a>",
    "---\ntitle: T\n---\n\n# A\n\n{{ title }} [x](gone.md)",
    "[x](%67one.md) [y](sub/%74arget.md)",
    "[x\n](gone.md)",
    "[a [b] c](gone.md)",
    "[x](\ngone.md)",
    "<span id=\"s1\"></span><span id='s1'></span>",
    "## __search\n\n## X { #__search }",
    '<svg><use href="#nope"/></svg>',
    '<iframe src="../gone/"></iframe><object data="../sub/pic.svg"></object>',
    "[x](sub/Target.md)",
    "[x](sub/target.html)",
    "[x](f-00/)",
    '<a href="../f-00">x</a>',
    "[x](404.html)",
    "[x](sub/target.md#two%2Dwords)",
    "## B\\",
    "<p id=b>x</p>",
    '{{ link("data-sharing") | upper }}',
    "{%- raw -%} x {%- endraw -%}",
    "<div markdown>\n## B\n</div>",
    "!!! note\n\n    ## B",
    "{: #z }\n\nText",
    "~~~\n```\n## B\n```",
    "``` { .python #code }\nx\n```",
    '<video src="../gone.mp4" poster="../sub/pic.svg"></video>',
)
"""Each is the text of a page below its heading `# A`. What stands here was tried with MkDocs itself: see the last test."""
AROUND = {
    "docs/sub/target.md": "# Target\n\n## Two words\n\nSetext here\n-----------\n\n## Own { #own }\n",
    "docs/sub/index.md": "# Sub\n\n## Own too { #own }\n",
    "docs/sub/pic.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
}
BLOCKS = (
    "## One", "## Two { #two }", "Setext\n------", "### Some `code`", "> ## Quoted", "- ## Listed", "1. a\n\n    ## in", "- a\n\n  ## two", "text",
    "[a](sub/target.md)", "[a](#two)", '{{ link("data-sharing") }}', '{{ entries("barriers") }}', "{% if true %}", "{% endif %}", "```", "~~~", "`", "***",
    "```\n## no\n```", "    ## indented", "\t## tab", "<div markdown>\n## md\n</div>", "<p>\n## raw\n</p>", "<details>\n<summary>s</summary>\n## d\n</details>",
    "<span>\n## s\n</span>", '<div id="d1">x</div>', '<h3 id="h3">x</h3>', "<!-- ## c -->", "<!--", "-->", "\\", "## A\\", "{ .c }", "{: #z }", "x { #par }",
    "[TOC]", "---", "## <i>x</i> y", "## &amp; and", "term\n:   ## d", "!!! note\n\n    ## in note", "{% raw %}{{ x }}{% endraw %}", "{#- c -#}",
    "{%- if true -%}\n## W\n{%- endif -%}", '{% set t="x" %}\n## S {{ t }} { #st }', '{{ "## made" }}', '{{ "<h2 id=q>q</h2>" }}', "[r]: sub/target.md", "[q][r]",
)  # fmt: skip
"""What the text of a page may be made of, in any order."""
NOT_AN_ADDRESS = {"docs/page.md": "# A\n\n[x](http://[foo)\n"}
MKDOCS_ALONE = """
import sys
import macros.engines.mkdocs.check as check
check.site_problems = lambda *_, **__: ()
from mkdocs.__main__ import cli
sys.argv = ["mkdocs", "build", "--strict"]
cli()
"""
"""A build that does not ask the check first."""


def project(folder: Path, texts: tuple[str, ...]) -> Path:
    """A project with a page for each text: `docs/page-0.md` and so on."""
    pages = {f"docs/page-{number}.md": text if text.startswith("---") else f"# A\n\n{text}\n" for number, text in enumerate(texts)}
    return write_project(folder, {**AROUND, **pages})


def faulty(folder: Path) -> set[str]:
    return {problem.location.file for problem in check_playbook(folder, strict=True)}


def pages(texts: tuple[str, ...]) -> set[str]:
    return {f"docs/page-{number}.md" for number in range(len(texts))}


def test_a_link_that_leads_somewhere_passes_the_check(tmp_path: Path) -> None:
    assert faulty(project(tmp_path, RIGHT)) == set()


def test_a_link_that_leads_nowhere_fails_the_check(tmp_path: Path) -> None:
    assert faulty(project(tmp_path, WRONG)) == pages(WRONG)


@pytest.mark.slow
def test_a_build_says_what_the_check_says(tmp_path: Path) -> None:
    folder = project(tmp_path, WRONG)
    with (folder / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write("nav:\n  - index.md\n  - gone.md\n")
    said = problems_as_text(check_playbook(folder, strict=True))
    done = build(folder, "--strict")
    assert done.returncode == 1
    assert done.stderr.endswith(f"{said}\n")
    assert {"dead-link", "anchor-twice", "no-such-page", "not-in-menu"} <= {*re.findall(r"error\[([a-z-]+)\]", said)}


@pytest.mark.slow
def test_addresses_that_end_in_html_are_one_problem_with_its_line(tmp_path: Path) -> None:
    folder = write_project(tmp_path)
    settings = folder / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8").replace("use_directory_urls: true", "use_directory_urls: false"), "utf-8")
    said = problems_as_text(check_playbook(folder))
    assert re.match(r"mkdocs\.yml:\d+:21: error\[site-setting\] use_directory_urls: ", said)
    assert said.endswith("\n1 problem in 1 file")
    assert build(folder).stderr.endswith(f"{said}\n")


@pytest.mark.slow
def test_what_would_stop_mkdocs_with_a_traceback_is_a_problem(tmp_path: Path) -> None:
    done = build(write_project(tmp_path, NOT_AN_ADDRESS))
    assert done.returncode == 1
    assert "docs/page.md:3:5: error[dead-link] the link 'http://[foo' is not an address" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.proof
def test_mkdocs_and_the_finished_pages_judge_as_the_check_does(tmp_path: Path) -> None:
    folder = project(tmp_path, (*RIGHT, *WRONG))
    done = subprocess.run([sys.executable, "-c", MKDOCS_ALONE], cwd=folder, env=QUIET, capture_output=True, encoding="utf-8", check=False)
    named = re.findall(r"^docs/(page-\d+\.md):\d|Doc file '(page-\d+\.md)'", done.stderr, re.MULTILINE)
    assert {f"docs/{one or other}" for one, other in named} == pages((*RIGHT, *WRONG)) - pages(RIGHT)


@pytest.mark.proof
def test_what_the_check_passes_is_built_however_it_is_put_together(tmp_path: Path) -> None:
    chance = random.Random(7)  # noqa: S311 - the same pages each time
    between = ("\n\n", "\n")
    texts = tuple(chance.choice(between).join(chance.choices(BLOCKS, k=chance.randint(2, 6))) for _ in range(400))
    folder = project(tmp_path, texts)
    while refused := faulty(folder):
        for file in refused:
            (folder / file).unlink()
    assert len([*(folder / "docs").glob("page-*.md")]) > len(texts) / 5
    done = build(folder, "--strict")
    assert done.returncode == 0, done.stderr
