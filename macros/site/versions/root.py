"""The top of the published site: unversioned addresses, rules for hosts, the sitemap, the 404 page, and what hosts and robots look for there.

`root_files` and `rules` take the latest version and the redirects, and yield files as (path from the top, content).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urlsplit

from macros.playbook.urls import BUILT_FILES, LATEST_FOLDER, ROBOTS_FILE, is_for_publishing, relative
from macros.site.addresses import ADDRESSES_FILE
from macros.site.host_files import HEADERS_FILE, HEADERS_NGINX_FILE, headers_file, headers_nginx_file, is_made_robots_file
from macros.site.redirects import NGINX_FILE, RULES_FILE, Redirect, nginx_file, redirect_page, redirects_of, rules_file
from macros.site.sitemap import NOT_LISTED, SITEMAP, sitemap_file
from macros.site.slots import url_in
from macros.site.versions.chrome import without_feed_link

_PAGE = "index.html"
_MISSING = "404.html"
_WELL_KNOWN = ".well-known/"
ONLY_AT_TOP = (SITEMAP, f"{SITEMAP}.gz", RULES_FILE, NGINX_FILE, HEADERS_FILE, HEADERS_NGINX_FILE)
"""Files that a build makes for a site without versions; with versions they exist only at the top."""
_MADE_BY_MIKE = ".nojekyll"
ONLY_IN_LATEST = (ROBOTS_FILE, "CNAME", _MADE_BY_MIKE, _WELL_KNOWN.rstrip("/"))
"""What means something at the top of a host alone: the latest version keeps it, so that the next publication knows what it put there."""


def root_files(latest: Mapping[str, bytes], *, files: Iterable[str], address: str, days: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    """Yields everything at the top except versions. `latest` are the files of the latest version by their paths in its folder.

    `files` are those that programs fetch, `address` is the URL of the site, `days` are those of the releases that last changed each page.
    """
    above, moved = f"{LATEST_FOLDER}/", moved_in(latest)
    for url in filter(_is_free, _pages(latest)):
        new = moved.get(url, url)
        html = latest[f"{new}{_PAGE}"].decode("utf-8", "surrogateescape")
        page = redirect_page(html, Redirect(url, f"{above}{new}"), above=relative("", new))
        yield f"{url}{_PAGE}", page.encode("utf-8", "surrogateescape")
    yield from ((path, latest[path]) for path in (ADDRESSES_FILE, *files, *well_known_files(latest)) if path in latest)
    if _MISSING in latest:
        yield _MISSING, without_feed_link(latest[_MISSING].decode("utf-8")).encode()
    yield SITEMAP, sitemap_file(_listed(latest), f"{address}{above}", days)
    yield ROBOTS_FILE, _robots(latest.get(ROBOTS_FILE), f"Sitemap: {address}{SITEMAP}")


def well_known_files(paths: Iterable[str]) -> Iterator[str]:
    """Yields those of the latest version's files that hosts and robots look for at the top: all that stand in no folder, and `.well-known/`."""
    made = (_PAGE, _MADE_BY_MIKE)
    yield from (path for path in paths if path.startswith(_WELL_KNOWN) or ("/" not in path and path not in made and _is_free(path)))


def reserved_pages(latest: Mapping[str, bytes]) -> Iterator[str]:
    """Yields the pages whose addresses at the top belong to versions, or to files that publishing makes."""
    moved = moved_in(latest)
    yield from (url for url in _pages(latest) if not _is_free(url) and url not in moved)


def moved_in(files: Mapping[str, bytes]) -> dict[str, str]:
    """Returns what has moved in one version: from each address at which it has a page that belongs elsewhere to where that is."""
    found = {url: url_in(files[f"{url}{_PAGE}"].decode("utf-8", "replace")) for url in _pages(files)}
    return {url: new for url, new in found.items() if new not in (None, url) and f"{new}{_PAGE}" in files}


def _pages(paths: Iterable[str]) -> list[str]:
    """The addresses of all pages among the files of one version."""
    return sorted(path.removesuffix(_PAGE) for path in paths if path == _PAGE or path.endswith(f"/{_PAGE}"))


def _is_free(path: str) -> bool:
    """Whether neither publishing nor the build puts anything of its own at that place."""
    return not is_for_publishing(path) and path.partition("/")[0].casefold() not in BUILT_FILES


def rules(tables: Mapping[str, Mapping[str, str]], latest: Iterable[str], *, address: str, newest: str) -> Iterator[tuple[str, bytes]]:
    """Yields the rules for hosts: what has moved in each version (`tables`, by folder), and from unversioned addresses to the files of the `latest`.

    Browsers keep an answer that is permanent for good, so only versions that nothing can change any more give one: all but the `newest`.
    """
    prefix = urlsplit(address).path or "/"
    table = [row for folder, moved in tables.items() for row in redirects_of(moved, f"{folder}/", is_permanent=folder not in (newest, LATEST_FOLDER))]
    today = {url: tables[LATEST_FOLDER].get(url, url) for url in filter(_is_free, _pages(latest))}
    table += [Redirect(old, f"{LATEST_FOLDER}/{new}") for old, new in today.items()]
    yield HEADERS_FILE, headers_file(today, prefix, has_versions=True)
    yield HEADERS_NGINX_FILE, headers_nginx_file()
    yield RULES_FILE, rules_file(table, prefix)
    yield NGINX_FILE, nginx_file(table, prefix)


def _listed(latest: Mapping[str, bytes]) -> Iterator[str]:
    """The pages of the latest version, but for those at an old address and those that no search should list."""
    for url in _pages(latest):
        html = latest[f"{url}{_PAGE}"].decode("utf-8", "replace")
        if url_in(html) == url and NOT_LISTED not in html:
            yield url


def _robots(written: bytes | None, sitemap: str) -> bytes:
    """What a person wrote for robots, or that everything is open to them; in any case with the place of the sitemap."""
    text = "User-agent: *\nAllow: /\n" if written is None or is_made_robots_file(written) else written.decode("utf-8", "replace").rstrip("\n") + "\n"
    return (text if sitemap in text.splitlines() else f"{text}\n{sitemap}\n").encode()
