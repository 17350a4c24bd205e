"""The program that checks links into the playbook, for people of other sites: what it says of a link, and what it rewrites.

Above: a list of links, and URLs as people write them. Below: the answer of each, and the bytes of files after `--fix`.
"""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from macros.site import verify_links
from macros.site.exports.links import links_json
from macros.site.exports.published import Published
from macros.site.ledger.ledger import Ledger
from macros.site.verify_links import FORMATS, Links, Refused, links_in, verify
from tests.support.exports import real_published
from tests.support.sites import PROJECT

SITE = "https://example.org/playbook/"
PROGRAM = Path(verify_links.__file__)
LIST = {
    "format": 1,
    "playbook": "Our playbook",
    "address": SITE,
    "versions": {"1.0": {"release": "1.0.2", "lacks": ["barriers/new/"]}, "1.1": {"release": "1.1.0"}},
    "pages": {
        "": {"title": "Home", "anchors": ["top"]},
        "barriers/new/": {
            "title": "New",
            "anchors": ["why", "größe"],
            "moved_anchors": {"reason": "#why", "signs": "cases/one/#found", "lost": ""},
        },
        "barriers/gone/": {"title": "Gone", "state": "withdrawn", "reason": "It says the same", "instead": ["barriers/new/"]},
        "cases/one/": {"title": "One", "anchors": ["found"]},
        "print/": {"title": "All"},
    },
    "moved": {"barriers/old/": "barriers/new/"},
    "files": ["feed.xml"],
    "entry_forms": ["{at}.json", "embed/{at}/"],
}
NEW = f"{SITE}barriers/new/"
OK = ("ok", "")


def answers(text: str, *also: str) -> list[tuple[str, str]]:
    """The state of each link in a text, with the URL to write or to look at."""
    found = [link.answer for _, link in links_in(text, "page.md", Links(LIST, also))]
    return [(each.state, each.to or " ".join(each.instead) or each.closest) for each in found]


@pytest.mark.parametrize(
    ("url", "answer"),
    [
        (NEW, OK),
        (SITE.rstrip("/"), OK),
        (f"{SITE}index.html", OK),
        (f"{NEW}index.html#why", OK),
        (NEW.rstrip("/"), OK),
        (f"{SITE}latest/barriers/new/", OK),
        (f"{SITE}/barriers//new/", OK),
        ("HTTP://EXAMPLE.ORG:80/playbook/barriers/new/", OK),
        ("https://example.org./playbook/", OK),
        (f"{NEW}#gr%C3%B6%C3%9Fe", OK),
        (f"{NEW}#größe", OK),
        (f"{NEW}#:~:text=any", OK),
        (f"{NEW}#answers=1.a", OK),
        (f"{SITE}print/#anything", OK),
        (f"{SITE}feed.xml", OK),
        (f"{SITE}1.1/feed.xml", OK),
        (f"{SITE}barriers/new.json", OK),
        (f"{SITE}embed/barriers/new", OK),
        (f"{SITE}barriers/old/", ("moved", NEW)),
        (f"{SITE}barriers/old?from=mail&x=1#why", ("moved", f"{NEW}?from=mail&x=1#why")),
        (f"{SITE}barriers/old.json", ("moved", f"{SITE}barriers/new.json")),
        (f"{SITE}embed/barriers/old/", ("moved", f"{SITE}embed/barriers/new/")),
        (f"{NEW}#reason", ("moved", f"{NEW}#why")),
        (f"{SITE}barriers/old/#signs", ("moved", f"{SITE}cases/one/#found")),
        (f"{NEW}#lost", ("withdrawn", NEW)),
        (f"{SITE}barriers/gone/#why", ("withdrawn", NEW)),
        (f"{NEW}#Why", ("unknown", f"{NEW}#why")),
        (f"{SITE}Barriers/New/", ("unknown", NEW)),
        (f"{SITE}barriers/nw/", ("unknown", NEW)),
        (f"{SITE}barriers/olds/", ("unknown", NEW)),
        (f"{SITE}latest/barriers/old/", ("moved", f"{SITE}latest/barriers/new/")),
        (f"{SITE}barriers/old/?a=1&copy=2&amp;b=3", ("moved", f"{NEW}?a=1&copy=2&b=3")),
        ("https&#58;//example.org/playbook/barriers/old/&#35;why", ("moved", f"{NEW}#why")),
        ("HTTPS&#x3A;&#x2f;&sol;example.org/playbook/barriers/old/", ("moved", NEW)),
        ("//example.org:443/playbook/barriers/old/", ("moved", NEW.partition(":")[2])),
        (f"{SITE}quite-another-thing", ("unknown", "")),
        (f"{SITE}1.1/barriers/new/#why", OK),
        (f"{SITE}1.1/barriers/old/", OK),
        (f"{SITE}1.0/barriers/new/", ("unknown", NEW)),
        (f"{SITE}9.9/barriers/new/", ("unknown", "")),
    ],
)
def test_a_link_is_ok_moved_withdrawn_or_unknown(url: str, answer: tuple[str, str]) -> None:
    assert answers(f"See <{url}>") == [answer]


