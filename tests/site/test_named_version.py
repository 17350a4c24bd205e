"""The version that pages name is put in last, and taken out again for another one."""

from __future__ import annotations

from macros.site.named_version import DATED_VERSION, VERSION, VersionWords, name_version, rename_version

PAGE = f'<p>Its version: {VERSION}.</p><a href="mailto:a@b?body=Version%3A%20playbook-version%20to-be-named%0D%0A">1.0.0, with</a>{DATED_VERSION}'
OLD = VersionWords("1.0.0", "version 1.0.0 of 7 December 2026")
NEW = VersionWords("1.0.0, with changes since", "version 1.0.0 of 7 December 2026, with changes since")


def test_a_page_names_the_version_as_its_text_and_its_addresses_write_it() -> None:
    html, _ = name_version(PAGE, NEW)
    assert "<p>Its version: 1.0.0, with changes since.</p>" in html
    assert "body=Version%3A%201.0.0%2C%20with%20changes%20since%0D%0A" in html
    assert html.endswith("</a>version 1.0.0 of 7 December 2026, with changes since")


def test_another_version_takes_its_place_and_nothing_else_changes() -> None:
    shown, named = name_version(PAGE, OLD)
    assert rename_version(shown, named, OLD, NEW) == name_version(PAGE, NEW)
    assert rename_version(*rename_version(shown, named, OLD, NEW), NEW, OLD) == (shown, named)
    assert ">1.0.0, with</a>" in rename_version(shown, named, OLD, NEW)[0]


def test_a_page_that_names_no_version_stays_as_it_is() -> None:
    assert name_version("<p>1.0.0</p>", NEW) == ("<p>1.0.0</p>", ())
