"""`playbook outside-links`: what it finds, whom it asks, and what it makes of the answers.

A real server on this machine answers as well and as badly as the web does. Nothing here leaves the machine.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from macros.authoring.linkcheck.fetch import agent_of, is_public
from macros.authoring.linkcheck.find import LinkUse, page_links, read_links
from macros.authoring.linkcheck.report import LinkReport, links_as_markdown
from macros.authoring.linkcheck.verdict import Verdict
from macros.text.page_source import PageSource
from macros.yamlfile.source import SourceText
from tests.support.playbooks import BASE, Files, changed, run_playbook, write_playbook
from tests.support.web_stub import WebStub, closed_port, own_certificate, web_stub

pytestmark = pytest.mark.slow

FACTS = "playbook_data/playbook.yml"
NAO = "playbook_data/sources/nao.yml"
NOBODY = changed(FACTS, "https://creativecommons.org/licenses/by/4.0/", "https://licence.example/")
"""A playbook whose one link is an example: nothing to ask."""
QUICK = ("--pause", "0", "--timeout", "0.5", "--allow-private")


@pytest.fixture(scope="module")
def site() -> Iterator[WebStub]:
    with web_stub() as running:
        yield running


@pytest.fixture
def fresh_site() -> Iterator[WebStub]:
    """One that nobody has asked yet."""
    with web_stub() as running:
        yield running


def linking_to(*addresses: str) -> Files:
    """A playbook whose one source has these links in its text."""
    links = "\n".join(f"  - [link {number}]({address})" for number, address in enumerate(addresses))
    return {**NOBODY, NAO: f"{BASE[NAO]}turned: |\n{links}\n"}


def outcome(folder: Path, *addresses: str, options: tuple[str, ...] = QUICK) -> dict[str, tuple[str, str]]:
    """From each address that is asked to its result and what is said of it."""
    done = run_playbook(write_playbook(folder, linking_to(*addresses)), "outside-links", "--format", "json", *options)
    assert done.stderr == ""
    return {row["address"]: (row["result"], row["now"] or row["reason"]) for row in json.loads(done.stdout) if row["result"] != "skipped"}


TURNED_AWAY = "; sites answer so to programs: look at it yourself"
ANSWERS = {
    "fine": ("ok", ""),
    "needs-get": ("ok", ""),
    "hangs-up-on-head": ("ok", ""),
    "back-again": ("ok", ""),
    "elsewhere-today": ("ok", ""),
    "moved": ("moved", "{site}fine"),
    "moved-308": ("moved", "{site}fine"),
    "moved-twice": ("moved", "{site}fine"),
    "moved-then-today": ("moved", "{site}elsewhere-today"),
    "moved-to-umlaut": ("moved", "{site}f%C3%BCr"),
    "gone": ("dead", "it answers 404 Not Found, asked twice"),
    "closed": ("dead", "it answers 410 Gone, asked twice"),
    "moved-away": ("dead", "it answers 404 Not Found, asked twice after a redirect to {site}gone"),
    "members": ("unknown", f"it answers 403 Forbidden{TURNED_AWAY}"),
    "busy": ("unknown", f"it answers 429 Too Many Requests{TURNED_AWAY}"),
    "odd": ("unknown", f"it answers 999{TURNED_AWAY}"),
    "broken": ("unknown", "it answers 503 Service Unavailable; the fault may pass"),
    "see-nothing": ("unknown", "it answers 302 Found"),
    "circle": ("unknown", "its redirects go round in a circle"),
    "further-1": ("unknown", "it redirects more than 10 times after a redirect to {site}further-12"),
    "to-a-file": ("unknown", "it begins with file:, which is not asked after a redirect to file:///etc/passwd"),
    "to-nonsense": ("unknown", "it is not a whole address after a redirect to http://[broken"),
    "never": ("unknown", "it does not answer in time"),
    "drips": ("unknown", "there is no whole answer within 1 seconds"),
    "hangs-up": ("unknown", "it closes the connection without an answer"),
    "not-http": ("unknown", "what it answers is not HTTP"),
}


@pytest.fixture(scope="module")
def outcomes(site: WebStub, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, str]]:
    """What is made of every address of the server, asked in one run."""
    return outcome(tmp_path_factory.mktemp("all"), *(site.address + path for path in ANSWERS))


@pytest.mark.parametrize("path", ANSWERS)
def test_what_is_made_of_an_answer(outcomes: dict[str, tuple[str, str]], site: WebStub, path: str) -> None:
    result, said = ANSWERS[path]
    assert outcomes[site.address + path] == (result, said.format(site=site.address))


def test_an_address_without_an_answer_is_unknown_and_not_dead(tmp_path: Path, fresh_site: WebStub) -> None:
    nobody = f"http://127.0.0.1:{closed_port()}/"
    no_tls = fresh_site.address.replace("http:", "https:")
    found = outcome(tmp_path, "http://no-such-host-anywhere/", nobody, no_tls)
    assert found == {
        "http://no-such-host-anywhere/": ("unknown", "its host's name is not found: the site is closed, or the network here is down"),
        nobody: ("unknown", "it refuses the connection"),
        no_tls: ("unknown", "no safe connection can be made"),
    }


def test_a_certificate_that_nobody_vouches_for_is_unknown(tmp_path: Path) -> None:
    with web_stub(certificate=own_certificate(tmp_path)) as safe:
        result, reason = outcome(tmp_path / "playbook", f"{safe.address}fine")[f"{safe.address}fine"]
    assert result == "unknown"
    assert reason.startswith("its certificate is not valid (self")
    assert safe.asked == []


@pytest.mark.parametrize(
    "address", ["https://example.org/a", "http://www.example.com/", "https://lab.example/", "http://x.test/", "http://localhost:8000/"]
)
def test_an_address_for_examples_is_not_asked(tmp_path: Path, address: str) -> None:
    write_playbook(tmp_path, linking_to(f"{address}#part"))
    done = run_playbook(tmp_path, "outside-links", "--format", "json")
    assert {row["result"] for row in json.loads(done.stdout)} == {"skipped"}
    assert done.returncode == 0


def test_a_private_address_is_not_asked(tmp_path: Path, fresh_site: WebStub) -> None:
    found = outcome(tmp_path, fresh_site.address, options=("--pause", "0"))
    assert found[fresh_site.address] == ("unknown", "it leads to 127.0.0.1, inside a private network, and is not asked")
    assert fresh_site.asked == []


@pytest.mark.parametrize(
    ("number", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),  # noqa: S104 - not bound to, refused
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("2002:a00:1::", False),
    ],
)
def test_what_is_a_public_address(number: str, public: bool) -> None:
    assert is_public(number) is public


def test_one_host_is_asked_one_question_at_a_time_with_a_pause(tmp_path: Path, fresh_site: WebStub) -> None:
    paths = [f"page-{number}" for number in range(5)]
    outcome(tmp_path, *(fresh_site.address + path for path in paths), options=("--pause", "0.2", "--allow-private"))
    assert [(method, path) for method, path in fresh_site.asked] == [("HEAD", f"/{path}") for path in paths]
    coverage_warnings = [after - before for before, after in zip(fresh_site.times, fresh_site.times[1:], strict=False)]
    assert min(coverage_warnings) > 0.19
    assert fresh_site.most_at_once == 1


def test_several_hosts_are_asked_side_by_side(tmp_path: Path, fresh_site: WebStub) -> None:
    hosts = ("127.0.0.1", "127.1", "127.0.1")  # three names of one server
    outcome(tmp_path, *(fresh_site.address.replace("127.0.0.1", host) + "slow" for host in hosts))
    assert fresh_site.most_at_once == 3


def test_the_site_is_told_who_asks(tmp_path: Path, fresh_site: WebStub) -> None:
    outcome(tmp_path, f"{fresh_site.address}fine")
    assert fresh_site.agents == {"playbook-link-check (Small playbook; lab@example.org)"}


def test_a_title_in_any_script_fits_into_the_question() -> None:
    assert agent_of("Für alle\r\nX: y – 你好", "lab@example.org") == "playbook-link-check (F?r alle??X: y ? ??; lab@example.org)"


def test_each_address_is_asked_once_however_often_it_stands(tmp_path: Path, fresh_site: WebStub) -> None:
    outcome(tmp_path, f"{fresh_site.address}fine#one", f"{fresh_site.address}fine#two", f"{fresh_site.address}fine")
    assert fresh_site.asked == [("HEAD", "/fine")]


EVERYWHERE = {
    FACTS: """\
