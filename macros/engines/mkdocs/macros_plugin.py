"""Declares the macros to mkdocs-macros, for pages that another program adds: the playbook's own come to it finished.

`declare` takes the plugin and adds the macros to its environment. A wrong call raises nothing: its problem is added to those of the build.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from jinja2 import TemplateError
from markupsafe import Markup

from macros.engines.mkdocs.state import build_of
from macros.pages.calls import InvalidCall, called
from macros.pages.macros import MACROS
from macros.pages.rendered_page import template_fault
from macros.problems.problem import file_problem


def declare(plugin: Any) -> None:
    """Replace the macros of `plugin`, the environment of mkdocs-macros, with ours: its own reveal the machine and the time."""
    plugin.macros.clear()
    for name, function in MACROS.items():
        plugin.macro(_guarded(plugin, function), name)


def _guarded(plugin: Any, function: Callable[..., Markup]) -> Callable[..., Markup]:
    @wraps(function)
    def call(*args: object, **options: object) -> Markup:
        build, page = build_of(plugin.conf), plugin.page
        path = f"docs/{page.file.src_uri}"
        try:
            return called(function, build.plan.view(page.file.url, path), args, options)
        except InvalidCall as wrong:
            build.problems.append(file_problem(path, "wrong-call", f"{function.__name__}: {wrong.message}", wrong.help))
        except TemplateError as error:
            build.problems.append(template_fault(error))
        return Markup("")

    return call
