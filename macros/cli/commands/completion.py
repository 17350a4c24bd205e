"""`playbook completion`: the script that lets a shell complete commands, kinds, ids and files."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from macros.cli.command import Command

KEEP = {
    "bash": "~/.local/share/bash-completion/completions/playbook",
    "zsh": "~/.zfunc/_playbook",
    "fish": "~/.config/fish/completions/playbook.fish",
}
"""Where each shell looks for completions."""
MORE = {"zsh": ("and have these two lines in ~/.zshrc:", "  fpath+=~/.zfunc", "  autoload -Uz compinit && compinit")}
EXAMPLES = (
    ("playbook completion bash", "The script for bash, with a comment on where to keep it."),
    ('eval "$(playbook completion bash)"', "Switch completion on in this terminal, until you close it."),
)


@click.command("completion", cls=Command, examples=EXAMPLES, anywhere=True)
@click.argument("shell", metavar="SHELL", type=click.Choice(tuple(KEEP)))
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    """Print the script that completes commands in a SHELL: bash, zsh or fish.

    Use it once, and save the output to a file. From then on, the Tab key completes commands, options, kinds, files and
    the ids of entries. In zsh and fish, titles appear beside the ids.

    The command works without a playbook, but then offers no ids.
    """
    script = get_completion_class(shell)(context.find_root().command, {}, "playbook", "_PLAYBOOK_COMPLETE").source().strip("\n")
    click.echo("\n".join(_with_comment(shell, script.split("\n"))))


def _with_comment(shell: str, lines: list[str]) -> list[str]:
    """The script with a word on where to keep it; zsh knows a file of completions by its first line."""
    comment = ["Completes `playbook`. Save it, open a new terminal, and press the Tab key while you type:"]
    comment += [f"  playbook completion {shell} > {KEEP[shell]}", *MORE.get(shell, ())]
    own = 1 if lines[0].startswith("#compdef") else 0
    return [*lines[:own], *(f"# {line}" for line in comment), *lines[own:]]
