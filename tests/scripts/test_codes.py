"""docs/ma-loi.md: every code that the sources can give is explained, with an example that gives it."""

import ast
from pathlib import Path

import msgspec
import pytest

from plugins.core.codes import Entry
from plugins.core.errors import Problem
from scripts import codes
from scripts.__main__ import main
from tests.once import make_once
from tests.tiny import ROOT
from tests.world import SECTIONS

EXAMPLES = [entry.code for entry in codes.ENTRIES if entry.files is not None]


class Module:
    """One source file, asked for the strings that it hands on as the code of a problem.

    A code is what is given to a parameter or field named ``code``; where that is a variable
    assigned or unpacked in a loop, the strings that it was given there.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.tree = ast.parse(path.read_text("utf-8"))

    def all(self, *kinds):
        return [node for node in ast.walk(self.tree) if isinstance(node, kinds)]

    def positions(self) -> dict[tuple[str, bool], int]:
        """Return where ``code`` stands among the arguments: by name, and whether it is called as a method."""
        codes_found = {}
        for node in self.all(ast.FunctionDef):
            names = [argument.arg for argument in node.args.args]
            if "code" in names and node.name != "__init__":
                is_method = names[0] == "self"
                codes_found[node.name, is_method] = names.index("code") - is_method
        for node in self.all(ast.ClassDef):
            fields = [part.target.id for part in node.body if isinstance(part, ast.AnnAssign)]
            makers = [part for part in node.body if getattr(part, "name", "") == "__init__"]
            for names in (fields, *([argument.arg for argument in maker.args.args][1:] for maker in makers)):
                if "code" in names:
                    codes_found[node.name, False] = names.index("code")
        return codes_found

    def codes(self, positions: dict[tuple[str, bool], int]) -> set[str]:
        codes_found = set()
        for call in self.all(ast.Call):
            name = getattr(call.func, "id", getattr(call.func, "attr", ""))
            position = positions.get((name, isinstance(call.func, ast.Attribute)))
            if position is not None:
                keywords = {keyword.arg: keyword.value for keyword in call.keywords}
                # a starred argument stands for a line and a column
                flat = [part for arg in call.args for part in [arg] * (1 + isinstance(arg, ast.Starred))]
                if "code" in keywords or len(flat) > position:
                    codes_found |= self.strings(keywords["code"] if "code" in keywords else flat[position])
        return codes_found

    def strings(self, node: ast.expr) -> set[str]:
        """Return the strings that an expression may stand for. Fails where that cannot be told."""
        if isinstance(node, ast.Constant):
            return {node.value}
        if isinstance(node, ast.IfExp):
            return self.strings(node.body) | self.strings(node.orelse)
        if isinstance(node, ast.Attribute) and node.attr == "code":
            return set()  # handed on from an error or a problem, which was made elsewhere
        assert isinstance(node, ast.Name) and node.id == "code", f"{self.path}:{node.lineno}: what code is this?"
        loops = self.all(ast.For, ast.comprehension)
        targets = [(loop, [getattr(part, "id", "") for part in getattr(loop.target, "elts", [])]) for loop in loops]
        unpacked = [(loop.iter, names.index("code")) for loop, names in targets if "code" in names]
        codes_found = {row.elts[position].value for rows, position in unpacked for row in self.rows(rows)}
        plain = [
            candidate.value for candidate in self.all(ast.Assign) if getattr(candidate.targets[0], "id", "") == "code"
        ]
        return codes_found.union(*map(self.strings, plain))

    def rows(self, node: ast.expr) -> list[ast.Tuple]:
        """Return the tuples over which a loop runs: written there, under a name, or yielded by a function."""
        if isinstance(node, ast.Call):
            (function,) = (candidate for candidate in self.all(ast.FunctionDef) if candidate.name == node.func.id)
            return [part.value for part in ast.walk(function) if isinstance(part, ast.Yield)]
        if isinstance(node, ast.Name):
            assignments = [(candidate.target, candidate.value) for candidate in self.all(ast.AnnAssign)]
            assignments += [(candidate.targets[0], candidate.value) for candidate in self.all(ast.Assign)]
            (node,) = (value for target, value in assignments if getattr(target, "id", "") == node.id)
        return node.elts


def codes_of_the_sources() -> dict[str, set[str]]:
    """Return the codes that each folder of ``plugins/`` gives, by the folder's name."""
    modules = [Module(path) for path in sorted((ROOT / "plugins").rglob("*.py")) if path.name != "codes.py"]
    everywhere = {
        key: position
        for module in modules
        for key, position in module.positions().items()
        if key[1] or key[0][0].isupper()  # a function's name means it in its own module only
    }
    codes_found: dict[str, set[str]] = {}
    for module in modules:
        folder = module.path.relative_to(ROOT / "plugins").parts[0]
        codes_found.setdefault(folder, set()).update(module.codes(everywhere | module.positions()))
    return codes_found


