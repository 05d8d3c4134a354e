"""Read a dump as an old portal: choose the tables of one site, and what version of Joomla they are of."""

from __future__ import annotations

import html
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from scripts.errors import RefusedError
from scripts.joomla import downloads, k2, sef_tables
from scripts.joomla.columns import article_of, line_of
from scripts.joomla.dump_file import open_dump
from scripts.joomla.model import OldArticle, OldCategory, OldComment, OldFile, OldMenuItem, OldPicture, State
from scripts.joomla.schemas import missing_columns, split_name, wanted_columns
from scripts.joomla.spool import Spool
from scripts.joomla.sql_rows import DumpReader
from scripts.joomla.sql_scanner import Scanner


def read_database(path: Path, prefix: str | None = None) -> JoomlaSite:
    """Read the dump at ``path`` once, from beginning to end. Raises ``RefusedError`` for what cannot be read whole."""
    spool = Spool()
    try:
        return _read(path, prefix, spool)
    except BaseException:
        spool.close()
        raise


def _read(path: Path, prefix: str | None, spool: Spool) -> JoomlaSite:
    lacking: dict[str, str] = {}
    with open_dump(path) as read:
        reader = DumpReader(Scanner(read, str(path)), wanted_columns, spool.clear)
        for row in reader.rows():
            if missing := missing_columns(row.table, row.values):
                lacking[row.table] = f"Bảng {row.table} thiếu cột {', '.join(missing)}"
            else:
                spool.add(row.table, row.values)
    prefixes = {
        names[0] for table in spool.tables if (names := split_name(table)) and names[1] in ("content", "k2_items")
    }
    if not prefixes:
        listed = ", ".join(sorted(reader.tables)[:12]) or "không bảng nào"
        raise RefusedError(
            f"{path}: không có bài viết nào của Joomla (bảng …_content, …_k2_items). Trong tệp có: {listed}. "
            + "".join(f"{lack}. " for lack in lacking.values())
            + "Xuất lại cơ sở dữ liệu của cổng cũ, đủ các bảng, cả cấu trúc lẫn dữ liệu (INSERT)."
        )
    named = {name for name in prefixes if prefix is None or prefix.lower() in (name, name.rpartition(".")[2])}
    if not named:
        raise RefusedError(f"{path}: không có bảng nào mang tiền tố “{prefix}”. Có: {', '.join(sorted(prefixes))}")
    chosen = max(sorted(named), key=lambda name: _newest(spool, name))
    site = JoomlaSite(spool, chosen)
    if others := sorted(prefixes - {chosen}):
        site.notes.append(
            f"Tệp có bảng của nhiều cổng. Lấy tiền tố “{chosen}”; bỏ qua: {', '.join(others)} (chọn bằng PREFIX=…)."
        )
    if reader.unknown:
        site.notes.append(
            f"Không biết tên cột của bảng {', '.join(sorted(reader.unknown))}: bỏ qua. Xuất lại, kèm tên cột."
        )
    site.notes += [f"{lack}: bỏ qua." for table, lack in lacking.items() if _prefix_of(table) == chosen]
    if repeated := sorted(table for table in reader.repeated if _prefix_of(table) == chosen):
        site.notes.append(f"Tệp có nhiều lần các bảng {', '.join(repeated)}: lấy lần cuối.")
    if not reader.is_complete:
        site.notes.append("Tệp thiếu dòng kết thúc của chương trình xuất: có thể bị cắt. So số bài với cổng cũ.")
    return site


def _prefix_of(table: str) -> str:
    names = split_name(table)
    return names[0] if names else ""


def _newest(spool: Spool, prefix: str) -> tuple[str, int]:
    """Rank the sites of a dump: by its last article, then by how many it has."""
    tables = [f"{prefix}content", f"{prefix}k2_items"]
    dates = [row.get("created", "") for table in tables for row in spool.rows(table)]
    is_backup = prefix.rpartition(".")[2].startswith("bak_")
    return ("" if is_backup else max(dates, default="")), len(dates)


