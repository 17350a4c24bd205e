"""What is told of most files by a quick look is what a closer look would say.

The check reads thousands of entries, so it parses a text as Markdown, or a file token by token, only where a quick look
leaves a doubt. Whatever it lets pass must be right: here it is compared with the parsers, over input made to deceive it.
"""

from __future__ import annotations

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from macros.schema.builtin_kinds import Term
from macros.schema.fields import TextForm
from macros.schema.patterns import slug_of
from macros.text.fast_path import links_without_parsing, may_hold_placeholder
from macros.text.folded_text import fold
from macros.text.glossary import Glossary
from macros.text.parse import parse_text
from macros.text.placeholders import PLACEHOLDER
from macros.yamlfile.fast_path import UNSURE, read_fast
from macros.yamlfile.reader import parse_plainly
from macros.yamlfile.source import SourceText

MARKUP = (
    "[[a]]", "[[a|b c]]", "[[ a ]]", "[[|x]]", "[[a|]]", "[[a| ]]", "[[", "]]", "[", "]", "(", ")", "!", "[x](https://a.b/c)", "[x](url)", "[](https://x.y)",
    "[x]()", "[x](mailto:a@b.c)", "[*x*](https://q.r)", "[a|b](https://z.y)", "[ ](https://z.y)", "[x](https://example.org)", "https://example.org",
    "**b**", "*a*", "_", "`c`", "~~~", "\\", "<b>", "&amp;", "&#91;", "- ", "+ ", "1. ", "> ", "# H", "==", "---", "| a | b |", "|---|---|",
    "[^1]", "[x][1]", "[1]: https://q.r", "~~x~~", "~~", "==x==", "***", "___", "** b**", "**b **", "**", "[ ] ", "[x] ", ": ", "\n: ", "www.a.org", "www.", "a@b.org", "@",
    "[[a|*b*]]", "[[a|_b_]]", "[[a\\|b]]", "&rlm;", "&#10;", "x^2^", "~2~", "^[n]", ":a:", ":", "{.a}", "!!! a", "??? b", "++a++", "^^a^^", "$x^2$", "|", "| a |\n", "• a", "a. b\n", "b. c", "'''a'''", "**b", "**b.**", ">>>>>>", "- - - - ", "<!-- c", "1) ",
    " ", "    ", "\t", "\n", "\n\n", "\u00a0", "[[\u00a0]]", "[\u00a0](https://z.y)", "word", "a_b",
)  # fmt: skip
YAML = (
    "title: x", "a: ", "b:", "- ", "? ", ": ", ", ", "[", "]", "{", "}", "&a ", "*a", "!t ", "!!str ", "<<: ", "'", '"', "|", ">-", "#", " # *c*", "%Y", "---", "...",
    "\n", "\r", "\n  ", "\n    ", "no", "1.10", "2026-13-45", "~", "=", "*emphasis*, and *more*", "[[a|b]]", "word", "\u2028",
)  # fmt: skip


@pytest.mark.slow
@settings(max_examples=1_500)
@given(st.lists(st.sampled_from(MARKUP), max_size=9).map("".join), st.sampled_from(["block", "line"]))
@example("1. !!! a", "block")
@example("\u00a0!!! a", "block")
@example("1.\u00a0: b", "block")
@example("+ ___\n[[a]]", "block")
@example("https://example.org[[a]][[a]]https://example.orghttps://example.org[^1]", "block")
@example("a\n1. ---", "block")
def test_links_told_by_their_looks_are_those_that_the_parser_sees(text: str, form: TextForm) -> None:
    links = links_without_parsing(text, form)
    parsed = parse_text(text, form)
    assert links is None or ((), links) == (parsed.problems, parsed.links)


@pytest.mark.slow
@settings(max_examples=1_500)
@given(st.lists(st.sampled_from(YAML), max_size=12).map("".join))
def test_what_is_read_quickly_is_what_yaml_means_and_has_no_alias_anchor_or_tag(text: str) -> None:
    value = read_fast(text)
    if value is UNSURE:
        return
    assert parse_plainly(SourceText("x.yml", text)) == (value, [])
    events = [*yaml.parse(text, Loader=yaml.CSafeLoader)]
    assert not any(isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) or getattr(event, "tag", None) for event in events)
    assert value == _with_keys_as_written(yaml.compose(text, Loader=yaml.CSafeLoader))


def _with_keys_as_written(node: yaml.Node | None) -> object:
    """The value as PyYAML makes it, one scalar at a time, but for keys, which are text as they are written."""
    if node is None:
        return None
    if isinstance(node, yaml.MappingNode):
        return {key.value: _with_keys_as_written(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_with_keys_as_written(item) for item in node.value]
    return yaml.constructor.SafeConstructor().construct_object(node)


@given(st.lists(st.sampled_from(["TODO", "todo", "Tbc", "TBD", "FixMe", "XXX", "lorem", " ", "ipsum", "\n", "a", "_", "x"]), max_size=6).map("".join))
def test_whatever_marks_a_text_as_unfinished_is_looked_for(text: str) -> None:
    assert may_hold_placeholder(text) or not PLACEHOLDER.search(text)


@pytest.mark.parametrize("text", ["See **[[a]]**, and [x](https://a.b/c).", "**Read [[a|b]]** and **[x](https://a.b/c)**\n"])
def test_a_link_in_bold_is_no_reason_for_a_closer_look(text: str) -> None:
    assert links_without_parsing(text, "block") == parse_text(text, "block").links


def test_emphasis_in_a_text_is_no_reason_for_a_closer_look() -> None:
    text = "why: |\n  *This* matters, *that* too: *all* of it & more!\n  **Bold** begins a line.\nsigns: [one *two*, three]\n"
    assert parse_plainly(SourceText("x.yml", text)) == (read_fast(text), [])


@given(
    st.lists(
        st.sampled_from(["pool", "pools", "pooled budget", "budget", "AI", "O'Brien", "a", " ", ", ", "-", "'", "&#39;", "ai", "Budgets"]), max_size=8
    ).map("".join)
)
def test_a_term_is_used_in_others_where_it_is_found_in_one_of_them(text: str) -> None:
    words = ("pool", "budget", "pooled budget", "AI", "O'Brien", "'a")
    terms = [Term(id=slug_of(word), title=word, summary="s", meaning="m") for word in words]
    glossary = Glossary(terms)
    assert glossary.used_in_others([("own", fold(text))]) == glossary.used_in(text)
    assert glossary.used_in_others([("budget", fold(text))]) == glossary.used_in(text) - {"budget"}
