"""Right words that are one slip from words of a playbook and mean something else: no page says `coast`, but who types it does not mean `cost`.

The script takes such a word for what it is, says that no page has it, and goes by the other words. Any other word that no page has is taken for a
slip. They are everyday words that people in public services may type, chosen by hand from those that would have been mistaken for others.
"""

from __future__ import annotations

_WORDS = """
accent accountant addiction alter amuse aptitude arena assignment attacked audio award banking beach beard biased bland blank bleed blind
booth bread breath brick broke broth brother cancer carter caste casting cease cells chancellor chapter cheat china civic class clean closet
coast coats compelling composition concert conclusion confession conservation consul continents convent conversion converting conviction
convictions coroner corporation counsellor court courts crash crops curse dairy dancer death debit decade decay demolition demon deported
detain detained directory divine drain drown electron elimination empire enact evacuate evacuation eviction evolution excel explode
extensive exterior factory fairy farming farms feast fellowship fever films fired fires flats fleet flight flood forgot fright frost giant
grain greed greek grief grind harvest heating herds hotels house indictment infection infections injection injections intern internship
invitation kings lakes lanes lease lesions linen liver major menus metal minerals motel movie naked novice ofsted paint painted palace paris
parish parole patent patrol peace phrase plant planting plants plots poison police polling polls ports powder prayers predicament prince
prize probe proportion prose prosecution protests quota racism raped recreation refuge reign relief relocation replay resort retail
retirement river safer sales sanction sanctions scare scent seats shareholders shell shire shirt shoot shops shore shout slight slums smell
snake socialist sport stars statue statues steel stigma storm stranger strength studios stuff summit supplement tents tiles tract trainee
transaction transportation treasure treaty trees tribal truck unity valve veteran victims viral weather weeds whale wings women youth
"""
OTHER_WORDS: tuple[str, ...] = tuple(sorted(set(_WORDS.split())))