class JoomlaSite:
    """A Joomla portal in a dump; see ``model.OldSite``."""

    def __init__(self, spool: Spool, prefix: str) -> None:
        self._spool, self._prefix = spool, prefix
        self.notes: list[str] = []
        sample = next(self._rows("content"), {})
        self._is_15 = self._count("sections") > 0 or ("sectionid" in sample and "language" not in sample)
        self.version = self._version(sample)
        self.has_alias_addresses = bool(sample) and "sectionid" not in sample
        self.categories = self._read_categories()
        self.menu = self._read_menu()
        self.tag_keys: dict[str, str] = {}
        self._tags = self._read_tags()
        self._fields = self._read_fields()
        self._files = self._read_files()
        self._k2 = k2.Extras.read(self._rows)
        self.categories |= {category.key: category for category in downloads.categories(self._rows)}
        self._documents = list(downloads.documents(self._rows))
        self.tag_keys |= {f"kt={name}": name for names in self._k2.tags.values() for name in names}

    def _rows(self, name: str) -> Iterator[dict[str, str]]:
        return self._spool.rows(self._prefix + name)

    def _count(self, name: str) -> int:
        return self._spool.count(self._prefix + name)

    def _version(self, sample: Mapping[str, str]) -> str:
        if self._is_15:
            version = "Joomla 1.5"
        elif "sectionid" in sample:
            version = "Joomla 2.5"
        else:
            version = "Joomla 3 hoặc 4"
        return f"{version}, K2" if self._count("k2_items") else version

    def close(self) -> None:
        """Let go of what was read."""
        self._spool.close()

    # -- small tables --------------------------------------------------------------

    def _read_categories(self) -> dict[str, OldCategory]:
        categories = {}
        for row in self._rows("sections"):
            key = f"s{row['id']}"
            categories[key] = OldCategory(key=key, title=line_of(row["title"]), alias=row.get("alias", ""))
        for row in self._rows("categories"):
            key = f"c{row['id']}"
            if row.get("extension", "com_content") not in ("com_content", ""):
                continue
            section = row.get("section", "")
            if section and not section.isdigit():
                continue  # of Joomla 1.5's contacts, weblinks…
            parent = f"s{section}" if section else f"c{row['parent_id']}" if row.get("parent_id", "0") > "1" else ""
            categories[key] = OldCategory(
                key=key, title=line_of(row["title"]), alias=row.get("alias", ""), parent=parent
            )
        for row in self._rows("k2_categories"):
            key = f"kc{row['id']}"
            parent = f"kc{row['parent']}" if row.get("parent", "0") not in ("0", "") else ""
            categories[key] = OldCategory(
                key=key, title=line_of(row["name"]), alias=row.get("alias", ""), parent=parent
            )
        return categories

    def _read_menu(self) -> list[OldMenuItem]:
        rows = {row["id"]: row for row in self._rows("menu") if row.get("client_id", "0") in ("0", "")}
        items = []
        for row in rows.values():
            if row.get("published", "1") != "1" or not row.get("link", "").startswith("index.php?"):
                continue
            query = dict(parse_qsl(html.unescape(urlsplit(row["link"]).query)))
            if "id" not in query and row.get("componentid", "") and query.get("view") == "article":
                continue
            path = row.get("path") or _menu_path(row, rows)
            items.append(
                OldMenuItem(
                    id=row["id"], title=line_of(row.get("title") or row.get("name", "")), path=path, query=query
                )
            )
        return items

    def _read_tags(self) -> dict[str, list[str]]:
        titles = {}
        for row in self._rows("tags"):
            if row.get("published", "1") == "1":
                titles[row["id"]] = title = line_of(row["title"])
                alias = row.get("alias", "")
                self.tag_keys |= {f"t{row['id']}": title, f"t={alias}": title}
        tags: dict[str, list[str]] = defaultdict(list)
        for row in self._rows("contentitem_tag_map"):
            if row.get("type_alias") == "com_content.article" and row["tag_id"] in titles:
                tags[row["content_item_id"]].append(titles[row["tag_id"]])
        return tags

    def _read_fields(self) -> dict[str, list[tuple[str, str]]]:
        labels = {
            row["id"]: line_of(row.get("label") or row.get("title", ""))
            for row in self._rows("fields")
            if row.get("context") == "com_content.article" and row.get("state", "1") == "1"
        }
        fields: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for row in self._rows("fields_values"):
            if row["field_id"] in labels and row["value"].strip():
                fields[row["item_id"]].append((labels[row["field_id"]], row["value"]))
        return fields

    def _read_files(self) -> dict[str, list[OldFile]]:
        """Read the component Attachments."""
        files: dict[str, list[OldFile]] = defaultdict(list)
        for row in self._rows("attachments"):
            article = row.get("parent_id") or row.get("article_id", "")
            is_article = row.get("parent_entity", "article").lower() in ("article", "default", "")
            if row.get("state", "1") == "1" and is_article and row.get("url"):
                title = row.get("display_name") or row.get("description") or row.get("filename", "")
                files[article].append(OldFile(row["url"], line_of(title)))
        return files

    def written_addresses(self) -> Iterator[tuple[str, str]]:
        """Yield the addresses that a component has made up, and those that they stood for."""
        return sef_tables.written_addresses(self._rows)

    # -- articles -------------------------------------------------------------------

    def articles(self) -> Iterator[OldArticle]:
        """Yield all articles, trashed ones too."""
        for row in self._rows("content"):
            yield self._article(row)
        for row in self._rows("k2_items"):
            yield self._k2.article(row)
        yield from self._documents

    def article(self, number: int) -> OldArticle:
        """Return the article at a position of ``articles``."""
        for table, read in (("content", self._article), ("k2_items", self._k2.article)):
            if number < self._count(table):
                return read(self._spool.row(f"{self._prefix}{table}", number))
            number -= self._count(table)
        return self._documents[number]

    def _article(self, row: Mapping[str, str]) -> OldArticle:
        article_id = row["id"]
        category, section = row.get("catid", "0"), row.get("sectionid", "0")
        is_mosimages = self._is_15 or "|" in row.get("images", "")
        pictures, links = ((), ()) if is_mosimages else (_pictures(row.get("images", "")), _links(row.get("urls", "")))
        parent = f"c{category}" if category not in ("0", "") else f"s{section}" if section not in ("0", "") else ""
        article = article_of(row, f"a{article_id}", parent, state_of(row.get("state", "1")))
        article.images = row.get("images", "") if is_mosimages else ""
        article.pictures = pictures
        article.files = (*links, *self._files.get(article_id, ()))
        article.tags = tuple(self._tags.get(article_id, ()))
        article.extra = tuple(self._fields.get(article_id, ()))
        return article

    def comments(self) -> Iterator[OldComment]:
        """Yield the comments that were let through."""
        for row in self._rows("jcomments"):
            group = {"com_content": "a", "com_k2": "k"}.get(row.get("object_group", ""))
            if group and row.get("published") == "1" and row.get("deleted", "0") in ("0", ""):
                yield OldComment(
                    article=f"{group}{row['object_id']}",
                    id=int(row["id"]),
                    parent=int(row.get("parent") or 0),
                    author=line_of(row.get("name", "")),
                    created=row.get("date", ""),
                    text=row.get("comment", ""),
                )
        yield from k2.comments(self._rows("k2_comments"))


