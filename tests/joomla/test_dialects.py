"""A portal reads the same from every program that exports it, every version of Joomla, every way to pack."""

import bz2
import gzip
import io
import lzma
import re
import tarfile
import zipfile
from contextlib import closing
from dataclasses import replace
from functools import partial

import pytest

from scripts.errors import RefusedError
from scripts.joomla import sql_scanner
from scripts.joomla.database import read_database
from scripts.joomla.schemas import wanted_columns
from scripts.joomla.sql_rows import DumpReader
from scripts.joomla.sql_scanner import Scanner
from tests.joomla import dumps
from tests.joomla.old_site import PORTAL, OldPortal, Story


def written(tmp_path, text: str | bytes, name: str = "cu.sql"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def stories_of(path, prefix=None) -> list[tuple[str, ...]]:
    with closing(read_database(path, prefix)) as site:
        return [
            (a.key, a.title, a.alias, a.introtext, a.fulltext, a.state, a.created, a.category, a.author)
            for a in site.articles()
        ]


def expected(letter: str = "a", portal: OldPortal = PORTAL) -> list[tuple[str, ...]]:
    states = {1: "published", 0: "draft", -2: "trashed"}
    category = "c" if letter == "a" else "kc"
    return [
        (
            f"{letter}{s.id}",
            s.title,
            s.alias,
            s.intro,
            s.full,
            states[s.state],
            s.created,
            f"{category}{s.category}",
            s.by,
        )
        for s in portal.stories
    ]


def rows_of(text: str | bytes, table: str = "jos_content") -> list[dict[str, str | None]]:
    raw = text if isinstance(text, bytes) else text.encode()
    reader = DumpReader(Scanner(io.BytesIO(raw).read, "cu.sql"), wanted_columns)
    return [dict(row.values) for row in reader.rows() if row.table.rpartition(".")[2] == table]


@pytest.mark.parametrize("name", dumps.ALL)
def test_every_dialect_gives_the_same_articles(tmp_path, name):
    assert stories_of(written(tmp_path, dumps.ALL[name](PORTAL))) == expected()


@pytest.mark.parametrize("name", dumps.ALL)
def test_every_dialect_gives_the_same_categories_and_menus(tmp_path, name):
    with closing(read_database(written(tmp_path, dumps.ALL[name](PORTAL)))) as site:
        titles = {key: category.title for key, category in site.categories.items() if key.startswith("c")}
        assert titles == {f"c{category.id}": category.title for category in PORTAL.categories}
        assert [(item.title, item.path) for item in site.menu] == [
            ("Giới thiệu", "gioi-thieu-chung"),
            ("Hoạt động", "hoat-dong"),
        ]


def test_k2_gives_its_items_with_attachments_tags_and_extra_fields(tmp_path):
    path = written(tmp_path, dumps.k2_dump(PORTAL))
    assert stories_of(path) == expected("k")
    with closing(read_database(path)) as site:
        first = next(iter(site.articles()))
        assert first.tags == ("mùa hè xanh",)
        assert first.files[0] == ("media/k2/attachments/mau-don.pdf", "Mẫu đơn")
        assert first.extra == (("Địa điểm", "Nhà văn hóa thôn Hai"), ("Cấp", "Xã"))
        assert first.pictures[0].src == dumps.k2_source(1)
        assert [(comment.author, comment.text) for comment in site.comments()] == [("Lan", "Hay quá!")]


def _zipped(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("__MACOSX/._cu.sql", b"x")
        archive.writestr("cu.sql", data)
    return out.getvalue()


def _tarred(data: bytes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        member = tarfile.TarInfo("mysql/cu.sql")
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
    return out.getvalue()


PACKINGS = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zip": _zipped,
    "BOM": lambda data: b"\xef\xbb\xbf" + data,
    "CRLF": lambda data: data.replace(b"\n", b"\r\n"),
    "UTF-16": lambda data: data.decode().encode("utf-16"),
    "UTF-16 BE": lambda data: b"\xfe\xff" + data.decode().encode("utf-16-be"),
    "UTF-16 without its mark": lambda data: data.decode().encode("utf-16-le"),
    "packed twice": lambda data: gzip.compress(gzip.compress(data)),
    "lines of an old Mac": lambda data: data.split(b"DELIMITER")[0].replace(b"\n", b"\r") + b"\r-- Dump completed\r",
}


@pytest.mark.parametrize("packing", PACKINGS)
def test_a_packed_dump_reads_like_a_bare_one(tmp_path, packing):
    data = PACKINGS[packing](dumps.mysqldump(PORTAL, "2.5").encode())
    assert stories_of(written(tmp_path, data, "cu.bin")) == expected()


def test_a_folder_of_sql_files_is_one_dump(tmp_path):
    head, mark, tail = dumps.mysqldump(PORTAL, "1.5").partition("--\n-- Table structure for table `jos_content`")
    (tmp_path / "bang").mkdir()
    written(tmp_path, head, "bang/1.sql")
    written(tmp_path, gzip.compress((mark + tail).encode()), "bang/2.sql.gz")
    assert stories_of(tmp_path / "bang") == expected()


@pytest.mark.parametrize("source", ["", "site.sql"])
def test_the_parts_of_a_backup_of_akeeba_are_one_dump(tmp_path, source):
    for name, number in (("site.sql", 1), ("site.s01", 2), ("site.s10", 3)):
        written(tmp_path, f"INSERT INTO `#__content` (`id`,`title`,`introtext`) VALUES ({number},'Bài','x');", name)
    assert [row[0] for row in stories_of(tmp_path / source)] == ["a1", "a2", "a3"]


def test_an_unpacked_backup_of_akeeba_is_read_where_it_has_its_dump(tmp_path):
    (tmp_path / "installation/sql").mkdir(parents=True)
    written(tmp_path, dumps.mysqldump(PORTAL, "2.5", "#__"), "installation/sql/site.sql")
    assert stories_of(tmp_path) == expected()


def test_text_that_was_encoded_twice_or_as_latin1_is_read_as_it_was_meant(tmp_path):
    text = dumps.mysqldump(PORTAL, "1.5")
    twice = text.encode().decode("latin-1").encode()
    assert [row[1] for row in stories_of(written(tmp_path, twice))] == [story.title for story in PORTAL.stories]
    windows = "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in text.encode())
    assert [row[1] for row in stories_of(written(tmp_path, windows))] == [story.title for story in PORTAL.stories]
    cut = "INSERT INTO jos_content (id, title) VALUES (1, 'Đoàn viên trẻ');".encode().replace("ẻ".encode(), b"\xe1\xba")
    assert rows_of(cut.decode("latin-1"))[0]["title"] == "Đoàn viên tr", "half a letter is none"
    latin = rows_of("INSERT INTO jos_content (id, title) VALUES (1, 'Café ‘à la’');".encode("cp1252"))
    assert latin == [{"id": "1", "title": "Café ‘à la’"}]


@pytest.mark.parametrize(
    ("literal", "value"),
    [
        (r"'a\'b\"c\\d\n\r\t\0\Z\%e'", "a'b\"c\\d\n\r\t\0\x1a\\%e"),
        ("'hai''nháy'", "hai'nháy"),
        ("_utf8mb4 'x'", "x"),
        ("_binary 'x'", "x"),
        ("N'x'", "x"),
        ("0xC490", "Đ"),
        ("X'C490'", "Đ"),
        ("NULL", None),
        ("null", None),
        ("-12.5e3", "-12.5e3"),
        ("b'101'", "5"),
        ("true", "1"),
        ("CAST('x, (y)' AS CHAR(20))", "x, (y)"),
        ("'a' 'b'", "ab"),
        ("/* ; ' */ 'x' -- ; '\n", "x"),
        ("# ; '\n'x'", "x"),
        ("/*!40101 'x' */", "x"),
        ("\"nháy 'kép'\"", "nháy 'kép'"),
    ],
)
def test_values_of_mysql(literal, value):
    for text in (
        f"INSERT INTO `jos_content` (`id`, `title`) VALUES (1, {literal}), (2, 'sau');",
        f"REPLACE INTO jos_content (title,id) VALUES ({literal} , 1);",
    ):
        assert rows_of(text)[0] == {"id": "1", "title": value}


@pytest.mark.parametrize(
    ("literal", "value"),
    [
        (r"'a\nb\'", r"a\nb" + "\\"),
        (r"E'a\nb\'c\\'", "a\nb'c\\"),
        ('\'{"x":"\\/"}\'', '{"x":"\\/"}'),
        ("'x'::character varying", "x"),
        ("$$nháy ' đơn$$", "nháy ' đơn"),
    ],
)
def test_values_of_postgresql(literal, value):
    text = f'INSERT INTO public."jos_content" ("id", "title") VALUES (1, {literal}), (2, \'sau\');'
    assert rows_of(text) == [{"id": "1", "title": value}, {"id": "2", "title": "sau"}]


@pytest.mark.parametrize(
    "form",
    [
        "INSERT IGNORE INTO",
        "INSERT DELAYED INTO",
        "REPLACE INTO",
        "INSERT",
        "insert /*!50000 IGNORE */ into",
        "INSERT INTO `cu`.",
    ],
)
def test_forms_of_insert(form):
    text = f"SET NAMES utf8;\n{form}{'' if form.endswith('.') else ' '}`jos_content` (`id`) VALUES (1) ON DUPLICATE KEY UPDATE id=';';\n{form}{'' if form.endswith('.') else ' '}`jos_content` (`id`) VALUES (2);"
    assert rows_of(text) == [{"id": "1"}, {"id": "2"}]


def _read_little(stream: io.BytesIO, size: int, wanted: int) -> bytes:
    return stream.read(min(wanted, size))


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64, 1000])
def test_a_dump_reads_the_same_however_it_is_cut_into_pieces(monkeypatch, size):
    monkeypatch.setattr(sql_scanner, "CHUNK", size)
    small = OldPortal(PORTAL.sections, PORTAL.categories, PORTAL.stories[:3])
    for name in ("mysqldump 1.5", "phpMyAdmin 2.5", "PostgreSQL sample 3", "pg_dump 3"):
        raw = dumps.ALL[name](small).encode()
        stream = io.BytesIO(raw)
        scanner = Scanner(partial(_read_little, stream, size), "cu.sql")
        scanner.buffer += stream.read(2000 - len(scanner.buffer))  # what tells the dialect
        titles = [
            row.values["title"] for row in DumpReader(scanner, wanted_columns).rows() if row.table.endswith("_content")
        ]
        assert titles == [story.title for story in small.stories]


