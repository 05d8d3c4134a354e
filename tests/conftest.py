"""What every test may ask for."""

import pytest
from hypothesis import settings

from tests.tiny import TinySite, a_tiny_site

# No test is about how long it takes: these machines are shared.
settings.register_profile("portal", deadline=None)
settings.load_profile("portal")


@pytest.fixture
def tiny(tmp_path) -> TinySite:
    return a_tiny_site(tmp_path)
