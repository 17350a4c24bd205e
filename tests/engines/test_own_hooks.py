"""A hook of a playbook's own that fails is told at its line, whatever it called."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from mkdocs.config.config_options import Hooks
from mkdocs.plugins import PluginCollection

from macros.engines.mkdocs.own_hooks import fault_in_hook, tell_faults_in_hooks

HOOKS = {
    "while it runs": ("def on_page_markdown(markdown, **_):\n    return markdown[9]\n", 2, "IndexError: string index out of range"),
    "in what it calls": ("import json\n\ndef on_page_markdown(markdown, **_):\n    json.loads('[1')\n", 4, "JSONDecodeError: "),
    "as MkDocs calls it": ("\ndef on_page_markdown():\n    pass\n", 2, "TypeError: on_page_markdown() takes 0 positional arguments but 1 was given"),
    "as it is loaded": ("import sys\nsys.exit('no')\n", 2, "SystemExit: no"),
    "as it is read": ("\nx = (\n", 2, "SyntaxError: '(' was never closed"),
}


def failed(folder: Path, hook: str) -> BaseException:
    """What MkDocs ends in with a hook in the file `folder`/own.py."""
    (folder / "playbook_data").mkdir(exist_ok=True)
    file = folder / "own.py"
    file.write_text(hook, "utf-8")
    with pytest.raises((Exception, SystemExit)) as caught:  # noqa: PT012 - loading it or calling it may fail
        plugins = PluginCollection()
        plugins["own.py"] = Hooks("plugins")._load_hook("own.py", str(file))
        plugins.run_event("page_markdown", "Text")
    return caught.value


@pytest.mark.parametrize("when", HOOKS)
def test_a_fault_is_told_at_its_line(tmp_path: Path, when: str) -> None:
    hook, line, words = HOOKS[when]
    fault = fault_in_hook(failed(tmp_path, hook))
    assert fault is not None
    assert (fault.location.file, fault.location.line, fault.rule, fault.excerpt) == ("own.py", line, "hook-fault", hook.splitlines()[line - 1])
    assert fault.message.startswith(words)


def test_any_other_error_is_no_fault_of_a_hook() -> None:
    assert fault_in_hook(ValueError("x")) is None


def test_a_fault_that_no_hook_is_told_of_shows_no_trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.delenv("PLAYBOOK_TRACEBACK", raising=False)
    tell_faults_in_hooks()
    for error in (failed(tmp_path, HOOKS["as it is read"][0]), ValueError("of another kind")):
        sys.excepthook(type(error), error, error.__traceback__)
    said = capsys.readouterr().err
    assert said.startswith("own.py:2:1: error[hook-fault] SyntaxError: '(' was never closed\n")
    assert said.endswith("1 problem in 1 file\nValueError: of another kind\n")