def test_of_several_portals_in_a_dump_the_newest_is_taken_and_the_others_are_named(tmp_path):
    old = OldPortal(
        PORTAL.sections, PORTAL.categories, [replace(PORTAL.stories[0], title="Cũ", created="2009-01-01 00:00:00")]
    )
    both = (
        dumps.mysqldump(old, "1.5", "jos_")
        + dumps.mysqldump(PORTAL, "2.5", "j25_")
        + dumps.mysqldump(PORTAL, "1.5", "bak_")
    )
    path = written(tmp_path, both)
    assert stories_of(path) == expected()
    assert [row[1] for row in stories_of(path, "jos_")] == ["Cũ"]
    with closing(read_database(path)) as site:
        assert "bak_, jos_" in site.notes[0]
    with pytest.raises(RefusedError, match="tiền tố “x_”"):
        read_database(path, "x_")


def test_databases_with_equal_prefixes_are_different_portals(tmp_path):
    old = "CREATE DATABASE `cu`;\nUSE `cu`;\nINSERT INTO jos_content (id,title,introtext) VALUES (1,'Cũ','x'),(99,'Cũ','x');\n"
    path = written(tmp_path, f"{old}USE `moi`;\n{dumps.mysqldump(PORTAL, '1.5')}")
    assert stories_of(path) == stories_of(path, "jos_") == expected()
    assert [row[0] for row in stories_of(path, "cu.jos_")] == ["a1", "a99"]


