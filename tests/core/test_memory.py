"""What a build keeps for the next: whole, or as if it were not there."""

import pytest

from plugins.core import sealed
from plugins.core.memory import Kept, LostError, Memory, Texts, pack

VERSION, OTHER = b"v" * 16, b"w" * 16
KEPT = Kept(b"stamp", b"digest", item=b"{}", facts=b"f", text="t1")


def kept_in(folder, version=VERSION):
    memory = Memory(folder, "a", version)
    memory.files = {"tin-tuc/bai/index.md": KEPT}
    memory.texts.add([("t1", pack(("<p>Chữ</p>",)))])
    memory.save()


def test_what_was_kept_is_there_for_the_same_version_and_for_no_other(tmp_path):
    kept_in(tmp_path)
    memory = Memory(tmp_path, "a", VERSION)
    assert memory.files == {"tin-tuc/bai/index.md": KEPT} and memory.texts.parts("t1") == ("<p>Chữ</p>",)
    assert Memory(tmp_path, "a", OTHER).files == {}


def test_an_item_whose_text_is_gone_is_read_again(tmp_path):
    kept_in(tmp_path)
    next(tmp_path.glob("texts-*")).unlink()
    assert Memory(tmp_path, "a", VERSION).files == {}


@pytest.mark.parametrize("place", [0, 20, 40, -1])
def test_one_flipped_bit_and_nothing_is_there(tmp_path, place):
    kept_in(tmp_path)
    path = tmp_path / "reading-a"
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)
    assert Memory(tmp_path, "a", VERSION).files == {}


def test_a_text_that_is_not_whole_is_lost_and_never_wrong(tmp_path):
    texts = Texts(tmp_path, VERSION)
    texts.add([("t1", pack(("<p>Chữ</p>",))[:-1])])
    with pytest.raises(LostError):
        texts.parts("t1")
    with pytest.raises(LostError):
        texts.parts("t2")


def test_a_broken_database_is_begun_anew(tmp_path):
    kept_in(tmp_path)
    next(tmp_path.glob("texts-*")).write_bytes(b"x" * 9000)
    memory = Memory(tmp_path, "a", VERSION)
    assert memory.files == {}
    memory.texts.add([("t1", pack(("<p>Mới</p>",)))])
    assert memory.texts.parts("t1") == ("<p>Mới</p>",)


def test_texts_that_nothing_shows_do_not_pile_up(tmp_path):
    texts = Texts(tmp_path, VERSION)
    texts.add((str(number), pack(("x",))) for number in range(500))
    texts.keep_only({"1", "2"})
    assert texts.digests() == {"1", "2"}


def test_a_seal_tells_how_its_parts_were_cut():
    assert sealed.digest(b"ab", b"c") != sealed.digest(b"a", b"bc")
