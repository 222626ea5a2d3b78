"""What the tests of the pages share."""

import os

import pytest


@pytest.fixture(scope="session")
def chromium():
    """A Chromium; where there is none, what needs it is skipped, but never in CI."""
    import browser as chrome  # slow to load, and needed by the pages alone

    if not chrome.chromium():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(chrome.HELP)
    with chrome.started() as browser:
        yield browser
