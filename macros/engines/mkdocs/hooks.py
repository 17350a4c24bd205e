"""What the playbook adds to a build of MkDocs: generated pages, checks, and a site that is replaced as a whole or not at all.

MkDocs calls each function for the event that it is named after, such as `on_config`, `on_files` and `on_post_build`. The functions take
and return what MkDocs passes around: its configuration, files, pages and HTML. If there are problems, they print them and raise `Abort`.
"""

from __future__ import annotations

import logging
import re
from pathlib import Path

import click
from markupsafe import Markup
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.utils import CountHandler

from macros.engines.mkdocs.check import site_problems
from macros.engines.mkdocs.date_of_build import require_date_of_build
from macros.engines.mkdocs.state import build_of, start_build, url_of_page
from macros.engines.mkdocs.templates import fault_in_template
from macros.files.layout import DOCS
from macros.files.signals import end_on_signals
from macros.files.transaction import finish_change
from macros.pages.feedback import feedback_links, missing_page_link, page_context, version_of
from macros.pages.generated import generated_source
from macros.pages.rendered_page import render_page
from macros.pages.renderer import Renderer
from macros.playbook import urls
from macros.playbook.load import load_playbook
from macros.problems.machine_error import error_in_words, shows_traceback
from macros.problems.problem import Problem, printable, problems_as_text, sort_problems, with_warnings
from macros.problems.user_error import InvalidPlaybook, UserError
from macros.site import unfinished
from macros.site.build import Build, promise_problems, write_old_addresses
from macros.site.exports.files import export_files
from macros.site.feed import feed_title
from macros.site.ledger.check import problems_of_pages
from macros.site.ledger.kept_anchors import with_promised_anchors
from macros.site.ledger.ledger import read_ledger
from macros.site.links import link_problems, read_document
from macros.site.release_files import release_files
from macros.site.replace import replace_site
from macros.site.search.write import searched_pages, write_search
from macros.site.versions.chrome import canonical_tag, feed_tag
from macros.site.versions.slots import slot
from macros.text.glossary import Glossary
from macros.text.markdown import escape_html, escape_title
from macros.text.page_source import PageSource
from macros.yamlfile.source import SourceText

log = logging.getLogger("mkdocs.playbook")
_previewing: list[bool] = []
_warnings = CountHandler(level=logging.WARNING)
LEFT = "The site was left as it was."


def on_startup(command: str, **_: object) -> None:
    """Before the first build."""
    _previewing[:] = [command == "serve"]
    end_on_signals()  # and sweep up on the way
    logging.getLogger("mkdocs.plugins.mkdocs_macros").setLevel(logging.WARNING)  # what it logs for each build is of use only to its authors


@event_priority(100)
def on_config(config):
    """Before anything is written: read and check the data, and send MkDocs to a folder beside the site."""
    root = Path(config.config_file_path).parent
    try:
        require_date_of_build()
        finish_change(root)
        playbook = load_playbook(root)
    except InvalidPlaybook as refused:
        _stop(refused.problems)
    except UserError as refused:
        click.echo("\n".join(map(printable, f"Error: {refused}".split("\n"))), err=True)
        raise Abort(LEFT) from None
    ledger = read_ledger(root, playbook)
    _tell(site_problems(root, ledger, strict=config.strict and not any(_previewing)))
    site = Path(config.site_dir)
    start_build(config, Build(root, playbook, ledger, site, Glossary(playbook.of_kind("terms")), version_of(ledger.current.history)))
    config.site_dir = unfinished.open_folder(site)
    config.site_name = escape_title(playbook.settings.title)
    config.site_description = escape_title(playbook.settings.summary)
    _warnings.counts.clear()
    logging.getLogger("mkdocs").addHandler(_warnings)
    return config


def on_files(files, config):
    """Add a page for each entry, a list for each kind that has none, the pages on changes, and the exports."""
    build = build_of(config)
    for page in build.ledger.current.catalogue.by_url.values():
        if page.is_generated:
            # a list that mkdocs.yml does not name is reached by the foot of each page, which has all lists: no reason to warn
            inclusion = InclusionLevel.INCLUDED if page.in_navigation and not config.nav else InclusionLevel.NOT_IN_NAV
            content = generated_source(page, build.playbook)
            files.append(File.generated(config, page.path.removeprefix(f"{DOCS}/"), content=content, inclusion=inclusion))
    for path, content in {**export_files(build.playbook), **release_files(build.ledger, config.site_url or "")}.items():
        files.append(File.generated(config, path, content=content))
    return files


def on_page_read_source(page, config):
    """Give MkDocs the text of a page written by hand as the playbook read it, with the line breaks that it expects."""
    written = build_of(config).playbook.written.get(f"{DOCS}/{page.file.src_uri}")
    return re.sub(r"\r\n?", "\n", written.source.text) if written else None


@event_priority(100)
def on_page_markdown(markdown, page, config, files):
    """Render a page written by hand, once. A page with a wrong call is left empty, so that all wrong calls can be reported together."""
    build = build_of(config)
    listed = build.page(page.file.src_uri)
    page.edit_url = urls.edit_url(build.playbook.settings, listed.made_from) if listed.made_from else None
    page.meta.pop("subtitle", None)  # the theme would print it in menus
    if listed.is_generated:
        return markdown
    page.meta.update({name: escape_title(page.meta[name]) for name in ("title", "description") if isinstance(page.meta.get(name), str)})
    written = build.playbook.written.get(listed.path) or PageSource(SourceText(listed.path, markdown))
    rendered = render_page(build.view(url_of_page(page), listed.path), written)
    build.problems += rendered.problems
    if rendered.problems:
        page.meta["title"] = page.file.name  # the first heading may be what is broken
    page.meta["render_macros"] = False  # mkdocs-macros leaves the page as it is now
    page.markdown = rendered.text  # the title comes from it
    return rendered.text


