"""`sitemap.xml`: the pages that search engines may list.

`sitemap_file` takes addresses and days, and returns the file. It holds no day but those of releases, so that the same pages make the same file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, indent, tostring

SITEMAP = "sitemap.xml"
NOT_LISTED = '<meta name="robots" content="noindex">'
"""In the head of a page that no search engine should list."""
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap_file(urls: Iterable[str], address: str, days: Mapping[str, str]) -> bytes:
    """Returns the sitemap of the pages at `urls`, below the URL `address`; `days` are those of the releases that last changed them, as far as known."""
    sitemap = Element("urlset", {"xmlns": _NAMESPACE})
    for url in urls:
        page = SubElement(sitemap, "url")
        SubElement(page, "loc").text = address + quote(url)
        if day := days.get(url):
            SubElement(page, "lastmod").text = day
    indent(sitemap)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(sitemap, encoding="utf-8") + b"\n"