@pytest.mark.parametrize(
    "url", ["https://example.org/", "https://example.org/playbooks/", "https://example.com/playbook/", "https://[bad", "ftp://example.org/playbook/"]
)
def test_links_to_elsewhere_are_left_alone(url: str) -> None:
    assert answers(f"{url} <{url}>") == []


def test_a_former_host_counts_where_it_is_named() -> None:
    old = "https://old.example.net/barriers/new/#reason"
    assert (answers(old), answers(old, "https://old.example.net")) == ([], [("moved", f"{NEW}#why")])


@pytest.mark.parametrize(
    "text",
    ["{}.", "({})", "({}).", "[a]({})", '[a]({} "title")', "**{}**", '<a href="{}">', "<a href='{}'>", "`a <{}>`_", "“{}”", "{}, and", "&quot;{}&quot;",
     "{}[text]", "[a]: {}\n", "|{}|", '{{"url": "{}"}}', "{}…", "see {};", "_{}_", "见{}。", "{}—so", "{}&nbsp;a", "<!-- {}-->", "{}&#62;", "{}&hellip;", "{}\u200b"],
)  # fmt: skip
def test_a_link_ends_where_its_sentence_or_its_markup_goes_on(text: str) -> None:
    written = f"{SITE}barriers/old/#why"
    ((_, found),) = links_in(text.format(written), "page.md", Links(LIST))
    assert (found.url, found.answer.to) == (written, f"{NEW}#why")


def test_its_place_is_counted_in_lines_and_characters() -> None:
    found = [link for _, link in links_in(f"a\r\nß {NEW}\rb\n\n{SITE}", "page.md", Links(LIST))]
    assert [(link.line, link.column) for link in found] == [(2, 3), (5, 1)]


BEFORE = f"\ufeffSee [it]({SITE}barriers/old/#why)\r\nand {SITE}barriers/gone/ {SITE}1.1/barriers/old/\rend"
AFTER = BEFORE.replace(f"{SITE}barriers/old/#why", f"{NEW}#why", 1)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (BEFORE.encode(), AFTER.encode()),
        (BEFORE.encode("utf-16-le"), AFTER.encode("utf-16-le")),
        (f"caf\xe9 \x93{SITE}barriers/old/\x94 \x80".encode("latin-1"), f"caf\xe9 \x93{NEW}\x94 \x80".encode("latin-1")),
        (f'<a href="{SITE}barriers/old/?a=1&amp;b=2">'.encode(), f'<a href="{NEW}?a=1&amp;b=2">'.encode()),
    ],
    ids=["utf-8", "utf-16", "windows-1252", "html"],
)
def test_fix_rewrites_what_has_moved_and_keeps_every_other_byte(tmp_path: Path, before: bytes, after: bytes) -> None:
    file = tmp_path / "page.md"
    file.write_bytes(before)
    file.chmod(0o640)
    left = [*verify([str(file)], Links(LIST), fix=True)]
    assert file.read_bytes() == after
    assert file.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["page.md"]
    assert "moved" not in [link.answer.state for link in left]


OLD = f"{SITE}barriers/old/"
CODE = f"""\
```
{OLD} 1
```
- ~~~ a
  {OLD} 2
  ```
  ~~~
Text and `` ` {OLD} 3 `` and `an open tick

    {OLD} 4

    {OLD} 5
<pre><a href="{NEW}">{OLD} 6</a></pre> <CODE>{OLD} 7</CODE>
``````
{OLD} 8
"""
TEXT = f"""\
- item

    {OLD}
lazy

    {OLD}

!!! note

    {OLD} and \\`{OLD}`
<pre>a</pre> [`b`]({OLD}) <code><a href='{OLD}'></a></code>
"""


@pytest.mark.parametrize("after", [CODE, TEXT.replace(OLD, NEW)], ids=["code", "text"])
def test_fix_leaves_code_alone_and_what_only_looks_like_it_is_mended_once(tmp_path: Path, after: str) -> None:
    file = tmp_path / "page.md"
    file.write_text(TEXT if after != CODE else CODE, "utf-8")
    for _ in range(2):
        states = [link.answer.state for link in verify([str(file)], Links(LIST), fix=True)]
        assert file.read_text("utf-8") == after
        assert "moved" not in states


