"""What differs when the portal is published: a real address, which the environment gives."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from pelicanconf import *  # noqa: F403 - a published portal is the same portal
from scripts.publishing.nginx import page_policy

PUBLISHING = True
SITEURL = os.environ.get("SITEURL", "").rstrip("/")

# Where the host sends no headers (GitHub Pages), pages state their policy themselves.
if os.environ.get("META_CSP"):
    PAGE_POLICY = page_policy(globals().get("COMMENTS", {}).get("isso", ""))
