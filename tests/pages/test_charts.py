"""The timeline and the chart of changes: bars where they belong, and every word of them also in a table.

Above: cases and figures. Below: places in percent, and what a built page says.
"""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.pages.figures import Owned
from macros.pages.lab.charts import draw_changes, draw_timeline
from macros.schema.kinds import Case
from macros.schema.parts import Figure
from macros.text.formats import format_value
from tests.support.playbooks import BASE, changed
from tests.support.sites import built, page, words


def case(id: str, **period: str) -> Case:
    return Case.model_construct(id=id, name=id, period=Case.model_fields["period"].annotation.model_validate(period))


def bar_of(**period: str) -> tuple[float, float, bool, bool]:
    """Where the bar of a period stands between 2000 and 2010, in percent: one year is ten."""
    bars = draw_timeline([case("whole", **{"from": "2000", "to": "2009"}), case("other", **period)]).bars
    (bar,) = (bar for bar in bars if bar.case.id == "other")
    return bar.start, bar.width, bar.open_start, bar.open_end


@pytest.mark.parametrize(
    ("period", "start", "width"),
    [
        ({"from": "2000", "to": "2009"}, 0, 100),
        ({"from": "2001", "to": "2001"}, 10, 10),
        ({"from": "2001", "to": "2003"}, 10, 30),
        ({"from": "2001-07", "to": "2001-12"}, 15, 5),
        ({"from": "2001-07", "to": "2002"}, 15, 15),
        ({"from": "2002-01-01", "to": "2002-12-31"}, 20, 10),
        ({"from": "2001-04", "to": "2001-04"}, 12.5, 0.83),
        ({"from": "2004-02-15", "to": "2004-02-29"}, 41.24, 0.43),
        ({"from": "2004-02-01", "to": "2004-02-01"}, 40.83, 0.03),
    ],
)
def test_a_bar_goes_from_the_first_day_of_a_period_to_its_last(period: dict[str, str], start: float, width: float) -> None:
    assert bar_of(**period) == (start, pytest.approx(width, abs=0.011), False, False)


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ({"from": "2001", "known_until": "2003"}, (10, 30, False, True)),
        ({"known_from": "2001", "to": "2003"}, (10, 30, True, False)),
        ({"known_from": "2001", "known_until": "2003"}, (10, 30, True, True)),
        ({"from": "2001"}, (10, 10, False, True)),
        ({"known_from": "2001-07"}, (15, 0.83, True, True)),
    ],
)
def test_an_end_that_the_source_does_not_date_is_open(period: dict[str, str], expected: tuple) -> None:
    assert bar_of(**period) == expected


@pytest.mark.parametrize(
    ("periods", "ticks"),
    [
        ([("1997", "2007")], ((1995, 0), (2000, 33.33), (2005, 66.67), (2010, 100))),
        ([("2000", "2004")], ((2000, 0), (2005, 100))),
        ([("2000", "2005")], ((2000, 0), (2005, 50), (2010, 100))),
        ([("2004-12-31", "2005-01-01")], ((2000, 0), (2005, 50), (2010, 100))),
        ([("2016", "2016"), ("2013", "2014")], ((2010, 0), (2015, 50), (2020, 100))),
    ],
)
def test_years_are_marked_in_fives_round_all_cases(periods: list[tuple[str, str]], ticks: tuple) -> None:
    assert draw_timeline(case(f"case-{n}", **{"from": begin, "to": end}) for n, (begin, end) in enumerate(periods)).ticks == ticks


def test_the_earliest_case_comes_first_then_the_shortest_then_by_id() -> None:
    cases = [
        case("late", **{"from": "2005"}),
        case("long", **{"from": "1997", "to": "2007"}),
        case("b", **{"from": "1997", "to": "2001"}),
        case("a", **{"from": "1997", "to": "2001"}),
        case("known", known_from="1996"),
    ]
    assert [bar.case.id for bar in draw_timeline(cases).bars] == ["known", "a", "b", "long", "late"]