def on_page_content(html, page, config, files):
    """Keep the anchors that the page once had. Explain the glossary's terms where it first uses them. Shorten the list of sections."""
    build = build_of(config)
    if "subsections" in page.meta.get("hide", ()):
        _forget_subsections(page.toc)
    listed = build.page(page.file.src_uri)
    page.meta.pop("render_macros", None)
    build.ledger.current.bodies[listed.url] = page.markdown
    view = build.view(url_of_page(page))
    html = with_promised_anchors(html, view, build.ledger)
    return view.explain_terms(html, build.glossary, own=listed.name) if listed.explains_terms else html


def on_env(env, config, files):
    """All macros have run: stop if a call was wrong. Then give the theme what it shows on every page."""
    build = build_of(config)
    if found := sort_problems(build.problems) or problems_of_pages(build.ledger):
        _stop(found)
    env.filters["escape_html"] = escape_html
    settings = build.playbook.settings
    env.globals.update(settings=settings, kinds=build.playbook.kinds, missing_page_link=missing_page_link(settings, build.version))
    feed = feed_title(build.ledger.current) if any(release.date for release in build.ledger.current.history.releases) else ""
    env.globals.update(part_of_page=lambda part, page: part_of_page(part, page, feed))
    env.globals.update(
        notice_of_state=lambda page: _view(build, page).render("_state.html.jinja"), feedback_links=lambda page: _feedback_links(build, page)
    )
    return env


def _view(build: Build, page) -> Renderer:
    """A renderer for `page`, or for a page without an address, such as the error page."""
    return build.view(page.url if page else "")


def _feedback_links(build: Build, page) -> str:
    place = page_context(build.playbook, file=build.page(page.file.src_uri).made_from, url=page.url, title=page.title or "", version=build.version)
    return feedback_links(_view(build, page), place, page.edit_url)


def on_page_context(context, page, config, nav):
    """The theme would print the canonical address; publishing changes it, so it is in a part of its own."""
    page.playbook_address, page.canonical_url = page.canonical_url, None
    return context


def on_post_page(output, page, config):
    """Remember which anchors the finished page has and what it links to."""
    build = build_of(config)
    url = url_of_page(page)
    build.documents[url] = read_document(output)
    listed = build.page(page.file.src_uri)
    build.sources[url] = listed.made_from or listed.path
    return output


def on_serve(server, config, builder):
    """MkDocs holds back every page after a build that failed; let the preview go on with the last good site instead."""
    build_site = server.builder

    def build_or_keep() -> None:
        try:
            build_site()
        except Abort as stopped:
            click.echo(stopped, err=True)
        except OSError as refused:
            click.echo(f"Error: {printable(error_in_words(refused).message)}. The preview was left as it was.", err=True)
        except Exception:  # a fault in a template or in Python: its author needs to see where
            log.exception("The preview was left as it was.")

    server.builder = build_or_keep
    return server


@event_priority(-100)
def on_post_build(config):
    """Write old addresses, check every link and every promise, then replace the old site with the new one."""
    build = build_of(config)
    written = Path(config.site_dir)
    write_search(written, searched_pages(build.playbook, build.ledger.current.catalogue))
    write_old_addresses(build, written, config.site_url)
    files = {path.relative_to(written).as_posix() for path in written.rglob("*") if path.is_file()}
    broken, warnings = promise_problems(build, written)
    _tell(with_warnings((*link_problems(build.documents, files, build.sources), *broken), warnings, strict=config.strict))
    if config.strict and _warnings.get_counts():
        raise Abort("The site was left as it was: the warnings above count as errors in strict mode.")
    replace_site(build.site, written)
    unfinished.let_go(config.site_dir)
    config.site_dir = str(build.site)


def on_build_error(error: Exception, **_: object) -> None:
    """Leave nothing half-written behind, and say in a line what the machine refused. A preview shows whoever edits templates where they fail."""
    unfinished.clear()
    if isinstance(error, MkDocsException) or shows_traceback() or any(_previewing):
        return
    if fault := fault_in_template(error):
        _stop((fault,))
    told = error_in_words(error)
    click.echo(f"Error: {printable(told.message)}\n{printable(told.help)}", err=True)
    raise Abort(LEFT) from None


def on_shutdown() -> None:
    """The same if mkdocs-macros ends the process by itself."""
    unfinished.clear()


def _forget_subsections(sections) -> None:
    """Leave the page's title and its sections in the list beside the text."""
    for section in sections:
        if section.level >= 2:
            section.children.clear()
        _forget_subsections(section.children)


def _tell(found: tuple[Problem, ...]) -> None:
    """Stop at an error. A preview goes on with what lacks something between entries, so that an author sees an entry before others link to it."""
    if any(problem.severity == "error" for problem in found):
        _stop(found)
    if found:
        click.echo(problems_as_text(found), err=True)


def _stop(problems: tuple[Problem, ...]) -> None:
    click.echo(problems_as_text(problems), err=True)
    raise Abort(LEFT)


def part_of_page(part: str, page, feed: str) -> Markup:
    """A part that publishing fills in; the canonical address and the link to the feed are there from the beginning."""
    url = url_of_page(page)
    return Markup(slot(part, url, canonical_tag(page.playbook_address or "") + feed_tag(feed, url) if part == "head" else ""))