def test_an_example_of_code_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text(f"`{OLD}` `{SITE}barriers/nw/` <code>{SITE}barriers/gone/</code>", "utf-8")
    assert [link.answer.state for link in verify([str(tmp_path)], Links(LIST))] == ["ok", "unknown", "withdrawn"]


@pytest.mark.parametrize("name", ["page.MDX", "index.html.md.erb", "page.html.erb", "page.njk", "page.qmd", "page.xhtml"])
def test_templates_of_pages_in_a_folder_are_mended_too(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(f"<a href='{OLD}'>", "utf-8")
    assert [link.answer.state for link in verify([str(tmp_path)], Links(LIST), fix=True)] == ["ok"]
    assert (tmp_path / name).read_text("utf-8") == f"<a href='{NEW}'>"


def test_a_query_is_rewritten_as_it_was_written(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(f"<script>get('{OLD}?a=1&b=2')</script><a href={OLD}?a=1&amp;b=2>", "utf-8")
    [*verify([str(file)], Links(LIST), fix=True)]
    assert file.read_text("utf-8") == f"<script>get('{NEW}?a=1&b=2')</script><a href={NEW}?a=1&amp;b=2>"


def test_fix_leaves_alone_what_needs_nothing_and_what_is_neither_markdown_nor_html(tmp_path: Path) -> None:
    for name, text in (("page.md", NEW), ("page.py", f"{SITE}barriers/old/")):
        (tmp_path / name).write_text(text, "utf-8")
    stamps = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert [link.answer.state for link in verify(map(str, sorted(stamps)), Links(LIST), fix=True)] == ["ok", "moved"]
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == stamps


def test_a_folder_is_read_without_what_is_hidden_or_no_text(tmp_path: Path) -> None:
    for name in ("b/page.html", "a.md", ".git/c.md", "node_modules/d.md", "picture.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(NEW, "utf-8")
    assert [Path(link.file).relative_to(tmp_path).as_posix() for link in verify([str(tmp_path)], Links(LIST))] == ["a.md", "b/page.html"]


def test_a_link_that_leads_out_of_a_folder_is_not_followed(tmp_path: Path) -> None:
    inside = tmp_path / "site"
    inside.mkdir()
    for path in (tmp_path / "elsewhere.md", inside / "page.md"):
        path.write_text(OLD, "utf-8")
    (inside / "out.md").symlink_to("../elsewhere.md")
    (inside / "same.md").symlink_to("page.md")
    assert {Path(link.file).name for link in verify([str(inside)], Links(LIST), fix=True)} == {"page.md", "same.md"}
    assert ((tmp_path / "elsewhere.md").read_text("utf-8"), (inside / "page.md").read_text("utf-8")) == (OLD, NEW)


def test_what_a_folder_holds_besides_texts_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "dangling.md").symlink_to("nowhere")
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "binary.txt").write_bytes(b"a\0b")
    (tmp_path / "page.md").write_text(NEW, "utf-8")
    assert [Path(link.file).name for link in verify([str(tmp_path)], Links(LIST))] == ["page.md"]


def test_a_file_that_cannot_be_read_or_written_is_named_after_all_else_was_done(tmp_path: Path) -> None:
    for name, data in (("a.md", b"\xff\xfea"), ("b.md", OLD.encode()), ("c.md", OLD.encode())):
        (tmp_path / name).write_bytes(data)
    (tmp_path / "b.md").chmod(0o444)
    names = [str(tmp_path / name) for name in ("a.md", "b.md", "c.md")]
    said, failed, code = verify_links.reported(names, Links(LIST), "text", fix=True)
    assert (tmp_path / "b.md").read_text("utf-8") == OLD
    assert (said, code) == (f"{names[1]}:1:1: moved: {OLD} has moved: write {NEW}\n2 links to Our playbook: 1 ok, 1 moved\n", 2)
    assert failed == (
        f"{names[0]} is not a text: it begins as UTF-16, and goes on as something else; "
        f"{names[1]}: the file is read-only, so its links stay as they are"
    )


def report(form: str, text: str) -> str:
    return FORMATS[form]([link for _, link in links_in(text, "a,b:c%.md", Links(LIST))], "Our playbook")


def test_the_report_names_each_place_and_what_to_write() -> None:
    assert report("text", f"{NEW} {SITE}barriers/old/\n{SITE}barriers/gone/ {SITE}barriers/nw/") == (
        f"a,b:c%.md:1:{len(NEW) + 2}: moved: {SITE}barriers/old/ has moved: write {NEW}\n"
        f"a,b:c%.md:2:1: withdrawn: {SITE}barriers/gone/ was withdrawn (It says the same): see {NEW}\n"
        f"a,b:c%.md:2:{len(SITE) + 16}: unknown: {SITE}barriers/nw/: the playbook never had a page at this address; did you mean {NEW}?\n"
        "4 links to Our playbook: 1 ok, 1 moved, 1 withdrawn, 1 unknown\n"
    )
    assert report("text", "none") == "0 links to Our playbook\n"


def test_json_has_every_link_and_github_gets_one_annotation_for_each_that_needs_mending() -> None:
    text = f"{NEW} {SITE}barriers/old/#%0A::error::x"
    ok, unknown = json.loads(report("json", text))
    assert ok == {"file": "a,b:c%.md", "line": 1, "column": 1, "url": NEW, "state": "ok", "message": "", "to": "", "instead": [], "closest": ""}
    assert unknown["state"] == "unknown"
    place, words = "file=a%2Cb%3Ac%25.md,line=1,col=44,title=Link to Our playbook", f"the page has no part #?::error::x; did you mean {NEW}?"
    assert report("github", text).splitlines() == [
        f"::error {place}::{SITE}barriers/old/#%250A::error::x: {words}",
        "2 links to Our playbook: 1 ok, 1 unknown",
    ]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("{", "cannot be read as JSON"),
        ("[]", "this is not the list of links of a playbook"),
        ('{"format": 1, "pages": [], "moved": {}, "versions": {}}', "this is not the list of links of a playbook"),
        (json.dumps({**LIST, "versions": {"1.0": 5}}), "this is not the list of links of a playbook"),
        (json.dumps({**LIST, "pages": {"": {"anchors": [5]}}}), "this is not the list of links of a playbook"),
        (json.dumps({**LIST, "format": 2}), "has format 2, and this program reads up to 1"),
        (json.dumps({**LIST, "address": ""}), "does not say where the playbook is"),
        ("[" * 100_000, "cannot be read as JSON"),
        (None, "cannot be read: No such file"),
    ],
)
def test_a_list_that_is_none_is_refused_in_words(tmp_path: Path, data: str | None, words: str) -> None:
    file = tmp_path / "links.json"
    if data is not None:
        file.write_text(data, "utf-8")
    with pytest.raises(Refused, match=words):
        verify_links.list_of_links(str(file))


