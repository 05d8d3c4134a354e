"""The libraries of a build: made aside, named by their lock, kept while they serve."""

import os
import signal

import pytest

from tests.deploy.town import Town, eventually

pytestmark = pytest.mark.deploy

#: Installs a library by copying the lock, slowly where it says so, and not at all without a network.
RULES = """
$(VENV)/.site: requirements/site.txt
\t@mkdir -p $(VENV)/bin; cp requirements/site.txt $(VENV)/library
\t@if grep -q CHẬM requirements/site.txt; then touch $(CACHE_OF_TEST)/installing; sleep 30; fi
\t@if grep -q MẤT-MẠNG requirements/site.txt; then exit 3; fi
\t@touch $@
"""


@pytest.fixture
def project(town: Town) -> Town:
    """Return a town whose project has libraries."""
    makefile = town.clone / "Makefile"
    rule = "\t@cp $(VENV)/library $(OUTPUT)/thu-vien.html\n"
    rules = RULES.replace("$(CACHE_OF_TEST)", str(town.root.parent))
    makefile.write_text(makefile.read_text("utf-8") + rule + rules, "utf-8")
    (town.clone / "requirements").mkdir()
    return town


def lock(town: Town, text: str) -> None:
    (town.clone / "requirements" / "site.txt").write_text(text, "utf-8")


def test_a_lock_has_its_own_environment_and_is_installed_once(project: Town) -> None:
    """Also when make, by its times, would install it again."""
    lock(project, "một\n")
    assert "Đang tải các thư viện" in project.publish("Tin 1").answer
    lock(project, "hai\n")
    project.publish("Tin 2")
    lock(project, "một\n")
    assert "Đang tải" not in project.publish("Tin 3").answer
    assert (project.current / "thu-vien.html").read_text("utf-8") == "một\n"
    assert len(os.listdir(project.root / "env")) == 2


def test_a_kill_while_libraries_are_installed_bricks_nothing(project: Town) -> None:
    """R1: the next push installs them anew, and those of before go on serving."""
    lock(project, "một\n")
    project.publish("Tin 1")
    lock(project, "hai CHẬM\n")
    project.write("Tin 2")
    push = project.start_push()
    eventually((project.root.parent / "installing").exists)
    for process in [project.deployer(), *project.builders()]:
        os.kill(process, signal.SIGKILL)
    push.communicate(timeout=30)
    project.settle()
    assert project.home_page().startswith("Tin 1\n")
    lock(project, "một\n")
    assert "Đã đưa lên" in project.publish("Tin 3").answer
    lock(project, "hai\n")
    assert "Đã đưa lên" in project.publish("Tin 4").answer
    assert (project.current / "thu-vien.html").read_text("utf-8") == "hai\n"


def test_without_a_network_libraries_that_are_there_serve(project: Town) -> None:
    """Only a commit that asks for new ones waits, and its pusher is told why."""
    lock(project, "một\n")
    project.publish("Tin 1")
    lock(project, "MẤT-MẠNG\n")
    answer = project.publish("Tin 2").answer
    assert "Chưa tải được các thư viện" in answer and "KHÔNG đưa lên" in answer
    lock(project, "một\n")
    assert "Đã đưa lên" in project.publish("Tin 3").answer
