"""The index on the disk: what is in it, and which of its files a change writes."""

import json

import pytest

from plugins.search.postings import Shard, decode, shard_and_key
from plugins.search.syllables import syllable, word_term

FOLDER = "tim-kiem/chi-muc"


def root(site):
    return json.loads((site.output / FOLDER / "goc.bin").read_bytes()[4:])


def cards(site):
    """All cards of the output, by address."""
    by_url = {}
    for path in (site.output / FOLDER / "bai").glob("*.bin"):
        for card in json.loads(path.read_bytes()[4:]).values():
            by_url[card[1]] = card
    return by_url


def postings(site, word):
    """The documents that have a word as it is written."""
    number, key = shard_and_key(word_term(syllable(word)), root(site)["bits"])
    shard = Shard((site.output / FOLDER / f"tu/{number:x}.bin").read_bytes()[4:])
    return {key: decode(data) for key, data in zip(shard.keys, shard.lists, strict=True)}.get(key, [])


def written(built):
    return [path.removeprefix(f"{FOLDER}/") for path in sorted(built.written) if path.startswith(FOLDER)]


def test_a_card_says_what_results_show(tiny):
    tiny.story(
        title="Hiến máu", date="2026-05-01 08:00", body="Một **câu** [nối](/lien-he/).\n\n- Hai & ba", tags="biển"
    )
    tiny.build()
    title, _, section, about, text, *_ = cards(tiny)["/tin-tuc/2026/05/bai/"]
    assert (title, section, about) == ("Hiến máu", "Tin tức", "1/5/2026")
    assert text.split("\n")[:2] == ["Một câu nối.", "Hai & ba"] and "biển" in text


def test_pages_without_a_date_are_found_too(tiny):
    tiny.build()
    assert cards(tiny)["/lien-he/"][3] == ""


@pytest.mark.parametrize(
    "fields",
    [{"status": "draft"}, {"status": "unlisted"}, {"date": "2026-12-01 08:00"}],
    ids=["draft", "unlisted", "future"],
)
def test_what_no_list_shows_is_not_in_the_index(tiny, fields):
    tiny.story("kin", title="Bimat", **fields)
    tiny.build()
    assert not postings(tiny, "bimat") and "/tin-tuc/2026/05/kin/" not in cards(tiny)


@pytest.mark.parametrize("change", [{"status": "draft"}, {"status": "unlisted"}, {"title": "Khác"}])
def test_what_is_taken_back_is_gone_from_every_file_in_the_same_build(tiny, change):
    tiny.story("kin", title="Bimat")
    tiny.build()
    assert postings(tiny, "bimat")
    tiny.story("kin", **{"title": "Bimat", **change})
    tiny.build(ALLOW_SHRINK=True)
    assert not postings(tiny, "bimat")
    assert not [path for path, data in tiny.files().items() if path.startswith(FOLDER) and b"imat" in data]


def test_the_title_counts_apart(tiny):
    tiny.story(title="Lạ", body="Quen.")
    tiny.build()
    assert [flag for _, flag in postings(tiny, "lạ")] == [1] and [flag for _, flag in postings(tiny, "quen")] == [0]


def test_an_edit_writes_the_words_that_came_and_went_and_one_file_of_cards(tiny):
    tiny.build()
    tiny.story(body="Nội dung hay.")
    paths = written(tiny.build())
    assert [path for path in paths if not path.startswith("tu/")] == ["bai/1171.0.bin", "bang/292.bin", "goc.bin"]
    assert len(paths) == 5  # hay, dung hay


def test_a_story_of_a_later_day_moves_no_other(tiny):
    tiny.build()
    before = cards(tiny)
    tiny.story("sau", title="Sau", date="2026-06-01 08:00")
    tiny.build()
    assert before.items() < cards(tiny).items()


def test_a_change_of_the_theme_writes_and_makes_nothing_of_the_index(tiny, monkeypatch, tmp_path):
    tiny.build()
    monkeypatch.setattr("plugins.search.index.Index._rebuild", None)
    monkeypatch.setattr("plugins.search.index.Index._read", None)
    monkeypatch.setattr("plugins.core.incremental.versions.theme", lambda settings: b"another")
    built = tiny.build()
    assert not written(built)


def test_every_file_has_the_stamp_that_another_says(tiny):
    tiny.build()
    index = root(tiny)

    def stamp(name):
        return int.from_bytes((tiny.output / FOLDER / f"{name}.bin").read_bytes()[:4], "little")

    assert [stamp(f"tu/{number:x}") for number in range(1 << index["bits"])] == index["shards"]
    assert stamp("tu/tat-ca") == index["words"]
    for table, expected in index["tables"].items():
        assert stamp(f"bang/{table}") == expected
        groups = json.loads((tiny.output / FOLDER / f"bang/{table}.bin").read_bytes()[4:])
        assert {group: stamp(f"bai/{group}") for group in groups} == groups


def test_a_file_of_the_index_that_was_lost_or_spoiled_is_written_again(tiny):
    tiny.build()
    before = tiny.files()
    (tiny.output / FOLDER / "goc.bin").unlink()
    (tiny.output / FOLDER / "tu/tat-ca.bin").write_bytes(b"x")
    assert written(tiny.build()) == ["goc.bin", "tu/tat-ca.bin"]
    assert {path: data for path, data in tiny.files().items() if path.startswith(FOLDER)} == {
        path: data for path, data in before.items() if path.startswith(FOLDER)
    }


def test_files_of_days_that_have_no_story_any_more_are_gone(tiny):
    tiny.story("mot", title="Một", date="2020-03-01 08:00")
    tiny.build()
    assert "/tin-tuc/2026/05/mot/" in cards(tiny)
    paths = {path for path in tiny.files() if path.startswith(f"{FOLDER}/ba")}
    tiny.story("mot", title="Một", date="2026-05-01 08:00")
    tiny.build()
    assert {path for path in tiny.files() if path.startswith(f"{FOLDER}/ba")} < paths
    assert "/tin-tuc/2026/05/mot/" in cards(tiny)