def state_of(state: str) -> State:
    """Return the state that Joomla numbers: archived articles are published ones."""
    return "published" if state in ("1", "2", "-1") else "trashed" if state == "-2" else "draft"


def _json(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _pictures(column: str) -> tuple[OldPicture, ...]:
    """Read the column ``images`` of Joomla 2.5 and later; ``#joomlaImage://…`` of Joomla 4 goes."""
    values = _json(column)
    pictures = {}
    for kind in ("fulltext", "intro"):
        name = f"image_{kind}"
        src = str(values.get(name) or "").partition("#joomlaImage")[0].strip()
        if src and src not in pictures:
            words = (str(values.get(f"{name}_{word}") or "") for word in ("alt", "caption"))
            pictures[src] = OldPicture(src, *map(line_of, words))
    return tuple(pictures.values())


def _links(column: str) -> tuple[OldFile, ...]:
    """Read the column ``urls``."""
    values = _json(column)
    links = ((str(values.get(f"url{letter}") or ""), str(values.get(f"url{letter}text") or "")) for letter in "abc")
    return tuple(OldFile(url, line_of(text)) for url, text in links if url and url != "false")


def _menu_path(row: Mapping[str, str], rows: Mapping[str, Mapping[str, str]]) -> str:
    """Return the path of an entry of Joomla 1.5's menu, which stores aliases alone."""
    aliases: list[str] = []
    entry: Mapping[str, str] | None = row
    while entry and len(aliases) < 20:
        aliases.insert(0, entry.get("alias", ""))
        entry = rows.get(entry.get("parent") or entry.get("parent_id", ""))
    return "/".join(filter(None, aliases))
