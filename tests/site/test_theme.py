"""The face of the site: its templates are its own, its colours can be read, and it asks nobody for anything."""

from __future__ import annotations

import re

import pytest

from tests.support.sites import PROJECT

CSS = PROJECT / "docs" / "assets" / "css"
OVERRIDES = PROJECT / "overrides"
USED = re.compile(r'{%-?\s*(?:extends|include)\s+"([\w/-]+\.html)"')
AAA = 7.0
SCHEMES = ("default", "slate")
TEXT_ON_PAPER = [
    (text, paper)
    for text, papers in {
        "ink": ("paper", "paper-2", "arch-paper", "rings-paper", "arrow-paper"),
        "ink-2": ("paper", "paper-2"),
        "accent": ("paper", "paper-2"),
        "on-accent": ("accent",),
        "arch": ("paper", "paper-2", "arch-paper"),
        "rings": ("paper", "paper-2", "rings-paper"),
        "arrow": ("paper", "paper-2", "arrow-paper"),
    }.items()
    for paper in papers
]


def test_every_template_is_our_own_or_extends_one_that_is() -> None:
    """So that a page is the same with every engine, and the end of a theme is no end of the site."""
    own = {file.relative_to(OVERRIDES).as_posix() for file in OVERRIDES.rglob("*.html")}
    used = {name for file in OVERRIDES.rglob("*.html") for name in USED.findall(file.read_text("utf-8"))}
    assert {"main.html", "parts/header.html"} < used
    assert used <= own


def test_no_template_runs_a_script_or_styles_anything_in_place() -> None:
    for file in OVERRIDES.rglob("*.html"):
        assert not re.search(r"<script(?! src=)|<style|\s(style|on\w+)=|javascript:", file.read_text("utf-8")), file.name


def colours(scheme: str) -> dict[str, str]:
    """The colours of a scheme by their names."""
    text = "".join((CSS / name).read_text("utf-8") for name in ("tokens.css", "lab.css"))
    bodies = re.findall(rf'^\[data-md-color-scheme="{scheme}"\] {{(.*?)^}}', text, re.MULTILINE | re.DOTALL)
    return dict(re.findall(r"--([\w-]+):\s*(#\w{6})", "".join(bodies)))


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("text", "paper"), TEXT_ON_PAPER)
def test_all_text_has_the_contrast_of_aaa(scheme: str, text: str, paper: str) -> None:
    palette = colours(scheme)
    high, low = sorted((luminance(palette[text]), luminance(palette[paper])), reverse=True)
    assert (high + 0.05) / (low + 0.05) >= AAA


def test_without_scripts_the_dark_colours_are_the_same() -> None:
    text = "".join((CSS / f"{name}dark-without-scripts.css").read_text("utf-8") for name in ("", "lab-"))
    without = dict(re.findall(r"--([\w-]+):\s*(#\w{6})", text))
    assert without == colours("slate")


def test_colours_are_named_in_the_tokens_alone() -> None:
    for file in CSS.glob("*.css"):
        if file.name not in ("tokens.css", "lab.css", "dark-without-scripts.css", "lab-dark-without-scripts.css"):
            assert not re.search(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(", file.read_text("utf-8")), file.name


def test_every_stylesheet_is_used() -> None:
    card = PROJECT / "macros/pages/templates/_card.html.jinja"
    settings = "".join(file.read_text("utf-8") for file in (PROJECT / "mkdocs.yml", OVERRIDES / "main.html", card))
    assert [file.name for file in CSS.glob("*.css") if f"assets/css/{file.name}" not in settings] == []


def test_no_stylesheet_or_script_names_another_host() -> None:
    for file in [*CSS.glob("*.css"), *(PROJECT / "docs" / "assets" / "js").glob("*.js")]:
        assert not re.search(r"https?:|url\(\s*['\"]?//", file.read_text("utf-8")), file.name
