"""What the publishing account takes over from the account that builds, without trusting it."""

import grp
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.publishing import handover, sandbox, store, takeover, units
from scripts.publishing.layout import Layout
from scripts.publishing.outcome import ReleaseError
from tests.deploy.town import PROJECT, eventually, require


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def test_only_what_differs_is_copied_and_live_files_are_never_written_into(tmp_path: Path) -> None:
    source, target, live = tmp_path / "build", tmp_path / "standby", tmp_path / "live"
    write(source, index="mới", a__b="như cũ", c="thêm")
    write(live, index="cũ!", a__b="như cũ", gone__x="bỏ")
    target.mkdir()
    for path in (path for path in live.rglob("*") if path.is_file()):
        (target / path.relative_to(live)).parent.mkdir(parents=True, exist_ok=True)
        os.link(path, target / path.relative_to(live))
    status = (source / "a" / "b").stat()
    os.utime(live / "a" / "b", ns=(status.st_atime_ns, status.st_mtime_ns))
    changes = takeover.mirror(source, target)
    assert changes == takeover.Changes(["c", "index"], ["gone/x"])
    assert {path.relative_to(target).as_posix(): path.read_text() for path in target.rglob("*") if path.is_file()} == {
        "index": "mới", "a/b": "như cũ", "c": "thêm"
    }  # fmt: skip
    assert (live / "index").read_text() == "cũ!" and (live / "gone" / "x").exists()
    assert (target / "a" / "b").stat().st_ino == (live / "a" / "b").stat().st_ino


def lay_trap(source: Path, secret: Path, kind: str) -> None:
    """Put what is no file into a builder's output, or in its place, as a build may that wants to show `secret`."""
    if kind == "link":
        (source / "page").symlink_to(secret / "key")
    elif kind == "folder link":
        (source / "pages").symlink_to(secret)
    elif kind == "fifo":
        os.mkfifo(source / "page")
    else:
        source.rename(source.with_name("away"))
        source.symlink_to(secret)


@pytest.mark.parametrize("kind", ["link", "folder link", "fifo", "root"])
def test_a_link_or_a_pipe_is_refused_and_nothing_behind_it_read(tmp_path: Path, kind: str) -> None:
    source, secret = tmp_path / "build", tmp_path / "secret"
    write(secret, key="bí mật")
    write(source, index="x")
    lay_trap(source, secret, kind)
    with pytest.raises(ReleaseError):
        takeover.mirror(source, tmp_path / "standby")
    assert "bí mật" not in {path.read_text() for path in (tmp_path / "standby").rglob("*") if path.is_file()}


