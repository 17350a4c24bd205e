"""The top of the published site: unversioned addresses, redirect rules for hosts, the sitemap and the 404 page.

`root_files` and `rules` take the latest version and the redirects, and yield files as (path from the top, content).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from urllib.parse import urlsplit

from macros.playbook import urls
from macros.site.addresses import ADDRESSES_FILE
from macros.site.redirects import NGINX_FILE, RULES_FILE, Redirect, nginx_file, redirect_page, redirects_of, rules_file
from macros.site.versions.crosswalk import LATEST_FOLDER

_PAGE = "index.html"
_SITEMAP = "sitemap.xml"
TOP_LEVEL_ONLY = (_SITEMAP, f"{_SITEMAP}.gz", RULES_FILE, NGINX_FILE)
"""Files that a build makes for a site without versions; with versions they exist only at the top."""


def root_files(
    read: Callable[[str], bytes | None], paths: Iterable[str], moved: Mapping[str, str], *, files: Iterable[str], address: str
) -> Iterator[tuple[str, bytes]]:
    """Yields everything at the top except versions. `paths` are files of the latest version, from its folder; `read` returns their content.

    `moved` maps its old addresses to new ones, `files` are those that programs fetch, `address` is the URL of the site.
    """
    above = f"{LATEST_FOLDER}/"
    pages = sorted(path.removesuffix(_PAGE) for path in paths if path == _PAGE or path.endswith(f"/{_PAGE}"))
    for url in pages:
        new = moved.get(url, url)
        html = (read(f"{new}{_PAGE}") or b"").decode("utf-8")
        yield f"{url}{_PAGE}", redirect_page(html, Redirect(url, f"{above}{new}"), above=urls.relative("", new)).encode()
    for path in ("404.html", ADDRESSES_FILE, *files):
        content = read(path)
        if content is not None:
            yield path, content
    sitemap = read(_SITEMAP)
    if sitemap:
        yield _SITEMAP, sitemap
    yield "robots.txt", f"User-agent: *\nAllow: /\n\nSitemap: {address}{_SITEMAP}\n".encode()


def rules(tables: Mapping[str, Mapping[str, str]], pages: Iterable[str], *, address: str) -> Iterator[tuple[str, bytes]]:
    """Yields the rules for hosts: what has moved in each version (`tables`, by folder), and from unversioned addresses to the latest version."""
    prefix = urlsplit(address).path or "/"
    newest = tables.get(LATEST_FOLDER, {})
    table = [row for folder, moved in tables.items() for row in redirects_of(moved, f"{folder}/")]
    today = {**{url: url for url in pages}, **newest}
    table += [Redirect(old, f"{LATEST_FOLDER}/{new}", is_permanent=False) for old, new in sorted(today.items())]
    yield RULES_FILE, rules_file(table, prefix)
    yield NGINX_FILE, nginx_file(table, prefix)
