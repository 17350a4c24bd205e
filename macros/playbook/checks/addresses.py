"""Clashes of addresses: two files that the build would put in the same place, reported for both; and places that are not free at all.

An entry's page and the pages that compare releases have their addresses from the data. A page written by hand may replace a list or the page on
changes, and nothing else.
"""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from macros.files.layout import DATA, DOCS
from macros.playbook.urls import (
    BUILT_FILES,
    CARDS,
    CHANGES,
    ENTRY_FORMS,
    INDEX,
    SEARCH,
    WHOLE,
    above_list,
    comparison_url,
    is_for_lists,
    is_for_publishing,
    kind_url,
    page_source,
    page_url,
)
from macros.problems.problem import Problem, file_problem
from macros.schema.kinds import KINDS

SAME_BUT_CASE = "; many disks cannot hold two names that differ only in capital letters"
_PAGE = "index.html"
_LONGEST_NAME = 255
_LONGEST = 1000
"""Characters that the name of a folder, and a whole address, can have on any disk."""
_OF_SEARCH = frozenset({f"{SEARCH}{_PAGE}", f"{SEARCH}index.json"})
"""What has a claim of its own."""
_INDEX = "index"
"""The id that would make an entry's page that of the whole list."""


@dataclass(frozen=True, slots=True)
class _Claim:
    """A file of the site, and the file that it is made from: none if the build makes it of several. `gives_way` to a page written by hand."""

    output: str
    file: str = ""
    gives_way: bool = False

    @property
    def address(self) -> str:
        """`/barriers/data-sharing/`, or `/feed.xml`."""
        return f"/{self.output.removesuffix(_PAGE) if posixpath.basename(self.output) == _PAGE else self.output}"


def check_addresses(data: Iterable[str], docs: Iterable[str], versions: Iterable[str]) -> Iterator[Problem]:
    """Compares the addresses of the files of the data, of the files below docs/ and of the releases.

    Takes paths from the playbook's folder, and the versions from the oldest. Returns a problem at each file of each clash.
    """
    docs = tuple(docs)
    claims = [*_claims_of_data(data, frozenset(docs)), *map(_claim_of_docs, docs), *_claims_of_build(versions)]
    for _, found in groupby(sorted(claims, key=_place), key=lambda claim: claim.output.casefold()):
        same = tuple(found)
        for claim in same:
            other = next((each for each in same if each is not claim and _clash(claim, each)), None)
            if other and claim.file:
                yield _problem(claim, other)
    yield from _folders_that_are_files(claims)
    for path in docs:
        output = _claim_of_docs(path).output
        address = page_url(path) if path.endswith(".md") else path.removeprefix(f"{DOCS}/")
        if is_for_publishing(output.removesuffix(_PAGE)):
            yield _reserved(path, "publishing, which puts the versions of the site in the folders latest/, 1.0/ and so on")
        elif output.casefold().startswith(SEARCH) and output.casefold() not in _OF_SEARCH:
            yield _reserved(path, "the search, which has its page and its index there")
        elif output.casefold().startswith(CARDS):
            yield _reserved(path, "the cards of entries, which other sites show in frames")
        elif is_for_lists(address):
            yield _reserved_for_lists(path, address)


def _place(claim: _Claim) -> tuple[str, str, str]:
    return claim.output.casefold(), claim.file, claim.output


def _claims_of_data(paths: Iterable[str], docs: frozenset[str]) -> Iterator[_Claim]:
    """The page of each entry, and its other forms where a file of docs/ might be; one in Markdown is a page, and no file of the site."""
    for path in paths:
        folder, _, name = path.removeprefix(f"{DATA}/").rpartition("/")
        if folder in KINDS:
            id = name.removesuffix(".yml")
            yield _Claim(f"{folder}/{_PAGE}" if id == _INDEX else f"{folder}/{id}/{_PAGE}", path)
            forms = (form.format(at=f"{folder}/{id}") for form in ENTRY_FORMS)
            yield from (_Claim(form, path) for form in forms if f"{DOCS}/{form}" in docs and not form.endswith(".md"))


def _claim_of_docs(path: str) -> _Claim:
    return _Claim(f"{page_url(path)}{_PAGE}" if path.endswith(".md") else path.removeprefix(f"{DOCS}/"), path)


