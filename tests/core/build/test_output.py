"""Output: what is equal stays untouched, whatever is not is written anew."""

import os

import pytest

from plugins.core.build.output import MARK, Output, stat_signature
from plugins.core.errors import ConfigError
from plugins.core.runtime.workers import CHUNK


@pytest.fixture
def output(tmp_path):
    """Return an output in which an earlier build has left a few files."""
    return an_output(tmp_path, {"sitemap.xml": b"", "a": b"", "b": b"", "cũ/2": b""})


def an_output(root, files):
    output = Output(root)
    output.claim()
    output.prepare()
    put(output, files)
    again = Output(root)
    again.claim()
    again.prepare()
    return again


def put(output, files):
    """Write and put in place, as a build does; all else of ours goes."""
    written = [path for path, data in files.items() if output.write(path, data)[1]]
    output.make_folders(written)
    return output.commit(written, files)


def files_of(output):
    paths = {path.relative_to(output.root).as_posix(): path for path in output.root.rglob("*")}
    return {name: path.read_bytes() for name, path in paths.items() if path.is_file() and not name.startswith(MARK)}


@pytest.mark.parametrize("before", [b"", b"abc", b"abcde", b"abce"])
def test_a_file_that_differs_in_anything_is_written(output, before):
    (output.root / "a").write_bytes(before)
    _, is_new = output.write("a", b"abcd")
    assert is_new and (output.root / "a").read_bytes() == before  # until all is there
    output.commit(["a"], output.listed)
    assert (output.root / "a").read_bytes() == b"abcd"


@pytest.mark.parametrize("data", [b"", b"abcd", b"x" * 3_000_000])
def test_a_file_that_is_equal_stays_untouched(output, data):
    (output.root / "a").write_bytes(data)
    os.utime(output.root / "a", ns=(1, 1))
    signature, is_new = output.write("a", data)
    assert not is_new and output.has("a", signature)
    assert sorted(os.listdir(output.root / MARK)) == ["files"]


def test_folders_are_made_where_they_are_missing_and_kept_where_they_are_not(output):
    paths = ["a/b/c/1", "a/b/c/2", "a/b/d/1", "cũ/1", "1"]
    for path in paths:
        signature, is_new = output.write(path, path.encode())
        assert is_new
    output.make_folders(paths)
    output.commit(paths, paths)
    assert all((output.root / path).read_bytes() == path.encode() for path in paths)
    assert output.has("1", signature)


@pytest.mark.parametrize("spoil", [lambda path: path.mkdir(), lambda path: path.symlink_to("gone")])
def test_a_folder_or_a_link_to_nowhere_where_a_file_shall_be_is_no_file_that_is_equal(output, spoil):
    (output.root / "a").unlink()
    spoil(output.root / "a")
    try:
        assert output.write("a", b"")[1]
    except ConfigError as fault:
        assert "OUTPUT_NOT_OURS" in str(fault) and (output.root / "a").is_dir()


def test_many_files_are_put_in_place_by_several_processes(tmp_path):
    output = an_output(tmp_path, {})
    paths = [f"{number}/index.html" for number in range(3 * CHUNK)]
    for path in paths:
        output.write(path, path.encode())
    output.make_folders(paths)
    output.commit(paths, paths, workers=3)
    assert files_of(output) == {path: path.encode() for path in paths}


FOREIGN = {"sitemap.xml": b"cua trang khac", "uploads/hop-dong.pdf": b"%PDF", ".htaccess": b"x"}


@pytest.mark.parametrize("more", [{}, {"theme/portal.0123456789.css": b"x", "index.html": b"x"}])
def test_another_sites_folder_is_refused_and_nothing_of_it_changes(tmp_path, more):
    for path, data in (files := {**FOREIGN, **more}).items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(data)
    output = Output(tmp_path)
    with pytest.raises(ConfigError, match="OUTPUT_NOT_OURS"):
        output.claim(lambda: {"index.html": b"as it was when a portal lay here", "sitemap.xml": b""})
    assert files_of(output) == files and not (tmp_path / MARK).exists()


@pytest.mark.parametrize("name", [".git", "pelicanconf.py"])
def test_a_checkout_is_never_an_output_whatever_mark_it_has(tmp_path, name):
    (tmp_path / MARK).mkdir()
    (tmp_path / name).touch()
    with pytest.raises(ConfigError, match="OUTPUT_NOT_OURS"):
        Output(tmp_path).claim()


def test_a_file_is_no_output_folder(tmp_path):
    (tmp_path / "a").touch()
    with pytest.raises(ConfigError, match="OUTPUT_NOT_OURS"):
        Output(tmp_path / "a").claim()


def test_what_a_person_puts_into_our_output_stays_whatever_is_built(output):
    (output.root / "google-1.html").write_text("x")
    (output.root / "cũ" / "CNAME").write_text("x")
    assert put(output, {"1": b"1"}) == 4
    assert files_of(output) == {"google-1.html": b"x", "cũ/CNAME": b"x", "1": b"1"}


def test_a_persons_file_in_the_place_of_a_page_is_never_overwritten(output):
    (output.root / "moi").mkdir()
    (output.root / "moi/index.html").write_text("của tôi")
    with pytest.raises(ConfigError, match="OUTPUT_NOT_OURS"):
        output.write("moi/index.html", b"")
    assert (output.root / "moi/index.html").read_text() == "của tôi"


