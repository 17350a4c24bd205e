"""The version that pages name is put in last, and taken out again for another one."""

from __future__ import annotations

from macros.site.named_version import VERSION, name_version, rename_version

PAGE = f'<p>Its version: {VERSION}.</p><a href="mailto:a@b?body=Version%3A%20playbook-version%20to-be-named%0D%0A">1.0.0, with</a>'


def test_a_page_names_the_version_as_its_text_and_its_addresses_write_it() -> None:
    html, _ = name_version(PAGE, "1.0.0, with changes since")
    assert "<p>Its version: 1.0.0, with changes since.</p>" in html
    assert "body=Version%3A%201.0.0%2C%20with%20changes%20since%0D%0A" in html


def test_another_version_takes_its_place_and_nothing_else_changes() -> None:
    old, new = "1.0.0", "1.0.0, with changes since"
    shown, named = name_version(PAGE, old)
    assert rename_version(shown, named, old, new) == name_version(PAGE, new)
    assert rename_version(*rename_version(shown, named, old, new), new, old) == (shown, named)
    assert rename_version(shown, named, old, new)[0].endswith(">1.0.0, with</a>")


def test_a_page_that_names_no_version_stays_as_it_is() -> None:
    assert name_version("<p>1.0.0</p>", "2.0.0") == ("<p>1.0.0</p>", ())
