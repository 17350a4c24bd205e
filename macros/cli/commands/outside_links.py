"""`playbook outside-links`: whether the links that lead out of the playbook still lead somewhere."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from macros.authoring.linkcheck.fetch import PAUSE, SECONDS, Fetcher, agent_of, check_all
from macros.authoring.linkcheck.find import read_links
from macros.authoring.linkcheck.report import FORMATS, gather
from macros.authoring.linkcheck.verdict import Verdict, nothing_answers
from macros.cli.command import Command, format_option
from macros.cli.loading import load

EXAMPLES = (
    ("playbook outside-links", "What to mend, with the file and line of each link."),
    ("playbook outside-links --format markdown > links.md", "The same, as the text of an issue."),
)


@click.command("outside-links", cls=Command, examples=EXAMPLES, slow=True)
@format_option(FORMATS, "the list")
@click.option(
    "--timeout",
    "seconds",
    metavar="SECONDS",
    type=click.FloatRange(0.1, 300),
    default=SECONDS,
    show_default=True,
    help="How long to wait for an answer.",
)
@click.option(
    "--pause",
    metavar="SECONDS",
    type=click.FloatRange(0, 60),
    default=PAUSE,
    show_default=True,
    help="How long to wait between two requests to the same host.",
)
@click.option("--allow-private", is_flag=True, hidden=True, help="Ask addresses in private networks too, such as a test server.")
@click.pass_context
def command(context: click.Context, form: str, seconds: float, pause: float, allow_private: bool) -> None:
    """Check whether the links to other sites still work.

    Only this command and `playbook sync` use the network. No check and no build does, because a change must not wait
    for somebody else's site.

    Each link is ok, moved for good, dead, unknown or skipped. It is dead if the site says twice that the page does not
    exist. It is unknown if there is no answer or the site refuses programs, so look at it yourself. Addresses that are
    only examples, such as example.org, are skipped.

    The exit code is 0 if no link is dead, 1 if one is, and 3 if no site answered at all.
    """
    root: Path = context.obj
    settings = load(root).settings
    mentions = read_links(root)
    addresses = tuple(dict.fromkeys(mention.address for mention in mentions))
    ask = Fetcher(agent_of(settings.title, settings.contact), seconds, pause, allow_private)
    with click.progressbar(length=len(addresses), label="Asking other sites", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        verdicts = check_all(addresses, ask, done=lambda _: bar.update(1))
    click.echo(FORMATS[form](gather(verdicts, mentions), settings.repository))
    context.exit(_exit_code(verdicts))


def _exit_code(verdicts: tuple[Verdict, ...]) -> int:
    if any(verdict.result == "dead" for verdict in verdicts):
        return 1
    return 3 if nothing_answers(verdicts) else 0
