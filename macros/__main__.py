"""The program `playbook`, which is also `python -m macros`: makes sure of the process, then runs the command line."""

import signal

_is_ctrl_c_heard = signal.getsignal(signal.SIGINT) is signal.default_int_handler
if _is_ctrl_c_heard:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # until the program is read, Ctrl-C ends it without a word

from macros.cli.main import main as run_command  # noqa: E402
from macros.files.signals import end_at_once_on_signals, end_on_signals  # noqa: E402
from macros.files.streams import open_closed_streams  # noqa: E402


def main() -> None:
    """Runs the command that was typed; never returns."""
    open_closed_streams()
    end_on_signals()
    try:
        run_command(prog_name="playbook")
    finally:
        end_at_once_on_signals()


if __name__ == "__main__":
    main()