def test_a_table_that_comes_again_replaces_itself_and_the_operator_is_told(tmp_path):
    old = OldPortal(PORTAL.sections, PORTAL.categories, [*PORTAL.stories, Story(99, "Đã xóa từ lâu", "x")])
    path = written(tmp_path, dumps.phpmyadmin(old, "2.5") + dumps.phpmyadmin(PORTAL, "2.5"))
    assert stories_of(path) == expected()
    with closing(read_database(path)) as site:
        assert "nhiều lần các bảng jos_categories, jos_content" in site.notes[0]


def test_a_row_that_comes_again_replaces_the_earlier(tmp_path):
    rows = "INSERT INTO `jos_content` (`id`,`title`,`introtext`) VALUES (1,'Cũ','x'),(2,'Hai','x');\n"
    path = written(tmp_path, rows + rows.replace("INSERT", "REPLACE").replace("Cũ", "Mới"))
    assert [row[:2] for row in stories_of(path)] == [("a1", "Mới"), ("a2", "Hai")]


def test_a_prefix_may_have_capitals(tmp_path):
    path = written(tmp_path, dumps.phpmyadmin(PORTAL, "2.5", "JOS_"))
    assert stories_of(path) == stories_of(path, "JOS_") == expected()


def test_names_without_quotes_may_be_words_of_sql():
    create = "CREATE TABLE jos_content (id int, title text, fulltext mediumtext NOT NULL, FULLTEXT KEY t (title), KEY k (id));"
    assert rows_of(f"{create}\nINSERT INTO jos_content VALUES (1, 'Bài', 'Chữ');")[0]["fulltext"] == "Chữ"


