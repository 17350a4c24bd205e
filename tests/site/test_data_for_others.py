"""What the page on links tells people of other sites about the content as data, as they would copy it.

Above: an example from that page. Below: what it does with the built site, which is served with the headers that the build writes for hosts.
"""

from __future__ import annotations

import functools
import http.server
import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from check_jsonschema import main as check_jsonschema
from click.testing import CliRunner
from playwright.sync_api import Browser

from macros.playbook.urls import EXPORT_FILES
from macros.site.host_files import HEADERS, headers_nginx_file
from tests.support.exports import SITE
from tests.support.published import PublishedPlaybook
from tests.support.sites import PROJECT, page, serve

FOLDERS = ("1.0", "2.0", "3.0", "latest")
PAGE = (PROJECT / "docs/about/linking.md").read_text("utf-8")


class _AsHost(http.server.SimpleHTTPRequestHandler):
    """A host that does what `_headers` says."""

    def end_headers(self) -> None:
        """Sends the headers with each answer."""
        for name, value in HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def hosted(real_site: Path) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_AsHost, directory=real_site))
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def example(language: str, word: str) -> str:
    """The example in `language` that has `word` in it."""
    return next(block for block in re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL) if word in block)


def test_a_page_of_another_site_may_fetch_an_entry_and_show_it(hosted: str, chromium: Browser, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(f"<!doctype html><title>Other</title>{example('html', 'advice')}".replace(SITE, hosted), "utf-8")
    with serve(tmp_path) as other:
        shown = chromium.new_page()
        shown.goto(other)
        shown.wait_for_function("document.querySelector('#advice').textContent")
        assert shown.text_content("#advice").startswith("Partners may be unsure what the law allows")
        shown.close()


def test_the_example_in_python_lists_what_eases_each_barrier(hosted: str) -> None:
    code = example("python", "urllib").replace(SITE, hosted)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    rows = dict(line.split(" | ") for line in done.stdout.splitlines())
    assert "Share platforms instead of building them again" in rows["Partners cannot or will not share data"]


def test_the_example_of_the_shell_checks_the_whole_playbook(hosted: str, real_site: Path) -> None:
    words = example("sh", "check-jsonschema").replace(SITE, hosted).split()
    assert words[-1] == "playbook.json"
    done = CliRunner().invoke(check_jsonschema, [*words[1:-1], "--no-cache", str(real_site / "playbook.json")])
    assert (done.exit_code, done.output) == (0, "ok -- validation done\n")


def test_the_page_names_every_file_and_key(real_site: Path) -> None:
    keys = json.loads((real_site / "barriers/data-sharing.json").read_text("utf-8"))["entry"]
    section = PAGE[PAGE.index("{ #data }") : PAGE.index("{ #programs }")]
    assert [key for key in keys if f"`{key}`" not in section] == []
    tables = [path for path in EXPORT_FILES if re.fullmatch(r"([\w-]+)/\1\.csv", path) and path.startswith(("questions", "barriers"))]
    named = ["playbook.json", "playbook.schema.json", "llms.txt", "llms-full.txt", *tables]
    assert [path for path in named if f"[`/{path}`](../{path})" not in section] == []
    assert len(tables) == 2


def test_nginx_is_told_the_types_that_it_does_not_know_and_that_texts_are_utf_8() -> None:
    told = headers_nginx_file().decode()
    assert "\ntypes {\n  text/html html htm;\n" in told
    assert "\n  text/markdown md;\n  text/csv csv;\n" in told
    assert re.search(r"^charset utf-8;\ncharset_types .*text/markdown.*application/json.*;$", told, re.MULTILINE)
    assert '\nadd_header Access-Control-Allow-Origin "*" always;\n' in told


def test_every_published_version_has_its_own_data_and_the_top_of_the_site_has_that_of_the_newest(published_playbook: PublishedPlaybook) -> None:
    site = published_playbook.published
    releases = {path: json.loads((site / path / "playbook.json").read_text("utf-8"))["release"]["version"] for path in (*FOLDERS, "")}
    assert releases == {"1.0": "1.0.0", "2.0": "2.0.0", "3.0": "3.0.0", "latest": "3.0.0", "": "3.0.0"}
    for path in ("llms.txt", "playbook.schema.json", "barriers/barriers.csv", "barriers/shut-doors.json", "barriers/locked-doors.md"):
        assert (site / path).read_bytes() == (site / "latest" / path).read_bytes(), path
    moved = json.loads((site / "barriers/locked-doors.json").read_text("utf-8"))
    assert moved["moved"] == {"from": f"{SITE}latest/barriers/locked-doors/", "to": f"{SITE}latest/barriers/shut-doors/"}
    assert moved["entry"]["pinned_url"] == f"{SITE}3.0/barriers/shut-doors/"
    assert moved["entry"]["last_changed"] == {"release": "3.0.0", "date": "2026-11-20", "what": "Renamed"}
    assert (site / "1.0/barriers/locked-doors.json").is_file()
    gone = json.loads((site / "latest/barriers/thing-two.json").read_text("utf-8"))["entry"]["withdrawn"]
    assert (gone["reason"], gone["release"], gone["date"]) == ("Nobody meets it.", "3.0.0", "2026-11-20")
    assert gone["replaced_by"][0]["url"] == f"{SITE}latest/barriers/thing-one/"


def test_a_page_of_an_old_version_leads_to_the_forms_of_that_version(published_playbook: PublishedPlaybook) -> None:
    site = published_playbook.published
    for folder, id in (("1.0", "locked-doors"), ("3.0", "shut-doors"), ("latest", "shut-doors")):
        tags = page(site, f"{folder}/barriers/{id}").css('head link[rel="alternate"]')
        forms = [tag.attributes["href"] for tag in tags if tag.attributes["type"] in ("application/json", "text/markdown")]
        assert forms == [f"../{id}.json", f"../{id}.md"]
        assert all((site / folder / "barriers" / id / form).resolve().is_file() for form in forms)
