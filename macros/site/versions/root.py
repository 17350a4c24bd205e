"""The top of the published site: unversioned addresses, rules for hosts, and what search engines and lost readers find.

Enters: the files of the latest version. Leaves: files by their paths from the top of the site.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from urllib.parse import urlsplit

from macros.playbook import urls
from macros.site.addresses import FILE
from macros.site.redirects import NGINX, RULES, Redirect, nginx_file, redirects_of, rules_file, stand_in
from macros.site.versions.crosswalk import LATEST

_PAGE = "index.html"
_SITEMAP = "sitemap.xml"
OF_THE_TOP = (_SITEMAP, f"{_SITEMAP}.gz", RULES, NGINX)
"""Files that a build makes for a site without versions; with versions they stand at the top alone."""


def root_files(
    read: Callable[[str], bytes | None], paths: Iterable[str], moved: Mapping[str, str], *, files: Iterable[str], address: str
) -> Iterator[tuple[str, bytes]]:
    """Everything at the top but versions. `paths` are the files of the latest version, from its folder; `read` gives their content.

    `moved` is its table of old addresses, `files` are those that programs fetch, `address` is that of the site.
    """
    above = f"{LATEST}/"
    pages = sorted(path.removesuffix(_PAGE) for path in paths if path == _PAGE or path.endswith(f"/{_PAGE}"))
    for url in pages:
        new = moved.get(url, url)
        html = (read(f"{new}{_PAGE}") or b"").decode("utf-8")
        yield f"{url}{_PAGE}", stand_in(html, Redirect(url, f"{above}{new}"), above=urls.relative("", new)).encode()
    for path in ("404.html", FILE, *files):
        content = read(path)
        if content is not None:
            yield path, content
    sitemap = read(_SITEMAP)
    if sitemap:
        yield _SITEMAP, sitemap
    yield "robots.txt", f"User-agent: *\nAllow: /\n\nSitemap: {address}{_SITEMAP}\n".encode()


def rules(tables: Mapping[str, Mapping[str, str]], pages: Iterable[str], *, address: str) -> Iterator[tuple[str, bytes]]:
    """The rules for hosts: in each version what has moved (`tables`, by folder), and from each unversioned address to the latest version."""
    prefix = urlsplit(address).path or "/"
    newest = tables.get(LATEST, {})
    table = [row for folder, moved in tables.items() for row in redirects_of(moved, f"{folder}/")]
    today = {**{url: url for url in pages}, **newest}
    table += [Redirect(old, f"{LATEST}/{new}", for_good=False) for old, new in sorted(today.items())]
    yield RULES, rules_file(table, prefix)
    yield NGINX, nginx_file(table, prefix)
