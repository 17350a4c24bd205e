"""A playbook of any size for measurements: every text differs, relations lead to and fro, nothing is left to warn of.

Takes how many entries. Returns files for `write_playbook`; the same number gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

WORDS = """
partner budget office record family council charity shared measure team week report address letter visit service form queue desk agency
holds writes counts asks waits moves pays keeps sends meets reads knows finds tells opens changes needs gives takes plans each one their
new old same other early late long small joined local whole plain before after with for from about between without under over again
""".split()  # noqa: SIM905 - easier to read
SHARES = {"questions": 2, "barriers": 3, "insights": 3, "cases": 1, "terms": 1}
"""How the entries are spread over the kinds."""


def generated_entries(number: int, *, length: int = 105) -> dict[str, str]:
    """`number` entries of about 1.6 KB each; `length` is the number of words in the longest field."""
    whole = sum(SHARES.values())
    counts = {kind: max(1, number * share // whole) for kind, share in SHARES.items()}
    counts["barriers"] += number - sum(counts.values())
    writer = _Writer(Random(number), counts, length)  # noqa: S311 - no secret
    return {
        f"playbook_data/{kind}/{_id(kind, n)}.yml": MAKERS[kind](writer, n) for kind, count in counts.items() for n in range(count)
    }  # fmt: skip


def _id(kind: str, n: int) -> str:
    return f"{kind.removesuffix('s')}-number-{n}"


class _Writer:
    def __init__(self, random: Random, counts: dict[str, int], length: int) -> None:
        self.random, self.counts, self.length = random, counts, length

    def words(self, number: int) -> str:
        return " ".join(self.random.choices(WORDS, k=number))

    def sentence(self, number: int) -> str:
        return f"{self.words(number).capitalize()}."

    def id(self, kind: str, n: int | None = None) -> str:
        """The id of one entry of a kind; any number is brought into its range."""
        return _id(kind, self.random.randrange(self.counts[kind]) if n is None else n % self.counts[kind])

    def ids(self, kind: str, n: int) -> str:
        return f"[{self.id(kind, n)}, {self.id(kind, n + 1)}]" if self.counts[kind] > 1 else f"[{self.id(kind, n)}]"

    def prose(self, indent: str = "  ") -> str:
        """Paragraphs with emphasis and links; every eighth has a list, every sixteenth a table or code."""
        part = self.length // 3
        extra = self.random.randrange(16)
        rows = [
            f"{self.sentence(part)} It is *{self.words(2)}*, and [[{self.id('terms')}|{self.words(2)}]] helps. {self.sentence(part)}",
            "",
            f"See **[[shared-aims]]** and [the report](https://www.{self.words(1)}.test/{self.random.randrange(999)}). {self.sentence(part)}",
        ]
        if extra % 8 == 0:
            rows += ["", f"- {self.sentence(9)}", f"- {self.sentence(9)}"]
        if extra == 1:
            rows += ["", f"| {self.words(1)} | {self.words(1)} |", "| --- | --- |", f"| {self.words(2)} | `{self.words(1)}` |"]
        return "|\n" + "\n".join(f"{indent}{row}".rstrip() for row in rows)

    def head(self, kind: str, n: int) -> str:
        return f"title: {kind.capitalize()} {n} {self.words(4)}\nsummary: >-\n  {self.sentence(20)}\n"

    def lines(self) -> str:
        return "".join(f"\n  - {self.sentence(12)}" for _ in range(4))

    def cited(self) -> str:
        return f"sources:\n  - {{source: nao, at: para {self.random.randrange(90)}}}\n"

    def evidence(self) -> str:
        return f"evidence:\n  - source: nao\n    at: para {self.random.randrange(90)}\n    claim: {self.sentence(25)}\n"

    def question(self, n: int) -> str:
        return (
            f"{self.head('question', n)}question: {self.words(12).capitalize()}?\npillar: shared-aims\nstage: decide\nwhy: {self.prose()}\n"
            f"good:{self.lines()}\nsigns:{self.lines()}\nreveals: {self.ids('barriers', n)}\ntry: {self.ids('insights', n)}\n{self.cited()}"
        )

    def barrier(self, n: int) -> str:
        return (
            f"{self.head('barrier', n)}problem: {self.prose()}\nsigns:{self.lines()}\nfelt_by: [delivery-team]\nhits: [shared-aims]\n"
            f"{self.evidence()}{self.cited()}"
        )

    def insight(self, n: int) -> str:
        return (
            f"{self.head('insight', n)}point: {self.prose()}\nhow:{self.lines()}\neases: {self.ids('barriers', n)}\nserves: [shared-aims]\n"
            f"roles: [delivery-team]\n{self.evidence()}{self.cited()}"
        )

    def case(self, n: int) -> str:
        return (
            f"{self.head('case', n)}name: Case {n}\nperiod: {{from: 1999, to: 2001-12-07}}\nplace: England\npartners: [A council, A charity]\n"
            f"story: {self.prose()}\nresults: {self.sentence(30)}\nlimits:{self.lines()}\nshows: {self.ids('insights', n)}\n"
            f"meets: {self.ids('barriers', n)}\n{self.cited()}"
        )

    def term(self, n: int) -> str:
        """A term that its neighbour's text links to, so that it is used."""
        return (
            f"{self.head('term', n)}meaning: |\n  {self.sentence(self.length)} See [[{self.id('terms', n + 1)}]].\nsee: {self.ids('barriers', n)}\n"
        )


MAKERS: dict[str, Callable[[_Writer, int], str]] = {
    "questions": _Writer.question,
    "barriers": _Writer.barrier,
    "insights": _Writer.insight,
    "cases": _Writer.case,
    "terms": _Writer.term,
}
