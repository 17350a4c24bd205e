"""The cards of entries: what another site shows in a frame, and that no other page can be shown so.

Above: the small playbook, and the real site served with the headers that the build writes for its host. Below: what readers of another site see.
"""

from __future__ import annotations

import functools
import http.server
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from selectolax.lexbor import LexborHTMLParser

from macros.playbook.load import load_playbook
from macros.site.exports.card import CARD_POLICY
from macros.site.exports.files import all_files
from macros.site.exports.published import Published
from macros.site.ledger.ledger import read_ledger
from tests.support.browsers import faults_of, open_context
from tests.support.playbooks import BASE, changed, write_playbook
from tests.support.sites import page, serve, words

BARRIER = "playbook_data/barriers/data-sharing.yml"
ADDRESS = "https://example.org/"


def files_of(folder: Path) -> dict[str, bytes]:
    return all_files(Published(read_ledger(folder, load_playbook(folder)), ADDRESS))


def card(folder: Path, at: str) -> LexborHTMLParser:
    return LexborHTMLParser(files_of(folder)[f"embed/{at}/index.html"].decode())


def test_the_text_of_a_card_is_text_and_all_its_links_leave_the_frame(tmp_path: Path) -> None:
    files = changed(BARRIER, "title: Data stays apart", "title: '<script>alert(1)</script> {{ 7*7 }} \"'")
    tree = card(write_playbook(tmp_path, files), "barriers/data-sharing")
    assert words(tree.css_first("h1")) == "<script>alert(1)</script> {{ 7*7 }} “"
    assert tree.css("script") == []
    assert {link.attributes.get("target") for link in tree.css("a")} == {"_top"}
    assert tree.css_first('meta[http-equiv="Content-Security-Policy"]').attributes["content"] == CARD_POLICY


@pytest.mark.parametrize("reason", ["It says the same", "It says the same."])
def test_a_withdrawn_entry_s_card_says_so_and_leads_to_what_replaces_it(tmp_path: Path, reason: str) -> None:
    text = BASE[BARRIER] + f"status: withdrawn\nreason: {reason}\nreplaced_by: [joining-up]\n"
    note = card(write_playbook(tmp_path, {BARRIER: text}), "barriers/data-sharing").css_first(".card-note")
    assert words(note) == "Withdrawn. It says the same. Use instead: Joining up"
    assert note.css_first("a").attributes["href"] == "../../../terms/joining-up/"


def test_the_card_of_a_former_id_stays_and_says_that_the_entry_has_another_address(tmp_path: Path) -> None:
    files = files_of(write_playbook(tmp_path, {BARRIER: BASE[BARRIER] + "formerly: [silos]\n"}))
    old, new = (LexborHTMLParser(files[f"embed/barriers/{id}/index.html"].decode()) for id in ("silos", "data-sharing"))
    assert words(old.css_first("h1")) == words(new.css_first("h1"))
    assert words(old.css_first(".card-note")) == "This entry has a new address . This card will stay."
    assert new.css_first(".card-note") is None


def test_oembed_gives_the_frame_at_the_address_that_stays(tmp_path: Path) -> None:
    answer = json.loads(files_of(write_playbook(tmp_path))["embed/barriers/data-sharing/oembed.json"])
    assert (answer["version"], answer["type"], answer["provider_url"]) == ("1.0", "rich", ADDRESS)
    frame = LexborHTMLParser(answer["html"]).css_first("iframe").attributes
    assert (frame["src"], frame["title"]) == (f"{ADDRESS}embed/barriers/data-sharing/", answer["title"])
    assert (frame["width"], frame["height"]) == (str(answer["width"]), str(answer["height"]))


@pytest.mark.slow
def test_each_entry_s_page_leads_programs_to_its_card(real_site: Path) -> None:
    (tag,) = page(real_site, "barriers/data-sharing").css('link[type="application/json+oembed"]')
    path = tag.attributes["href"].removeprefix("https://playbook.example.org/")
    assert (real_site / path).is_file()
    assert page(real_site, "barriers").css('link[type="application/json+oembed"]') == []
    (offered,) = page(real_site, "barriers/data-sharing").css('[data-copy="Card for another site"]')
    assert LexborHTMLParser(offered.text()).css_first("iframe").attributes["src"] == "https://playbook.example.org/embed/barriers/data-sharing/"


@contextmanager
def as_a_host(site: Path) -> Iterator[str]:
    """The address of the site as a host serves it that reads `_headers`: every rule that fits counts, and two headers of one name are joined."""
    rules: list[tuple[re.Pattern[str], str, str]] = []
    for line in (site / "_headers").read_text("utf-8").splitlines():
        if line.startswith("/"):
            path = re.compile(re.sub(r":\w+", "[^/]+", re.escape(line).replace(r"\*", ".*").replace(r"\:", ":")))
        elif line.startswith("  "):
            rules.append((path, *line.strip().split(": ", 1)))

    class Host(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def end_headers(self) -> None:
            for rule, name, value in rules:
                if rule.fullmatch(self.path) and name == "Content-Security-Policy":
                    self.send_header(name, value)
            super().end_headers()

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Host, directory=site))
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_another_site_can_frame_a_card_and_no_other_page(chromium: Browser, real_site: Path, tmp_path: Path, scheme: str) -> None:
    with as_a_host(real_site) as ours, serve(tmp_path) as theirs:
        (tmp_path / "index.html").write_text(
            f'<!doctype html><html lang="en"><title>Theirs</title><iframe name="card" title="a" src="{ours}embed/questions/redress-for-users/"></iframe>'
            f'<iframe name="page" title="b" src="{ours}barriers/data-sharing/"></iframe><iframe name="home" title="c" src="{ours}"></iframe>'
        )
        context = open_context(chromium, color_scheme=scheme, viewport={"width": 800, "height": 600})
        said: list[str] = []
        visit = context.new_page()
        visit.on("console", lambda message: said.append(message.text))
        visit.goto(theirs)
        frame = visit.frame_locator('[name="card"]')
        expect(frame.get_by_role("heading")).to_have_text("Users know where to complain")
        refused = [text for text in said if "frame-ancestors" in text]
        assert len(refused) == 2
        assert not [text for text in said if "/embed/" in text]
        assert [visit.frame(name).url.split(":")[0] for name in ("page", "home")] == ["chrome-error", "chrome-error"]
        dark = frame.locator("body").evaluate("(body) => getComputedStyle(body).backgroundColor")
        assert dark == {"light": "rgb(253, 252, 250)", "dark": "rgb(21, 24, 27)"}[scheme]
        frame.get_by_role("link", name="Answer this in the health check").click()
        visit.wait_for_url(f"{ours}health-check/#redress-for-users")
        alone = context.new_page()
        alone.goto(f"{ours}embed/questions/redress-for-users/")
        assert faults_of(alone) == []
        context.close()
