"""What is released: one version in all files, and a wheel with everything in it."""

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile

import pytest
import yaml
from notebooks import ROOT


def disagreements(project, changelog, citation):
    """Where the texts of three files name another version or date, as sentences."""
    version = tomllib.loads(project)["project"]["version"]
    cited = yaml.safe_load(citation)
    newest, date = re.search(r"(?m)^## \[(.*)\] - (.*)$", changelog).groups()
    problems = []
    if newest != version:
        problems.append(f"CHANGELOG.md ends in {newest}, and the version is {version}")
    if str(cited["version"]) != version:
        problems.append(f"CITATION.cff names {cited['version']}, and the version is {version}")
    if cited.get("date-released", "Unreleased") != date:
        problems.append(f"CITATION.cff was released on another day than {date}")
    return problems


@pytest.fixture
def files():
    names = ("pyproject.toml", "CHANGELOG.md", "CITATION.cff")
    return [(ROOT / name).read_text(encoding="utf-8") for name in names]


def test_all_files_name_one_version_and_its_date(files):
    assert not disagreements(*files)


def test_another_version_or_date_is_caught(files):
    project, changelog, citation = files
    other = re.sub(r"(?m)^version: .*", "version: 9.9.9", citation)
    assert disagreements(project, changelog, other)
    other = re.sub(r"(?m)^version = .*", 'version = "9.9.9"', project)
    assert len(disagreements(other, changelog, citation)) == 2
    assert disagreements(project, changelog, f'{citation}\ndate-released: "1948-07-01"\n')


def test_the_wheel_holds_the_hints_and_the_data(tmp_path):
    shutil.copytree(ROOT / "xentlib", tmp_path / "xentlib")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tmp_path)
    command = "-m pip -q wheel --no-deps --no-build-isolation -w wheels .".split()
    subprocess.run([sys.executable, *command], cwd=tmp_path, check=True)
    (wheel,) = (tmp_path / "wheels").iterdir()
    packed = zipfile.ZipFile(wheel).namelist()
    assert {"xentlib/py.typed", "xentlib/datasets/hamlet.txt"} < set(packed)