def files(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


def test_of_what_was_the_same_only_what_a_build_says_it_changed_is_looked_at(tmp_path: Path) -> None:
    source, target = tmp_path / "build", tmp_path / "standby"
    write(source, index="cũ", other="cũ", gone__deep__x="cũ", **{".portal-build__files": "cũ"})
    takeover.mirror(source, target)
    shutil.rmtree(source / "gone")
    write(source, index="mới", a__b="thêm", other="không nói", **{".portal-build__files": "mới"})
    changes = takeover.take_changes(source, target, takeover.Changes(["index", "a/b"], ["gone/deep/x"]))
    assert changes == takeover.Changes(["index", "a/b", ".portal-build/files"], ["gone/deep/x"])
    assert files(target) == {"index": "mới", "other": "cũ", "a/b": "thêm", ".portal-build/files": "mới"}
    assert not (target / "gone").exists()


@pytest.mark.parametrize("kind", ["link", "folder link", "fifo", "root"])
def test_a_link_or_a_pipe_that_a_build_names_is_refused_too(tmp_path: Path, kind: str) -> None:
    source, secret, target = tmp_path / "build", tmp_path / "secret", tmp_path / "standby"
    write(secret, key="bí mật")
    write(source, index="x", **{".portal-build__files": "x"})
    takeover.mirror(source, target)
    lay_trap(source, secret, kind)
    name = {"folder link": "pages/key", "root": "key"}.get(kind, "page")
    with pytest.raises(ReleaseError):
        takeover.take_changes(source, target, takeover.Changes([name], []))
    assert "bí mật" not in files(target).values()


@pytest.mark.parametrize("hints", [takeover.Changes(["c", "a/b"], []), takeover.Changes(["không-có", "c"], ["a"])])
def test_where_what_a_build_says_cannot_be_everything_is_looked_at_and_nothing_is_forgotten(
    tmp_path: Path, hints: takeover.Changes
) -> None:
    source, target = tmp_path / "build", tmp_path / "standby"
    write(source, a__b="x", c="y", **{".portal-build__files": "x"})
    write(target, a="x", c="cũ")
    changes = takeover.take_changes(source, target, hints)
    assert files(target) == files(source)
    assert set(changes.written) >= {"a/b", "c"} and changes.removed == ["a"]


@pytest.mark.parametrize(
    "paths",
    [["../keys"], ["/etc/passwd"], ["a//b"], ["a/./b"], [""], [".portal-build/x"], ["a\0b"], [1], "index", None],
)
def test_what_is_no_name_in_the_site_is_no_hint(paths: object) -> None:
    assert handover.changes_of({"written": ["a/b"], "removed": ["c"]}) == takeover.Changes(["a/b"], ["c"])
    assert handover.changes_of({"written": paths, "removed": []}) is None
    assert handover.changes_of({"written": [], "removed": paths}) is None


def test_a_mark_says_that_two_outputs_are_the_same_until_one_changes_or_the_machine_starts_again(
    tmp_path: Path,
) -> None:
    built, copy, nothing = tmp_path / "build", tmp_path / "standby", takeover.Changes([], [])
    write(tmp_path, socket="")
    write(built, index="x", **{".portal-build__files": "x"})
    takeover.mirror(built, copy)
    first = handover.new_mark(tmp_path / "socket")
    assert not handover.is_same(built, copy, first)  # neither has a mark
    handover.give_mark(built, "", first, None)
    takeover.mirror(built, copy)
    second = handover.new_mark(tmp_path / "socket")
    assert handover.is_same(built, copy, second)
    earlier = handover.take_mark(built)
    assert not handover.is_same(built, copy, second)  # a build is running, or was killed
    handover.give_mark(built, earlier, second, nothing)
    assert handover.is_same(built, copy, second)  # it changed nothing
    handover.give_mark(built, earlier, second, takeover.Changes(["index"], []))
    assert not handover.is_same(built, copy, second)
    takeover.mirror(built, copy)
    os.utime(tmp_path / "socket", ns=(1, 1))
    third = handover.new_mark(tmp_path / "socket")
    assert not handover.is_same(built, copy, third)
    earlier = handover.take_mark(built)
    handover.give_mark(built, earlier, third, nothing)
    assert not handover.is_same(built, copy, third)


#: Writes what stands in ./pages, and says of it what ./said says.
RECIPE = """
publish:
	@mkdir -p "$(OUTPUT)/.portal-build" && cp pages/* "$(OUTPUT)" && touch "$(OUTPUT)/.portal-build/shared"
	@if [ -e said ]; then cp said "$$PORTAL_RESULT"; fi; if [ -e fails ]; then exit 1; fi
"""


@pytest.fixture
def builder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Layout]:
    """Return a server with an account that builds: here it is the same one, over the same socket."""
    layout = Layout(tmp_path / "server")
    write(layout.tree, Makefile=RECIPE)
    for folder in (layout.builders, layout.build_socket.parent, layout.store):
        folder.mkdir(parents=True)
    listening = f"""
import sys
from scripts.publishing import gate
from pathlib import Path
main = "import sys; from scripts.publishing.portal import main; sys.exit(main())"
serve = [sys.executable, "-c", main, "serve-build", "--root", {str(layout.root)!r}]
gate.listen(Path({str(layout.build_socket)!r}), serve, {grp.getgrgid(os.getgid()).gr_name!r})
"""
    monkeypatch.chdir(layout.tree)
    monkeypatch.setenv("PORTAL_RESULT", str(tmp_path / "result.json"))
    with subprocess.Popen([sys.executable, "-c", listening], env={**os.environ, "PYTHONPATH": str(PROJECT)}) as process:
        eventually(layout.build_socket.exists)
        yield layout
        process.kill()