def test_backslashes_mean_themselves_where_the_dump_says_so():
    text = "SET SQL_MODE='ANSI_QUOTES,NO_BACKSLASH_ESCAPES';\nINSERT INTO `jos_content` (`id`,`title`) VALUES (1,'C:\\'),(2,'a''b\\n');"
    assert [row["title"] for row in rows_of(text)] == ["C:\\", "a'b\\n"]


def test_tables_without_the_columns_that_matter_are_passed_over_and_named(tmp_path):
    more = "INSERT INTO jos_menu (title) VALUES ('x');\nINSERT INTO jos_jf_content (id, value) VALUES (1, 'dịch');\n"
    path = written(tmp_path, more + "INSERT INTO jos_content (id, title, introtext) VALUES (1, 'Bài', 'x');")
    with closing(read_database(path)) as site:
        assert site.notes == ["Bảng jos_menu thiếu cột id, link: bỏ qua."]


def test_tables_that_a_dump_lacks_are_no_mistake(tmp_path):
    path = written(
        tmp_path, "INSERT INTO `jos_content` (`id`,`title`,`introtext`) VALUES (1,'Chỉ một bảng','<p>a</p>');"
    )
    assert [row[:4] for row in stories_of(path)] == [("a1", "Chỉ một bảng", "", "<p>a</p>")]


def test_nothing_private_is_ever_read(tmp_path):
    with closing(
        read_database(written(tmp_path, dumps.mysqldump(PORTAL, "1.5") + dumps.k2_dump(PORTAL, "jos_")))
    ) as site:
        everything = repr([*site.articles(), *site.comments(), site.categories, site.menu])
    assert not any(secret in everything for secret in ("bi-mat@vi.du", "lan@bi.mat", "d41d8cd9", "777", "admin"))


