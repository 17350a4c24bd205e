"""The index: which words are the same, what of a page is searched, how large the files are, and that the same pages give the same bytes."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from random import Random

import pytest

from macros.site.search.alike import alike_to
from macros.site.search.index import HEAD, MOST_SPELLINGS, PAGES_IN_A_FILE, Index, IndexedPage
from macros.site.search.page_text import PageText, TextSection, page_text
from macros.site.search.phrases import PHRASES
from macros.site.search.ranking import HEAVIEST, page_weights
from macros.site.search.write import SearchedPage, indexed_page, write_search
from macros.text.search_words import stem_of, words_of
from tests.support.sites import PROJECT

BARRIERS = ("barriers", "Barrier", "Barriers")
MOST_BYTES = 300_000
"""Before the first result, as they are on the disk; most hosts send a third of it."""


@pytest.mark.parametrize(
    "family",
    [
        "fund funds funding funded",
        "organise organisation organised organising organize organization organizer",
        "collaborate collaboration collaborative collaborators",
        "commission commissioning commissioners",
        "partner partners partnership partnerships",
        "accountable accountability",
        "behaviour behavior behaviours behavioral",
        "programme program programmes",
        "centre center centres central",
        "licence license",
        "policy policies",
        "KPI KPIs",
        "decide decision decisions",
        "pay pays paying payment",
        "child children child's",
        "co-ordinate coordinate coordinated",
        "café cafe CAFÉS",
        "leave leaves leaving left",
        "person people",
        "pay paid",
        "IT technology",
    ],
)
def test_words_of_a_family_are_the_same_word(family: str) -> None:
    stems = [{stem_of(word) for word in words_of(written)} for written in family.split()]
    assert set.intersection(*stems) - {""}


@pytest.mark.parametrize(
    ("one", "other"), [("policy", "police"), ("silo", "silos1"), ("need", "ned"), ("join", "joint"), ("public", "publish"), ("team", "tea")]
)
def test_words_that_only_look_alike_are_not(one: str, other: str) -> None:
    assert stem_of(one) != stem_of(other)


def test_a_word_with_hyphens_is_its_parts_and_the_whole() -> None:
    assert [*words_of("Joined‑up, the lab’s co-location")] == ["joined", "up", "joinedup", "the", "lab", "co", "location", "colocation"]


HTML = """<html><head><meta name="description" content="Said in the head"></head><body><nav>Menu</nav><article>
<nav>Crumbs</nav><h1>Title</h1><p class="summary">A <b>short</b> summary.</p>
<p data-not-searched>Left out</p><p>Before<br>the first</p>
<h2 id="signs">What you<a class="headerlink" href="#signs">#</a> see</h2><ul><li>one<li><i>t</i>wo</ul>three
<p><a>x</a><a>y</a>w<small>z</small></p><p class="cited">A report, page 5</p><ul class="sources"><li>A report</ul><svg><text>Drawn</text></svg><script>run()</script>
<h3 id="none">Nothing below</h3></article><footer>Foot</footer></body></html>"""


def test_the_text_of_a_page_is_what_stands_below_its_title() -> None:
    sections = (TextSection("", "", "Before\nthe first"), TextSection("signs", "What you see", "one\ntwo\nthree\nx yw\nz"))
    assert page_text(HTML) == PageText("A short summary.", sections)


def test_a_page_without_a_summary_is_summed_up_by_its_description() -> None:
    assert page_text(HTML.replace('class="summary"', "")).summary == "Said in the head"


def test_a_title_counts_more_than_a_summary_and_that_more_than_the_text() -> None:
    weights = page_weights({"title": ["a"], "summary": ["b"], "text": ["c", "", "d", "d"]})
    assert HEAVIEST > weights["a"] > weights["b"] > weights["d"] > weights["c"] > 0
    assert "" not in weights


def test_a_word_is_found_by_others_that_mean_the_same_but_counts_less_for_them() -> None:
    page = indexed_page(SearchedPage("barriers/a/", "A leader without money", BARRIERS), "<main><p>Lawyers</p></main>")
    boss, cash, law = (stem_of(word) for word in ("boss", "cash", "law"))
    assert page.weights["lead"] > page.weights[boss] > 0 < page.weights[cash]
    assert page.spellings["boss"] == boss
    assert law not in page.weights, "only what the title or the summary says, or what readers call it, has words like it"


def test_no_word_that_means_the_same_is_one_that_the_search_passes_over() -> None:
    assert alike_to(map(stem_of, words_of("I'll"))) == {}, "or each page would be about illness"


def test_two_words_that_stand_together_are_known_as_a_pair() -> None:
    also = ("turf war", "pilot")
    page = indexed_page(SearchedPage("barriers/old-walls/", "Who pays for the shared data", BARRIERS, also), "<main><p>Red tape</p></main>")
    assert {stem for stem in page.weights if " " in stem} == {"pay shar", "shar data", "old wal", "turf war"}


def test_a_word_that_readers_use_counts_more_alone_than_in_a_phrase() -> None:
    weights = indexed_page(SearchedPage("a/", "A", BARRIERS, ("turf war", "pilot", "who benefits")), "<main></main>").weights
    assert weights["pilot"] == weights["benefit"] > weights["turf"] > 0


def test_a_word_of_a_sentence_counts_less_than_one_of_a_phrase_but_its_pairs_count_as_much() -> None:
    weights = indexed_page(SearchedPage("a/", "A", BARRIERS, ("turf war", "partners never turn up")), "<main></main>").weights
    partners, never = map(stem_of, ("partners", "never"))
    assert weights["turf"] > weights[partners] > 0
    assert weights["turf war"] == weights[f"{partners} {never}"]


def test_a_title_that_is_no_more_than_the_words_typed_comes_first() -> None:
    start, slow = (indexed_page(SearchedPage("a/", title, BARRIERS, ("start",)), "<main></main>").weights for title in ("Start here", "A slow start"))
    assert start["start"] > slow["start"]
    up, more = (indexed_page(SearchedPage("a/", title, BARRIERS), "<main></main>").weights for title in ("Joining up", "Joining up data"))
    assert up["join up"] > more["join up"]


def pages_with(texts: Iterable[tuple[str, str]], kind: tuple[str, str, str] = BARRIERS) -> Iterator[tuple[SearchedPage, str]]:
    for number, (title, text) in enumerate(texts):
        yield SearchedPage(f"barriers/b-{number}/", title, kind), f'<article><h1>x</h1><p class="summary">{text}</p></article>'


def written(folder: Path, pages: Iterable[tuple[SearchedPage, str]]) -> Path:
    """The folder of the index of a site with these pages."""
    write_search(folder, (indexed_page(page, html) for page, html in pages))
    return folder / "search"


def test_each_phrase_says_something_else_in_words_that_the_search_looks_for() -> None:
    phrases = [phrase.split() for _, row in PHRASES for phrase in row.split(",")]
    assert len({*map(tuple, phrases)}) == len(phrases)
    assert [phrase for phrase in phrases if len(phrase) < 2] == []
    assert [word for plain, _ in PHRASES for word in plain.split() if not stem_of(word)] == []


def test_hostile_text_stays_text_and_makes_no_tag(tmp_path: Path) -> None:
    title = "</script><img src=x onerror=alert(1)> \u2028 \x00 __proto__ constructor"
    folder = written(tmp_path, pages_with([(title, "constructor &lt;b&gt; 😀")]))
    head = json.loads((folder / HEAD).read_text("utf-8"))
    files = {file.name: file.read_text("utf-8") for file in (folder / head["folder"]).iterdir()}
    assert not [name for name, text in files.items() if "<" in text]
    assert json.loads(files["pages-0.json"])[0][:3] == ["barriers/b-0/", title, "constructor <b> 😀"]
    assert {"construct", "proto"} <= json.loads(files["words-0.json"]).keys()


def test_a_new_index_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    pages = [*pages_with([("One", "first")])]
    folder = written(tmp_path, pages)
    before = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.json")}
    written(tmp_path, pages)
    assert {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.json")} == before
    written(tmp_path, [])
    assert json.loads((folder / HEAD).read_text("utf-8"))["pages"] == 0
    assert len([*folder.iterdir()]) == 2


def test_another_index_has_another_folder(tmp_path: Path) -> None:
    folders = []
    for text in ("first", "second"):
        index = written(tmp_path / text, pages_with([("One", text)]))
        folders.append(json.loads((index / HEAD).read_text("utf-8"))["folder"])
    assert folders[0] != folders[1]


DIGEST = """
import sys
from pathlib import Path
from tests.site.search.test_index import pages_with, written
texts = [(f"Title {n}", " ".join(sorted({"funding", "data", "zeal", "a", str(n % 7)}))) for n in range(60)]
written(Path(sys.argv[1]), pages_with(texts))
"""


def test_the_bytes_do_not_depend_on_the_hash_seed_nor_on_the_folder(tmp_path: Path) -> None:
    commands = {seed: [sys.executable, "-c", DIGEST, str(tmp_path / seed)] for seed in ("1", "2")}
    runs = [subprocess.Popen(command, cwd=PROJECT, env={**os.environ, "PYTHONHASHSEED": seed}) for seed, command in commands.items()]
    assert [run.wait() for run in runs] == [0, 0]
    one, other = ({path.relative_to(tmp_path / seed): path.read_bytes() for path in (tmp_path / seed).rglob("*.json")} for seed in ("1", "2"))
    assert one == other


PAGES = 10_000


def many_pages() -> Iterator[IndexedPage]:
    """As many pages as ten thousand entries make, with words as frequent as in a language: the n-th is said n times less often than the first."""
    random = Random(1)  # noqa: S311 - no secret
    words = [f"{stem}{number:x}" for number, stem in enumerate(["share", "fund", "partner", "agree", "council", "of", "measure"] * 8_000)]
    text = iter(random.choices(words, [1 / number for number in range(1, len(words) + 1)], k=PAGES * 120))
    for number in range(PAGES):
        said = [*islice(text, 120)]
        weights, sections = {word: 1 + len(word) % 9 for word in said}, (TextSection("why", "Why", " ".join(said)),)
        url, title, summary = f"barriers/entry-number-{number}/", " ".join(said[:6]), " ".join(said[:20])
        yield IndexedPage(url, title, BARRIERS, summary, sections, weights, dict(zip(said, said, strict=True)))


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of their index."""
    index = Index()
    files = dict(index.files(many_pages()))
    return {**files, HEAD: index.head("0" * 12)}


