"""A plain build keeps old addresses on every host: rules for those that have some, and the page itself at its old address for all others."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.site.redirects import NGINX_FILE, RULES_FILE
from macros.site.versions.root import rules
from tests.support.playbooks import BASE
from tests.support.sites import build, page, words, write_project

TERM = "playbook_data/terms/joining-up.yml"
FILES = {
    TERM: BASE[TERM] + "formerly: [working-as-one]\n",
    "docs/about/us.md": "---\nformerly: [us/]\n---\n\n# About us\n\nWords.\n",
}
SITES = {"https://playbook.example.org/": "/", "https://lab.example.org/books/joined-up/": "/books/joined-up/"}
"""Addresses of sites, at the top of a host and below it, each with its path."""


@pytest.fixture(scope="module", params=SITES)
def built_at(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """The path of a site, and its folder."""
    project = write_project(tmp_path_factory.mktemp("old"), FILES)
    settings = (project / "mkdocs.yml").read_text("utf-8")
    assert settings.count("site_url: https://playbook.example.org/") == 1
    (project / "mkdocs.yml").write_text(settings.replace("https://playbook.example.org/", request.param), "utf-8")
    done = build(project, "--strict")
    assert done.returncode == 0, done.stderr
    return SITES[request.param], project / "site"


@pytest.mark.slow
def test_the_rules_for_hosts_have_the_path_of_the_site(built_at: tuple[str, Path]) -> None:
    path, site = built_at
    assert (site / RULES_FILE).read_text("utf-8").splitlines()[1:] == [
        f"{path}terms/working-as-one/ {path}terms/joining-up/ 302",
        f"{path}us/ {path}about/us/ 302",
    ]


def test_the_rules_for_nginx_have_it_too(built_at: tuple[str, Path]) -> None:
    path, site = built_at
    for_good, today = (site / NGINX_FILE).read_text("utf-8").split("map $uri ")[1:]
    assert for_good == '$playbook_moved_for_good {\n  default "";\n}\n\n', "an entry may get its old name back, and browsers never ask again"
    assert today == (
        f'$playbook_moved_today {{\n  default "";\n  {path}terms/working-as-one/ {path}terms/joining-up/;\n  {path}us/ {path}about/us/;\n}}\n'
    )


def test_elsewhere_the_page_stands_at_its_old_address_and_says_so(built_at: tuple[str, Path]) -> None:
    _, site = built_at
    there = page(site, "terms/working-as-one")
    assert words(there.css_first("h1")) == words(page(site, "terms/joining-up").css_first("h1"))
    assert there.css_first("head > base").attributes["href"] == "../joining-up/"
    assert there.css_first("head > base + script").attributes["src"] == "../../assets/js/new-address.js"
    assert words(there.css_first("[aria-label='New address']")) == "This page has moved. Please link to its new address ."
    assert page(site, "terms/joining-up").css_first("[aria-label='New address'], base") is None


def test_without_an_old_address_there_are_no_rules(tmp_path: Path) -> None:
    assert build(write_project(tmp_path), "--strict").returncode == 0
    assert [name for name in (RULES_FILE, NGINX_FILE) if (tmp_path / "site" / name).exists()] == []


@pytest.mark.parametrize("address", SITES)
def test_the_rules_of_published_versions_have_the_path_of_the_site(address: str) -> None:
    moved = {"us/": "about/us/"}
    pages = [f"{url}index.html" for url in ("", "about/us/", "us/", "2.0/")]
    made = dict(rules({"1.0": moved, "2.0": moved, "latest": moved}, pages, address=address, newest="2.0"))
    path = SITES[address]
    assert made[RULES_FILE].decode().splitlines()[1:] == [
        f"{path}1.0/us/ {path}1.0/about/us/ 301",
        f"{path}2.0/us/ {path}2.0/about/us/ 302",
        f"{path}latest/us/ {path}latest/about/us/ 302",
        f"{path} {path}latest/ 302",
        f"{path}about/us/ {path}latest/about/us/ 302",
        f"{path}us/ {path}latest/about/us/ 302",
    ]
    assert f"  {path}about/us/ {path}latest/about/us/;\n" in made[NGINX_FILE].decode().partition("$playbook_moved_today")[2].replace("\n\n", "\n")
