"""What all tests share: a browser for the pages, and an eye on the figures of the chapters."""

import os
from importlib.util import find_spec

import pytest
from notebooks import drawn_otherwise

# `make test` installs what the course needs; the plain commands of the README do without
collect_ignore = [] if find_spec("nbgrader") else ["tests/course"]


@pytest.fixture(scope="session")
def chromium():
    """A Chromium; where there is none, what needs it is skipped, but never in CI."""
    import browser as chrome  # slow to load, and needed by the pages alone

    if not chrome.chromium():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(chrome.HELP)
    with chrome.started() as browser:
        yield browser


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """What nbval leaves out when it runs a chapter: are its figures still what the code draws?"""
    yield
    if hasattr(item, "test_outputs"):  # a cell of a notebook; nbval keeps there what it has shown
        if problem := drawn_otherwise(item.cell, {"outputs": item.test_outputs}):
            item.raise_cell_error(problem)
