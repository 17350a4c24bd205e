"""What belongs to one build of MkDocs, kept in its configuration."""

from __future__ import annotations

from macros.site.build import Build

_ATTRIBUTE = "playbook_build"


def start_build(config: object, build: Build) -> None:
    """Remember `build` for as long as MkDocs keeps `config`."""
    setattr(config, _ATTRIBUTE, build)


def url_of_page(page) -> str:
    """The address of a page; MkDocs calls that of the home page `./`."""
    return "" if page.file.url == "./" else page.file.url


def build_of(config: object) -> Build:
    """The build that `config` belongs to."""
    return getattr(config, _ATTRIBUTE)
