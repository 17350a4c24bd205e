"""A text is read once: what the check accepts is what the page shows, what the diff compares and what a fingerprint stands for.

Above: texts made of pieces of markup by chance. Below: what each stage makes of them, held against the others.
"""

from __future__ import annotations

import re
from html import escape, unescape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from macros.releases.diff.fields import text_changes
from macros.releases.fingerprint import fingerprint
from macros.schema.fields import TextForm
from macros.text.canonical import canonical
from macros.text.layout import in_words, layout
from macros.text.markdown import entry_links, plain_text, render_text, text_problems
from macros.text.parse import parse_text
from macros.text.plain_text import markup_in_plain
from tests.support.strategies import any_markup
from tests.text.test_markdown import link_to, on_a_page

CHEAP = settings(max_examples=100)
FORMS = st.sampled_from(["block", "line"])


def is_accepted(text: str, form: TextForm) -> bool:
    return bool(text.strip()) and not list(text_problems(text, form))


def words_of(html: str | None) -> list[str]:
    return re.sub(r"[\ufffd\s]+", " ", LexborHTMLParser(f"<body>{html}").text(separator=" ")).split()


def elements_of(node: LexborNode) -> list[str]:
    return [inner.tag for inner in node.css("*")[1:]]


@CHEAP
@given(text=any_markup, form=FORMS)
def test_of_a_text_that_the_check_accepts_every_word_and_element_is_on_the_page_and_no_other(text: str, form: TextForm) -> None:
    if not is_accepted(text, form):
        return
    page = on_a_page(text, form=form).css_first(".prose")
    read = LexborHTMLParser(
        f'<div class="prose">{canonical(text, form, lambda named, words: f"<a>{escape(words or link_to(named)[1])}</a>")}</div>'
    ).css_first(".prose")
    assert "".join(page.text().split()) == "".join(read.text().split())
    assert elements_of(page) == elements_of(read)


@CHEAP
@given(text=any_markup, form=FORMS)
def test_whatever_the_text_no_stage_fails_and_all_see_the_same_links(text: str, form: TextForm) -> None:
    ids = [id for id, _ in entry_links(text, form)]
    shown: list[str] = []
    render_text(text, lambda named: (shown.append(named) or "", named), form)
    assert shown == ids
    assert plain_text(text, str, form) is not None
    assert fingerprint("barriers", {"problem": text, "signs": [text]})


@CHEAP
@given(one=any_markup, other=any_markup, form=FORMS)
@example(one="word", other="word \u00a0", form="block")
@example(one="word", other="word \u00a0", form="line")
def test_the_diff_between_two_texts_is_empty_where_their_pages_are_the_same_and_nowhere_else(one: str, other: str, form: TextForm) -> None:
    for before, now in ((one, other), (one, one.replace("*", "_")), (one, one.replace("\n", "\n\n")), (one, f"    {one}"), (one, f"{one}\n")):
        pages = [as_seen(render_text(text, link_to, form)) for text in (before, now)]
        assert (pages[0] == pages[1]) is (list(text_changes(before, now, ("problem",), form)) == []), (before, now)


def as_seen(html: str) -> str:
    """HTML without the white space that no browser shows."""
    parts = re.split(r"(<pre>.*?</pre>)", html, flags=re.DOTALL)
    folded = (part if part.startswith("<pre>") else re.sub(r"[ \t\n\r\f\x85\u2028\u2029]+", " ", part) for part in parts)
    return re.sub(r" ?(</?(?:p|ul|ol|li|blockquote|table|thead|tbody|tr|th|td|h\d|pre|br /|hr /)\b[^>]*>) ?", r"\1", "".join(folded)).strip()