def test_a_hundred_thousand_links_are_answered_once_for_each_url() -> None:
    links = Links(LIST)
    found = [*links_in(f"{NEW} and {SITE}barriers/nw/\n" * 50_000, "page.md", links)]
    assert (len(found), len(links._known)) == (100_000, 2)


def test_no_text_takes_long(tmp_path: Path) -> None:
    file = tmp_path / "page.md"
    ticks = " ".join("`" * (number % 500 + 1) for number in range(20_000))
    file.write_text(f"{OLD} https://a/{'.' * 400_000} https://a/{')' * 400_000} {ticks} {'<code>' * 100_000}{'</pre>' * 100_000}", "utf-8")
    before = time.process_time()
    assert [link.answer.state for link in verify([str(file)], Links(LIST), fix=True)] == ["ok"]
    assert time.process_time() - before < 10


def test_a_former_host_is_a_whole_url() -> None:
    with pytest.raises(Refused, match=r"old.example.org is no URL of a playbook: write the whole of it, such as https://old.example.org/"):
        Links(LIST, ["old.example.org"])


def test_the_closest_link_is_looked_for_as_long_as_nobody_has_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify_links, "MOST_COMPARED", 20)
    links = Links(LIST)
    found = [links.answer(f"{NEW}#why{number}") for number in range(15)]
    assert [bool(answer and answer.closest) for answer in found] == [True] * 10 + [False] * 5


# The program as others have it: one file, which needs Python alone.