def test_every_code_of_the_sources_is_explained_and_none_is_left_over():
    explained = [entry.code for entry in codes.ENTRIES]
    assert len(explained) == len(set(explained))
    assert set(explained) == set().union(*codes_of_the_sources().values())


def test_a_section_explains_what_only_it_can_find_and_nothing_else():
    keywords = codes_of_the_sources()
    core = {entry.code for group in codes.groups_of(()) for entry in group.entries}
    assert core <= keywords["core"]
    for section in SECTIONS:
        explained = {entry.code for entry in section.codes}
        others = {entry.code for other in SECTIONS if other is not section for entry in other.codes}
        assert explained <= keywords[section.name]
        assert keywords[section.name] - core - others <= explained


def test_codes_are_found_in_every_way_in_which_they_are_written(tmp_path):
    source = tmp_path / "a.py"
    source.write_text(
        "class Problem:\n    path: str\n    line: int\n    column: int\n    code: str\n"
        "class Item:\n    def problem(self, field, code): ...\n"
        "def wrong(name, code): ...\n"
        "ROWS = (('x', 'FIVE'),)\n"
        "def rows():\n    yield 'SIX', 1\n"
        "Problem(path, 0, 0, 'ONE')\nProblem(path, *place, 'TWO')\nitem.problem('A', 'THREE')\n"
        "wrong('B', 'FOUR' if x else 'FOUR_AND_A_HALF')\n"
        "[Problem(path, 0, 0, code) for _, code in ROWS]\n[Problem(path, 0, 0, code) for code, _ in rows()]\n"
        "Problem(path, 0, 0, code='SEVEN')\nProblem(path, *fault.args)\ncode = 'EIGHT'\n"
    )
    module = Module(source)
    wanted = {"ONE", "TWO", "THREE", "FOUR", "FOUR_AND_A_HALF", "FIVE", "SIX", "SEVEN", "EIGHT"}
    assert module.codes(module.positions()) == wanted


@pytest.fixture(scope="module")
def problems(shared_folder) -> dict[str, Problem | None]:
    """The problem of each example, found once for all workers of a run."""
    file = shared_folder / "problems.json"
    make_once(file, lambda: file.write_bytes(msgspec.json.encode(codes.problems_of_examples())))
    return msgspec.json.decode(file.read_bytes(), type=dict[str, Problem | None])


@pytest.mark.parametrize("code", EXAMPLES)
def test_the_example_gives_its_code(code, problems):
    assert problems[code] is not None


def test_what_stands_around_the_examples_is_right(tmp_path):
    assert codes.problems_of(Entry("", "", "", {}), tmp_path) == ()


def test_only_errors_have_no_example(problems):
    """The document calls them so without having seen one."""
    assert {problem.severity for problem in problems.values()} == {"error", "warning"}
    without = {entry.code for entry in codes.ENTRIES if not entry.is_warning} - set(EXAMPLES)
    for path in sorted((ROOT / "plugins").rglob("*.py")):
        for call in (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)):
            words = {argument.value for argument in call.args if isinstance(argument, ast.Constant)}
            assert not ("warning" in words and words & without)


def test_the_document_is_what_would_be_written_now(problems):
    assert (ROOT / "docs" / "ma-loi.md").read_text("utf-8") == codes.document(problems), "chạy: make codes"


def test_nothing_hidden_stands_in_the_document(problems):
    assert all(char.isprintable() or char == "\n" for char in codes.document(problems))


def test_a_dumb_example_stops_the_command(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(codes, "ENTRIES", (Entry("NO_SUCH", "", "", {}),))
    target = tmp_path / "ma-loi.md"
    assert main(["codes", str(target)]) == 1
    assert "NO_SUCH" in capsys.readouterr().err
    assert not target.exists()