def test_without_cases_there_is_nothing_to_draw() -> None:
    assert draw_timeline([]).ticks == draw_timeline([]).bars == ()


DAYS = st.dates(datetime.date(1000, 1, 1), datetime.date(2999, 12, 31)).map(str)
DATES = st.tuples(DAYS, st.sampled_from([4, 7, 10])).map(lambda drawn: drawn[0][: drawn[1]])


@given(spans=st.lists(st.tuples(DATES, DATES).map(sorted), min_size=1, max_size=8))
def test_no_bar_leaves_the_drawing_or_runs_backwards(spans: list[tuple[str, str]]) -> None:
    drawn = draw_timeline(case(f"case-{n}", **{"from": begin, "to": end}) for n, (begin, end) in enumerate(spans))
    assert (drawn.ticks[0][1], drawn.ticks[-1][1]) == (0, 100)
    for bar in drawn.bars:
        assert 0 <= bar.start <= bar.start + bar.width <= 100.01
        assert bar.width >= 0


def owned(value: float, earlier: float | None, unit: str = "%") -> Owned:
    before = None if earlier is None else {"value": earlier, "when": "1998"}
    fields = {"source": "nao", "at": "para 1", "name": "n", "value": value, "unit": unit, "measures": "M", "bound": "about", "before": before}
    return Owned(case("case", **{"from": "2000"}), Figure.model_validate(fields))


@pytest.mark.parametrize(
    ("before", "later", "shares"),
    [
        (50, 100, (50, 100)),
        (100, 25, (100, 25)),
        (3, 3, (100, 100)),
        (1, 3, (33.33, 100)),
        (0, 5, (0, 100)),
        (5, 0, (100, 0)),
        (0, 0, (0, 0)),
        (0.25, 0.5, (50, 100)),
        (10**15, 1, (100, 0)),
    ],
)
def test_the_larger_of_two_values_fills_the_width_and_the_other_its_share(before: float, later: float, shares: tuple[float, float]) -> None:
    (change,) = draw_changes([owned(later, before)])
    assert (change.before.share, change.later.share) == shares


@pytest.mark.parametrize(("before", "later"), [(-5, 10), (5, -10), (-5, -10)])
def test_a_value_below_zero_has_the_bar_of_its_size(before: float, later: float) -> None:
    (change,) = draw_changes([owned(later, before)])
    assert (change.before.share, change.later.share) == (50, 100)
    assert (change.before.shown, change.later.shown) == (format_value(before, "%"), f"about {format_value(later, '%')}")


def test_a_change_says_both_values_as_people_read_them() -> None:
    (change,) = draw_changes([owned(1850, 1200, "people")])
    assert (change.before.shown, change.before.when) == ("1,200 people", "1998")
    assert (change.later.shown, change.later.when) == ("about 1,850 people", None)


def test_a_figure_without_an_earlier_value_is_no_change() -> None:
    assert draw_changes([owned(3, None)]) == ()
    assert len(draw_changes([owned(3, None), owned(3, 0)])) == 1


OFFICE = BASE["playbook_data/cases/one-front-door.yml"]
CASES = {
    "playbook_data/cases/two-doors.yml": OFFICE.replace("name: One front door", "name: Two doors")
    .replace("title: One front door", "title: Two front doors")
    .replace("{from: 1999, to: 2001}", "{known_from: 2003-06, known_until: 2004-02-15}")
    .replace("place: England", "place: Wales"),
    "playbook_data/cases/not-yet.yml": OFFICE.replace("One front door", "Not yet") + "status: draft\n",
    **changed(
        "playbook_data/cases/one-front-door.yml",
        "shows:",
        """\
figures:
  - {name: visits, value: 3, unit: visits, measures: 'Visits *to* [[data-sharing|each]] office', when: May 2001, source: nao, at: para 1, before: {value: 12, when: 1998}}
  - {name: saved, value: 5, unit: '%', measures: Money saved, source: nao, at: para 1, before: {value: -10}}
  - {name: alone, value: 7, unit: doors, measures: Doors, source: nao, at: para 1}
shows:""".replace("when: 1998", "when: '1998'"),
    ),
    "docs/page.md": '# Page\n\n{{ timeline("When they <b>ran</b>") }}\n\n{{ change_chart("What changed") }}\n',
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("drawings"), CASES)


