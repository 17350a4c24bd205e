"""Problems for programs: JSON, annotations of GitHub, SARIF.

Takes sorted problems. Returns text that is safe in a terminal and in a log.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from macros.problems.problem import UNPRINTABLE, Problem, printable, problem_count, problems_as_text
from macros.problems.rules import RULE_CATALOGUE

SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
SHOWN_BY_GITHUB = 10
"""Annotations of each severity that GitHub takes from one step of a workflow."""


def problems_as_json(problems: Iterable[Problem]) -> str:
    """For any program: a list of `{file, line, column, end_line, end_column, severity, rule, path, message, help}`."""
    return _json([_as_dict(problem) for problem in problems])


def problems_as_github(problems: Sequence[Problem]) -> str:
    """For a workflow of GitHub: a command for each problem, which marks its line in a pull request; then a count."""
    return "\n".join([*map(_annotation, problems), _github_count(problems)])


def problems_as_sarif(problems: Sequence[Problem]) -> str:
    """For code scanning: one run in SARIF 2.1.0, with a description of each rule."""
    rules = sorted({problem.rule for problem in problems})
    driver = {"name": "playbook", **_own_version(), "rules": [_sarif_rule(rule) for rule in rules]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The folder that holds the whole repository."}}},
        "results": [_sarif_result(problem, rules.index(problem.rule)) for problem in problems],
    }
    return _json({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]})


FORMATS: dict[str, Callable[[Sequence[Problem]], str]] = {
    "text": problems_as_text,
    "json": problems_as_json,
    "github": problems_as_github,
    "sarif": problems_as_sarif,
}
FROM_REPOSITORY = frozenset({"github", "sarif"})
"""Formats whose reader looks for the files from the top of the repository, which may hold more than the playbook."""


def seen_from(folder: PurePosixPath, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems of a playbook in `folder`, with the paths of their files seen from outside it."""
    return tuple(replace(problem, location=replace(problem.location, file=str(folder / problem.location.file))) for problem in problems)


def _json(value: Any) -> str:
    """JSON in which no character is raw that could move a terminal's cursor."""
    shown = json.dumps(value, ensure_ascii=False, indent=2)
    return "\n".join(UNPRINTABLE.sub(lambda found: json.dumps(found[0])[1:-1], line) for line in shown.split("\n"))


def _as_dict(problem: Problem) -> dict[str, str | int]:
    at = problem.location
    return {
        "file": at.file,
        "line": at.line,
        "column": at.column,
        "end_line": at.end_line,
        "end_column": at.end_column,
        "severity": problem.severity,
        "rule": problem.rule,
        "path": problem.path,
        "message": problem.message,
        "help": problem.help,
    }


def _message(problem: Problem) -> str:
    """The field, what is wrong with it and what to write instead."""
    field = f"{problem.path}: " if problem.path else ""
    return "\n".join([printable(f"{field}{problem.message}"), *([printable(f"help: {problem.help}")] if problem.help else [])])


def _annotation(problem: Problem) -> str:
    """A workflow command. A log shows only its message, so the message has the place too.

    GitHub refuses columns where the lines differ, and an end before the beginning.
    """
    at = problem.location
    place = {"file": at.file, "line": at.line, "endLine": at.end_line}
    if at.line == at.end_line:
        place |= {"col": at.column, "endColumn": max(at.column, at.end_column)}
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in (place | {"title": problem.rule}).items())
    text = f"{_message(problem)}\nat {printable(at.file)}:{at.line}:{at.column}"
    return f"::{'notice' if problem.severity == 'note' else problem.severity} {properties}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(printable(text)).replace(":", "%3A").replace(",", "%2C")


def _github_count(problems: Sequence[Problem]) -> str:
    severities = Counter(problem.severity for problem in problems)
    if max(severities.values(), default=0) <= SHOWN_BY_GITHUB:
        return problem_count(problems)
    return f"{problem_count(problems)}; GitHub marks {SHOWN_BY_GITHUB} errors and {SHOWN_BY_GITHUB} warnings at most, all of them are above"


def _own_version() -> dict[str, str]:
    try:
        return {"version": version("approach-playbook")}
    except PackageNotFoundError:  # run from its folder, not installed
        return {}


def _sarif_rule(rule: str) -> dict[str, Any]:
    what, remedy = RULE_CATALOGUE.get(rule, (rule.replace("-", " "), "The message says what to write instead."))
    return {"id": rule, "shortDescription": {"text": what}, "fullDescription": {"text": f"{what} {remedy}"}, "help": {"text": remedy}}


def _sarif_result(problem: Problem, rule: int) -> dict[str, Any]:
    at = problem.location
    region = {"startLine": at.line, "startColumn": at.column, "endLine": at.end_line, "endColumn": at.end_column}
    artifact = {"uri": quote(at.file, errors="surrogateescape"), "uriBaseId": "%SRCROOT%"}
    return {
        "ruleId": problem.rule,
        "ruleIndex": rule,
        "level": problem.severity,
        "message": {"text": _literal(_message(problem))},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
        "partialFingerprints": {"fileFieldMessage/v1": _fingerprint(problem)},
    }


def _literal(text: str) -> str:
    """`text` without what a viewer of SARIF would take for a link, `[words](address)`, or for a placeholder, `{0}`."""
    return re.sub(r"\{(\d+)\}", r"{{\1}}", re.sub(r"\](?=\()", r"\\]", text))


def _fingerprint(problem: Problem) -> str:
    """The same for a problem whose line has moved."""
    parts = problem.location.file, problem.rule, problem.path, problem.message
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
