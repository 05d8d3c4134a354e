"""Output: what is equal stays untouched, whatever is not is written anew."""

import os

import pytest

from plugins.core.crew import CHUNK
from plugins.core.output import Output


@pytest.fixture
def output(tmp_path):
    (tmp_path / "sitemap.xml").touch()
    output = Output(tmp_path)
    output.prepare(True)
    return output


@pytest.mark.parametrize("before", [b"", b"abc", b"abcde", b"abce"])
def test_a_file_that_differs_in_anything_is_written(output, before):
    (output.root / "a").write_bytes(before)
    _, is_new = output.write("a", b"abcd", b"")
    assert is_new and (output.root / "a").read_bytes() == before  # until all is there
    output.commit(["a"])
    assert (output.root / "a").read_bytes() == b"abcd"


@pytest.mark.parametrize("data", [b"", b"abcd", b"x" * 3_000_000])
def test_a_file_that_is_equal_stays_untouched(output, data):
    (output.root / "a").write_bytes(data)
    os.utime(output.root / "a", ns=(1, 1))
    made, is_new = output.write("a", data, b"")
    assert not is_new and output.has("a", made)
    assert sorted(os.listdir(output.root)) == ["a", "sitemap.xml"]


def test_folders_are_made_where_they_are_missing_and_kept_where_they_are_not(output):
    (output.root / "cũ").mkdir()
    paths = ["a/b/c/1", "a/b/c/2", "a/b/d/1", "cũ/1", "1"]
    for path in paths:
        made, is_new = output.write(path, path.encode(), b"")
        assert is_new
    output.commit(paths)
    assert all((output.root / path).read_bytes() == path.encode() for path in paths)
    assert output.has("1", made)


def test_a_folder_or_a_link_to_nowhere_where_a_file_shall_be_is_no_file_that_is_equal(output):
    (output.root / "a").mkdir()
    (output.root / "b").symlink_to("gone")
    assert output.write("a", b"", b"")[1] and output.write("b", b"", b"")[1]


def test_many_files_are_put_in_place_by_several_processes(tmp_path):
    output = Output(tmp_path)
    output.prepare(True)
    paths = [f"{number}/index.html" for number in range(3 * CHUNK)]
    for path in paths:
        output.write(path, path.encode(), b"key")
    output.commit(paths, workers=3)
    assert {file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*") if file.is_file()} == set(paths)
    assert all((tmp_path / path).read_text() == path for path in paths)