BAD = {
    "no dump": ("<html><body>404</body></html>", "không phải bản xuất SQL"),
    "empty": ("", "không phải bản xuất SQL"),
    "binary": (b"\0\1\2" * 1000, "không phải bản xuất SQL"),
    "other tables": ("CREATE TABLE wp_posts (ID int);\nINSERT INTO wp_posts VALUES (1);", "không có bài viết nào của Joomla"),
    "PostgreSQL's own format": (b"PGDMP\1\2", "pg_dump --format=plain"),
    "SQLite": (b"SQLite format 3\0...", "sqlite3"),
    "a backup of Akeeba": (b"JPA\1", "Akeeba"),
    "cut gz": (gzip.compress(dumps.mysqldump(PORTAL, "1.5").encode())[:-300], "bị cắt giữa chừng"),
    "zip without a dump": (_zipped(b"")[:0] + (lambda out: (zipfile.ZipFile(out, "w").writestr("a.txt", "x"), out.getvalue())[1])(io.BytesIO())[:0] or b"PK\3\4rac", "bị cắt giữa chừng"),
    "articles without titles": ("INSERT INTO jos_content (id, introtext) VALUES (1, 'x');", "jos_content thiếu cột title"),
    "a tape archive": (_tarred(dumps.mysqldump(PORTAL, "1.5").encode()), "tar -xf"),
    "wrong number of columns": ("INSERT INTO jos_content (id, title) VALUES (1);", "không khớp"),
    "a quote that is never closed": ("INSERT INTO jos_content (id, title) VALUES (1, 'mở", "bị cắt"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_whole_dump_is_refused_with_a_reason(tmp_path, name):
    data, reason = BAD[name]
    with pytest.raises(RefusedError, match=reason):
        read_database(written(tmp_path, data))


def test_a_dump_cut_anywhere_is_refused_or_told(tmp_path):
    text = dumps.mysqldump(PORTAL, "1.5").encode()
    end = text.rindex(b"UNLOCK TABLES")
    for size in range(text.index(b"INSERT INTO"), end, 997):
        try:
            with closing(read_database(written(tmp_path, text[:size]))) as site:
                assert "có thể bị cắt" in site.notes[-1], "between two tables it can only be supposed"
        except RefusedError as error:
            assert re.search("cắt|không có bài viết", str(error))


def test_a_line_without_end_is_refused_before_it_fills_the_memory(monkeypatch):
    monkeypatch.setattr(sql_scanner, "MAX_VALUE", 1 << 20)
    served = 0

    def read(size: int) -> bytes:
        nonlocal served
        served += size
        return (
            b"INSERT INTO jos_content (id, title) VALUES (1, '" + b"a" * (size - 48) if served == size else b"a" * size
        )

    with pytest.raises(RefusedError, match="thiếu một dấu nháy"):
        list(DumpReader(Scanner(read, "cu.sql"), wanted_columns).rows())
    assert served < 20 << 20


def test_tables_that_nobody_wants_pass_by_without_being_kept():
    pieces = iter(
        [
            b"INSERT INTO jos_session VALUES ",
            *[b"('x\\'y;',\"z\")," * 5000] * 40,
            b"(1);\nINSERT INTO jos_content (id) VALUES (7);",
        ]
    )
    scanner = Scanner(lambda size: next(pieces, b""), "cu.sql")
    longest = 0

    def wanted(table: str):
        nonlocal longest
        longest = max(longest, len(scanner.buffer))
        return wanted_columns(table)

    assert [dict(row.values) for row in DumpReader(scanner, wanted).rows()] == [{"id": "7"}]
    assert longest < 4 << 20


def test_a_dump_without_its_last_line_is_read_but_told(tmp_path):
    text = dumps.mysqldump(PORTAL, "1.5").replace("-- Dump completed", "-- ")
    with closing(read_database(written(tmp_path, text))) as site:
        assert "có thể bị cắt" in site.notes[-1]


def test_a_dump_of_phpmyadmin_that_php_has_ended_too_soon_is_told(tmp_path):
    head, _, rest = dumps.phpmyadmin(PORTAL, "2.5").partition("SET SQL_MODE")
    first = f"{head}SET SQL_MODE{rest}".replace(
        "CREATE TABLE", "/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;\nCREATE TABLE", 1
    )
    with closing(read_database(written(tmp_path, f"{first}<b>Fatal error</b>: Maximum execution time"))) as site:
        assert "có thể bị cắt" in site.notes[-1]
    whole = f"{first}/*!40101 SET CHARACTER_SET_CLIENT=@OLD_CHARACTER_SET_CLIENT */;\n"
    with closing(read_database(written(tmp_path, whole))) as site:
        assert not site.notes


def test_joomla_4_pictures_and_links_of_json_columns(tmp_path):
    story = Story(
        1,
        "Bài",
        "<p>a</p>",
        picture="images/2022/x.jpg#joomlaImage://local-images/2022/x.jpg?width=9",
        caption="Lời &amp; ảnh",
    )
    portal = OldPortal(PORTAL.sections, PORTAL.categories, [story])
    with closing(read_database(written(tmp_path, dumps.mysqldump(portal, "4")))) as site:
        assert next(iter(site.articles())).pictures == (("images/2022/x.jpg", "", "Lời & ảnh"),)
