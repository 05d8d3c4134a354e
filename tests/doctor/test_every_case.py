"""Each case of groups A–F (1–76), what editors and machines may get wrong, has a test that is named after it."""

import ast
import re

from tests.tiny import ROOT


def named_cases() -> set[int]:
    """Return the numbers in the names of tests: ``test_case_39_…``, ``test_case_75_and_76_…``."""
    cases = set()
    for path in (ROOT / "tests").rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and (name := re.match(r"test_case(_and|_\d+(?=_))+", node.name)):
                cases.update(map(int, re.findall(r"\d+", name[0])))
    return cases


def test_every_case_has_a_test():
    assert set(range(1, 77)) - named_cases() == set()