def run_alone(folder: Path, *arguments: str, program: Path | None = None) -> tuple[int, str, str]:
    """What a copy of the program prints in a folder of its own, without any package."""
    copied = shutil.copy(program or PROGRAM, folder / "verify_links.py")
    done = subprocess.run([sys.executable, "-I", "-S", copied, *arguments], cwd=folder, capture_output=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "printed"),
    [
        (["good.md"], 0, "1 link to Our playbook: 1 ok\n"),
        (["bad.md"], 1, f"bad.md:1:1: moved: {SITE}barriers/old/ has moved: write {NEW}\n1 link to Our playbook: 1 moved\n"),
        (["--fix", "bad.md"], 0, "1 link to Our playbook: 1 ok\n"),
        (["none.md"], 2, "Error: there is no file none.md\n"),
        (["binary.md"], 2, "Error: binary.md is not a text: give the text that it was made from\n"),
    ],
)  # fmt: skip
def test_a_copy_needs_nothing_but_python_and_the_list(tmp_path: Path, arguments: Sequence[str], code: int, printed: str) -> None:
    for name, data in (("links.json", json.dumps(LIST)), ("good.md", NEW), ("bad.md", f"{SITE}barriers/old/"), ("binary.md", "a\0b")):
        (tmp_path / name).write_text(data, "utf-8")
    ended, out, error = run_alone(tmp_path, "--links", "links.json", *arguments)
    assert (ended, out + error) == (code, printed)


def test_it_ends_without_a_word_where_nobody_reads_on(tmp_path: Path) -> None:
    for name, data in (("links.json", json.dumps(LIST)), ("page.md", f"{SITE}barriers/old/\n" * 10_000)):
        (tmp_path / name).write_text(data, "utf-8")
    command = [sys.executable, "-I", PROGRAM, "--links", "links.json", "page.md"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""


@pytest.mark.parametrize(
    "arguments", [["."], ["--format", "json", "."], ["--format", "github", "."], ["-"], ["binary.txt", "page.md"], ["none"]], ids=" ".join
)
def test_the_command_prints_what_a_copy_prints(tmp_path: Path, ledger: Ledger, arguments: Sequence[str]) -> None:
    text = f"caf\xe9 \x93{SITE.replace('example.org/playbook', 'playbook.example.org')}questions/redress-for-citizens/\x94 https://playbook.example.org/nope\xe9"
    (tmp_path / "page.md").write_bytes(text.encode("latin-1"))
    (tmp_path / "binary.txt").write_bytes(b"\0")
    (tmp_path / "links").write_bytes(links_json(Published(ledger, "https://playbook.example.org/")))
    copy, command = [PROGRAM, "--links", "links"], ["-m", "macros", "-C", PROJECT, "verify-links"]
    said = [
        subprocess.run(
            [sys.executable, *program, *arguments], cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(PROJECT)}, input=text.encode("latin-1"),
            capture_output=True, check=False,
        )
        for program in (copy, command)
    ]  # fmt: skip
    assert (said[0].returncode, said[0].stdout, said[0].stderr) == (said[1].returncode, said[1].stdout, said[1].stderr)


def test_it_runs_on_python_3_9() -> None:
    ast.parse(PROGRAM.read_text("utf-8"), feature_version=(3, 9))


def test_the_published_copy_knows_where_the_playbook_is(real_site: Path, real_address: str, tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("https://playbook.example.org/questions/redress-for-citizens/", "utf-8")
    assert '\nSITE = "https://playbook.example.org/"\n' in (real_site / "verify_links.py").read_text("utf-8")
    code, out, error = run_alone(tmp_path, "--site", real_address, "page.md", program=real_site / "verify_links.py")
    assert (code, error) == (1, "")
    assert "has moved: write https://playbook.example.org/questions/redress-for-users/\n" in out


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return real_published().ledger


@pytest.mark.parametrize("path", ["downloads/poster.pdf", "1.8/downloads/poster.pdf", "sitemap.xml", "addresses.json", "robots.txt", "versions.json"])
def test_files_that_are_no_promise_are_known_as_well(ledger: Ledger, path: str) -> None:
    answer = Links(json.loads(links_json(Published(ledger, SITE)))).answer(SITE + path)
    assert answer
    assert answer.state == "ok"


def test_everything_that_was_ever_published_is_known_and_leads_to_what_is_there(ledger: Ledger) -> None:
    links = Links(json.loads(links_json(Published(ledger, SITE))))
    urls = [f"{SITE}{url}{part}" for url, promise in ledger.promises.items() for part in ("", *(f"#{anchor}" for anchor in promise.anchors))]
    found = {url: links.answer(url) for url in urls}
    assert len(found) > 2_000
    assert {url for url, answer in found.items() if answer.state == "unknown"} == set()
    assert {answer.to for answer in found.values() if answer.to and links.answer(answer.to).state != "ok"} == set()
    folders = dict.fromkeys(release.version.rpartition(".")[0] for release in ledger.store.releases)
    last = {folder: next(each for each in reversed(ledger.store.releases) if each.version.startswith(f"{folder}.")) for folder in folders}
    pinned = [f"{SITE}{folder}/{record.url}" for folder, release in last.items() for record in release.snapshot.records.values()]
    assert {url for url in pinned if links.answer(url).state != "ok"} == set()
