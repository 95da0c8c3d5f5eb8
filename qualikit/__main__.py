"""``python3 -m qualikit``: the same as the command ``qualikit``."""

import sys

from qualikit.cli import main

if __name__ == "__main__":
    sys.exit(main())
