"""Set up a fresh Debian 12 or 13 as a server of the portal, or bring it up to date.

    sudo python3 setup_server.py --siteurl https://tinhdoan.example.vn [--dry-run]

Needs root, unlike install_server.py, which lays out one folder of one account.
"""

import sys

# The folder beside this file, in the repository as on a server to which only these two were copied.
from publishing.setup_command import main  # type: ignore[import-not-found]

if __name__ == "__main__":
    sys.exit(main())
