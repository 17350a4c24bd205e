"""Phrases that mean what a plain word says: who looks for `sign off` is helped by a page that says `approve`.

`PHRASES` stands in the head of the index. The script looks for the plain words in the place of the phrase, and also finds pages that say the phrase
itself. A phrase with nothing after it says nothing that could be looked for, such as `tell me about`; it is left out where a search begins with it.
The words of a phrase may stand in any form. Sentences that only one playbook uses stand in its entries, under `also_searched`.
"""

from __future__ import annotations

_ROWS = """
who are you, who made this, who runs this, about you, contact you, contact us, talk to you > editors contact
what is this, what is this for, how does this work, where am i, what can i do here, how do i use this > introduction
tell me about, tell us about, information about, information on, info on, details of, anything on, anything about, looking for, how do i find >
i want to, we want to, i need to, we need to, i would like to, is there a way to, is it possible to, is it ok to, what happens when, what happens if >
what do we do when, what do we do if, what should i do when, what should i do if, what to do when, what to do if, briefing on, guide to, a bit about >
difference between, in practice, in general, at the moment, right now, these days, as soon as possible, first of all, at all, kind of, sort of, lots of >
sign off, go ahead, green light, rubber stamp, give permission, say yes > approve
whose job, whose responsibility, hold to account, held to account, who owns > accountable
single point of accountability, carry the can, pass the buck, finger pointing, point the finger > blame accountable
go wrong, goes wrong, went wrong, fall apart, falls apart, fell apart, break down, breaks down, let down, go off track > wrong fail
wind down, wind up, shut down, close down, phase out, switch off, get rid of, call it a day, pull the plug > close end
moving on, moves on, moved on, hand in notice, leaving the team, going on leave > leave person
drop out, pull out, walk away, back out, give up on us > leave partner commit
run out, running out, dry up, dries up, comes to an end, came to an end > end
keep going, carry on, keep alive > continue
running late, behind schedule, fall behind, taking too long, takes too long, dragging on, drag on > slow timetable
on time, time frame, time line, how long > timetable time
round the table, around the table, at the table, to the table, in the room > partners part
same page, eye to eye, same direction, sing from the same, common ground > agree share
at loggerheads, at odds, fall out, falling out, fell out, cross purposes, on toes, butt heads, bad blood > disagree conflict
get along, get on with, gets on with, get on well > trust together
own agenda, hidden agenda, self interest, look after themselves, own interests, own thing > own objective department
big picture, bigger picture > whole system
red flag, red flags, warning sign, warning signs, early warning, alarm bells > sign wrong
tick box, box ticking, ticking boxes, jump through hoops, hoops to jump, too much admin > paperwork
skin in the game, carrots and sticks, carrot and stick, in it for me, in it for us, in it for them > incentive gain
bang for buck, bang for your buck, bang for our buck > value money
quick win, quick wins, early win, early wins, low hanging fruit > visible progress start small
move the goalposts, moving goalposts, moving the goalposts, keeps changing, keep changing, chop and change > policy change fast
spread too thin, stretched too thin, not enough people, not enough staff, short of staff, short staffed, too few staff, too busy > capacity resource skill
pot of money, pots of money, purse strings, funding stream, funding streams, funding pot, funding pots > fund budget
foot the bill, pick up the bill, picks up the bill, pick up the tab, picks up the tab, put in money, chip in > pay
higher ups, top brass, senior people, senior management, senior managers, senior leaders, top management, top team, people at the top > leader department
powers that be > authority
head office, head quarters > centre
off sick, on sick leave, off work > absence cover
bounced between, bounced around, passed around, sent round, pushed around > pass complain
first thing, on monday > start small
burnt out, burned out, worn out, run ragged > exhausted capacity
members of the public, member of the public, general public, service users, service user, ordinary people > user
number ten, number 10, no 10, downing street > centre government
local authority, local authorities, town hall > council
steering group, steering committee, programme board, project board, task and finish group > board
on the ground > front line
how are we doing, how is it going, hows it going, state of play, where do we stand, keep track, keep an eye, keep tabs > measure progress
is it working, does it work, whether it works, prove it works, actually works > evaluate evidence value
make a difference, made a difference, making a difference, any difference > outcome
in the loop, heads up > inform
get across, get through to > persuade
get started, get going, off the ground, first day > start
up and running, go live, goes live, going live > run
roll out, rolled out, rolling out, scale up, scaling up, spread across > spread scale
use it or lose it > short funding
long run, long term, stand the test of time > last
left out, miss out, missing out, fall through the cracks, falls through the cracks, slip through the net, slips through the net > miss leave out
in the dark > unaware
get the word out, spread the word, word of mouth > publicise
put right, put things right > redress
play safe, plays safe, take a chance, taking chances > risk
top down > central
bottom up > local
learn from others, learning from others > share lesson
from each other > share lesson
out of date, years old, decades old > old
too complicated > complex
work from home, working from home > remote
come together, get together > together
different hats, two hats > defend department
who decides, makes the decisions, make the decisions, decision maker, decision makers, decision making > decide authority
a voice, their voice, have a say, has a say > involve user
turned down, knocked back > refuse
not allowed > permission law
lack of, not enough, shortage of, too little > lack sufficient
"""


def _rows() -> tuple[tuple[str, str], ...]:
    rows = (row.partition(">") for row in _ROWS.strip().splitlines())
    return tuple((" ".join(plain.split()), ",".join(map(str.strip, phrases.split(",")))) for phrases, _, plain in rows)


PHRASES = _rows()
"""Plain words, each with the phrases for which they stand, between commas."""
