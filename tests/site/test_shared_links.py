"""How a link to a page looks where someone shares it, and what search engines are told of all pages: read by programs that were written elsewhere.

Above: the real site, served, or a small playbook. Below: what a reader of Open Graph, a client of oEmbed and a reader of sitemaps make of it.
"""

from __future__ import annotations

import struct
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoembed
import pytest
import requests
from bs4 import BeautifulSoup
from linkpreview import Link, LinkPreview
from requests.adapters import HTTPAdapter
from selectolax.lexbor import LexborHTMLParser
from sitemapparser import SiteMapParser

from macros.site.exports.published import Published
from macros.site.page_facts import facts_of_page
from macros.site.page_finish import PageFinish
from macros.site.plan import plan_site
from macros.site.share_tags import locale_of, share_tags
from macros.site.slots import url_in
from tests.support.exports import SITE, small_published
from tests.support.published import VERSIONS, PublishedPlaybook
from tests.support.sites import HOME_PAGE, page, pages_of

HOSTILE = """"><script>alert(1)</script> '{{ 7*7 }} &#34;&lt;"""


def tags_of(html: LexborHTMLParser) -> dict[str, str]:
    """What the tags for shared links say, by their names."""
    named = (
        (tag.attributes.get("property") or tag.attributes.get("name") or "", tag.attributes["content"] or "") for tag in html.css("meta[content]")
    )
    return {name: said for name, said in named if name.startswith(("og:", "article:", "twitter:"))}


def tags(published: Published, url: str, language: str = "en") -> dict[str, str]:
    about = facts_of_page(published, published.ledger.current.catalogue.by_url[url])
    return tags_of(LexborHTMLParser(f"<head>{share_tags(about, language)}</head>"))


@pytest.fixture
def at_home(monkeypatch: pytest.MonkeyPatch, real_address: str) -> str:
    """The address of the real site, under which `requests` finds it: what is asked of it, a server on this machine answers."""

    class Ours(HTTPAdapter):
        def send(self, request: requests.PreparedRequest, *args: Any, **options: Any) -> requests.Response:
            assert request.url.startswith(SITE), "no other site is asked"
            request.url = request.url.replace(SITE, real_address)
            return super().send(request, *args, **options)

    monkeypatch.setattr(requests.Session, "get_adapter", lambda *_, **__: Ours())
    return SITE


def test_a_shared_entry_shows_its_title_its_summary_and_its_picture(tmp_path: Path) -> None:
    assert tags(small_published(tmp_path), "barriers/data-sharing/") == {
        "og:type": "article",
        "og:site_name": "Small playbook",
        "og:title": "Data stays apart",
        "og:description": "Partners cannot see what the others know.",
        "og:locale": "en_GB",
        "og:url": f"{SITE}barriers/data-sharing/",
        "og:image": f"{SITE}barriers/data-sharing.png",
        "og:image:type": "image/png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "Barrier: Data stays apart. Small playbook, A lab",
        "twitter:card": "summary_large_image",
        "twitter:image:alt": "Barrier: Data stays apart. Small playbook, A lab",
    }


def test_where_the_address_is_not_known_nothing_needs_one(tmp_path: Path) -> None:
    said = tags(small_published(tmp_path, address=""), "barriers/")
    assert (said["og:title"], said["og:type"], said["twitter:card"]) == ("Barriers", "website", "summary")
    assert not [name for name in said if "image" in name or "url" in name]


def test_a_hostile_title_ends_no_attribute(tmp_path: Path) -> None:
    published = small_published(tmp_path)
    about = facts_of_page(published, published.ledger.current.catalogue.by_url["barriers/data-sharing/"])
    html = share_tags(replace(about, title=HOSTILE), "en")
    said = tags_of(LexborHTMLParser(f"<head>{html}</head>"))
    assert (said["og:title"], len(said)) == (HOSTILE, 13)
    assert "<script" not in html


def test_a_page_that_another_program_added_is_shared_by_the_title_that_stands_on_it(tmp_path: Path) -> None:
    plan = plan_site(small_published(tmp_path, HOME_PAGE).ledger, SITE)
    html = '<html lang="de-CH"><head><!--playbook:formats--></head><body><!--playbook:text--><h1>Made &amp; added</h1><!--/playbook:text--></body></html>'
    said = tags_of(LexborHTMLParser(PageFinish(plan).finished(html, "added/")))
    assert (said["og:title"], said["og:url"], said["og:locale"]) == ("Made & added", f"{SITE}added/", "de_CH")