def built(layout: Layout, notes: str | None, *words: str, **pages: str) -> dict[str, str]:
    """Have the builder write pages, and return those of the standby."""
    shutil.rmtree(layout.tree / "pages", ignore_errors=True)
    write(layout.tree / "pages", **pages)
    (layout.tree / "said").unlink(missing_ok=True)
    if notes is not None:
        (layout.tree / "said").write_text(notes, "utf-8")
    command = ["make", "--silent", "publish", f"OUTPUT={layout.standby}", f"CACHE={layout.site_cache}", *words]
    sandbox.confine(layout, command, network=False)
    return {path: text for path, text in files(layout.standby).items() if not path.startswith(".")}


def test_what_a_build_says_it_changed_is_believed_while_the_standby_is_what_was_handed_over(builder: Layout) -> None:
    says_index = '{"written": ["index"], "removed": []}'
    assert built(builder, None, index="1", other="1") == {"index": "1", "other": "1"}
    assert built(builder, says_index, index="2", other="2!") == {"index": "2", "other": "1"}
    # code has changed
    assert built(builder, says_index, "FRESH=1", index="3", other="3") == {"index": "3", "other": "3"}
    (builder.tree / "fails").touch()
    built(builder, says_index, index="4", other="4!!")
    (builder.tree / "fails").unlink()
    assert built(builder, says_index, index="5", other="4!!") == {"index": "5", "other": "4!!"}
    assert built(builder, None, index="6", other="6") == {"index": "6", "other": "6"}  # an earlier word is not its own


def test_what_a_build_or_a_disk_has_left_where_its_word_belongs_stops_no_later_build(builder: Layout) -> None:
    says_index = '{"written": ["index"], "removed": []}'
    built(builder, says_index, index="1")
    for path in (builder.builders / "result.json", builder.builders / "site" / ".portal-build" / "handed-over"):
        path.unlink()
        path.mkdir()
    assert built(builder, says_index, index="2") == {"index": "2"}


def test_a_folder_where_a_file_was_and_the_reverse(tmp_path: Path) -> None:
    source, target = tmp_path / "build", tmp_path / "standby"
    write(source, a__b="x", c="y")
    write(target, a="x", c__d="y")
    takeover.mirror(source, target)
    assert {path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file()} == {"a/b", "c"}


@pytest.mark.parametrize("name", ["anh/../../portal.env", "../x", "releases/x", "anh/.x", "/etc/passwd"])
def test_a_name_that_leaves_the_store_is_refused(tmp_path: Path, name: str) -> None:
    write(tmp_path / "build", anh__1="x")
    server = Layout(tmp_path / "server")
    write(tmp_path, notes__shared=f"anh/1\n{name}\n")
    takeover.add_shared(tmp_path / "build", server.store, tmp_path / "notes" / "shared")
    server.manifests.mkdir()
    with pytest.raises(ReleaseError, match="Tên không dùng được"):
        store.accept_list(server, tmp_path / "notes", "")
    assert [path.name for path in server.store.rglob("*") if path.is_file()] == ["1"]


def test_only_what_the_store_lacks_is_copied(tmp_path: Path) -> None:
    write(tmp_path / "build", anh__1="sửa", anh__2="mới", anh__3="không cần")
    write(tmp_path / "store", anh__1="có rồi")
    (tmp_path / "list").write_text("anh/1\nanh/2\n")
    takeover.add_shared(tmp_path / "build", tmp_path / "store", tmp_path / "list")
    assert files(tmp_path / "store" / "anh") == {"1": "có rồi", "2": "mới"}


@pytest.mark.parametrize("kind", ["link", "fifo"])
def test_what_is_no_file_never_comes_into_the_store_and_keeps_nobody_waiting(tmp_path: Path, kind: str) -> None:
    write(tmp_path, secret="bí mật", list="anh/1\n")
    picture = tmp_path / "build" / "anh" / "1"
    picture.parent.mkdir(parents=True)
    picture.symlink_to(tmp_path / "secret") if kind == "link" else os.mkfifo(picture)
    with pytest.raises(ReleaseError, match="không phải tệp"):
        takeover.add_shared(tmp_path / "build", tmp_path / "store", tmp_path / "list")
    assert not (tmp_path / "store" / "anh" / "1").exists()