def test_nothing_is_written_or_deleted_behind_a_link_that_leads_out_of_the_output(output, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("content")
    (elsewhere / "2").write_text("bài viết")
    (output.root / "cũ" / "2").unlink()
    (output.root / "cũ").rmdir()
    (output.root / "cũ").symlink_to(elsewhere)
    with pytest.raises(ConfigError, match="OUTPUT_NOT_OURS"):
        output.make_folders(["cũ/1"])
    put(output, {"sitemap.xml": b""})
    assert os.listdir(elsewhere) == ["2"] and output.listed >= {"cũ/2"}


@pytest.mark.parametrize("line", ["../trang-khac/index.html", "/etc/hosts", "a/../../x"])
def test_a_list_that_leads_out_of_the_output_is_not_followed(output, line):
    with (output.root / MARK / "files").open("a") as file:
        file.write(f"{line}\n")
    assert line not in Output(output.root).listed


def test_what_a_killed_build_has_left_is_swept_and_counts_as_ours(tmp_path):
    output = Output(tmp_path)
    output.claim()
    output.prepare()
    output.write("a", b"1")  # killed here
    again = Output(tmp_path)
    again.claim()
    again.prepare()
    assert os.listdir(tmp_path / MARK) == []
    put(again, {"b": b"2"})
    assert files_of(again) == {"b": b"2"}


def _interrupted(paths):
    raise KeyboardInterrupt


def test_killed_while_files_are_put_in_place_leaves_none_that_is_not_known_as_ours(output, monkeypatch):
    monkeypatch.setattr(output, "_put_in_place", _interrupted)
    output.write("moi", b"x")
    with pytest.raises(KeyboardInterrupt):
        output.commit(["moi"], ["moi"])
    assert {"moi", "a", "sitemap.xml"} <= Output(output.root).listed


def test_an_output_of_a_version_without_a_mark_is_taken_over_by_the_files_that_are_as_it_wrote_them(tmp_path):
    for name in ("index.html", "cu.html", "cua-toi.txt"):
        (tmp_path / name).write_text(name)
    output = Output(tmp_path)
    output.claim(lambda: {name: stat_signature(str(tmp_path / name)) for name in ("index.html", "cu.html")})
    output.prepare()
    put(output, {"index.html": b"moi"})
    assert files_of(output) == {"index.html": b"moi", "cua-toi.txt": b"cua-toi.txt"}


def test_a_clean_output_has_only_what_is_not_ours(output):
    (output.root / "CNAME").write_text("x")
    assert output.clean() == 4
    assert os.listdir(output.root) == ["CNAME"]
    (output.root / "CNAME").unlink()
    an_output(output.root, {"a": b"1"}).clean()
    assert not output.root.exists()


def test_a_copy_of_the_mark_that_a_person_made_stays(output):
    for name in ("bak", "1.bak", "zip"):
        (output.root / f"{MARK}.{name}").mkdir()
        (output.root / f"{MARK}.{name}" / "của tôi").write_text("x")
    (output.root / f"{MARK}.7").write_text("x")
    (output.root / f"{MARK}.8").symlink_to(output.root / f"{MARK}.bak")
    (output.root / f"{MARK}.9").mkdir()
    (output.root / f"{MARK}.9" / "files").write_text("x")  # a draft of ours
    output.prepare()
    assert not (output.root / f"{MARK}.9").exists() and (output.root / f"{MARK}.7").exists()
    assert (output.root / f"{MARK}.bak" / "của tôi").exists() and (output.root / f"{MARK}.8").is_symlink()


@pytest.mark.parametrize("left", [None, b"", b"# C", b"# C\xc3"])
def test_where_the_list_was_lost_the_files_are_known_by_their_stamps(output, left):
    stamps = {path: stat_signature(str(output.root / path)) for path in output.listed}
    (output.root / "b").write_bytes(b"mine now")
    known = output.root / MARK / "files"
    known.unlink() if left is None else known.write_bytes(left)
    again = Output(output.root)
    again.claim(lambda: stamps)
    assert again.listed == output.listed - {"b"}


def test_a_list_that_was_cut_keeps_what_is_left_of_it(output):
    stamps = {"b": stat_signature(str(output.root / "b"))}
    known = output.root / MARK / "files"
    known.write_bytes(known.read_bytes()[:-8])
    again = Output(output.root)
    again.claim(lambda: stamps)
    assert {"a", "b"} <= again.listed


@pytest.mark.parametrize("mark", ["file", "link"])
def test_a_mark_that_is_no_folder_is_none(tmp_path, mark):
    (tmp_path / "output").mkdir()
    (tmp_path / "của tôi").mkdir()
    target = tmp_path / "output" / MARK
    target.write_text("x") if mark == "file" else target.symlink_to(tmp_path / "của tôi")
    (tmp_path / "output" / "a").write_text("x")
    with pytest.raises(ConfigError, match="OUTPUT_NOT_OURS"):
        Output(tmp_path / "output").claim(lambda: {"a": stat_signature(str(tmp_path / "output" / "a"))})
    assert not list((tmp_path / "của tôi").iterdir())


@pytest.mark.parametrize("line", ["../x", "/x", "a/../../x", "x\0y", ".", "", "a//b", ".git/config", f"{MARK}/files"])
def test_a_list_that_somebody_wrote_by_hand_names_nothing_outside(output, line):
    known = output.root / MARK / "files"
    known.write_text(f"{known.read_text('utf-8')}{line}\n", "utf-8")
    again = Output(output.root)
    again.claim()
    assert again.listed == output.listed
    again.clean()
