"""Every package that the code imports is declared in pyproject.toml, at one version."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions

import pytest

from tests.tiny import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
SITE = PROJECT["project"]["dependencies"]
GROUPS = {
    name: [requirement for requirement in group if isinstance(requirement, str)]  # others name a group of this table
    for name, group in PROJECT["dependency-groups"].items()
}

#: Who imports → what it may import.
DECLARED = {
    "plugins": SITE,
    "scripts": SITE + GROUPS["dev"] + GROUPS["bench"] + GROUPS["import"],
    "tests": SITE + GROUPS["dev"] + GROUPS["import"] + GROUPS["bench"] + GROUPS["isso"],
}


def normalize(distribution: str) -> str:
    """Return the name of a package as packages are compared (PEP 503)."""
    return re.sub(r"[-_.]+", "-", distribution.partition("==")[0]).lower()


def imported_modules(source: str) -> Iterator[str]:
    """Yield the top-level modules that a source file imports, inside functions too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


@pytest.mark.parametrize("folder", DECLARED)
def test_every_imported_package_is_declared(folder):
    declared = {normalize(requirement) for requirement in DECLARED[folder]}
    providers = packages_distributions()
    ours = {"plugins", "scripts", "tests", "publishing", "pelicanconf", "breaking"}
    undeclared = set()
    for path in (ROOT / folder).rglob("*.py"):
        for module in {*imported_modules(path.read_text("utf-8"))} - ours - sys.stdlib_module_names:
            distributions = {normalize(name) for name in providers.get(module, [module])}
            if not distributions & declared:
                undeclared.add(f"{path.relative_to(ROOT)}: {module}")
    assert not undeclared


def test_imports_are_found_wherever_they_stand():
    source = "import a.b, c\nfrom d.e import f\nfrom . import g\nfrom .h import i\ndef j():\n    import k as l\n"
    assert [*imported_modules(source)] == ["a", "c", "d", "k"]


@pytest.mark.parametrize("requirement", [*SITE, *(name for group in GROUPS.values() for name in group)])
def test_every_declared_package_has_one_version_and_stands_in_its_lock(requirement):
    name, _, version = requirement.partition("==")
    assert re.fullmatch(r"[\w.-]+", name) and re.fullmatch(r"[\w.]+", version)
    lock = next(
        ("site" if group is SITE else key) for key, group in [("site", SITE), *GROUPS.items()] if requirement in group
    )
    lines = (ROOT / "requirements" / f"{lock}.txt").read_text("utf-8").splitlines()
    assert any(line.startswith(f"{normalize(name)}=={version} ") for line in lines)