def test_no_name_of_a_builds_makes_a_copy_be_written_into_a_live_file(tmp_path: Path) -> None:
    """Where copies are written first, a hard link of a live file must not lie."""
    source, target, live = tmp_path / "build", tmp_path / "standby", tmp_path / "live"
    write(source, index="mới")
    write(live, **{".index.new": "đang chạy"})
    target.mkdir()
    os.link(live / ".index.new", target / ".index.new")
    takeover.mirror(source, target)
    assert (live / ".index.new").read_text() == "đang chạy"
    assert [path.name for path in target.iterdir()] == ["index"]


def test_what_the_store_has_leaves_the_builders_folder(tmp_path: Path) -> None:
    """Photographs lie on the disk once: builds see the store."""
    layout = Layout(tmp_path)
    write(layout.store, anh__1="có", theme__a="có")
    write(
        layout.builders, **{f"{folder}__{name}": "x" for folder in ("store__anh", "cache__pictures") for name in "12"}
    )
    write(layout.builders, store__theme__a="có", anew__site__index="x", cache__state__x="x", cache__pictures__shown="x")
    os.link(layout.builders / "cache/pictures/1", layout.builders / "anew/1")
    sandbox.forget_served(layout)
    left = sorted(path.relative_to(layout.builders).as_posix() for path in layout.builders.rglob("*") if path.is_file())
    assert left == ["cache/pictures/2", "cache/pictures/shown", "cache/state/x", "store/anh/2"]


def test_a_build_from_nothing_keeps_pictures_comments_and_the_history(tmp_path: Path) -> None:
    """And nothing that lies where something else belongs."""
    cache = tmp_path / "build" / "cache"
    lasting = {
        "comments.json": "x",
        "pictures__1-240.jpg": "x",
        "pictures-sums__1-.txt": "x",
        "state__store-a.sqlite": "x",
    }
    write(cache, **lasting, last__good="x", pictures__2__x="x", state__b__x="x")
    write(tmp_path / "build" / "site", index="x")
    sandbox.forget_builds(Layout(tmp_path))
    left = {
        path.relative_to(tmp_path / "build").as_posix() for path in (tmp_path / "build").rglob("*") if path.is_file()
    }
    assert left == {f"cache/{name.replace('__', '/')}" for name in lasting}


@pytest.mark.parametrize(
    ("unit", "most"),
    [("portal-build@.service", 1.0), ("portal-git@.service", 2.0), ("portal-tick.service", 2.0), ("portal-verify.service", 2.0), ("portal-redirects.service", 6.0)],
)  # fmt: skip
def test_case_106_units_are_exposed_as_little_as_they_say(tmp_path: Path, unit: str, most: float) -> None:
    """By systemd's own figure, of 10."""
    program = require("systemd-analyze")

    for name, text in units.units(Layout(Path("/srv/portal")), has_comments=True).items():
        (tmp_path / name).write_text(text, "utf-8")
    words = [program, "security", "--offline=true", f"--threshold={most * 10:.0f}", "--no-pager", str(tmp_path / unit)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-200:] + done.stderr
    checked = subprocess.run(
        [program, "verify", "--man=no", *map(str, tmp_path.glob("*.timer")), *map(str, tmp_path.glob("*.socket"))],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    ours = [line for line in checked.stderr.splitlines() if str(tmp_path) in line and "not executable" not in line]
    assert ours == []


def test_the_timer_catches_up_after_the_machine_was_off() -> None:
    files = units.units(Layout(Path("/srv/portal")))
    tick = files["portal-tick.timer"]
    assert "Persistent=yes" in tick and "OnBootSec=" in tick and "OnCalendar=*-*-* *:*:00" in tick
    assert "PrivateNetwork=yes" in files["portal-build@.service"]
    assert "PrivateNetwork=yes" not in files["portal-git@.service"]  # it fetches libraries
