"""Make a folder on a server into one that publishes the portal when it is pushed to.

    sudo -u portal python3 install_server.py --root /srv/portal --siteurl https://tinhdoan.example.vn

May be run again at any time: after an upgrade of these programs, or to change address or branch.
What was pushed, the releases and the other lines of portal.env stay.
"""

import sys

# The folder beside this file, in the repository as on a server to which only these two were copied.
from publishing.install import main  # type: ignore[import-not-found]

if __name__ == "__main__":
    sys.exit(main())
