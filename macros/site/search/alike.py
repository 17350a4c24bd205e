"""Words that readers use for the same thing: who looks for `boss` is helped by a page that says `leader`.

`alike_to` takes the stems of a text and returns words that mean nearly the same. The build puts them beside the words of a page, where they
count little, so that a reader's browser fetches nothing more for them. Words that only one playbook uses stand in its entries, under `also_searched`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from macros.text.search_words import stem_of

_GROUPS = """
boss manager leader director chief executive
money cash finance financial funds budget grant
cost price expense expensive costly afford
law legal legislation lawyer statute regulation rule
computer system software technology digital database app website
staff worker employee colleague workforce personnel
user citizen customer client resident patient claimant consumer
ministry department agency
council municipality borough county
record data information file statistics
fail failure wrong collapse mistake
conflict fight argue argument dispute disagree rivalry quarrel
target goal objective aim
metric measure indicator kpi
collaborate cooperate partner partnership joint together teamwork
duplicate duplication repeat twice
stop end close finish exit terminate
begin start launch
agree agreement consensus
approve approval authorise authority permission permit mandate
refuse reject block resist unwilling
trial pilot prototype experiment test
evaluate assess appraise review
evidence proof prove research study
quit leave resign turnover
slow delay late
check diagnostic diagnose checklist
grant grantee
press media news journalist newspaper publicity publicise
workload overload overwork burnout stress capacity
timetable schedule deadline timescale
complain complaint grievance
poverty poor deprived disadvantaged
child kid young youth youngster teenager
old elderly older ageing pensioner
health nhs hospital medical doctor nurse clinic
job employment unemployed jobless
house housing homeless tenant landlord rent
skill training capability competence expertise
hire recruit recruitment
charity voluntary ngo nonprofit vcs vcse
supplier contractor vendor provider
meeting board committee
politician minister election reshuffle
explain persuade convince
idea innovation invent
trust mistrust distrust suspicious suspicion confidence
ego pride selfish rival
cut slash reduce shrink
buy purchase procurement procure
family parent mother father
cancel stop end
crisis emergency urgent
rich wealth wealthy
teach training educate course
school pupil student teacher classroom attendance truancy
police crime offender custody prison
international abroad overseas foreign country
talk speak communicate communication conversation
decide decision choose choice
plan strategy roadmap
report paperwork bureaucracy
simple easy
hard difficult
risk danger liability
fair equal equality
blame accountable responsible responsibility
answer accountable
merge merger amalgamate integrate
"""


def _table() -> Mapping[str, Mapping[str, str]]:
    """From a stem to the words of each group that it is in, by their stems."""
    found: dict[str, dict[str, str]] = {}
    for row in _GROUPS.strip().splitlines():
        words = {stem_of(word): word for word in reversed(row.split())}
        for stem in words:
            found.setdefault(stem, {}).update(words)
    return found


_ALIKE = _table()


def alike_to(stems: Iterable[str]) -> dict[str, str]:
    """Returns the words that are like any of these, by their stems, without those words themselves."""
    own = frozenset(stems)
    return {stem: word for known in sorted(own & _ALIKE.keys()) for stem, word in _ALIKE[known].items() if stem not in own}