def largest(files: dict[str, bytes], beginning: str) -> list[bytes]:
    return sorted((data for name, data in files.items() if name.startswith(beginning)), key=len, reverse=True)


@pytest.mark.slow
def test_at_ten_thousand_entries_a_first_result_takes_few_bytes(many: dict[str, bytes]) -> None:
    """Even if each of two words is in the largest file there is, and each of eight results in another one."""
    asked_for = [many[HEAD], *largest(many, "words-")[:2], *largest(many, "pages-")[:8]]
    scripts = [(PROJECT / "docs/assets/js" / name).read_bytes() for name in ("search.js", "search-view.js")]
    assert sum(map(len, (*asked_for, *scripts))) <= MOST_BYTES
    assert sum(len(gzip.compress(data)) for data in (*asked_for, *scripts)) <= MOST_BYTES // 2
    misspelt = len(gzip.compress(many["spelling.json"]))
    assert len(json.loads(many["spelling.json"])[0]) <= MOST_SPELLINGS
    assert sum(len(gzip.compress(data)) for data in (*asked_for, *scripts)) + misspelt <= MOST_BYTES


@pytest.mark.slow
def test_every_page_is_in_one_file_and_no_file_has_more_than_its_share(many: dict[str, bytes]) -> None:
    rows = [len(json.loads(data)) for name, data in many.items() if name.startswith("pages-")]
    assert sum(rows) == PAGES
    assert max(rows) == PAGES_IN_A_FILE


def test_what_a_page_costs_does_not_grow_with_their_number() -> None:
    def spent(number: int) -> float:
        texts = [(f"Title {n}", f"words {n} about money and data, and a case {n % 50}") for n in range(number)]
        start = time.process_time()
        assert [*Index().files(indexed_page(page, html) for page, html in pages_with(texts))]
        return (time.process_time() - start) / number

    assert spent(2_000) < 6 * max(spent(200) for _ in range(3))
