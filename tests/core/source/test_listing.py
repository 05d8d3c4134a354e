"""Listing the content folder while somebody is at work in it."""

import os
import shutil

import pytest

from plugins.core.source import listing


def test_a_folder_that_goes_while_it_is_listed_is_not_there(tmp_path, monkeypatch):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.md").touch()
    real = os.scandir

    def gone_meanwhile(folder):
        if str(folder) == str(tmp_path / "b"):
            shutil.rmtree(tmp_path / "b")
        return real(folder)

    monkeypatch.setattr(listing.os, "scandir", gone_meanwhile)
    assert list(listing.list_files(tmp_path).files) == ["a/index.md"]


def test_a_folder_that_may_not_be_opened_is_told_and_the_others_are_read(tmp_path, monkeypatch):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.md").touch()
    real = os.scandir

    def refused(folder):  # root may open everything
        if str(folder) == str(tmp_path / "b"):
            raise PermissionError
        return real(folder)

    monkeypatch.setattr(listing.os, "scandir", refused)
    result = listing.list_files(tmp_path)
    assert list(result.files) == ["a/index.md"]
    assert [(problem.path, problem.code) for problem in result.problems] == [("content/b", "FILE_UNREADABLE")]


def test_a_content_folder_that_is_not_there_is_no_empty_one(tmp_path):
    with pytest.raises(FileNotFoundError):
        listing.list_files(tmp_path / "khong-co")