def _claims_of_build(versions: Iterable[str]) -> Iterator[_Claim]:
    yield from (_Claim(f"{url}{_PAGE}", gives_way=True) for url in (*map(kind_url, KINDS), CHANGES, INDEX))
    yield from (_Claim(f"{comparison_url(before, after)}{_PAGE}") for before, after in pairwise(versions))
    yield from map(_Claim, (f"{SEARCH}{_PAGE}", f"{WHOLE}{_PAGE}", *BUILT_FILES))


def _clash(one: _Claim, other: _Claim) -> bool:
    """Whether two files cannot both be there. A list gives way to a page written by hand, and not to an entry."""
    gives_way = (one.gives_way and other.file.startswith(f"{DOCS}/")) or (other.gives_way and one.file.startswith(f"{DOCS}/"))
    return not (one.output == other.output and (gives_way or one.file == other.file))


def why_no_page(address: str, files: Collection[str] = ()) -> str:
    """Why no page can be at `address`, which ends in a /: it is kept, no disk has such a name, or a file is there, of the build or of `files`."""
    if is_for_publishing(address):
        return f"'{address.partition('/')[0]}' is kept for publishing"
    if is_for_lists(address):
        return f"'{above_list(address)}list/' is kept for the further pages of a list"
    if len(address) > _LONGEST or any(len(name) > _LONGEST_NAME for name in address.split("/")):
        return "that is longer than a disk can hold"
    if _PAGE in address.casefold().split("/"):
        return f"{_PAGE} is the file of a page, and no part of its address"
    taken = {file.casefold(): file for file in (*BUILT_FILES, *files)}
    file = next((taken[folder.casefold()] for folder in _folders_of(address) if folder.casefold() in taken), None)
    return f"/{file} is a file of the site" if file else ""


def _folders_that_are_files(claims: Iterable[_Claim]) -> Iterator[Problem]:
    """A file without an ending where the build needs a folder: `docs/barriers` beside the list of barriers."""
    claims = tuple(claims)
    whose = {folder.casefold(): claim for claim in claims for folder in _folders_of(claim.output)}
    for claim in claims:
        if claim.file and (other := whose.get(claim.output.casefold())):
            message = f"it would be in the place of a folder of the site, in which {other.file or 'the build'} has the address {other.address}"
            yield file_problem(claim.file, "address-taken", message, "rename this file")


def _folders_of(path: str) -> Iterator[str]:
    while path := posixpath.dirname(path):
        yield path


def _reserved(path: str, what: str) -> Problem:
    first = path.removeprefix(f"{DOCS}/").partition("/")[0]
    message = f"'{first.removesuffix('.md')}' is kept for {what}"
    return file_problem(
        path, "address-reserved", message, f"give {f'the folder {first}/' if '/' in path.removeprefix(f'{DOCS}/') else 'it'} another name"
    )


def _reserved_for_lists(path: str, address: str) -> Problem:
    message = f"'{above_list(address)}list/' is kept for the further pages of a list that is too long for one"
    return file_problem(path, "address-reserved", message, "move it to another folder")


def _problem(claim: _Claim, other: _Claim) -> Problem:
    what = "page" if posixpath.basename(claim.output) == _PAGE else "file"
    whose = other.file or f"the {what} that the build makes there{_made_from(other)}"
    case = SAME_BUT_CASE if claim.output != other.output else ""
    if not claim.file.startswith(f"{DOCS}/"):
        help = f"rename {other.file}, or move what it says into this entry: an entry's address is its kind and its id"
        if not other.file:
            help = "give this file, and so the entry, another name"
    elif not other.file and case and what == "page":
        help = f"rename this file to {page_source(other.address[1:])}, or to something else"
    else:
        help = "rename one of the two files, or put both texts into one" if other.file.startswith(f"{DOCS}/") else "rename this file"
    subject = "the page" if what == "page" else "it"
    return file_problem(claim.file, "address-taken", f"{subject} would have the address {claim.address}, as {whose} has{case}", help)


def _made_from(claim: _Claim) -> str:
    return f" ({page_source(claim.address[1:])})" if posixpath.basename(claim.output) == _PAGE else ""