@CHEAP
@given(text=st.text(st.sampled_from("ab, .’é'\"-+=:1)\u00a0\n"), max_size=12), form=FORMS)
def test_words_without_markup_are_read_as_the_parser_reads_them(text: str, form: TextForm) -> None:
    if is_accepted(f"{text}é", form):
        assert canonical(f"{text}é", form) == canonical(f"{text}&eacute;", form), "only the second needs a parser"


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ("So:\n- one\n- two\n", "So: - one - two", "paragraph, list of 2 → paragraph"),
        ("One.\n\nTwo.", "One. Two.", "2 paragraphs → paragraph"),
        ("One.\n\n1. two\n2. three", "One.\n\n- two\n- three", None),
        ("Words", "    Words", "paragraph → code"),
        ("> Words", "Words", None),
        ("| a |\n| - |\n| b |", "| a | | - | | b |", "table of 2 → paragraph"),
        ("- one\n\n- two", "- one\n- two", "the same words, laid out in another way"),
        ("One  \ntwo", "One\ntwo", "the same words, laid out in another way"),
        ("5\u00a0000", "5 000", "the same words, laid out in another way"),
    ],
)
def test_a_change_of_layout_is_told_by_its_blocks(before: str, now: str, said: str | None) -> None:
    changes = [change for change in text_changes(before, now, ("problem",), "block") if change.change_type == "layout"]
    told = [f"{change.before} → {change.now}" if change.before else "the same words, laid out in another way" for change in changes]
    assert said is None or told == [said]


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("*soft*", "_soft_"),
        ("**loud**", "__loud__"),
        ("- one\n- two", "* one\n* two"),
        ("One\ntwo", "One two"),
        ("a &amp; b", "a & b"),
        ("\\*", "&#42;"),
        ("[x](https://a.org)", "[x](<https://a.org>)"),
    ],
)
def test_a_text_that_is_written_in_another_way_and_shown_alike_has_not_changed(before: str, now: str) -> None:
    assert list(text_changes(before, now, ("problem",), "block")) == []
    assert fingerprint("barriers", {"problem": before}) == fingerprint("barriers", {"problem": now})


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("One.", "paragraph"),
        ("One.\n\nTwo.\n\n- a\n- b", "2 paragraphs, list of 2"),
        ("1. a\n2. b\n   - c", "numbered list of 3"),
        ("> a\n\n~~~\nb\n~~~", "quotation, code"),
        ("| a |\n| - |\n| b |", "table of 2"),
    ],
)
def test_the_blocks_of_a_text_have_names(text: str, blocks: str) -> None:
    assert in_words(layout(text, "block")) == blocks
    assert in_words(layout(text, "line")) == "paragraph"


LINES = {
    "# of people": "",
    "- 5 °C": "",
    "> 60%": "",
    "1999. A year.": "",
    "One\ntwo": "",
    "One\n    two\n": "",
    "One\n\ntwo": "expected one paragraph, found 2 paragraphs",
    "One:\n- two": "expected one paragraph, found a list",
    "1. One\n2. two": "expected one paragraph, found a list",
    "| a |\n|---|": "expected one paragraph, found a table",
    "~~~\n[[nothing-here]]": "expected one paragraph, found a block of code",
    "One\n\n    [[nothing-here]]": "expected one paragraph, found a block of code",
    "One\n> two": "expected one paragraph, found a quotation",
    "One\n===": "expected one paragraph, found a heading",
    "# One\ntwo": "expected one paragraph, found a heading",
    "One\n***\ntwo": "expected one paragraph, found a rule across the page",
    "One\\\ntwo": "expected one paragraph, found a line that ends in a backslash",
}


@pytest.mark.parametrize("text", LINES)
def test_a_line_has_one_paragraph_in_which_a_first_sign_is_a_character(text: str) -> None:
    assert [problem.message for problem in text_problems(text, "line")] == ([LINES[text]] if LINES[text] else [])
    assert parse_text(text, "line").links == ()


