"""What the playbook adds to a build of MkDocs: its plan before, its finish after, and a preview that goes on when something is wrong.

MkDocs calls each function for the event that it is named after, such as `on_config`, `on_files` and `on_post_build`. The functions take
and return what MkDocs passes around: its configuration, files, pages and HTML. If there are problems, they print them and raise `Abort`.
"""

from __future__ import annotations

import logging

from mkdocs.plugins import event_priority

from macros.engines.mkdocs.building import add_files, begin_build, end_build
from macros.engines.mkdocs.own_hooks import tell_faults_in_hooks
from macros.engines.mkdocs.state import build_of, previews, start_process
from macros.engines.mkdocs.telling import tell_error
from macros.engines.mkdocs.unchanged import spare_unchanged
from macros.engines.mkdocs.watching import keep_last_good, tell_at_once
from macros.files.signals import end_at_once_on_signals, end_on_signals
from macros.site import unfinished
from macros.site.ledger.list_anchors import anchors_led_on

tell_faults_in_hooks()  # also in those that MkDocs loads after this one


def on_startup(command: str, **_: object) -> None:
    """Before the first build."""
    start_process(is_preview=command == "serve")
    end_on_signals()  # and sweep up on the way
    logging.getLogger("mkdocs.plugins.mkdocs_macros").setLevel(logging.WARNING)  # what it logs for each build is of use only to its authors


@event_priority(100)
def on_config(config):
    """Before anything is written: read and check the data, and send MkDocs to a folder beside the site."""
    begin_build(config)
    return config


def on_files(files, config):
    """Add a page for each entry, a list for each kind that has none, the pages on changes, and the exports."""
    add_files(files, config)
    return files


def on_nav(nav, config, files):
    """Leave out what a preview has built before."""
    if previews():
        build = build_of(config)
        build.preview = spare_unchanged(nav, files, config, build.plan, build.site)


def on_page_read_source(page, config):
    """MkDocs need not read a page that is planned."""
    return "" if build_of(config).page(page.file.src_uri) else None


@event_priority(100)
def on_page_markdown(markdown, page, config, files):
    """Give MkDocs the finished page. mkdocs-macros leaves it as it is; a page that another program adds may call macros itself."""
    build = build_of(config)
    if listed := build.page(page.file.src_uri):
        planned = build.planned(listed)
        page.meta = {**planned.front, "render_macros": False}
        page.markdown = markdown = planned.markdown  # the title comes from it
    return markdown


def on_page_content(html, page, config, files):
    """Let MkDocs know of the anchors that a long list leads on."""
    build = build_of(config)
    if listed := build.page(page.file.src_uri):
        page.present_anchor_ids |= anchors_led_on(html, listed.url, build.plan.ledger.current)


@event_priority(-100)
def on_post_build(config):
    """Finish the site, and replace the old one with it."""
    end_build(config)


def on_serve(server, config, builder):
    """Let the preview go on with the last good site, and learn of edits at once."""
    keep_last_good(server)
    tell_at_once(server, (config.docs_dir, config.config_file_path))
    return server


def on_build_error(error: Exception, **_: object) -> None:
    """Leave nothing half-written behind, and say what was refused."""
    unfinished.clear()
    tell_error(error, is_preview=previews())


def on_shutdown() -> None:
    """The same if mkdocs-macros ends the process by itself."""
    unfinished.clear()
    end_at_once_on_signals()