@pytest.mark.parametrize(("language", "locale"), [("en", "en_GB"), ("en-us", "en_US"), ("mi-NZ", "mi_NZ"), ("de", ""), ("zh-Hans", ""), ("", "")])
def test_the_language_is_said_as_open_graph_writes_it(language: str, locale: str) -> None:
    assert locale_of(language) == locale


@pytest.mark.slow
def test_a_program_that_draws_links_shows_each_page_with_its_own_title_and_a_picture_that_is_there(real_site: Path) -> None:
    pictures = set()
    for file in pages_of(real_site):
        url = f"{SITE}{file.parent.relative_to(real_site).as_posix()}/".replace("/./", "/")
        html = file.read_text("utf-8")
        if url_in(html) != url.removeprefix(SITE):
            continue  # a former address, which shows what is elsewhere now
        link = LinkPreview(Link(url, html), soup=BeautifulSoup(html.partition("<body")[0], "lxml"))
        assert link.opengraph.title, url
        assert link.opengraph.site_name == "Approach playbook"
        assert link.description
        pictures.add(link.opengraph.image)
        said = LexborHTMLParser(html)
        canonical = said.css_first('link[rel="canonical"]')
        assert canonical
        assert canonical.attributes["href"] == tags_of(said)["og:url"] == url
    for picture in pictures:
        head = (real_site / picture.removeprefix(SITE)).read_bytes()[:24]
        assert (head[:8], struct.unpack(">II", head[16:])) == (b"\x89PNG\r\n\x1a\n", (1200, 630))


@pytest.mark.slow
def test_a_client_of_oembed_finds_the_card_by_the_address_of_the_page(at_home: str) -> None:
    answer = pyoembed.oEmbed(f"{at_home}barriers/data-sharing/", maxwidth=480)
    assert (answer["type"], answer["title"]) == ("rich", "Partners cannot or will not share data")
    frame = LexborHTMLParser(answer["html"]).css_first("iframe").attributes["src"]
    assert requests.get(frame, timeout=60).ok
    with pytest.raises(pyoembed.ProviderException):
        pyoembed.oEmbed(f"{at_home}barriers/")


@pytest.mark.slow
def test_a_reader_of_sitemaps_learns_when_each_page_last_changed(real_site: Path, at_home: str) -> None:
    listed = {url.loc: url.lastmod for url in SiteMapParser(f"{at_home}sitemap.xml").get_urls()}
    days = {str(day.date()) for day in listed.values() if day}
    assert len(days) > 1
    assert len([day for day in listed.values() if day]) > 250
    assert all((real_site / url.removeprefix(SITE) / "index.html").is_file() for url in listed)
    changed = tags_of(page(real_site, "terms/silo"))["article:modified_time"]
    assert str(listed[f"{SITE}terms/silo/"].date()) == changed


@pytest.mark.slow
def test_a_page_of_an_old_version_keeps_its_title_and_leads_to_the_newest_page_and_to_a_picture(published_playbook: PublishedPlaybook) -> None:
    top = published_playbook.published
    for folder, url in [(folder, url) for folder in ("1.0", "2.0", "3.0", "latest") for url in ("", "barriers/two-things/", "terms/joining-up/")]:
        said = tags_of(page(top, f"{folder}/{url}"))
        assert said["og:url"] == f"{SITE}latest/{url}"
    was, now = (tags_of(page(top, url)) for url in ("1.0/barriers/locked-doors", "latest/barriers/shut-doors"))
    assert (was["og:title"], was["og:url"]) == ("Doors stay locked", f"{SITE}latest/barriers/locked-doors/")
    assert was["article:modified_time"] == VERSIONS["1.0.0"] < now["article:modified_time"]
    for said in (was, now):
        assert (top / said["og:image"].removeprefix(SITE)).is_file()
    assert (top / "latest/barriers/locked-doors/index.html").is_file(), "a link that was shared then still leads there"