FOREIGN = {
    "So[^1].": "say it in the text itself; where it comes from belongs under `sources:`",
    "See [it][1].": "write the address in the link itself: [it](https://…)",
    "See [it][].": "write the address in the link itself: [it](https://…)",
    "[1]: https://a.org": "write the address in the link itself: [where it leads](https://…)",
    "See [it](https://a.org/a b).": "write [where it leads](https://…), with %20 in place of each space in the address",
    "See [it](https://a.org": "write [where it leads](https://…), with %20 in place of each space in the address",
    "See https://a.org/b.": "write [where it leads](https://a.org/b)",
    "See WWW.a.org.": "write [where it leads](https://WWW.a.org)",
    "Ask a.b@c.gov.uk.": "write [whose it is](mailto:a.b@c.gov.uk)",
    "So ~~not *that*~~ this.": "leave out what no longer holds",
    "So ==this==.": "write **this**",
    "So **this **.": "leave no space inside the asterisks: **this**",
    "[ ] Ask": "take it out: a text has no boxes to tick",
    "***": "take it out; an empty line begins a new paragraph",
    "So [[nao|**this**]].": "write **[[nao|this]]**",
    "See [[nao\\|this]].": "write [[nao|this]]",
    "So <br> this.": "write **bold**, *italic*, a list or a new paragraph instead; to show it to readers, write `<br>`",
    "So <!-- this -->.": "take it out; a note to other contributors goes above the field, on a line that begins with #",
    "So &rlm; this.": "delete it",
    "So^[so]!": "say it in the text itself; where it comes from belongs under `sources:`",
    "H~2~O": "write ₂",
    "5 m^2^": "write ²",
    "the n^th^ time": "write th without the signs, or say it in words",
    "Well done :smile:": "take it out, or write the character itself, such as ☺",
    "Press ++ctrl+c++ now": "write **ctrl+c**",
    "So ^^this^^.": "write **this**",
    "So '''this'''.": "write **this**",
    "So {++this++}.": "keep only the words that hold, without these signs",
    "So **this**{: .red }": "take it out: how a text looks is the same on all pages",
    "[nao](https://nao.org.uk){target=_blank}": "take it out: how a text looks is the same on all pages",
    '!!! note "So"': "take it out; a paragraph may begin with **Note:**",
    "??? tip": "take it out; a paragraph may begin with **Note:**",
    "[!NOTE] So": "take it out; a paragraph may begin with **Note:**",
    "[TOC]": "take it out: each page lists its own sections",
    "*[NAO]: National Audit Office": "take it out; write the words in full where the text first needs them",
    '--8<-- "a.md"': "write the words here: a text takes in no other file",
    "So $x^2$ is.": "say it in words, or write the formula as `code`",
    "$$x = 2$$": "say it in words, or write the formula as `code`",
    "[b]So[/b]": "write **bold**, *italic* or [where it leads](https://…)",
    "[it] (https://a.org)": "leave no space between ] and (: [it](https://a.org)",
    "(it)[https://a.org]": "write [it](https://a.org)",
    "[https://a.org it is]": "write [it is](https://a.org)",
    "<https://a.org|it is>": "write [it is](https://a.org)",
    "So **this": "end what is bold with **; for two asterisks as such, write \\*\\*",
    "So ** this **": "leave no space inside the asterisks: **this**",
    "**So!**this": "put a space before and after it, as in `so **So!** is`; or let it begin and end in a letter",
    "| a | b |": "a table has | --- | --- | below its first row, with one --- for each column, and an empty line before it",
    '<Tab value="x">': 'write **bold**, *italic*, a list or a new paragraph instead; to show it to readers, write `<Tab value="x">`',
    '=== "Tab"': "take it out; a paragraph may begin with **Note:**",
    ".. note:: Hello": "take it out; a paragraph may begin with **Note:**",
    ":ref:`x`": "write [[its-id]] or [where it leads](https://…), or keep the words alone",
    "{doc}`x`": "write [[its-id]] or [where it leads](https://…), or keep the words alone",
    "[[https://gov.uk/a][the words]]": "write [the words](https://gov.uk/a)",
    "link:https://gov.uk/a[the words]": "write [the words](https://gov.uk/a)",
    "[a [b](https://gov.uk/b)](https://gov.uk/a)": "take one of the two links out, or write them side by side",
    "![[nao]]": "take the ! out",
    "See ![[nao|this]].": "take the ! out",
    "\uf0b7 one": "begin each item of a list with '- ' on a line of its own",
    "➢ one": "begin each item of a list with '- ' on a line of its own",
    "• one": "begin each item of a list with '- ' on a line of its own",
    "[[\\]]": "write [[its-id]]",
    "So [[nao|this<br>way]].": "write **bold**, *italic*, a list or a new paragraph instead; to show it to readers, write `<br>`",
    "So [a<br>b](https://a.org).": "write **bold**, *italic*, a list or a new paragraph instead; to show it to readers, write `<br>`",
    "So [==this==](https://a.org).": "write **this**",
    "So [**this **](https://a.org).": "leave no space inside the asterisks: **this**",
    "**[[nao]]**s": "put a space before and after it, as in `so **…** is`; or let it begin and end in a letter",
    f"[https://{'a' * 80}.org words]": f"write [words](https://{'a' * 80}.org)",
    f"({'w' * 80})[www.a.org]": f"write [{'w' * 59}…](https://www.a.org)",
    f"<https://{'a' * 80}.org/(|words>": f"write [words](https://{'a' * 80}.org/%28)",
    "<https://a.org|>": "write [where it leads](https://a.org)",
    "[https://a.org/\\_b words]": "write [words](https://…)",
    "Ask a" + "b" * 80 + "@c.nz.": f"write [whose it is](mailto:a{'b' * 80}@c.nz)",
    "So ''' '''.": "take it out",
    "</x-y>": "write **bold**, *italic*, a list or a new paragraph instead; to show it to readers, write `</x-y>`",
}


@pytest.mark.parametrize("text", FOREIGN)
@pytest.mark.parametrize("form", ["block", "line"])
def test_markup_of_other_sites_is_refused_with_what_to_write_instead(text: str, form: TextForm) -> None:
    assert [problem.help for problem in text_problems(text, form)] == [FOREIGN[text]]


