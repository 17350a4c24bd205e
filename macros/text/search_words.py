"""The words of a text as the search compares them: without capitals, accents and endings, in one spelling for Britain and America.

`words_of` takes a text and returns its words; `stem_of` takes a word and returns what words of its family share.
The script in the browser does the same to what readers type, with the tables that `word_tables` puts into the index. So the rules stand here alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any

_WORD = re.compile(r"[^\W_]+(?:['’‐‑-][^\W_]+)*")
"""Letters and digits, also with apostrophes and hyphens between them."""
_HYPHEN = re.compile(r"[‐‑-]")
_STOP_WORDS = """
a about actually am an and any anybody anyone are arent as at be been being but by can cannot cant could couldnt did didnt do does doesnt dont each everybody
everyone for from get gets getting got had has have havent he her here his how hows i id if ill im in into is isnt it its ive just may me might must my nobody not of on or other our shall she should so some
somebody someone that the their than them then there these they theyre this those to too us very was wasnt we were weve what whats when where which who whom
whos whose why will with wont would you your
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
"""Words that nearly every page has and nobody looks for."""
_IN_CAPITALS = {"IT": "technology"}
"""What a word means that would be a stop word in small letters. The script has the same table."""
_LIGHT_WORDS = """
actually allow almost already also always answer anything become begin believe best better big call come day each early end enough ever every everything expect
feel few first follow get great happen hard hear hold important instead interest kind last later least less little long main many matter mean might most move
much must necessary never next nothing often once open part particular people place point possible quite rather real reason right second seem set side
small someone something sometimes soon sort speak stay still stop sure talk though together too toward turn understand usually various whole without word worry year yet
ten two three dozen hundred
all ask back bring different find give go good help keep know let like look lot make more need new no now only other own programme project put say see
start take tell thing think time try up use want way well work
"""
"""Words that say little beside others, but may be all that somebody types."""
_ACTOR_WORDS = """
agency charity child citizen client clinician colleague council councillor customer department director doctor employer family gp government health hospital
manager minister nhs nurse officer official patient police resident school social care staff user whitehall worker
"""
"""Words for those whom services are for, and for those who serve them. Most entries have them by one name or another, so they too say little beside others: that
a reader wants data says more than whose."""
_ENDINGS = """
0people>person 0left>leave 0lost>lose 0paid>pay 0spent>spend 0told>tell 0bought>buy 0taught>teach 0learnt>learn 0chose>choose 0chosen>choose 0built>build
0held>hold 0kept>keep 0sought>seek 0wrote>write 0written>write 0began>begin 0begun>begin 0gave>give 0given>give 0taken>take 0broken>break 0met>meet 0evening>evenin 0evenings>evenin
1sses>ss 2ies>y 1xes>x 2ches>ch 2shes>sh 4dren>d 1ss>ss 1us>us 3is>is 2s>
4ship> 3fulness>ful 4ness> 3ability>abl 3ibility>ibl 5ity>
3ental>ent 4ial> 5al> 4ly> 3ery>er 3able>abl 3ible>ibl
2gement>g 2gment>g 3ment> 5ance> 4ful> 2plaint>plain 2cision>cid
3isation>ization 3ise>ize 3ised>ized 3ising>izing 3iser>izer 3yse>yze 3ysed>yzed 3ysing>yzing 3our>or 3oured>ored 4mme>m 2ence>ense 3ogue>og 2eatre>eater 2etre>eter
1eed>ee 3ing> 3ed>
2nter>ntr 4er> 5or>
3ization>iz 3ation>at 3ative>at 3ition>it 3tion>t 4sion>s 4ive>
3e>
2bb>b 2dd>d 2ff>f 2gg>g 2ll>l 2mm>m 2nn>n 2pp>p 2rr>r 2ss>s 2tt>t
"""
WORD_ENDINGS = tuple(
    tuple((ending, instead, int(letters)) for letters, ending, instead in re.findall(r"(\d)(\w+)>(\w*)", row)) for row in _ENDINGS.strip().split("\n")
)
"""Passes over a word, one after the other; the first is for words that change within, and the sixth turns British spelling into American. In each, the first ending that fits is replaced, if at least so many letters are left before it."""


def words_of(text: str) -> Iterator[str]:
    """Yields the words; of one with hyphens its parts, and the whole without them: `co`, `location`, `colocation`."""
    for written in _WORD.findall(_plain(text)):
        yield from _words_in(_IN_CAPITALS.get(written) or written.lower())


@cache
def stem_of(word: str) -> str:
    """Returns what the word shares with others of its family, such as `fund` for `funding`; empty for a stop word."""
    if word in STOP_WORDS:
        return ""
    for endings in WORD_ENDINGS:
        for ending, instead, letters in endings:
            if word.endswith(ending) and len(word) - len(ending) >= letters:
                word = word[: -len(ending)] + instead
                break
    return word


def word_tables() -> dict[str, Any]:
    """The tables as the index holds them."""
    light, actors = (sorted({*map(stem_of, words.split())}) for words in (_LIGHT_WORDS, _ACTOR_WORDS))
    return {"stopWords": sorted(STOP_WORDS), "lightWords": light, "actorWords": actors, "endings": WORD_ENDINGS}


@cache
def _words_in(written: str) -> tuple[str, ...]:
    parts = tuple(filter(None, map(_without_apostrophes, _HYPHEN.split(written))))
    return (*parts, "".join(parts)) if len(parts) > 1 else parts


def _without_apostrophes(word: str) -> str:
    return re.sub(r"['’]s$", "", word).replace("'", "").replace("’", "")


def _plain(text: str) -> str:
    """Without accents, with ligatures and wide forms as plain letters."""
    return text if text.isascii() else unicodedata.normalize("NFKD", text).translate(_NO_MARKS)


class _NoMarks(dict[int, int | None]):
    """For `str.translate`: takes away marks above and below letters, and keeps the rest."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.category(chr(code)) == "Mn" else code
        return self[code]


_NO_MARKS = _NoMarks()
