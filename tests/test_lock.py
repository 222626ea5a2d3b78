"""The lock: `pip install -r requirements.txt` takes it as it stands.

With hashes, pip wants each requirement pinned as it is asked for. A package that asks another for
an extra would have to find that extra in the lock, which has names alone.
"""

import re
from importlib.metadata import PackageNotFoundError, requires

from notebooks import ROOT
from packaging.requirements import Requirement


def locked():
    return re.findall(r"(?m)^([\w.-]+)==", (ROOT / "requirements.txt").read_text("utf-8"))


def asked(name):
    """What a package asks for when it is asked for without extras itself."""
    try:
        found = [Requirement(line) for line in requires(name) or []]
    except PackageNotFoundError:  # it belongs to another system
        return []
    return [one for one in found if not one.marker or one.marker.evaluate({"extra": ""})]


def with_extras(requirements):
    return [str(one) for one in requirements if one.extras]


def test_no_package_of_the_lock_asks_another_for_an_extra():
    found = {name: with_extras(asked(name)) for name in locked()}
    assert len(found) > 100
    assert not {name: extras for name, extras in found.items() if extras}


def test_an_extra_is_caught():
    assert with_extras([Requirement("jsonschema[format-nongpl]>=4.18"), Requirement("a>=1")])
