"""What the playbook adds to a build of MkDocs: generated pages, checks, and a site that is replaced as a whole or not at all.

MkDocs calls each function for the event that it is named after, such as `on_config`, `on_files` and `on_post_build`. The functions take
and return what MkDocs passes around: its configuration, files, pages and HTML. If there are problems, they print them and raise `Abort`.
"""

from __future__ import annotations

import gc
import logging
from pathlib import Path

import click
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.utils import CountHandler

from macros.engines.mkdocs.compiled import keep_compiled
from macros.engines.mkdocs.date_of_build import require_date_of_build
from macros.engines.mkdocs.linked_file import LinkedFile
from macros.engines.mkdocs.own_hooks import fault_in_hook, tell_faults_in_hooks
from macros.engines.mkdocs.plan import plan
from macros.engines.mkdocs.site_folder import why_no_site
from macros.engines.mkdocs.state import Build, build_of, start_build
from macros.engines.mkdocs.templates import fault_in_template
from macros.engines.mkdocs.unchanged import finish_preview, show, spare_unchanged
from macros.engines.mkdocs.watching import tell_at_once
from macros.files import memo
from macros.files.layout import DOCS
from macros.files.signals import end_at_once_on_signals, end_on_signals
from macros.files.transaction import finish_change
from macros.pages.renderer import template_sources
from macros.playbook.review_dates import today_anywhere
from macros.problems.machine_error import error_in_words, shows_traceback
from macros.problems.problem import Problem, printable, problems_as_text, with_warnings
from macros.problems.user_error import InvalidPlaybook, UserError
from macros.site import unfinished
from macros.site.finish import finish
from macros.site.ledger.list_anchors import anchors_led_on
from macros.site.replace import replace_site
from macros.site.shell import is_filled, planned_shell, shells_for
from macros.text.markdown import escape_title

log = logging.getLogger("mkdocs.playbook")
_previewing: list[bool] = []
_warnings = CountHandler(level=logging.WARNING)
BUILD_DELAY = 0.02
"""Seconds without a further edit before a preview builds; those of one save come together already."""
LEFT = "The site was left as it was."
NEW = "the new site"

tell_faults_in_hooks()  # also in those that MkDocs loads after this one


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
        if any(_previewing):
            memo.keep((template_sources(), today_anywhere()))
            gc.disable()  # until the build has ended: to look for garbage takes a fifth of one
        planned, warnings = plan(root, config.site_url or "", strict=config.strict and not any(_previewing))
    except InvalidPlaybook as refused:
        _stop(refused.problems)
    except UserError as refused:
        click.echo("\n".join(map(printable, f"Error: {refused}".split("\n"))), err=True)
        raise Abort(LEFT) from None
    _tell(warnings)
    site = Path(config.site_dir)
    if whose := why_no_site(root, site):  # one that was named on the command line
        click.echo(f"Error: the build would replace {printable(str(site))}, which {whose}; name another folder", err=True)
        raise Abort(LEFT)
    start_build(config, Build(planned, site, shells_for(planned.pages.values())))
    config.site_dir = unfinished.open_folder(site)
    config.site_name = escape_title(planned.playbook.settings.title)
    config.site_description = escape_title(planned.playbook.settings.summary)
    config.extra["playbook"] = planned.extra()
    _warnings.counts.clear()
    logging.getLogger("mkdocs").addHandler(_warnings)
    return config


def on_files(files, config):
    """Add a page for each entry, a list for each kind that has none, the pages on changes, and the exports."""
    build = build_of(config)
    site = build.plan
    for page in (*site.pages.values(), *build.shells.values()):
        path = page.path.removeprefix(f"{DOCS}/")
        if is_filled(page):
            files.append(LinkedFile(page, path, config.site_dir))
        elif page.is_generated:
            # a list that mkdocs.yml does not name is reached by the foot of each page, which has all lists: no reason to warn
            inclusion = InclusionLevel.INCLUDED if page.in_navigation and not config.nav else InclusionLevel.NOT_IN_NAV
            files.append(File.generated(config, path, content="", inclusion=inclusion))
    for path, content in site.files.items():
        files.append(File.generated(config, path, content=content))
    return files


