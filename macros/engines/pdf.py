"""`make pdf`: prints pages of the finished site as PDF files, with the Chromium of this machine, and puts links to them on the page `/print/`.

`python -m macros.engines.pdf` takes the folder of the site. The files are tagged and have bookmarks; the same pages and the same Chromium give the
same bytes.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import click
from selectolax.lexbor import LexborHTMLParser

from macros.engines.mkdocs.plan import settings_of_site
from macros.engines.mkdocs.site_folder import folder_of_site
from macros.engines.sheets import print_numbered
from macros.files.write import write_files
from macros.playbook.urls import DOWNLOADS, PRINTED, WHOLE
from macros.problems.machine_error import error_in_words
from macros.problems.problem import printable
from macros.problems.user_error import UserError
from macros.text.markdown import escape_html

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_OPTIONS = (
    *("--headless", "--disable-gpu", "--no-pdf-header-footer", "--generate-pdf-document-outline"),
    *("--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
_SECONDS = 600
"""How long a browser may take over one page."""
_ASSETS = "assets"
_NO_USE_ON_PAPER = 'script, meta[http-equiv="Content-Security-Policy" i], link[rel="alternate"], noscript'
_OF_THE_MOMENT = re.compile(rb"/(?:CreationDate|ModDate|Creator) \((?:[^()\\]|\\.|\([^()]*\))*\)")
_NODE = re.compile(rb"\(node(\d{8})\)")
"""How Chromium names a cell of a table, by a number that another run counts differently."""
_PLACE = re.compile(r"<!--playbook:downloads-->(?:.*?<!--/playbook:downloads-->)?", re.DOTALL)


def find_chromium() -> str:
    """Returns the path of a browser: that in the variable CHROMIUM, or one that is installed.

    Raises: UserError, if there is none.
    """
    named = os.environ.get("CHROMIUM", "")
    found = next((path for name in (named, *_BROWSERS) if name and (path := shutil.which(name))), None)
    if found is None:
        install = "install it (Debian, Ubuntu: sudo apt-get install chromium), or name one that you have: CHROMIUM=/path/to/chrome make pdf"
        raise UserError("PDF files are printed with Chromium, and there is none", install)
    return found


def print_site(site: Path, chromium: str) -> tuple[Path, ...]:
    """Writes the PDF files of a finished site and the links to them; returns the files.

    The site keeps what it has until all of them are printed and fit on the disk.

    Raises: UserError, if the browser prints nothing or the site takes no files; OSError.
    """
    with tempfile.TemporaryDirectory(prefix="playbook-pdf-") as folder:
        printed = {name: print_page(site, url, chromium, Path(folder)) for name, url in PRINTED.items() if (site / url / "index.html").is_file()}
    files = {f"{DOWNLOADS}/{name}": content for name, content in printed.items()}
    page = site / WHOLE / "index.html"
    if page.is_file():
        sizes = {name: len(content) for name, content in printed.items()}
        files[f"{WHOLE}index.html"] = with_links(page.read_text("utf-8"), sizes, site).encode()
    write_files(site, files)
    return tuple(site / DOWNLOADS / name for name in printed)


def print_page(site: Path, url: str, chromium: str, folder: Path) -> bytes:
    """Returns the page at `url` as a PDF file. A copy of it is printed, from `folder`: without scripts, and with links that hold anywhere."""
    copy = folder / url / "index.html"
    copy.parent.mkdir(parents=True, exist_ok=True)
    if not (folder / _ASSETS).exists():
        (folder / _ASSETS).symlink_to((site / _ASSETS).resolve())

    def printed(html: str) -> bytes:
        copy.write_text(html, "utf-8")
        return _printed(copy, f"/{url}", chromium, folder)

    return without_moment(print_numbered(for_paper((site / url / "index.html").read_text("utf-8")), printed))


def _printed(copy: Path, url: str, chromium: str, folder: Path) -> bytes:
    """The file at `copy` as a browser prints it; messages name it `url`."""
    file = folder / "printed.pdf"
    file.unlink(missing_ok=True)
    command = [chromium, *_OPTIONS, *_of_root(), f"--user-data-dir={folder / 'browser'}", f"--print-to-pdf={file}", copy.as_uri()]
    try:
        done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", timeout=_SECONDS, check=False)
        said = (done.stderr.strip().splitlines() or ["it says nothing"])[-1]
    except subprocess.TimeoutExpired:
        said = f"it took longer than {_SECONDS} seconds"
    if not file.is_file():
        raise UserError(f"{chromium} did not print {url}: {said}", "name another browser: CHROMIUM=/path/to/chrome make pdf")
    return file.read_bytes()


def for_paper(html: str) -> str:
    """Returns a page as it is printed from elsewhere: its links to other pages are addresses of the published site, or no links if that has none."""
    page = LexborHTMLParser(html)
    canonical = page.css_first('link[rel="canonical"]')
    base = canonical.attributes["href"] if canonical else ""
    for node in page.css(_NO_USE_ON_PAPER):
        node.decompose()
    for link in page.css("a[href]"):
        href = link.attributes["href"] or ""
        if href.startswith("#") or urlsplit(href).scheme:
            continue
        if base:
            link.attrs["href"], link.attrs["data-here"] = urljoin(base, href), ""  # paper tells no address of a page of its own
        else:
            del link.attrs["href"]
    return f"<!doctype html>\n{page.root.html}"


def without_moment(pdf: bytes) -> bytes:
    """Returns a PDF file of Chromium without what differs from run to run. Its length stays, and with it each place that the file names."""
    pdf = _OF_THE_MOMENT.sub(lambda found: b" " * len(found[0]), pdf)
    ranks = {number: rank for rank, number in enumerate(sorted({*_NODE.findall(pdf)}))}
    return _NODE.sub(lambda found: b"(node%08d)" % ranks[found[1]], pdf)


def with_links(html: str, sizes: Mapping[str, int], site: Path) -> str:
    """Returns the page with links to the files, in the place that it has for them. `sizes` are in bytes, by name."""
    links = "".join(f'<li><a href="../{DOWNLOADS}/{name}">{title} (PDF, {size})</a></li>' for name, title, size in _rows(sizes, site))
    return _PLACE.sub(lambda _: f'<!--playbook:downloads--><ul class="bare">{links}</ul><!--/playbook:downloads-->', html)


def _rows(sizes: Mapping[str, int], site: Path) -> Iterator[tuple[str, str, str]]:
    for name, size in sizes.items():
        heading = LexborHTMLParser((site / PRINTED[name] / "index.html").read_text("utf-8")).css_first("h1")
        for mark in heading.css(".headerlink") if heading else ():
            mark.decompose()
        words = " ".join(heading.text().split()) if heading else name
        yield name, str(escape_html(words)), f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{size // 1000 or 1} kB"


def _of_root() -> tuple[str, ...]:
    """Root has no sandbox."""
    return ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()


def main(folder: str = "") -> None:
    """Prints the site in `folder`; without one, the site that the current folder is built to.

    Raises: SystemExit, if there is no site or no browser, or if the machine refuses something.
    """
    site = Path(folder) if folder else folder_of_site(Path(), settings_of_site(Path()))
    if not (site / "index.html").is_file():
        sys.exit(f"there is no site in {printable(str(site))}; build it: make site")
    try:
        files = print_site(site, find_chromium())
    except (UserError, OSError) as fault:
        told = error_in_words(fault)
        sys.exit(f"{printable(told.message)}\nhelp: {printable(told.help)}")
    click.echo("\n".join(printable(str(file)) for file in files))


if __name__ == "__main__":
    main(*sys.argv[1:2])
