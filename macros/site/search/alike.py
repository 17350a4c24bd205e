"""Words that readers use for the same thing: who looks for `boss` is helped by a page that says `leader`.

`alike_to` takes the stems of a text and returns words that mean nearly the same. The build puts them beside the words of a page, where they
count little, so that a reader's browser fetches nothing more for them. Words that only one playbook uses stand in its entries, under `also_searched`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from macros.text.search_words import stem_of

_GROUPS = """
boss manager leader director chief executive
money cash finance financial funds budget grant bank
cost price expense expensive costly afford
law legal legislation lawyer statute regulation rule
computer system software technology digital database app website
staff worker employee colleague workforce personnel
user citizen customer client resident patient claimant consumer
ministry department agency
council municipality borough county
record data information file statistics note notes
number figure statistics
fail failure wrong collapse mistake
conflict fight argue argument dispute disagree rivalry quarrel oppose
target goal objective aim
metric measure indicator kpi
collaborate cooperate partner partnership joint together teamwork
duplicate duplication repeat twice overlap double
stop end close finish exit terminate
begin start launch
agree agreement consensus
approve approval authorise authority permission permit mandate
refuse reject block resist unwilling reluctant object
trial pilot prototype experiment test
evaluate assess appraise review
evidence proof prove research study
quit leave resign turnover
slow delay late
check diagnostic diagnose checklist
grant grantee
press media news journalist newspaper publicity publicise
workload overload overwork burnout stress capacity
timetable schedule deadline timescale milestone
complain complaint grievance
poverty poor deprived disadvantaged
child kid young youth youngster teenager
old elderly older ageing pensioner
health nhs hospital medical doctor nurse clinic gp ward
job employment unemployed jobless
house housing homeless tenant landlord rent
skill training capability competence expertise talent
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
family parent mother father mum dad
baby maternity pregnancy pregnant toddler infant mother
understaffed shortage shortfall staffing capacity vacancy
cancel stop end
crisis emergency urgent incident
rich wealth wealthy
teach training educate course
school pupil student teacher classroom attendance truancy
police crime offender custody prison prisoner probation justice court
international abroad overseas foreign country
talk speak communicate communication conversation comms
decide decision choose choice
plan strategy roadmap
report paperwork bureaucracy
simple easy
hard difficult
risk danger liability hazard
fair equal equality
blame accountable accountability responsible responsibility liable
answer accountable
merge merger amalgamate integrate
reorganise restructure merger reorganisation
obstacle problem hurdle challenge difficulty issue
benefit gain advantage
impact effect result outcome difference
save saving efficiency efficient economy
reward bonus incentive motivate motivation
change reform transform transformation
prevent prevention early upfront
place area region locality neighbourhood district
building office premises site roof
successor succession handover replacement
audit auditor inspect inspection inspector watchdog scrutiny
abuse violence victim safeguard harm neglect vulnerable
drug alcohol addiction substance complex
disable disability impairment
rural village parish countryside
interpreter translation translate language
volunteer voluntary
quick fast speedy rapid soon
influence persuade lobby sway
learn lesson
contract agreement protocol memorandum
bid tender apply application compete competition
vision purpose mission
equality minority migrant refugee ethnic immigrant
referral refer signpost
dashboard statistics measure indicator
expire expiry end sunset
overlook miss forgotten exclude exclusion
autonomy freedom discretion devolution
priority prioritise objective
success succeed effective
keep retain retention
unclear unsure vague confusion confusing
copy replicate spread scale
isolated isolation alone
hub roof colocation
sick illness disease
mental psychological
worry concern fear afraid anxious
stuck stall delay
waste inefficient inefficiency
employer business firm enterprise
sponsor champion
hear heard aware unaware know awareness
network system
win bid
sign signature agreement
reliable accurate quality
visit outreach
contact call phone ring email
independent independence autonomy
opinion view feedback consult
ignore overlook neglect forget
lever incentive
disputed contested doubtful
secure secret confidential private privacy
licence copyright reuse
promise commit pledge commitment
angry unhappy dissatisfied complain
alarm warn warning sign symptom
fix mend repair improve redress
help support assist assistance aid
advice guidance guide advise tips
participate attend involve engage join
invite include involve
honest open transparent transparency
gap missing shortfall
track monitor follow watch measure
compare comparison benchmark evaluate
select pick choose
divide split separate
allocate distribute
powerful power authority influence
comply obey compliance
obligation duty responsibility
travel transport bus
evening weekend hours
cheat game gaming fraud
punish penalty sanction
thank praise credit recognition glory
listen hear voice
chair lead leader
senior top leader
ownership owner
lasting last permanent sustain sustainable
renew extend continue
tired fatigue burnout exhausted
queue wait waiting
doubt sceptic sceptical mistrust
story narrative message
knowledge expertise experience
official servant department
template format form
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
