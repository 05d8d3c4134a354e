"""What every test may ask for."""

import pytest

from tests.tiny import TinySite, a_tiny_site


@pytest.fixture
def tiny(tmp_path) -> TinySite:
    return a_tiny_site(tmp_path)
