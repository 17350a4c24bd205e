"""The pictures that other sites show of a shared page.

Above: a playbook, or the words of a text. Below: what stands on the picture, read from its bytes.
"""

from __future__ import annotations

import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from macros.site.exports.drawing import Boxed, Colours, drawable, drawn, fitted
from macros.site.exports.files import all_files
from macros.site.exports.pictures import Picture, colours_of, entry_picture, picture_path, playbook_picture
from macros.site.versions.publish import _files_for_programs
from tests.support.exports import real_published, small_published
from tests.support.playbooks import BASE, changed
from tests.support.sites import PROJECT

BARRIER = "playbook_data/barriers/data-sharing.yml"
INSIGHT = "playbook_data/insights/shared-space.yml"
LONG = "Partners that serve the same people cannot tell each other what each of them knows of them"
FEW = Colours((255, 255, 255), (0, 0, 0), (90, 90, 90), (0, 0, 255))


def title(words: str) -> Boxed:
    return Boxed(words, top=140, height=350, size=72, is_title=True)


def rows(png: bytes) -> list[bytes]:
    """The lines of a picture, with the number of a colour for each pixel."""
    with Image.open(BytesIO(png)) as image:
        assert (image.format, image.mode, image.size) == ("PNG", "P", (1200, 630))
        pixels = image.tobytes()
    return [pixels[start : start + 1200] for start in range(0, len(pixels), 1200)]


def inked(png: bytes, top: int, bottom: int) -> tuple[int, int] | None:
    """The first and the last place across that is not paper, between two heights."""
    places = [x for row in rows(png)[top:bottom] for x, colour in enumerate(row) if colour]
    return (min(places), max(places)) if places else None


def test_each_entry_has_a_picture_and_all_other_pages_share_one(tmp_path: Path) -> None:
    published = small_published(tmp_path, {INSIGHT: BASE[INSIGHT] + "formerly: [one-room]\n"})
    files = {path for path in all_files(published) if path.endswith(".png")}
    entries = {f"{url.rstrip('/')}.png" for url in published.ledger.current.entries}
    assert files == {*entries, "playbook.png", "insights/one-room.png"}
    assert picture_path(published, "insights/shared-space/") == Picture(
        "insights/shared-space.png", 1200, 630, "Insight: Sit together. Small playbook, A lab"
    )
    assert {picture_path(published, url).path for url in ("", "insights/", "about/linking/")} == {"playbook.png"}


def test_a_published_site_has_no_copy_of_a_picture_at_its_top(tmp_path: Path) -> None:
    ledger = small_published(tmp_path).ledger
    kept = {*_files_for_programs(ledger, ["barriers/data-sharing.png", "barriers/data-sharing.json", "playbook.png", "assets/a.png"])}
    assert {"barriers/data-sharing.json", "playbook.json"} < kept
    assert [path for path in kept if path.endswith(".png")] == []


def test_the_same_words_have_the_same_bytes_also_in_another_process() -> None:
    program = (
        "from hashlib import sha256\nfrom tests.support.exports import real_published\nfrom macros.site.exports.pictures import playbook_picture\n"
        "print(sha256(playbook_picture(real_published())).hexdigest())"
    )
    runs = [
        subprocess.run([sys.executable, "-c", program], cwd=PROJECT, capture_output=True, text=True, check=True, env=environment(zone)).stdout
        for zone in ("UTC", "Pacific/Auckland")
    ]
    assert runs[0] == runs[1]
    assert len(runs[0]) == 65


def environment(zone: str) -> dict[str, str]:
    """Another place and another order of sets."""
    return {"PATH": "/usr/bin:/bin", "PYTHONPATH": ":".join(filter(None, sys.path)), "TZ": zone, "LC_ALL": "C" if zone == "UTC" else "tr_TR.UTF-8"}


def test_every_picture_of_this_playbook_is_small_and_no_title_is_left_out() -> None:
    published = real_published()
    longest = max(published.playbook.entries.values(), key=lambda entry: len(entry.full_title))
    assert len(entry_picture(published, longest, "")) < 15_000
    assert [entry.id for entry in published.playbook.entries.values() if fitted(title(entry.full_title)) is None] == []


@pytest.mark.parametrize("words", [LONG, "W" * 90, "W " * 45, f"{'Zusammenarbeit' * 6} bei"])
def test_a_title_of_ninety_letters_is_whole_and_inside_its_box(words: str) -> None:
    fit = fitted(title(words))
    assert fit
    assert fit.size >= 56
    assert len(fit.lines) * fit.size * 1.16 <= 350
    assert "".join(fit.lines).replace(" ", "") == words.replace(" ", "")
    picture = drawn((title(words),), FEW)
    left, right = inked(picture, 140, 490) or (0, 0)
    assert left >= 70
    assert right <= 1130
    assert inked(picture, 16, 140) is inked(picture, 490, 504) is None


def test_lines_are_about_as_long_as_each_other() -> None:
    assert (fitted(title("Partners cannot or will not share data")) or fitted(title(""))).lines == ("Partners cannot or", "will not share data")


@pytest.mark.parametrize(
    ("written", "stands"),
    [
        ("Māori, Łódź, Ελλάδα and Кириллица", "Māori, Łódź, Ελλάδα and Кириллица"),
        ("a\u0301", "á"),
        ("Share\u00a0data \U0001f389\ufe0f\u202e now\u0000\x1b", "Share data now"),
        ("<script>alert(1)</script> {{ x }}", "<script>alert(1)</script> {{ x }}"),
        ("Sharing 数据", ""),
        ("\ud800\u200b \n", ""),
    ],
)
def test_signs_that_cannot_be_drawn_are_left_out_and_letters_never_one_by_one(written: str, stands: str) -> None:
    assert drawable(written) == stands


@pytest.mark.parametrize("words", ["数据共享", "a" * 5000, "a " * 5000, ""])
def test_what_cannot_be_drawn_leaves_the_rest_of_the_picture(words: str) -> None:
    picture = drawn((title(words), Boxed("Case", top=64, height=60, size=40)), FEW)
    assert inked(picture, 140, 490) is None
    assert inked(picture, 64, 124)


def test_another_lab_has_its_own_title_and_colours(tmp_path: Path) -> None:
    ours, theirs = "title: Small playbook", f"title: {LONG}"
    published = small_published(tmp_path, changed("playbook_data/playbook.yml", ours, theirs))
    assert LONG in picture_path(published, BARRIER.removeprefix("playbook_data/").replace(".yml", "/")).alt
    before = playbook_picture(published)
    left, right = inked(before, 140, 490) or (0, 0)
    assert 70 <= left < right <= 1130
    assert colours_of(tmp_path) == Colours()
    styles = tmp_path / "docs/assets/css/tokens.css"
    styles.parent.mkdir(parents=True)
    styles.write_text(
        '[data-md-color-scheme="default"] {\n  --paper: #fffff0;\n  --ink-2: #102030;\n  --ink: url(x);\n}\n[x] {\n  --ink: #ff0000;\n}\n'
    )
    assert colours_of(tmp_path) == Colours(paper=(255, 255, 240), ink_2=(16, 32, 48))
    assert playbook_picture(published) != before


def test_the_colours_are_those_of_the_site_in_the_light() -> None:
    text = (PROJECT / "docs/assets/css/tokens.css").read_text("utf-8")
    paper = re.search(r"--paper: #(\w{6})", text)
    assert paper
    assert colours_of(PROJECT).paper == tuple(bytes.fromhex(paper[1]))
    assert Colours().accent != colours_of(PROJECT).accent
