"""What we depend on is locked, is used, and comes from no address of ours."""

import ast
import json
import re
import tomllib
from importlib.metadata import packages_distributions

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.source import ROOT, modules

LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-node.txt", "package-lock.json")
USED_WITHOUT_IMPORT = {
    "govuk-frontend-jinja": "templates take its macros through the loader of webapp.app",
    "psycopg": "SQLAlchemy loads it for addresses that begin with postgresql+psycopg",
    "gunicorn": "`ehcflow serve` starts it as a program",
}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def declared() -> set[str]:
    return {canonicalize_name(Requirement(each).name) for each in PROJECT["dependencies"]}


def locked(name: str) -> set[str]:
    names = re.findall(
        r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==", (ROOT / name).read_text(), re.MULTILINE
    )
    return {canonicalize_name(each) for each in names}


def imported() -> set[str]:
    tops = set()
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Import):
                tops |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                tops.add(node.module.partition(".")[0])
    distributions = packages_distributions()
    return {canonicalize_name(each) for top in tops for each in distributions.get(top, ())}


def test_no_lock_names_an_address() -> None:
    named = [name for name in LOCKS if re.search(r"https?://|file:", (ROOT / name).read_text())]

    assert not named, f"Run `make lock`; it leaves addresses out: {named}"


def test_every_library_of_a_lock_has_a_hash() -> None:
    for name in LOCKS[:3]:
        blocks = re.split(r"\n(?=[a-z0-9])", (ROOT / name).read_text())
        bare = [block.split()[0] for block in blocks if "==" in block and "--hash=" not in block]
        assert not bare, f"{name}: {bare}"


def test_the_locks_have_all_that_is_declared() -> None:
    package = json.loads((ROOT / "package.json").read_text())
    tree = json.loads((ROOT / "package-lock.json").read_text())["packages"]

    assert declared() - locked("requirements.txt") == set(), "Run `make lock`."
    assert locked("requirements.txt") - locked("requirements-dev.txt") == set(), "Run `make lock`."
    assert package["devDependencies"] == tree[""]["devDependencies"], "Run `make lock`."


def test_every_library_that_is_declared_is_used() -> None:
    unused = declared() - imported() - USED_WITHOUT_IMPORT.keys()

    assert not unused, f"Take it out of pyproject.toml and run `make lock`: {sorted(unused)}"


def test_every_library_that_is_used_is_declared() -> None:
    transitive = imported() - declared() - {"ehcflow"}

    assert not transitive, f"What we import we declare ourselves: {sorted(transitive)}"
