"""A page's address follows from its file as MkDocs has it, wherever it is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.structure.files import File

from macros.playbook.checks.addresses import why_no_page
from macros.playbook.urls import edit_url, page_source, page_url
from macros.schema.settings import Repository, Settings
from tests.support.sites import built, page

PATHS = (
    "index.md",
    "README.md",
    "a.md",
    "a/index.md",
    "a/README.md",
    "a/readme.md",
    "a/Index.md",
    "a/INDEX.md",
    "a/b.md",
    "a/b/c/index.md",
    "a/b.c.md",
)


@pytest.mark.parametrize("path", PATHS)
def test_a_page_has_the_address_that_mkdocs_gives_it(path: str) -> None:
    given = File(path, "docs", "site", use_directory_urls=True).url
    assert page_url(f"docs/{path}") == ("" if given == "./" else given)


@pytest.mark.parametrize("url", ["", "barriers/", "barriers/data-sharing/", "changes/", "changes/1.0.0-to-1.1.0/"])
def test_a_page_is_looked_for_where_its_address_comes_from(url: str) -> None:
    assert page_url(page_source(url)) == url


def test_the_name_of_a_branch_may_hold_any_character() -> None:
    settings = Settings.model_construct(repository=Repository(url="https://git.example.org/lab/", branch="my branch/#1"))
    assert edit_url(settings, "docs/a b.md") == "https://git.example.org/lab/edit/my%20branch/%231/docs/a%20b.md"


FRONT = "---\ntitle: {}\nsubtitle: S\nexcerpt: E\nimage: picture.svg\nimage_text: T\n---\n"


@pytest.mark.slow
def test_a_page_of_the_approach_leads_to_one_that_is_the_page_of_its_folder(tmp_path: Path) -> None:
    site = built(
        tmp_path,
        {
            "docs/approach/index.md": FRONT.format("All phases") + "# All phases\n\n{{ approach_side() }}\n",
            "docs/approach/joined-up.md": FRONT.format("Joined up") + "# Joined up\n\n{{ approach_side() }}\n",
            "docs/approach/deep/README.md": FRONT.format("Deep") + "# Deep\n\n{{ approach_side() }}\n",
            "docs/picture.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
        },
    )
    links = {link.attributes["href"] for link in page(site, "approach/joined-up/").css("article a")}
    assert {"../", "../deep/"} <= links


def test_no_page_was_ever_at_an_address_that_no_disk_can_hold() -> None:
    assert [why_no_page(address) != "" for address in (f"{'x' * 255}/", f"{'x' * 256}/", "x/" * 500, "x/" * 501)] == [False, True, False, True]
