"""What nbval leaves out when it runs a chapter: are its figures still what the code draws?"""

import pytest
from notebooks import drawn_otherwise


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    yield
    if hasattr(item, "test_outputs"):  # a cell of a notebook; nbval keeps there what it has shown
        if problem := drawn_otherwise(item.cell, {"outputs": item.test_outputs}):
            item.raise_cell_error(problem)
