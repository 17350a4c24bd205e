"""nginx takes both files that the build makes for it: it sends their headers, leads on from former addresses, and lets cards alone be framed."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from macros.site.host_files import HEADERS, HEADERS_NGINX_FILE, NO_FRAMES, POLICY

NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
"""Its usual place is for administrators, and not on the path of everyone."""
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not NGINX, reason="nginx is not installed, so nobody has tried what it makes of its files"),
]

CONFIGURATION = """
daemon off; pid {own}/pid; error_log {own}/errors; events {{}}
http {{
  access_log off; client_body_temp_path {own}/a; proxy_temp_path {own}/b; fastcgi_temp_path {own}/c; uwsgi_temp_path {own}/d; scgi_temp_path {own}/e;
  include {site}/redirects.nginx.conf;
  server {{
    listen 127.0.0.1:{port}; root {site}; error_page 404 /404.html;
    include {site}/{headers};
{rules}
  }}
}}
"""
"""The files stand where the comments in them say, with the two rules that the comments tell."""


@pytest.fixture(scope="module")
def port(real_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    own = tmp_path_factory.mktemp("nginx")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    site = shutil.copytree(real_site, own / "site")
    own.chmod(0o755)
    told = (site / "redirects.nginx.conf").read_text("utf-8").splitlines()
    rules = "\n".join(line.removeprefix("#") for line in told if line.startswith("#   if "))
    assert rules.count("return") == 2
    file = own / "nginx.conf"
    # It runs as root in some places, and then reads as a user that may not see the folders of tests.
    user = "user root;\n" if subprocess.run(["id", "-u"], capture_output=True, check=True, text=True).stdout == "0\n" else ""
    file.write_text(user + CONFIGURATION.format(own=own, site=site, port=port, headers=HEADERS_NGINX_FILE, rules=rules))
    process = subprocess.Popen([NGINX, "-c", file], stderr=subprocess.PIPE, text=True)
    while process.poll() is None and not _answers(port):
        time.sleep(0.05)
    assert process.poll() is None, process.stderr.read()
    yield port
    process.terminate()
    process.wait(timeout=60)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def asked(port: int, path: str) -> tuple[int, list[tuple[str, str]]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("HEAD", path)
    answer = connection.getresponse()
    return answer.status, answer.getheaders()


def policies(headers: list[tuple[str, str]]) -> list[str]:
    return [value for name, value in headers if name == "Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/", "/barriers/data-sharing/", "/barriers/data-sharing.json", "/feed.xml"])
def test_a_page_has_every_header_and_refuses_frames(port: int, path: str) -> None:
    status, headers = asked(port, path)
    assert status == 200
    assert {name: value for name, value in headers if name in HEADERS and name != "Content-Security-Policy"}.items() <= HEADERS.items()
    assert set(HEADERS) <= {name for name, _ in headers}
    assert policies(headers) == [POLICY, NO_FRAMES]


def test_a_card_may_be_framed(port: int) -> None:
    status, headers = asked(port, "/embed/questions/redress-for-users/")
    assert status == 200
    assert policies(headers) == [POLICY]


def test_a_former_address_leads_on_with_what_was_asked(port: int) -> None:
    status, headers = asked(port, "/questions/redress-for-citizens/?from=elsewhere")
    assert status == 302
    assert dict(headers)["Location"].endswith("/questions/redress-for-users/?from=elsewhere")


def test_text_says_how_it_is_written(port: int) -> None:
    types = {path: dict(asked(port, path)[1])["Content-Type"] for path in ("/barriers/data-sharing.md", "/barriers/barriers.csv", "/verify_links.py")}
    assert {*types.values()} == {"text/markdown; charset=utf-8", "text/csv; charset=utf-8", "text/x-python; charset=utf-8"}


def test_what_is_not_there_is_the_page_for_lost_readers(port: int) -> None:
    status, headers = asked(port, "/nothing/")
    assert status == 404
    assert policies(headers) == [POLICY, NO_FRAMES]
