"""Plain and natural English, checked: reading ease, sentences, rhythm, chosen words and spelling, in the data and on the pages.

Takes a playbook's folder. Returns problems, each with its place and what to write instead.
The rules stand in `rules.yml`; words that the dictionary lacks, in `words.txt`. Open `check.py` first.
"""

from __future__ import annotations

from tests.prose.check import ease_of_entries, entry_problems, excepted_problems, page_problems
from tests.prose.ease import reading_ease
from tests.prose.passages import WORD, sentences, words_of_page
from tests.prose.rules import HERE, own_words, rules

__all__ = [
    "HERE",
    "WORD",
    "ease_of_entries",
    "entry_problems",
    "excepted_problems",
    "own_words",
    "page_problems",
    "reading_ease",
    "rules",
    "sentences",
    "words_of_page",
]
