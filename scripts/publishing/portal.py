"""The command line of ROOT/bin/portal and of git's hooks: its commands are in operations.py and in release.py."""

import sys
from collections.abc import Sequence

from . import operations


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and answer its exit code."""
    words = sys.argv[1:] if words is None else words
    if words and words[0] in operations.COMMANDS:
        return operations.main(words)
    from . import release  # all that publishes: nobody else waits for it

    return release.main(words)
