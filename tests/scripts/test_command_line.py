"""``python -m scripts``: one command line, and one way to tell what stopped a command."""

import re
import subprocess
import sys

import pytest

from plugins.core.errors import ContentError, Problem
from scripts import __main__ as command_line
from scripts import check
from scripts.errors import RefusedError
from tests.tiny import ROOT


def run(*words):
    command = [sys.executable, "-m", "scripts", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)


def test_the_help_lists_every_command_with_what_it_does():
    process = run("--help")
    assert process.returncode == 0
    for name, (_, description) in command_line.COMMANDS.items():
        assert re.search(rf"^    {name}\s+{description.split()[0]}", process.stdout, re.MULTILINE), name


@pytest.mark.parametrize("name", command_line.COMMANDS)
def test_every_command_explains_its_options(name, capsys):
    with pytest.raises(SystemExit) as ending:
        command_line.main([name, "--help"])
    assert ending.value.code == 0 and f"usage: python -m scripts {name}" in capsys.readouterr().out


@pytest.mark.parametrize("words", [[], ["dung"], ["check", "--khong-co"]])
def test_a_mistake_in_the_command_line_exits_with_2(words):
    process = run(*words)
    assert process.returncode == 2 and process.stderr.startswith("usage: ") and "Traceback" not in process.stderr


def test_only_the_module_of_the_command_is_imported():
    code = "import sys, scripts.__main__ as c\ntry: c.main(['check', '--help'])\nexcept SystemExit: pass\n"
    code += "print([name for name in sys.modules if name.startswith('scripts.')], file=sys.stderr)"
    process = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert process.stderr.strip() == "['scripts.errors', 'scripts.__main__', 'scripts.check']"


@pytest.mark.parametrize(
    ("error", "exit_code", "message"),
    [
        (RefusedError("Viết KIND=tin-tuc"), 2, "Viết KIND=tin-tuc\n"),
        (ContentError([Problem("a.md", 3, 7, "DATE_INVALID", "Sai ngày.")]), 1, "a.md:3:7: [DATE_INVALID] Sai ngày.\n"),
        (
            OSError(28, "No space left on device", "/x"),
            3,
            "/x: [MACHINE] Máy không làm được: No space left on device.\n",
        ),
        (KeyboardInterrupt(), 130, "Đã dừng theo yêu cầu.\n"),
        (BrokenPipeError(), 3, ""),
        (ZeroDivisionError(), 4, "Chương trình bị lỗi: báo người phát triển, kèm tệp "),
    ],
)
def test_what_stops_a_command_is_told_without_a_traceback(error, exit_code, message, tmp_path, monkeypatch, capsys):
    def fail(arguments):
        raise error

    monkeypatch.setattr(check, "run", fail)
    monkeypatch.setenv("CACHE", str(tmp_path))
    assert command_line.main(["check"]) == exit_code
    output = capsys.readouterr()
    assert output.err.startswith(message) and "Traceback" not in output.err and output.out == ""
