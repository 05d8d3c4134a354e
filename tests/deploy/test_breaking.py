"""kill -9 and a full disk at moments of a deployment; `make soak` does it two hundred times each.

Whatever is broken off, readers have one whole release, and the timer makes good what was lost.
"""

from collections import Counter

import pytest

from scripts.soak.command import ERRORS, failures, soak
from tests.deploy.town import require

pytestmark = [pytest.mark.deploy, pytest.mark.slow]


@pytest.mark.parametrize("kind", ["publish", "tidy", "build", "full", "worn", "denied", "crowded", "random", "cache"])
def test_a_deployment_that_is_broken_off_anywhere_leaves_a_whole_site_and_nothing_to_mend(kind, open_folder):
    """Case 77, 79, 81, R1, R4: a few moments of each phase."""
    times = 2 if kind in ERRORS[1:] else 4
    counts = soak(kind, open_folder / "site", times, seed=18)
    assert failures(counts) == 0, counts
    assert counts["whole"] >= times, counts


def test_readers_find_pages_and_their_style_sheets_over_deploys(open_folder):
    """Case 90, 94, R3: also a browser's page of several deploys ago, whose style sheet it asks for now."""
    require("nginx")
    counts = soak("read", open_folder / "site", 16, seed=18)
    assert failures(counts) == 0, counts
    assert counts["deploys"] == 8 and counts["style sheets read"] > 20, counts


def test_a_count_of_what_must_not_be_fails():
    """The soak test tells it by its capitals."""
    assert failures(Counter({"whole": 3, "BROKEN": 2})) == 2
