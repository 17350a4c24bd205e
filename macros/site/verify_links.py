#!/usr/bin/env python3
"""Checks links into an approach playbook: which still work, which have moved, and which lead to something that is gone.

This file stands alone, so copy it. It needs Python 3.9 or later, and the list of addresses that the playbook publishes as `links.json`:

    python3 verify_links.py --site https://playbook.example.org/ page.md docs/

Each link to the playbook is `ok`, `moved`, `withdrawn` or `unknown`. With `--fix`, links that have moved are rewritten in Markdown and HTML files.
In an example of code there, such a link is left alone, as it still works.
The exit code is 0 if nothing needs mending, 1 if something does, and 2 if the program was used wrongly or a file cannot be read or written.
"""

from __future__ import annotations

import argparse
import difflib
import errno
import http.client
import json
import os
import posixpath
import re
import stat
import sys
import tempfile
import urllib.request
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from html import unescape
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import SplitResult, quote, unquote, urlsplit

SITE = ""
"""Where the playbook is. The copy that a playbook publishes says it here."""
LINKS_FILE = "links.json"
LINKS_FORMAT = 1
"""The newest form of that file that this program reads."""
LARGEST = 50_000_000
"""How many bytes of it are read at most."""
MOST_COMPARED = 100_000
"""Names that unknown links are compared with to find the closest one, which takes up to 50 microseconds each."""
_SECONDS = 30
UNREAD = 2
"""The exit code where a file cannot be read or written."""
_HTML = (".html", ".htm", ".xhtml", ".html.erb", ".njk")
FIXED = (".md", ".markdown", ".mdx", ".qmd", ".md.erb", *_HTML)
"""The files in which `--fix` rewrites links: Markdown and HTML, also as templates of common generators."""
READ = (*FIXED, ".rst", ".adoc", ".txt", ".csv", ".json", ".yml", ".yaml", ".xml", ".tex")
"""The files that are read in a folder."""
_URL = re.compile(
    r"""(?:(?<![a-z0-9])https?(?::|&(?:#58|#x3a|colon);)(?:/|&(?:#47|#x2f|sol);){2}|(?<![\w:/.;-])//)"""
    r"""[^\s<>"'`\\^{}\[\]|,\x00-\x1f\x7f-\xa0\xab\xbb\u2000-\u200b\u200e-\u206f\u2e00-\u2e7f\u3000-\u303f\ufe10-\ufe6f\ufeff-\uff0f\uff1a-\uff20\udc80-\udcff]+""",
    re.IGNORECASE,
)
"""A URL, with or without its scheme; HTML may write its first signs as entities. Punctuation of any script ends it, and so does a byte that is not UTF-8: it is a quotation mark of another encoding."""
_ENTITY = re.compile(r"&(?:[a-z][a-z0-9]{1,31}|#[0-9]{1,7}|#x[0-9a-f]{1,6});", re.IGNORECASE)
_ENDS = ".;:!?*_~)"
"""Signs that end a sentence or a link rather than a URL; a bracket does so unless the URL opened it."""
_FENCE = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}(?=[^`\n]*$)|~{3,})(.*)")
_TICKS = re.compile(r"`+|\n[ \t\r]*\n")
"""Backticks, and the end of a paragraph, over which they do not reach."""
_INDENTED = re.compile(r" {0,3}\t| {4}")
_OWNER = re.compile(r"\s*(?:[-*+:<]|\d{1,9}[.)]|!!!|\?\?\?|===|\[\^)")
"""How a block begins whose indented lines are text: a list, a definition, HTML, an admonition, a tab or a footnote."""
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)\b[^<>]*>", re.IGNORECASE)
_CODE = ("pre", "code", "kbd", "samp")
"""The elements of HTML whose text is code."""
_PORTS = {"http": 80, "https": 443}
_VERSION = re.compile(r"\d+(?:\.\d+)+")
_SAFE = "!$&'()*+,;=:@/?-._~"
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class Refused(Exception):
    """Something that the person has to change first. Its text says what."""


class LinkAnswer(NamedTuple):
    """What became of a link. `to` is the URL to use in its place; `instead` and `closest` are URLs that a person may choose."""

    state: str
    message: str = ""
    to: str = ""
    instead: tuple[str, ...] = ()
    closest: str = ""


class Spot(NamedTuple):
    """Where in the playbook a URL leads: `at` is the address of a page, and `now` the address where that page is today, None if it never was.

    `version` is the version that it is fixed to, `path` the address without that, and `form` the pattern of another form of the page. `latest` is the
    folder `latest/`, if the URL names it.
    """

    version: str
    path: str
    form: str
    at: str
    now: str | None
    latest: str


class Found(NamedTuple):
    """A link in a file: its place, counted from 1, its URL as it is written there, and what became of it."""

    file: str
    line: int
    column: int
    url: str
    answer: LinkAnswer


class Links:
    """The addresses that a playbook ever published, as `links.json` has them; `also` are URLs at which it was before.

    Raises: Refused, if that is no list that this program can read.
    """

    def __init__(self, data: Any, also: Iterable[str] = ()) -> None:
        form = data.get("format") if isinstance(data, dict) else None
        if not isinstance(form, int) or (form <= LINKS_FORMAT and not _is_whole(data)):
            raise Refused(f"this is not the list of links of a playbook: that is the file {LINKS_FILE}, which each playbook publishes")
        if form > LINKS_FORMAT:
            raise Refused(
                f"this list of links has format {form}, and this program reads up to {LINKS_FORMAT}: copy the program from the playbook again"
            )
        if not data.get("address"):
            raise Refused("this list of links does not say where the playbook is: mkdocs.yml needs its URL as `site_url`")
        also = [*also]
        for url in also:
            if not _place(url)[0]:
                raise Refused(f"{url} is no URL of a playbook: write the whole of it, such as https://old.example.org/")
        self.playbook, self.address = str(data.get("playbook", "the playbook")), str(data["address"])
        self._pages, self._moved, self._versions = data["pages"], data["moved"], data["versions"]
        self._lacks = {version: frozenset(row.get("lacks", ())) for version, row in self._versions.items()}
        self._files = frozenset(data.get("files", ()))
        self._forms = [
            (form, re.compile(re.escape(form).replace(r"\{at\}", "(?P<at>.+?)") + ("?" if form.endswith("/") else "")))
            for form in data.get("entry_forms", ())
        ]
        self._places = [_place(address.rstrip("/") + "/") for address in (self.address, *also)]
        self._known: dict[str, LinkAnswer | None] = {}
        self._compared = 0

    def answer(self, url: str) -> LinkAnswer | None:
        """Returns what became of a URL; None if it does not lead into the playbook."""
        if url not in self._known:
            spot = self.spot(url)
            self._known[url] = self._answer(url, spot) if spot else None
        return self._known[url]

    def spot(self, url: str) -> Spot | None:
        """Returns where in the playbook a URL leads; None if it leads elsewhere."""
        host, path = _place(url)
        above = next((above for own, above in self._places if host == own and f"{path}/".startswith(above)), None)
        if above is None:
            return None
        latest, version, inside = self._folder_and_path(path[len(above) :])
        form, at = self._form_and_page(inside)
        now = at if at in self._pages else self._moved.get(at)
        return Spot(version, inside, form, at, now if now in self._pages else None, latest)

    def _answer(self, url: str, spot: Spot) -> LinkAnswer:
        version, path, _, at, now, _ = spot
        if path in self._files and (not version or version in self._versions):
            return LinkAnswer("ok")
        if version:
            return self._in_version(version, at, now)
        if now is None:
            return self._unknown("the playbook never had a page at this address", at, (*self._pages, *self._moved))
        page = self._pages[now]
        if page.get("state") == "withdrawn":
            return LinkAnswer("withdrawn", page.get("reason", ""), instead=tuple(map(self._url, page.get("instead", ()))))
        return self._of_page(urlsplit(url), spot, now)

    def _in_version(self, version: str, at: str, now: str | None) -> LinkAnswer:
        """What became of an address that is fixed to a version."""
        if version not in self._versions:
            return LinkAnswer("unknown", f"there is no version {version}" + (f", only {', '.join(self._versions)}" if self._versions else ""))
        if now is None or at in self._lacks[version]:
            return LinkAnswer("unknown", f"version {version} has no such page", closest=self._url(now) if now is not None else "")
        return LinkAnswer("ok")

    def _of_page(self, parts: SplitResult, spot: Spot, now: str) -> LinkAnswer:
        """What became of an address and an anchor that lead to the page `now`."""
        page, anchor, at = self._pages[now], unquote(parts.fragment), spot.at
        there = self._anchor(page, anchor)
        if there is None:
            found = self._unknown(f"the page has no part #{anchor}", anchor, page["anchors"], f"{now}#")
            return found if found.closest or now == at else found._replace(closest=self._url(now))
        if not there:
            return LinkAnswer("withdrawn", "this part of the page is gone", instead=(self._url(now),))
        if now == at and there == f"#{anchor}":
            return LinkAnswer("ok")
        elsewhere, _, anchor = there.rpartition("#")
        path = spot.form.replace("{at}", now.rstrip("/")) if spot.form and not elsewhere else elsewhere or now
        to = self._url(spot.latest + path, f"?{parts.query}" if parts.query else "", anchor)
        return LinkAnswer("moved", to=to if parts.scheme else to.partition(":")[2])

    def _folder_and_path(self, path: str) -> tuple[str, str, str]:
        """The folder `latest/` or the version that an address is fixed to, if any, and the address inside the site."""
        first, _, rest = path.partition("/")
        version = first if _VERSION.fullmatch(first) else ""
        latest = "latest/" if first == "latest" else ""
        path = rest if version or latest else path
        return latest, version, path[: -len("index.html")] if path == "index.html" or path.endswith("/index.html") else path

    def _form_and_page(self, path: str) -> tuple[str, str]:
        """The pattern that an address follows if it is no page's own, and the address of the page."""
        known = [at for at in (path, f"{path}/") if at in self._pages or at in self._moved]
        found = ((form, pattern.fullmatch(path)) for form, pattern in self._forms)
        forms = [
            (form, f"{match['at']}/") for form, match in found if match and (f"{match['at']}/" in self._pages or f"{match['at']}/" in self._moved)
        ]
        return ("", known[0]) if known else forms[0] if forms else ("", path)

    def _anchor(self, page: dict[str, Any], anchor: str) -> str | None:
        """Where an anchor of a page leads now, as `#why` or `barriers/x/#why`; empty if to nothing, None if the page never had it."""
        is_free = not anchor or "anchors" not in page or "=" in anchor or anchor in page["anchors"]
        former = page.get("moved_anchors", {})
        return f"#{anchor}" if is_free else former.get(anchor)

    def _unknown(self, message: str, name: str, names: Iterable[str], before: str = "") -> LinkAnswer:
        known = [*names] if self._compared < MOST_COMPARED else []
        self._compared += len(known)
        close = [before + near if before else self._moved.get(near, near) for near in difflib.get_close_matches(name.lower(), known, 1, 0.6)]
        return LinkAnswer("unknown", message, closest=self._url(close[0]) if close else "")

    def _url(self, path: str, query: str = "", anchor: str = "") -> str:
        page, _, inside = path.partition("#")
        anchor = anchor or inside
        return f"{self.address.rstrip('/')}/{quote(page, safe=_SAFE)}{query}" + (f"#{quote(anchor, safe=_SAFE)}" if anchor else "")


def _is_whole(data: dict[str, Any]) -> bool:
    """Whether a list of links has all that is looked up in it, each in its form."""
    pages, moved, versions = (data.get(name) for name in ("pages", "moved", "versions"))
    if not (isinstance(pages, dict) and isinstance(moved, dict) and isinstance(versions, dict)):
        return False
    rows = [*pages.values(), *versions.values()]
    if not all(isinstance(row, dict) and isinstance(row.get("moved_anchors", {}), dict) for row in rows):
        return False
    lists = [data.get("files", []), data.get("entry_forms", []), [*moved.values()]]
    lists += [row.get(name, []) for row in rows for name in ("anchors", "instead", "lacks")]
    lists += [[*row["moved_anchors"].values()] for row in rows if "moved_anchors" in row]
    return all(isinstance(texts, list) and all(isinstance(text, str) for text in texts) for texts in lists)


def links_in(text: str, file: str, links: Links) -> Iterator[tuple[int, Found]]:
    """Yields each link to the playbook in a text, with the number of characters before it."""
    starts = [int(text.startswith("\ufeff")), *(found.end() for found in re.finditer(r"\r\n|\r|\n", text))]
    for match in _URL.finditer(text):
        ends_comment = match[0].endswith("--") and text.startswith(">", match.end())
        written = _without_end(match[0][:-2] if ends_comment else match[0])
        answer = links.answer(_ENTITY.sub(lambda entity: unescape(entity[0]), written))
        if answer:
            line = bisect_right(starts, match.start())
            yield match.start(), Found(file, line, match.start() - starts[line - 1] + 1, written, answer)


def fixed(text: str, found: Sequence[tuple[int, Found]]) -> str:
    """Returns the text with each link that has moved rewritten, and all else as it was."""
    pieces, end = [], 0
    for start, link in found:
        if link.answer.to:
            new = link.answer.to.replace("&", "&amp;") if "&amp;" in link.url else link.answer.to
            pieces += [text[end:start], new]
            end = start + len(link.url)
    return "".join([*pieces, text[end:]])


def _links_in_file(text: str, name: str, links: Links) -> list[tuple[int, Found]]:
    """The links in a text. One that has moved is ok where it is part of an example of code: it still works, and the example is to stay as it is."""
    found = [*links_in(text, name, links)]
    if not (name.lower().endswith(FIXED) and any(link.answer.to for _, link in found)):
        return found
    code = sorted([*_code_in_html(text), *(() if name.lower().endswith(_HTML) else _code_in_markdown(text))])
    starts, reaches = [start for start, _ in code], [0, *accumulate((end for _, end in code), max)]
    return [
        (start, link._replace(answer=LinkAnswer("ok")) if link.answer.to and start < reaches[bisect_right(starts, start)] else link)
        for start, link in found
    ]


def _code_in_html(text: str) -> Iterator[tuple[int, int]]:
    """Where the text of elements such as `<pre>` begins and ends; a tag inside is no code, so that links there are links."""
    open_now = dict.fromkeys(_CODE, 0)
    end = 0
    for tag in _TAG.finditer(text):
        if any(open_now.values()):
            yield end, tag.start()
        end, name = tag.end(), tag[2].lower()
        if name in open_now:
            open_now[name] = max(0, open_now[name] - 1 if tag[1] else open_now[name] + 1)


def _code_in_markdown(text: str) -> Iterator[tuple[int, int]]:
    """Where code begins and ends: blocks with a fence, indented blocks, and what stands between backticks."""
    end = 0
    for start, after in [*_code_blocks(text), (len(text), len(text))]:
        yield from _between_ticks(text, end, start)
        yield start, after
        end = after


def _between_ticks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where code begins and ends in a part of a text without blocks: as many backticks end it as have begun it."""
    ticks = [*_TICKS.finditer(text, start, end)]
    ends: dict[int, int] = {}
    later: dict[int, int] = {}
    for number in reversed(range(len(ticks))):
        if ticks[number][0][0] == "\n":
            later.clear()
            continue
        length = len(ticks[number][0])
        if length in later:
            ends[number] = later[length]
        later[length] = number
    number = 0
    while number < len(ticks):
        first = ticks[number].start()
        if number in ends and text[max(0, first - 1) : first] != "\\":
            number = ends[number]
            yield first, ticks[number].end()
        number += 1


def _code_blocks(text: str) -> Iterator[tuple[int, int]]:
    """Where each line of a code block begins and ends."""
    fence, owner, after_blank, is_code = "", "", True, False
    for line in re.finditer(r"[^\n]*\n|[^\n]+", text):
        words, mark = line[0].rstrip(), _FENCE.match(line[0].rstrip())
        if fence or mark:
            yield line.span()
            is_end = fence and mark and mark[1].startswith(fence) and not mark[2]
            fence = "" if is_end else fence or (mark[1] if mark else "")
            owner = owner if words.startswith((" ", "\t")) else ""
        elif _INDENTED.match(words):
            is_code = (after_blank or is_code) and not _OWNER.match(owner)
            if is_code:
                yield line.span()
        elif words:
            begins = after_blank or (_OWNER.match(words) and not words.lstrip().startswith("<"))
            owner, is_code = words if begins else owner, False
        after_blank = not words


def read_text(data: bytes, name: str) -> tuple[str, str]:
    """Returns the text of a file and its encoding; a byte that is not UTF-8 is kept as it is. Raises: Refused, if it is no text."""
    encoding = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(data[:2], "utf-8")
    if encoding == "utf-8" and b"\0" in data:
        raise Refused(f"{name} is not a text: give the text that it was made from")
    try:
        return data.decode(encoding, "surrogateescape" if encoding == "utf-8" else "surrogatepass"), encoding
    except UnicodeDecodeError:
        raise Refused(f"{name} is not a text: it begins as UTF-16, and goes on as something else") from None


def list_of_links(source: str, also: Iterable[str] = ()) -> Links:
    """Returns the list of links in a file, or at the URL of a playbook. Raises: Refused."""
    try:
        if re.match(r"https?://", source, re.IGNORECASE):
            url = source if source.endswith(".json") else f"{source.rstrip('/')}/{LINKS_FILE}"
            asked = urllib.request.Request(url, headers={"User-Agent": "verify_links.py"})  # some hosts refuse the name that Python gives itself
            with urllib.request.urlopen(asked, timeout=_SECONDS) as answer:
                data = answer.read(LARGEST + 1)
        else:
            data = Path(source).read_bytes()
        if len(data) > LARGEST:
            raise Refused(f"{source} has more than {LARGEST // 1_000_000} MB: that is no list of links")
        return Links(json.loads(data.decode("utf-8-sig")), also)
    except (ValueError, RecursionError) as error:
        raise Refused(f"{source} cannot be read as JSON: {error}") from None
    except (OSError, http.client.HTTPException) as error:
        raise Refused(f"{source} cannot be read: {getattr(error, 'reason', None) or getattr(error, 'strerror', None) or error}") from None


def files_in(names: Iterable[str]) -> Iterator[str]:
    """Yields each file, and those of each folder that hold text, in order; hidden folders are left out. Raises: Refused."""
    for name in names:
        if name != "-" and not os.path.exists(name):
            raise Refused(f"there is no file {name}")
        yield from [name] if not os.path.isdir(name) else _files_below(name)


def _files_below(folder: str) -> Iterator[str]:
    """The files of a folder, without links to nothing or to a place outside it, and without what is no file, such as a pipe."""
    real = os.path.join(os.path.realpath(folder), "")

    def refuse(error: OSError) -> None:
        raise Refused(f"{error.filename}: {error.strerror}")

    for above, folders, inside in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "node_modules")
        paths = (os.path.join(above, name) for name in sorted(inside) if name.lower().endswith(READ))
        yield from (path.removeprefix("./") for path in paths if os.path.isfile(path) and os.path.realpath(path).startswith(real))


def verify(names: Sequence[str], links: Links, *, fix: bool = False) -> Iterator[Found]:
    """Yields each link to the playbook in the files; with `fix`, those that have moved are rewritten, and not among them any more.

    A file of a folder that turns out to be no text is left out.

    Raises: Refused, if a name is of no file; at the end, if a file could not be read or written.
    """
    failed = []
    for name in dict.fromkeys(files_in(names)):
        found: list[tuple[int, Found]] = []
        try:
            data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
            text, encoding = read_text(data, name)
            found = _links_in_file(text, name, links)
            new = fixed(text, found) if fix and name.lower().endswith(FIXED) else text
            if new != text:
                _write(name, new.encode(encoding, "surrogateescape" if encoding == "utf-8" else "surrogatepass"))
                found = _links_in_file(new, name, links)
        except OSError as error:
            failed.append(f"{name}: {error.strerror or error}")
        except Refused as refused:
            failed += [str(refused)] if name in names else []
        yield from (link for _, link in found)
    if failed:
        raise Refused("; ".join(failed))


def reported(names: Sequence[str], links: Links, form: str, *, fix: bool = False) -> tuple[str, str, int]:
    """Returns a report in one of the `FORMATS`, what could not be read or written, if anything, and the exit code."""
    found: list[Found] = []
    failed = ""
    try:
        found.extend(verify(names, links, fix=fix))
    except Refused as refused:
        failed = _seen(str(refused))
    needs_mending = any(link.answer.state != "ok" for link in found)
    return "" if failed and not found else FORMATS[form](found, links.playbook), failed, UNREAD if failed else int(needs_mending)


def _write(name: str, data: bytes) -> None:
    """Writes a file whole or not at all, in the place of the old one, with its permissions."""
    real = os.path.realpath(name)
    old = os.stat(real)
    if not old.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        raise PermissionError(errno.EACCES, "the file is read-only, so its links stay as they are")
    handle, new = tempfile.mkstemp(dir=os.path.dirname(real), prefix=".verify-links-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        with suppress(OSError, AttributeError):  # whoever may not give a file away, or has a system without owners, keeps it
            os.chown(new, old.st_uid, old.st_gid)
        os.chmod(new, old.st_mode & 0o7777)
        os.replace(new, real)
    except BaseException:
        os.unlink(new)
        raise


def _place(url: str) -> tuple[str, str]:
    """The host of a URL, with its port where that is unusual, and its path; http and https are the same place."""
    try:
        parts = urlsplit(url)
        host, port = _as_asked_for(parts.hostname or ""), parts.port
    except ValueError:
        return "", ""
    path = posixpath.normpath(f"/{unquote(parts.path).lstrip('/')}")
    end = "/" if parts.path.endswith("/") and path != "/" else ""
    return f"{host}:{port}" if port and port != _PORTS.get(parts.scheme.lower(), 443) else host, path + end


def _as_asked_for(host: str) -> str:
    """The name of a host as browsers ask for it: the same letters in another form of Unicode are the same host."""
    try:
        return host.rstrip(".").encode("idna").decode().lower().rstrip(".")
    except UnicodeError:
        return host.rstrip(".")


def _without_end(url: str) -> str:
    """A URL without what stands after it in a sentence or a link."""
    foreign = (entity.start() for entity in _ENTITY.finditer(url) if not _URL.fullmatch(f"https://{unescape(entity[0])}"))
    url = url[: next(foreign, len(url))]
    end, unopened = len(url), url.count(")") - url.count("(")
    while end and url[end - 1] in _ENDS and not url.endswith("&amp;", 0, end):
        if url[end - 1] == ")":
            unopened -= 1
            if unopened < 0:
                break
        end -= 1
    return url[:end]


def said_of(found: Found) -> str:
    """What became of a link, and what to do."""
    url, answer = _seen(found.url), found.answer
    if answer.state == "moved":
        return f"{url} has moved: write {answer.to}"
    if answer.state == "withdrawn":
        reason = f" ({_seen(answer.message)})" if answer.message else ""
        return f"{url} was withdrawn{reason}: " + (f"see {' or '.join(answer.instead)}" if answer.instead else "nothing replaces it")
    help = f"; did you mean {answer.closest}?" if answer.closest else ""
    return f"{url}: {_seen(answer.message)}{help}"


def text_report(found: Sequence[Found], playbook: str) -> str:
    """A line for each link that needs mending, and how many there are of each state."""
    lines = [f"{_seen(link.file)}:{link.line}:{link.column}: {link.answer.state}: {said_of(link)}" for link in found if link.answer.state != "ok"]
    return "\n".join([*lines, _counted(found, playbook), ""])


def json_report(found: Sequence[Found], playbook: str) -> str:  # noqa: ARG001 - the other formats name it
    """A list with every link, also those that are ok: `[{file, line, column, url, state, message, to, instead, closest}]`."""
    rows = [{**{name: value for name, value in link._asdict().items() if name != "answer"}, **link.answer._asdict()} for link in found]
    return json.dumps(rows, indent=2) + "\n"


def github_report(found: Sequence[Found], playbook: str) -> str:
    """What GitHub shows beside the lines of a pull request."""
    escapes = {"%": "%25", "\r": "%0D", "\n": "%0A"}
    in_property = str.maketrans({**escapes, ":": "%3A", ",": "%2C"})
    title = f"Link to {_seen(playbook)}".translate(in_property)
    lines = []
    for link in (link for link in found if link.answer.state != "ok"):
        place = f"file={link.file.translate(in_property)},line={link.line},col={link.column}"
        lines.append(f"::error {place},title={title}::{said_of(link).translate(str.maketrans(escapes))}\n")
    return "".join([*lines, _counted(found, playbook), "\n"])


def _counted(found: Sequence[Found], playbook: str) -> str:
    """How many links there are of each state."""
    states = [link.answer.state for link in found]
    counts = ", ".join(f"{states.count(state)} {state}" for state in ("ok", "moved", "withdrawn", "unknown") if state in states)
    return f"{len(found)} link{'' if len(found) == 1 else 's'} to {_seen(playbook)}" + (f": {counts}" if found else "")


FORMATS = {"text": text_report, "json": json_report, "github": github_report}


def _seen(text: str) -> str:
    """A text whose every character can be seen, as it comes from files of others."""
    return _UNSEEN.sub("?", text)


def main() -> int:
    """Runs the program."""
    parser = argparse.ArgumentParser(description="Check links into an approach playbook.", epilog="FILE may be a folder, or - for standard input.")
    parser.add_argument("files", metavar="FILE", nargs="+")
    parser.add_argument("--site", default=SITE, help="the URL of the playbook, whose links.json is fetched" + (f" (default: {SITE})" if SITE else ""))
    parser.add_argument("--links", help="a file links.json to use instead, so that nothing is fetched")
    parser.add_argument("--also", action="append", default=[], metavar="URL", help="a URL at which the playbook was before; may be repeated")
    parser.add_argument("--format", choices=[*FORMATS], default="text", help="how to print what was found (default: text)")
    parser.add_argument("--fix", action="store_true", help="rewrite links that have moved, in Markdown and HTML files")
    options = parser.parse_args()
    if not (options.links or options.site):
        parser.error("say where the playbook is, with --site, or give its list of links, with --links")
    if not (options.links or re.match(r"https?://", options.site, re.IGNORECASE)):
        parser.error(f"--site needs a whole URL, such as https://{options.site}")
    if options.fix and "-" in options.files:
        parser.error("--fix rewrites files, and standard input is none")
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")
    try:
        links = list_of_links(options.links or options.site, options.also)
        report, failed, code = reported(options.files, links, options.format, fix=options.fix)
    except Refused as refused:
        report, failed, code = "", _seen(str(refused)), UNREAD
    try:
        sys.stdout.write(report)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads it has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.stderr.write(f"Error: {failed}\n" if failed else "")
    return code


if __name__ == "__main__":
    sys.exit(main())