def rows(table: object) -> list[list[str]]:
    return [[words(cell) for cell in row.css("th, td")] for row in table.css("tbody tr")]


WHEN = {"One front door": "1999 to 2001", "Two doors": "by June 2003, last reported in 15 February 2004"}


def test_the_timeline_has_a_role_a_title_and_a_text_that_names_every_case(site: Path) -> None:
    drawing = page(site, "page").css_first("#timeline svg")
    assert drawing.attributes["role"] == "img"
    named = {name: drawing.css_first(f"#{drawing.attributes[name]}") for name in ("aria-labelledby", "aria-describedby")}
    assert named["aria-labelledby"].tag == "title"
    assert words(named["aria-labelledby"]) == "When they <b>ran</b>"
    assert words(named["aria-describedby"]) == " ".join(f"{name}: {when}." for name, when in WHEN.items())


def test_the_timeline_draws_each_case_and_rings_its_open_ends(site: Path) -> None:
    drawing = page(site, "page").css_first("#timeline svg")
    assert [words(name) for name in drawing.css(".drawing__name")] == list(WHEN)
    assert [words(when) for when in drawing.css(".drawing__when")] == list(WHEN.values())
    assert len(drawing.css("rect")) == 2
    first, second = drawing.css("rect")
    assert (first.attributes["x"], first.attributes["width"]) == ("40.0%", "30.0%")
    assert {ring.attributes["cy"] for ring in drawing.css("circle")} == {str(float(second.attributes["y"]) + 5).removesuffix(".0")}
    assert len(drawing.css("circle")) == 2
    assert [words(year) for year in drawing.css(".drawing__year")] == ["1995", "2000", "2005"]


def test_the_timeline_stands_once_more_as_a_table_with_links(site: Path) -> None:
    table = page(site, "page").css_first("#timeline + details table")
    assert rows(table) == [["One front door", WHEN["One front door"], "England"], ["Two doors", WHEN["Two doors"], "Wales"]]
    assert [link.attributes["href"] for link in table.css("a")] == ["../cases/one-front-door/", "../cases/two-doors/"]


def test_each_change_is_drawn_and_said(site: Path) -> None:
    drawings = page(site, "page").css("#changes svg")
    assert [(drawing.attributes["role"], drawing.attributes["aria-label"]) for drawing in drawings] == [
        ("img", "12 visits in 1998; later 3 visits in May 2001"),
        ("img", "−10%; later 5%"),
    ]
    assert [[bar.attributes["width"] for bar in drawing.css("rect")] for drawing in drawings] == [["100.0%", "25.0%"], ["100.0%", "50.0%"]]
    assert [words(item) for item in page(site, "page").css("#changes li p")] == ["One front door Visits to each office", "One front door Money saved"]


def test_the_changes_stand_once_more_as_a_table_with_links(site: Path) -> None:
    table = page(site, "page").css_first("#changes + details table")
    assert rows(table) == [
        ["One front door : Visits to each office", "12 visits 1998", "3 visits May 2001"],
        ["One front door : Money saved", "−10%", "5%"],
    ]
    assert [link.attributes["href"] for link in table.css("a")] == [
        "../cases/one-front-door/#figure-visits",
        "../cases/one-front-door/#figure-saved",
    ]


def test_drawings_of_nothing_leave_a_page_that_builds(tmp_path: Path) -> None:
    no_cases = {"playbook_data/cases/one-front-door.yml": OFFICE + "status: draft\n"}
    no_orphan = changed("playbook_data/terms/joining-up.yml", "see: [", "see: [partnership, ")
    article = page(built(tmp_path, {**no_cases, **no_orphan, "docs/page.md": CASES["docs/page.md"]}), "page").css_first("article")
    assert article.css("rect, circle, tbody tr") == []
