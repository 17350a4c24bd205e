"""The macros that know the kinds of this playbook: its health check, its drawings and its pages of the approach.

Each takes a Renderer and what the page wrote, and returns Markdown headings and finished HTML. `pages/macros.py` joins LAB_MACROS to the others.
"""

from __future__ import annotations

import json
from collections.abc import Callable

from markupsafe import Markup

from macros.pages.calls import EntryId, InvalidCall, Word, closest_hint, entry_called, one_of
from macros.pages.figures import figures_of
from macros.pages.lab import charts
from macros.pages.lab.asked import PARTS, asked_in_order, numbered_questions, part_of
from macros.pages.lab.check_data import check_data
from macros.pages.renderer import Renderer
from macros.playbook.long_lists import MOST_ROWS
from macros.playbook.relations import grouped
from macros.playbook.urls import page_url
from macros.problems.problem import short
from macros.schema.approach import ApproachFrontMatter


def health_check(view: Renderer, pillar: EntryId, answers: bool = True, part: Word = "all") -> Markup:
    """The questions of a pillar, each with four answers to mark, or as a plain list; `part` is the quick check, or what follows it, or both."""
    entry_called(view, pillar, kind="pillars")
    one_of("part", part, ("all", *PARTS))
    asked = [entry for entry in asked_in_order(view.playbook) if entry.pillar == pillar and part in ("all", part_of(entry))]
    shown = asked[:MOST_ROWS]
    groups = grouped(shown, part_of, order=tuple(PARTS))
    headed = [(PARTS[name], found) for name, found in groups] if len(groups) > 1 else [("", tuple(shown))]
    return view.render(
        "_call_health_check.md.jinja",
        groups=headed,
        answers=answers,
        pillar=view.one(pillar),
        numbers=numbered_questions(view.playbook),
        shown=len(shown),
        total=len(asked),
    )


def health_check_tools(view: Renderer) -> Markup:
    """What scripts make the result of the health check from, and the lines for project and date on paper."""
    return view.render("_call_health_check_tools.md.jinja", data=_inert_json(check_data(view)))


def pillars(view: Renderer, beam: str, page: str | None = None, show: Word = "summary") -> Markup:
    """The pillars as one picture that is also a link to each; `beam` says what they carry together, and may lead to a `page` (`approach/joined-up/`).

    `show` is what stands under the name of each: its `summary`, or for a `poster` what good looks like too.
    """
    one_of("show", show, ("summary", "poster"))
    known = {page_url(path) for path in view.playbook.written} if page is not None else set()
    if page is not None and page not in known:
        raise InvalidCall(f"no page is at '{short(page)}'", closest_hint(page, known))
    return view.render("_call_pillars.md.jinja", pillars=view.playbook.of_kind("pillars"), beam=beam, page=page, poster=show == "poster")


def timeline(view: Renderer, caption: str) -> Markup:
    """The cases as bars on a line of years, and the same as a table; `caption` says what the drawing shows."""
    return view.render("_call_timeline.md.jinja", timeline=charts.draw_timeline(view.playbook.of_kind("cases")), caption=caption)


def change_chart(view: Renderer, caption: str) -> Markup:
    """The figures that say what they were before, as pairs of bars, and the same as a table."""
    changes = charts.draw_changes(figures_of(view.playbook))
    return view.render("_call_change_chart.md.jinja", changes=changes[:MOST_ROWS], caption=caption, total=len(changes))


def approach_head(view: Renderer) -> Markup:
    """Title, subtitle, excerpt and picture of a page under /approach/, from its front matter."""
    return view.render("_call_approach_head.md.jinja", page=_approach_page(view))


def approach_side(view: Renderer) -> Markup:
    """Media, resources, the external link and other phases of a page under /approach/, from its front matter."""
    return view.render("_call_approach_side.md.jinja", page=_approach_page(view), others=_other_approach_pages(view))


def _inert_json(data: object) -> Markup:
    """`data` as JSON that stands inside a script element: nothing in it can end that element or begin another."""
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(written.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


def _approach_page(view: Renderer) -> ApproachFrontMatter:
    page = view.playbook.pages.get(view.page_file)
    if not isinstance(page, ApproachFrontMatter):
        raise InvalidCall("this page has no front matter of the approach", "use it in pages under docs/approach/")
    return page


def _other_approach_pages(view: Renderer) -> list[tuple[str, ApproachFrontMatter]]:
    """(address, front matter) of the other pages of the approach, by weight."""
    pages = [(page_url(path), page) for path, page in view.playbook.pages.items() if isinstance(page, ApproachFrontMatter) and path != view.page_file]
    return sorted(pages, key=lambda item: item[1].weight)


LAB_MACROS: dict[str, Callable[..., Markup]] = {
    function.__name__: function for function in (health_check, health_check_tools, pillars, timeline, change_chart, approach_head, approach_side)
}
"""What pages written by hand may call besides the generator's own macros."""
