"""`playbook sync`: whom it asks, what it takes for an inventory, and what it says of the links that a new copy breaks.

A real server on this machine answers over https. Nothing here leaves the machine.
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
import sphobjinv

from macros.authoring.sync.download import Downloader, NotDownloaded
from macros.files.layout import LARGEST_INVENTORY
from macros.pages.renderer import Renderer
from macros.playbook.load import load_playbook
from macros.playbook.urls import entry_url
from tests.support.inventories import OTHERS, ROWS, inventory_of
from tests.support.playbooks import BASE, Files, run_playbook, write_playbook
from tests.support.sites import PROJECT
from tests.support.web_stub import WebStub, closed_port, own_certificate, web_stub

pytestmark = pytest.mark.slow

SPACE, POOL = (f"playbook_data/insights/{id}.yml" for id in ("shared-space", "pool-budgets"))
COPY = "playbook_data/inventories/nz.inv"
PLAYBOOKS = "playbook_data/playbooks.yml"
TERM = "playbook_data/terms/joining-up.yml"
LINKED = {**OTHERS, TERM: BASE[TERM].replace("meaning: ", "meaning: See [[nz:silos]]. ")}


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return own_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def site(certificate: tuple[Path, Path]) -> Iterator[WebStub]:
    with web_stub(certificate=certificate) as running:
        running.files = {"copy.inv": inventory_of(), "objects.inv": inventory_of(), "large.inv": b"x" * (LARGEST_INVENTORY + 1)}
        yield running


def downloader(certificate: tuple[Path, Path], **options: object) -> Downloader:
    tls = ssl.create_default_context(cafile=str(certificate[0]))
    return Downloader("playbook-sync (a test)", **{"seconds": 0.5, "allow_private": True, "tls": tls, **options})


def test_it_fetches_over_https_and_says_who_asks(site: WebStub, certificate: tuple[Path, Path]) -> None:
    download = downloader(certificate)
    assert download(f"{site.address}copy.inv") == inventory_of()
    assert download(f"{site.address}moved-to-copy") == inventory_of()
    assert site.agents == {"playbook-sync (a test)"}


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("gone", "it answers 404 Not Found"),
        ("moved-to-http", "it leads to 'http://127.0.0.1:1/', and only addresses that begin with https:// are fetched"),
        ("to-a-file", "it leads to 'file:///etc/passwd', and only addresses that begin with https:// are fetched"),
        ("to-nonsense", "it leads to 'http://[broken', which is not a whole address"),
        ("see-nothing", "it leads to another address, and does not say which"),
        ("circle", "it leads on more than 5 times"),
        ("large.inv", "it has more than 2,000,000 bytes"),
        ("never", "it does not answer in time"),
        ("drips", "there is no whole answer within 1.5 seconds"),
        ("not-http", "what it answers is not HTTP"),
        ("hangs-up", "it closes the connection without an answer"),
    ],
)
def test_what_cannot_be_fetched_has_a_reason(site: WebStub, certificate: tuple[Path, Path], path: str, reason: str) -> None:
    with pytest.raises(NotDownloaded) as raised:
        downloader(certificate)(f"{site.address}{path}")
    assert str(raised.value) == reason


def test_it_asks_no_private_network_and_trusts_nobody_without_a_certificate(site: WebStub, certificate: tuple[Path, Path]) -> None:
    with pytest.raises(NotDownloaded, match=r"it leads to 127\.0\.0\.1, inside a private network, and is not asked"):
        downloader(certificate, allow_private=False)(f"{site.address}copy.inv")
    with pytest.raises(NotDownloaded, match="its certificate is not valid"):
        downloader(certificate, tls=ssl.create_default_context())(f"{site.address}copy.inv")
    with pytest.raises(NotDownloaded, match="only addresses that begin with https:// are fetched"):
        downloader(certificate)(site.address.replace("https", "http"))
    assert site.asked == []


def other_at(address: str, files: Files) -> Files:
    return {**files, PLAYBOOKS: OTHERS[PLAYBOOKS].replace("https://playbook.example.nz/", address)}


def sync(root: Path, certificate: tuple[Path, Path], *options: str) -> tuple[int, str, str]:
    environment = {"SSL_CERT_FILE": str(certificate[0])}
    done = run_playbook(root, "sync", "--allow-private", "--timeout", "1", *options, environment=environment)
    return done.returncode, done.stdout, done.stderr


def test_the_copy_is_what_the_site_has(tmp_path: Path, site: WebStub, certificate: tuple[Path, Path]) -> None:
    files = {path: content for path, content in LINKED.items() if path != COPY}
    write_playbook(tmp_path, other_at(site.address, files))
    assert "error[inventory-missing]" in run_playbook(tmp_path, "check").stdout
    assert sync(tmp_path, certificate) == (0, "nz: 3 names\n", "")
    assert (tmp_path / COPY).read_bytes() == inventory_of()
    assert run_playbook(tmp_path, "check").returncode == 0
    assert sync(tmp_path, certificate, "nz") == (0, "nz: nothing has changed\n", "")


def test_what_is_gone_or_renamed_names_the_lines_that_link_to_it(tmp_path: Path, site: WebStub, certificate: tuple[Path, Path]) -> None:
    write_playbook(tmp_path, other_at(site.address, LINKED))
    renamed = ROWS.replace(b"silos playbook:barrier 1 barriers/silos/", b"walls playbook:barrier 1 barriers/walls/").replace(b"/silos/", b"/walls/")
    site.files["objects.inv"] = inventory_of(renamed)
    code, said, _ = sync(tmp_path, certificate)
    assert code == 1
    assert said.startswith("nz: 4 names, 1 new and 0 gone\n  new: walls\nplaybook_data/terms/joining-up.yml:3:")
    assert "error[renamed-outside] meaning: 'nz:silos' is now 'nz:walls' in Aotearoa <playbook>" in said
    site.files["objects.inv"] = inventory_of(b"trust playbook:insight 1 insights/trust/ Trust\n")
    code, said, _ = sync(tmp_path, certificate)
    assert code == 1
    assert "nz: 1 name, 0 new and 3 gone\n  gone: old-silos, silos, walls\n" in said
    assert "error[unknown-outside-id] meaning: Aotearoa <playbook> has no 'silos'" in said


@pytest.mark.parametrize("answer", [b"<!doctype html>", inventory_of(b"a std:label 1 javascript:alert(1) A\n"), inventory_of(b"x" * 50_000_000), b""])
def test_what_is_no_inventory_leaves_the_old_copy(tmp_path: Path, site: WebStub, certificate: tuple[Path, Path], answer: bytes) -> None:
    write_playbook(tmp_path, other_at(site.address, LINKED))
    site.files["objects.inv"] = answer
    code, said, error = sync(tmp_path, certificate)
    assert (code, said) == (1, "")
    assert error.startswith("Error: nz: ")
    assert (tmp_path / COPY).read_bytes() == inventory_of()


def test_one_site_that_does_not_answer_keeps_no_other_from_being_fetched(tmp_path: Path, site: WebStub, certificate: tuple[Path, Path]) -> None:
    gone = f"https://127.0.0.1:{closed_port()}/"
    rows = f"  - {{prefix: au, title: Australia, address: '{gone}'}}\n  - {{prefix: nz, title: Aotearoa, address: '{site.address}'}}\n"
    write_playbook(tmp_path, {PLAYBOOKS: f"playbooks:\n{rows}"})
    code, said, error = sync(tmp_path, certificate)
    assert (code, said) == (1, "nz: 3 names\n")
    assert error.startswith(f"Error: au: {gone}objects.inv cannot be fetched: it refuses the connection\n")


def test_a_file_takes_the_place_of_the_network(tmp_path: Path) -> None:
    write_playbook(tmp_path, {PLAYBOOKS: OTHERS[PLAYBOOKS]})
    (tmp_path / "downloaded.inv").write_bytes(inventory_of())
    done = run_playbook(tmp_path, "sync", "nz", "--from", "downloaded.inv")
    assert (done.returncode, done.stdout) == (0, "nz: 3 names\n")
    assert (tmp_path / COPY).read_bytes() == inventory_of()


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        (("nx",), 2, "no other playbook has the prefix 'nx'; the prefixes are nz"),
        (("--from", "a.inv"), 2, "--from needs one PREFIX: that of the playbook that the file is from"),
        (("nz", "--from", "a.inv"), 1, "a.inv: no such file or directory"),
    ],
)
def test_what_is_typed_wrongly_is_told(tmp_path: Path, typed: tuple[str, ...], code: int, said: str) -> None:
    write_playbook(tmp_path, LINKED)
    done = run_playbook(tmp_path, "sync", *typed)
    assert done.returncode == code
    assert said in done.stderr


def test_a_playbook_without_others_has_nothing_to_fetch(playbook: Path) -> None:
    done = run_playbook(playbook, "sync")
    assert done.returncode == 1
    assert done.stderr.startswith("Error: there is no playbook_data/playbooks.yml, so no other playbook is named\nwrite it, such as: playbooks:")


def test_two_playbooks_link_to_each_other_as_the_page_for_other_sites_says(tmp_path: Path, site: WebStub, certificate: tuple[Path, Path]) -> None:
    """The second one publishes each of its entries under its id, and the first is written as the page shows."""
    second = load_playbook(write_playbook(tmp_path / "second", {POOL: BASE[SPACE].replace("Sit together", "Pool budgets")}))
    inventory = sphobjinv.Inventory()
    inventory.project, inventory.version = "Second", "1.0"
    for entry in second.entries.values():
        role = entry.kind.one.lower().replace(" ", "-")
        row = {"name": entry.id, "domain": "playbook", "role": role, "priority": "1", "uri": entry_url(entry), "dispname": entry.known_as}
        inventory.objects.append(sphobjinv.DataObjStr(**row))
    site.files["objects.inv"] = sphobjinv.compress(inventory.data_file())
    page = (PROJECT / "docs/about/linking.md").read_text("utf-8").partition("{ #from-a-playbook }")[2]
    named, text = re.search(r"```yaml\n(.*?)```.*?```text\n(.*?)\n```", page, re.DOTALL).groups()
    named = named.replace("https://playbook.example.org/", site.address)
    first = write_playbook(tmp_path / "first", {PLAYBOOKS: named, TERM: BASE[TERM].replace("meaning: ", f"meaning: {text} ")})
    assert sync(first, certificate)[0] == 0
    assert run_playbook(first, "check").returncode == 0
    playbook = load_playbook(first)
    shown = Renderer(playbook, "terms/joining-up/").entry_page(playbook.entries["joining-up"]).replace("&#58;", ":")
    assert f'<a href="{site.address}barriers/data-sharing/" rel="external">share less than they may</a>' in shown
    assert f'<a href="{site.address}insights/pool-budgets/" rel="external">Pool budgets</a>' in shown


def test_a_site_made_by_sphinx_is_linked_to(tmp_path: Path) -> None:
    from sphinx.application import Sphinx  # noqa: PLC0415 - it takes a second

    source, out = tmp_path / "source", tmp_path / "out"
    source.mkdir()
    (source / "conf.py").write_text("project = 'Handbook'\n", "utf-8")
    text = "Handbook\n========\n\n.. _how-to-share:\n\nHow to share & care\n-------------------\n\n.. glossary::\n\n   data steward\n      Who looks after data.\n\n.. py:function:: os.share(x)\n"
    (source / "index.rst").write_text(text, "utf-8")
    Sphinx(str(source), str(source), str(out), str(tmp_path / "trees"), "dirhtml", status=None, warning=None).build()
    root = write_playbook(
        tmp_path / "playbook", {PLAYBOOKS: "playbooks: [{prefix: handbook, title: Handbook, address: 'https://handbook.example/'}]\n"}
    )
    assert run_playbook(root, "sync", "handbook", "--from", str(out / "objects.inv")).returncode == 0
    playbook = load_playbook(root)
    found = {id: playbook.outside(f"handbook:{id}") for id in ("how-to-share", "data steward", "py:function:os.share", "index")}
    assert {id: (page.address, page.title) for id, page in found.items()} == {
        "how-to-share": ("https://handbook.example/#how-to-share", "How to share & care"),
        "data steward": ("https://handbook.example/#term-data-steward", "data steward"),
        "py:function:os.share": ("https://handbook.example/#os.share", "os.share"),
        "index": ("https://handbook.example/", "Handbook"),
    }
    for page in found.values():
        anchor = page.address.partition("#")[2]
        assert not anchor or f'id="{anchor}"' in (out / "index.html").read_text("utf-8")
