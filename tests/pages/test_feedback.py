"""Ways to mend a page without knowing how: a mail and an issue that are filled in, on every page, and the form that the issue fills."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from macros.pages.feedback import NOT_RELEASED, PageContext, dated_version_of, issue_link, mail_link, missing_page_link, page_context, version_of
from macros.playbook.load import load_playbook
from macros.releases.history import History, ReleaseHistory
from macros.schema.settings import Settings
from macros.site.ledger.ledger import read_ledger
from macros.text.typography import typographic
from tests.support.exports import real_playbook
from tests.support.playbooks import BASE, SECONDS, changed, write_playbook
from tests.support.releases import write_release
from tests.support.sites import PROJECT, build, page, pages_of, words, write_project

FORMS = PROJECT / ".github" / "ISSUE_TEMPLATE"
FACTS = Settings.model_validate(yaml.safe_load(BASE["playbook_data/playbook.yml"]) | {"repository": {"url": "https://git.example.org/lab/book/"}})
PLACE = PageContext("Data stays apart", "data-sharing", "barriers/data-sharing/", "1.2")
ODD_TITLE = '50% of “teams” & co: why? #1 <b>"it\'s"</b> {{ 7 * 7 }} ~ Māori + 😀 = [x](y)'


def read_mail(link: str) -> tuple[str, dict[str, str]]:
    """The address and the fields of a mailto link, as RFC 6068 has them: a plus sign is a plus sign."""
    assert re.fullmatch(r"mailto:[A-Za-z0-9._~@%-]+\?subject=[A-Za-z0-9._~%-]+&body=[A-Za-z0-9._~%-]+", link)
    address, _, fields = link.removeprefix("mailto:").partition("?")
    return unquote(address), {name: unquote(value, errors="strict") for name, _, value in (field.partition("=") for field in fields.split("&"))}


def test_a_mail_says_which_page_and_asks_what_a_reviewer_needs() -> None:
    assert read_mail(mail_link(FACTS, PLACE)) == (
        "lab@example.org",
        {
            "subject": "Suggestion: Data stays apart (data-sharing)",
            "body": (
                "Page: Data stays apart\r\n"
                "Id: data-sharing\r\n"
                "Address: /barriers/data-sharing/\r\n"
                "Version: 1.2\r\n"
                "\r\nWhat I saw:\r\n"
                "\r\n\r\nWhat I suggest:\r\n"
                "\r\n\r\nWhere it is from (a document, a link, my own work):\r\n"
            ),
        },
    )


@given(title=st.text(st.characters(codec="utf-8"), max_size=90))
def test_any_title_comes_out_of_the_mail_and_the_issue_as_it_was(title: str) -> None:
    place = PageContext(title, "data-sharing", "barriers/data-sharing/", "1.2")
    _, fields = read_mail(mail_link(FACTS, place))
    assert fields["subject"] == f"Suggestion: {title} (data-sharing)"
    assert fields["body"].startswith(f"Page: {title}\r\nId: data-sharing\r\n")
    link = issue_link(FACTS, place)
    assert link.isascii()
    assert dict(parse_qsl(urlsplit(link).query, strict_parsing=True))["title"] == f"Suggestion: {title}"


def test_an_address_with_odd_signs_stays_one_address() -> None:
    settings = FACTS.model_copy(update={"contact": "lab+play#book/%@exämple.org"})
    assert mail_link(settings, PLACE).startswith("mailto:lab%2Bplay%23book%2F%25@ex%C3%A4mple.org?subject=")


def test_the_longest_title_leaves_room_for_the_words_of_a_mail() -> None:
    """Windows hands over about 2,000 characters; more would be cut off."""
    place = PageContext("W" * 90, "i" * 60, "barriers/" + "i" * 60 + "/", "10.10.10")
    assert len(mail_link(FACTS, place)) < 1000


def test_an_issue_is_filled_in_by_the_names_of_the_form() -> None:
    link = urlsplit(issue_link(FACTS, PLACE))
    assert f"{link.scheme}://{link.netloc}{link.path}" == "https://git.example.org/lab/book/issues/new"
    filled = dict(parse_qsl(link.query))
    assert filled == {
        "template": "suggest-a-change.yml",
        "title": "Suggestion: Data stays apart",
        "page": "Data stays apart (/barriers/data-sharing/)",
        "id": "data-sharing",
        "version": "1.2",
    }
    form = yaml.safe_load((FORMS / filled["template"]).read_text("utf-8"))
    asked = [field["id"] for field in form["body"] if "id" in field]
    assert asked == ["page", "id", "version", "saw", "suggest", "from"]
    assert set(filled) - {"template", "title"} < set(asked)


def test_where_the_files_are_not_public_there_is_no_issue() -> None:
    assert issue_link(FACTS.model_copy(update={"repository": None}), PLACE) is None


def test_an_address_that_leads_nowhere_can_be_told_too() -> None:
    assert read_mail(missing_page_link(FACTS, "1.2"))[1] == {
        "subject": "A link that leads nowhere",
        "body": "Version: 1.2\r\n\r\nThe address that led nowhere:\r\n\r\n\r\nThe page with the link to it:\r\n",
    }


@pytest.mark.parametrize(
    ("versions", "newest"),
    [([], NOT_RELEASED), (["1.0"], "1.0"), (["1.9", "1.10", "1.2"], "1.10"), (["0.9", "1.0", "1.0.1"], "1.0.1")],
)
def test_the_version_is_the_newest_release_by_number(playbook: Path, versions: list[str], newest: str) -> None:
    for version in versions:
        write_release(playbook, version)
    assert version_of(read_ledger(playbook, load_playbook(playbook)).current.history) == newest


def test_what_changed_since_the_newest_release_is_told_with_the_version(playbook: Path) -> None:
    write_release(playbook, "1.2")
    write_playbook(playbook, changed("playbook_data/terms/joining-up.yml", "working as one", "acting as one"))
    history = read_ledger(playbook, load_playbook(playbook)).current.history
    assert version_of(history) == "1.2, with changes since"
    assert dated_version_of(history) == "version 1.2, with changes since"


def test_paper_says_of_which_day_the_version_is() -> None:
    release = ReleaseHistory("1.2", "2026-12-07", "", 3, None)
    assert dated_version_of(History((release,), None, ())) == "version 1.2 of 7 December 2026"
    assert dated_version_of(History((release,), release, ())) == "version 1.2 of 7 December 2026, with changes since"


def test_a_page_is_named_by_its_entry_its_file_or_its_list(playbook: Path) -> None:
    book = load_playbook(playbook)

    def named(file: str, url: str, title: str) -> tuple[str, str, str, str]:
        place = page_context(book, file=file, url=url, title=title, version="1.2")
        return place.title, place.known_as, place.id, place.address

    case = named("playbook_data/cases/one-front-door.yml", "cases/one-front-door/", "ignored")
    assert case == ("One front door", "Id", "one-front-door", "/cases/one-front-door/")
    assert named("docs/index.md", "", "Q &amp; <em>A</em>") == ("Q & A", "File", "docs/index.md", "/")
    assert named("", "terms/", "Terms") == ("Terms", "Id", "terms", "/terms/")
    assert named("docs/index.md", "", "")[0] == "Small playbook"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = {
        "playbook_data/playbook.yml": BASE["playbook_data/playbook.yml"] + "repository: {url: https://git.example.org/lab/book}\n",
        "playbook_data/stages/decide.yml": BASE["playbook_data/stages/decide.yml"].replace(
            "Decide", f"'{ODD_TITLE.replace(chr(39), chr(39) * 2)}'", 1
        ),
        "docs/approach.md": "# An approach\n\nWords.\n",
    }
    project = write_project(tmp_path_factory.mktemp("suggest"), files)
    write_release(project, "1.2")
    done = build(project, "--strict")
    assert done.returncode == 0, done.stderr
    return project / "site"


def pages(site: Path) -> list[str]:
    return sorted(file.parent.relative_to(site).as_posix().strip(".") for file in pages_of(site))


def links(site: Path, url: str) -> dict[str, str]:
    return {words(link): link.attributes["href"] for link in page(site, url).css(".page-tools a")}


def test_every_page_has_its_own_mail_and_its_own_issue(site: Path) -> None:
    bodies = [read_mail(links(site, url)["Suggest a change"])[1]["body"] for url in pages(site)]
    issues = [links(site, url)["Open an issue"] for url in pages(site)]
    assert len(pages(site)) > 20
    assert len(set(bodies)) == len(set(issues)) == len(pages(site))
    for url, body in zip(pages(site), bodies, strict=True):
        assert f"\r\nAddress: /{url}{'/' if url else ''}\r\nVersion: 1.2\r\n" in body


def test_a_page_is_named_as_its_maker_knows_it(site: Path) -> None:
    named = {
        url: read_mail(links(site, url)["Suggest a change"])[1]["body"].split("\r\n")[:2] for url in ("", "approach", "terms", "roles/delivery-team")
    }
    assert named == {
        "": ["Page: Home", "File: docs/index.md"],
        "approach": ["Page: An approach", "File: docs/approach.md"],
        "terms": ["Page: Terms", "Id: terms"],
        "roles/delivery-team": ["Page: Delivery team", "Id: delivery-team"],
    }


def test_an_odd_title_is_text_in_the_mail_and_does_nothing_in_the_page(site: Path) -> None:
    tools = page(site, "stages/decide").css_first(".page-tools")
    assert read_mail(links(site, "stages/decide")["Suggest a change"])[1]["subject"] == f"Suggestion: {ODD_TITLE} (decide)"
    assert {node.tag for node in tools.traverse()} <= {"section", "p", "ul", "li", "a"}
    assert "49" not in tools.html
    assert words(page(site, "stages/decide").css_first("title")).startswith(" ".join(typographic(ODD_TITLE).split()))


def test_the_three_ways_stand_together_and_one_is_for_paper(site: Path) -> None:
    tools = page(site, "barriers/data-sharing").css_first(".page-tools")
    assert [words(item) for item in tools.css("li")] == [
        "Suggest a change by mail. You need no account.",
        "Open an issue , with an account where the files are kept.",
        "Edit this page with that account, and propose the change.",
    ]
    assert [words(line) for line in page(site, "barriers/data-sharing").css(".on-paper p")] == [
        "Small playbook , version 1.2 https://playbook.example.org/barriers/data-sharing/",
        "To suggest a change, write to lab@example.org and name this page: data-sharing.",
    ]


def test_the_page_for_a_lost_reader_has_a_mail_for_the_lost_link(site: Path) -> None:
    lost = (site / "404.html").read_text("utf-8")
    link = re.search(r'href="(mailto[^"]*subject[^"]*)"', lost)[1]
    assert read_mail(unquote_html(link))[1]["subject"] == "A link that leads nowhere"


def unquote_html(text: str) -> str:
    return re.sub(r"&#(\d+);", lambda found: chr(int(found[1])), text)


@pytest.mark.parametrize(("schema", "file"), [("issue-forms", "suggest-a-change.yml"), ("issue-config", "config.yml")])
def test_the_forms_are_such_as_github_takes(schema: str, file: str) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.github-{schema}", FORMS / file]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert done.returncode == 0, done.stdout


def test_the_forms_name_the_address_and_the_place_of_the_playbook() -> None:
    settings = real_playbook().settings
    link = yaml.safe_load((FORMS / "config.yml").read_text("utf-8"))["contact_links"][0]
    assert settings.contact in link["about"]
    assert link["url"].startswith(f"{settings.repository.url}/blob/{settings.repository.branch}/")
    assert (PROJECT / link["url"].rpartition(f"/{settings.repository.branch}/")[2]).is_file()
