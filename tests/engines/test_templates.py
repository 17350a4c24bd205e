"""A template of the playbook that fails while a page is made is told at its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, Template, UndefinedError

from macros.engines.mkdocs.templates import fault_in_template


def test_what_a_template_ended_in_is_told_at_its_line(tmp_path: Path) -> None:
    folder = tmp_path / "overrides"
    folder.mkdir()
    (folder / "main.html").write_text("<p>\n{{ page.nothing.more }}", "utf-8")
    with pytest.raises(UndefinedError) as caught:
        Environment(loader=FileSystemLoader(folder), autoescape=True).get_template("main.html").render(page={})
    fault = fault_in_template(caught.value)
    assert fault is not None
    assert (fault.location.file, fault.location.line, fault.rule) == ("overrides/main.html", 2, "template-fault")


def test_what_a_template_of_a_file_ended_in_is_told_at_its_line() -> None:
    def _build_extra_template(template_name: str) -> None:  # as MkDocs calls it
        Template("A line\n{{ 1 / 0 }}").render(name=template_name)

    with pytest.raises(ZeroDivisionError) as caught:
        _build_extra_template("robots.txt")
    fault = fault_in_template(caught.value)
    assert fault is not None
    assert (fault.location.file, fault.location.line, fault.message) == ("docs/robots.txt", 2, "ZeroDivisionError: division by zero")


def test_any_other_error_is_no_fault_of_a_template() -> None:
    assert fault_in_template(ValueError("x")) is None