title: Small playbook
summary: A playbook.
lab: A lab
licence: {name: CC, url: "https://a.example/licence"}
contact: lab@example.org
repository:
  url: https://a.example/repository
state: archived
reason: It moved. See [here](https://a.example/reason).
successor: https://a.example/successor
""",
    NAO: f"""\
{BASE[NAO]}\
url: https://a.example/source#page=3
turned: |
  Two on one line: [one](https://a.example/one) and <https://a.example/two>.

  | a | b |
  | - | - |
  | [three](https://a.example/three) | [one](https://a.example/one) |

  Not these: `https://a.example/code`, https://a.example/bare, [mail](mailto:a@b.example), [[nao]].
""",
    "docs/index.md": """\
---
title: Home
---

# Home

A [link
over lines](https://a.example/page) and [a reference][ref]. <a href="https://a.example/html">HTML</a>

    https://a.example/indented and [code](https://a.example/indented-link)

```
[fenced](https://a.example/fenced)
```

- `[code](https://a.example/code)` and [inside](other.md)

<div><a class="button" href='https://a.example/block'>Go</a></div>

[ref]: https://a.example/reference "Title"
""",
    "docs/plain.md": "# Plain\n\n[First](https://a.example/first)\n",
    "docs/approach/joined-up.md": """\
---
title: Joined up
subtitle: Below
excerpt: What it is.
image: index.md
image_text: A picture.
external_url: https://a.example/project
external_link_title: The project
resources:
  - title: More
    url: https://a.example/more
---
Text.
""",
}


def test_every_link_is_found_with_its_line(tmp_path: Path) -> None:
    found = read_links(write_playbook(tmp_path, EVERYWHERE))
    assert [(mention.file, mention.line, mention.address.removeprefix("https://a.example/")) for mention in found] == [
        ("docs/approach/joined-up.md", 7, "project"),
        ("docs/approach/joined-up.md", 11, "more"),
        ("docs/index.md", 7, "reference"),
        ("docs/index.md", 8, "html"),
        ("docs/index.md", 8, "page"),
        ("docs/index.md", 18, "block"),
        ("docs/plain.md", 3, "first"),
        (FACTS, 4, "licence"),
        (FACTS, 7, "repository"),
        (FACTS, 9, "reason"),
        (FACTS, 10, "successor"),
        (NAO, 8, "source"),
        (NAO, 10, "one"),
        (NAO, 10, "two"),
        (NAO, 14, "one"),
        (NAO, 14, "three"),
    ]


@pytest.mark.parametrize("text", ["", "---\n", "---\n---", "# x\n[a](http://[broken)\n", "<a href='https://'>", "\x85[a](https://b.example)\u2028"])
def test_no_page_is_too_strange_to_read(text: str) -> None:
    assert [mention.file for mention in page_links(PageSource(SourceText("docs/x.md", text)))] in ([], ["docs/x.md"])


def test_what_a_person_reads(tmp_path: Path, site: WebStub) -> None:
    done = run_playbook(
        write_playbook(tmp_path, linking_to(f"{site.address}fine", f"{site.address}gone", f"{site.address}moved")), "outside-links", *QUICK
    )
    assert done.stdout == (
        f"dead     {site.address}gone\n"
        "         it answers 404 Not Found, asked twice\n"
        f"         {NAO}:10\n"
        f"moved    {site.address}moved\n"
        f"         now at {site.address}fine\n"
        f"         {NAO}:11\n"
        "skipped  https://licence.example/\n"
        "         an address for examples, which leads nowhere by design\n"
        f"         {FACTS}:4\n"
        "4 addresses: 1 dead, 1 moved, 1 skipped, 1 ok\n"
    )
    assert (done.returncode, done.stderr) == (1, "")


def test_what_an_issue_says(tmp_path: Path, site: WebStub) -> None:
    files = linking_to(f"{site.address}gone", f"{site.address}moved", f"{site.address}members")
    repository = "repository: {url: https://forge.example/lab/playbook/, branch: main}\n"
    done = run_playbook(write_playbook(tmp_path, {**files, FACTS: NOBODY[FACTS] + repository}), "outside-links", "--format", "markdown", *QUICK)
    place = f"[`{NAO}:{{line}}`](https://forge.example/lab/playbook/blob/main/{NAO}#L{{line}})"
    assert done.stdout.startswith(
        "5 addresses: 1 dead, 1 moved, 1 unknown, 2 skipped.\n"
        "\n"
        "### Dead: nothing is there\n"
        "\n"
        "Look for where the page went, or take the link out and keep the source's name.\n"
        "\n"
        f"- <{site.address}gone>: it answers 404 Not Found, asked twice. In {place.format(line=9)}\n"
        "\n"
        "### Moved: write the new address\n"
        "\n"
        "The old address still leads there, for how long nobody knows.\n"
        "\n"
        f"- <{site.address}moved>: now at <{site.address}fine>. In {place.format(line=10)}\n"
        "\n"
        "### Unknown: look at them yourself\n"
    )
    assert "answers 403 Forbidden; sites answer so to programs" in done.stdout


def test_nothing_from_another_site_is_markup_in_an_issue() -> None:
    verdict = Verdict("https://a.example/`x`>@team", "unknown", "<img src=x> @team [x](y) `z`")
    shown = links_as_markdown((LinkReport(verdict, (LinkUse("docs/a`b.md", 3, verdict.address),)),))
    assert "- <https://a.example/%60x%60%3E@team>: \\<img src=x\\> @\u2060team \\[x\\]\\(y\\) \\`z\\`. In `docs/ab.md:3`" in shown


def test_where_no_address_answers_the_network_may_be_down(tmp_path: Path) -> None:
    write_playbook(tmp_path, linking_to(f"http://127.0.0.1:{closed_port()}/", "http://no-such-host-anywhere/"))
    for form in ("text", "markdown"):
        done = run_playbook(tmp_path, "outside-links", "--format", form, *QUICK)
        assert "No address gave an answer that tells anything, so the network here may be down. Try again later." in done.stdout
        assert done.returncode == 3


def test_a_playbook_without_links_is_fine(tmp_path: Path) -> None:
    done = run_playbook(write_playbook(tmp_path, NOBODY), "outside-links")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "1 address: 1 skipped")


def test_a_playbook_with_problems_is_not_asked_about(tmp_path: Path, fresh_site: WebStub) -> None:
    done = run_playbook(
        write_playbook(tmp_path, {**linking_to(fresh_site.address), "playbook_data/terms/x.yml": "title: X\n"}), "outside-links", *QUICK
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "the playbook has problems" in done.stderr
    assert fresh_site.asked == []


@pytest.mark.parametrize("command", [("check", "--strict"), ("export", "out"), ("list",)])
def test_no_other_command_asks_anybody(tmp_path: Path, fresh_site: WebStub, command: tuple[str, ...]) -> None:
    assert run_playbook(write_playbook(tmp_path, linking_to(f"{fresh_site.address}gone")), *command).returncode == 0
    assert fresh_site.asked == []