LOSES = {
    "| a | b |\n| - | - |\n| c | d | e |": "this row has 3 cells and the first has 2, so readers would not see 'e'",
    "- a\n\n  | a |\n  | - |\n  | `b|c` |": "this row has 2 cells and the first has 1, so readers would not see 'c`'",
    "| a | b |\n| - | - |\n| c | d |\ne": "the table above goes on until an empty line, so 'e' would be a row of it",
    "```\na\n\nb": "the code that begins with ``` never ends",
    "~~~\na": "the code that begins with ~~~ never ends",
    "a. one\nb. two": "these signs make no list, so readers would see 'a. one b. two' in one paragraph",
    "i. one\nii. two": "these signs make no list, so readers would see 'i. one ii. two' in one paragraph",
    "(1) one\n(2) two": "these signs make no list, so readers would see '(1) one (2) two' in one paragraph",
    "– one\n– two": "readers would see '– one – two' as it is written",
    "so it is\n– one may say – for": None,
    "say ```yaml\nand end": "readers would see '```yaml' as it is written",
    "| a | b |\n| - |": "this row belongs to no table, so readers would see '| a | b |' as it is written",
    "| a | b |\n| - | - |\n| c \\| d | e | |": None,
    "a | b\n- | -\nc |": None,
    "> ````\n> ```\n> `````": None,
    "- a\n  ~~~\n  b\n  ~~~": None,
}


@pytest.mark.parametrize("text", LOSES)
def test_a_text_whose_blocks_would_lose_words_is_refused(text: str) -> None:
    assert next((problem.message for problem in text_problems(text, "block")), None) == LOSES[text]


PLAIN = {
    "Old [[nao]]": "write the words alone: nao",
    "Old [[nao|things]]": "write the words alone: things",
    "[Old](https://a.org) things": "write the words alone: Old",
    "**Old** things": "write the words alone: Old",
    "Old[^1]": "take it out",
    "R&amp;D": "write &",
    "5&nbsp;years": "write an ordinary space",
}


@pytest.mark.parametrize("text", PLAIN)
def test_markup_in_a_plain_text_is_refused_with_the_words_alone(text: str) -> None:
    assert [problem.help for problem in markup_in_plain(text)] == [PLAIN[text]]


@pytest.mark.parametrize(
    "text", ["R&D; more", "Q&A; so", "the [sic] one", "[a] (b)", "a ** b ** c", "*a*", "C:\\[[", "Table 3** and 4**", "[] and ()", "<5%"]
)
def test_a_plain_text_may_have_any_other_sign(text: str) -> None:
    assert not list(markup_in_plain(text))


@pytest.mark.parametrize(
    "text", ["![a](x.png)", "*![a](https://a.org/x.png)*", "[![a](x.png)](https://a.org)", "~~~\n![a](x.png)", "| ![a](x.png) |\n|---|"]
)
@pytest.mark.parametrize("form", ["block", "line"])
def test_an_image_is_shown_as_the_characters_that_were_written(text: str, form: TextForm) -> None:
    html = render_text(text, link_to, form)
    assert "<img" not in html
    assert "![a](" in unescape(html)


PROSE = [
    "3 ~ 4, about ~5", "the minister [sic] said", "a*b and 2 * 3 * 4", "C# and F#", "e.g. this, i.e. that", "on gov.uk and nao.org.uk", "1 < 2 > 0", "a == b",
    "R&D; and more", "AT&T", "the “[…]” left out", "[a] and [b]", "he [the minister] (2001) said", "see [1] and [2]", "@home", "a note:\nmore", "Table 3** and 4**",
    "** p < 0.05 ** and more", "x ** 2", "5 - 3", "Note: this", "[Note]: this is prose", "<5%", "write to <name>", "5 £ -- 6 £", "and/or", "§ 5", "a_b_c", "[x] marks it",
    "a … [b] [c]", "www is short", "~~", "wave ~~~ wave", "== ==", "50% :", "10:30", "http is a protocol", "C:\\dir",
    "$5 and then $10", "US$5 = £4, A$ 7", "C++ and i++", "10:30:45", "a:b:c", "so: this: that", "{x} and ${var}", "2^10", "^ here", "~5 to ~6", "a | b", "|x| is a size",
    "Wow!!! Really???", "(a) one or (b) two", "a.k.a. this", "A. Smith said", "it's 'so' said", "see p. 5 • p. 6", "{{ x }}", "2**3", "so: **this** and **that:** yes", "f**k",
    "- -> -", "8 <- 9", "(see [a])", "[sic] (2001)",
]  # fmt: skip


@pytest.mark.parametrize("text", PROSE)
@pytest.mark.parametrize("form", ["block", "line"])
def test_ordinary_prose_is_never_taken_for_markup(text: str, form: TextForm) -> None:
    assert list(text_problems(f"So {text}.", form)) == []
