"""Clashes of addresses: two pages that the build would put in the same place, reported for both files.

An entry's page and the pages that compare releases have their addresses from the data; a page written by hand may
replace a list or the page on changes, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from macros.files.layout import DATA, DOCS
from macros.playbook.urls import CHANGES, comparison_url, kind_url, page_source, page_url
from macros.problems.problem import Problem, file_problem
from macros.schema.kinds import KINDS

SAME_BUT_CASE = "; many disks cannot hold two names that differ only in capital letters"


@dataclass(frozen=True, slots=True)
class _Claim:
    """An address, and the file that makes the page there: none if the build makes it of several. `gives_way` to a page written by hand."""

    url: str
    file: str = ""
    gives_way: bool = False


def check_addresses(data: Iterable[str], pages: Iterable[str], versions: Iterable[str]) -> Iterator[Problem]:
    """Compares the addresses of the files of the data, of the pages written by hand and of the releases.

    Takes paths from the playbook's folder, and the versions from the oldest. Returns a problem at each file of each clash.
    """
    claims = [*_claims_of_data(data), *(_Claim(page_url(path), path) for path in pages), *_claims_of_build(versions)]
    for _, found in groupby(sorted(claims, key=_place), key=lambda claim: claim.url.lower()):
        same = tuple(found)
        for claim in same:
            other = next((each for each in same if each is not claim and _clash(claim, each)), None)
            if other and claim.file:
                yield _problem(claim, other)


def _place(claim: _Claim) -> tuple[str, str]:
    return claim.url.lower(), claim.file


def _claims_of_data(paths: Iterable[str]) -> Iterator[_Claim]:
    for path in paths:
        folder, _, name = path.removeprefix(f"{DATA}/").rpartition("/")
        if folder in KINDS:
            yield _Claim(f"{folder}/{name.removesuffix('.yml')}/", path)


def _claims_of_build(versions: Iterable[str]) -> Iterator[_Claim]:
    yield from (_Claim(url, gives_way=True) for url in (*map(kind_url, KINDS), CHANGES))
    yield from (_Claim(comparison_url(before, after)) for before, after in pairwise(versions))


def _clash(one: _Claim, other: _Claim) -> bool:
    return not (one.url == other.url and (one.gives_way or other.gives_way))


def _problem(claim: _Claim, other: _Claim) -> Problem:
    whose = other.file or f"the page that the build makes there ({page_source(other.url)})"
    case = SAME_BUT_CASE if claim.url != other.url else ""
    if not claim.file.startswith(f"{DOCS}/"):
        help = f"rename {other.file}, or move what it says into this entry: an entry's address is its kind and its id"
    elif not other.file and case:
        help = f"rename this file to {page_source(other.url)}, or to something else"
    else:
        help = "rename one of the two files, or put both texts into one" if other.file.startswith(f"{DOCS}/") else "rename this file"
    return file_problem(claim.file, "address-taken", f"the page would have the address /{claim.url}, as {whose} has{case}", help)