def on_nav(nav, config, files):
    """Leave out what a preview has built before."""
    if any(_previewing):
        build = build_of(config)
        build.preview = spare_unchanged(nav, files, config, build.plan)


def on_env(env, config, files):
    """Spare a preview the compiling of the theme."""
    if any(_previewing):
        keep_compiled(env)


def on_page_read_source(page, config):
    """MkDocs need not read a page that is planned."""
    return "" if _listed(page, config) else None


@event_priority(100)
def on_page_markdown(markdown, page, config, files):
    """Give MkDocs the finished page. mkdocs-macros leaves it as it is; a page that another program adds may call macros itself."""
    listed = _listed(page, config)
    if listed is None:
        return markdown
    planned = planned_shell(listed) if listed.kind == "shell" else build_of(config).plan.planned(listed)
    page.meta = {**planned.front, "render_macros": False}
    page.markdown = planned.markdown  # the title comes from it
    return planned.markdown


def on_page_content(html, page, config, files):
    """Let MkDocs know of the anchors that a long list leads on."""
    listed = _listed(page, config)
    if listed is not None:
        page.present_anchor_ids |= anchors_led_on(html, listed.url, build_of(config).plan.ledger.current)


@event_priority(-100)
def on_post_build(config):
    """Finish the site, and replace the old one with it."""
    build = build_of(config)
    if build.problems:
        _stop(tuple(build.problems))
    written = Path(config.site_dir)
    done = finish_preview(build.preview, build.plan, written, build.site) if build.preview else finish(build.plan, written)
    _tell(with_warnings(done.errors, done.warnings, strict=config.strict))
    if config.strict and _warnings.get_counts():
        raise Abort("The site was left as it was: the warnings above count as errors in strict mode.")
    if build.preview:
        show(build.preview, done, build.site)
    else:
        replace_site(build.site, written)
    unfinished.let_go(config.site_dir)
    memo.forget_unused()
    config.site_dir = str(build.site)


def on_serve(server, config, builder):
    """MkDocs holds back every page after a build that failed; let the preview go on with the last good site instead."""
    build_site = server.builder

    def build_or_keep() -> None:
        try:
            build_site()
        except Abort as stopped:
            click.echo(stopped, err=True)
        except OSError as refused:
            click.echo(f"Error: {printable(error_in_words(refused, writing=NEW).message)}. The preview was left as it was.", err=True)
        except Exception:  # a fault in a template or in Python: its author needs to see where
            log.exception("The preview was left as it was.")
        finally:
            gc.enable()

    server.builder = build_or_keep
    server.build_delay = BUILD_DELAY
    tell_at_once(server, (config.docs_dir, config.config_file_path))
    return server


def on_build_error(error: Exception, **_: object) -> None:
    """Leave nothing half-written behind, and say in a line what the machine refused. A preview shows whoever edits templates and hooks where they fail."""
    unfinished.clear()
    if isinstance(error, InvalidPlaybook):
        _stop(error.problems)
    if isinstance(error, MkDocsException) or shows_traceback() or any(_previewing):
        return
    if fault := fault_in_template(error) or fault_in_hook(error):
        _stop((fault,))
    told = error_in_words(error, writing=NEW)
    click.echo(f"Error: {printable(told.message)}\n{printable(told.help)}", err=True)
    raise Abort(LEFT) from None


def on_shutdown() -> None:
    """The same if mkdocs-macros ends the process by itself."""
    unfinished.clear()
    end_at_once_on_signals()


def _listed(page, config):
    """The page as the playbook has it; None if another program added it."""
    build, path = build_of(config), f"{DOCS}/{page.file.src_uri}"
    return build.shells.get(path) or build.plan.pages.get(build.plan.page_at(path).url)


def _tell(found: tuple[Problem, ...]) -> None:
    """Stop at an error. A preview goes on with what lacks something between entries, so that an author sees an entry before others link to it."""
    if any(problem.severity == "error" for problem in found):
        _stop(found)
    if found:
        click.echo(problems_as_text(found), err=True)


def _stop(problems: tuple[Problem, ...]) -> None:
    click.echo(problems_as_text(problems), err=True)
    raise Abort(LEFT)
