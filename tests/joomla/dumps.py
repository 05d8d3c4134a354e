"""Write an old portal as a dump: each version of Joomla, each program that exports, each way to quote."""

import json
from collections.abc import Iterable, Sequence
from hashlib import md5

from scripts.joomla.schemas import _ORDERS
from tests.joomla.old_site import ZERO, OldPortal, Story

Row = dict[str, object]
MENUS = dict(zip(("1.5", "2.5", "3", "4"), _ORDERS["menu"], strict=True))


def mysql_string(value: object) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, int):
        return str(value)
    escaped = (
        str(value)
        .replace("\\", "\\\\")
        .replace("'", "\\'")
        .replace("\n", "\\n")
        .replace("\r", "\\r")
        .replace('"', '\\"')
    )
    return f"'{escaped}'"


def standard_string(value: object) -> str:
    return (
        "NULL" if value is None else str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"
    )


def tables_of(portal: OldPortal, version: str) -> dict[str, tuple[list[str], list[Row]]]:
    """Table, without prefix → its columns in their order, and its rows."""
    order = {"1.5": 0, "2.5": 1, "3": 3, "4": 2}[version]
    content = _ORDERS["content"][order].split()
    is_15 = version == "1.5"
    tables = {"content": (content, [_story(story, portal, version) for story in portal.stories])}
    categories = _ORDERS["categories"][0 if is_15 else 1].split()
    rows: list[Row] = []
    for category in portal.categories:
        row: Row = {"id": category.id, "title": category.title, "alias": category.alias, "published": 1}
        row |= (
            {"section": str(category.parent), "parent_id": 0}
            if is_15
            else {"parent_id": 1, "extension": "com_content", "path": category.alias, "language": "*"}
        )
        rows.append(row)
    tables["categories"] = (categories, rows)
    if is_15:
        sections = _ORDERS["sections"][0].split()
        tables["sections"] = (
            sections,
            [
                {"id": s.id, "title": s.title, "alias": s.alias, "scope": "content", "published": 1}
                for s in portal.sections
            ],
        )
    link = "index.php?option=com_content&view=article&id=6"
    blog = "index.php?option=com_content&view=category&layout=blog&id=11"
    menus = [(101, "Giới thiệu", "gioi-thieu-chung", link), (102, "Hoạt động", "hoat-dong", blog)]
    if is_15:
        menu_rows: list[Row] = [
            {
                "id": n,
                "menutype": "mainmenu",
                "name": t,
                "alias": a,
                "link": to,
                "type": "component",
                "published": 1,
                "parent": 0,
            }
            for n, t, a, to in menus
        ]
    else:
        menu_rows = [
            {
                "id": n,
                "menutype": "mainmenu",
                "title": t,
                "alias": a,
                "path": a,
                "link": to,
                "type": "component",
                "published": 1,
                "parent_id": 1,
                "client_id": 0,
                "language": "*",
            }
            for n, t, a, to in menus
        ]
    tables["menu"] = (MENUS[version].split(), menu_rows)
    tables["users"] = (
        ["id", "name", "username", "email", "password"],
        [{"id": 62, "name": "Quản trị", "username": "admin", "email": "bi-mat@vi.du", "password": "d41d8cd9:muoi"}],
    )
    tables["session"] = (["session_id", "data"], [{"session_id": "x'y", "data": "a;b\\'c -- /* \n"}])
    if version in ("3", "4"):
        tags = sorted({tag for story in portal.stories for tag in story.tags})
        tables["tags"] = (
            ["id", "title", "alias", "published"],
            [{"id": i, "title": t, "alias": "x", "published": 1} for i, t in enumerate(tags, 2)],
        )
        tables["contentitem_tag_map"] = (
            _ORDERS["contentitem_tag_map"][0].split(),
            [
                {"type_alias": "com_content.article", "content_item_id": s.id, "tag_id": tags.index(t) + 2}
                for s in portal.stories
                for t in s.tags
            ],
        )
    return tables


def _story(story: Story, portal: OldPortal, version: str) -> Row:
    is_15 = version == "1.5"
    parent = next((c.parent for c in portal.categories if c.id == story.category), 0)
    images = json.dumps(
        {
            "image_intro": story.picture,
            "image_intro_alt": "",
            "image_fulltext": "",
            "image_intro_caption": story.caption,
        }
    )
    return {
        "id": story.id, "asset_id": 40 + story.id, "title": story.title, "alias": story.alias, "title_alias": "",
        "introtext": story.intro, "fulltext": story.full, "state": story.state, "sectionid": parent if is_15 else 0,
        "mask": 0, "catid": story.category, "created": story.created, "created_by": 62, "created_by_alias": story.by,
        "modified": ZERO, "modified_by": 0, "checked_out": 0, "checked_out_time": ZERO, "publish_up": story.up or story.created,
        "publish_down": story.down, "images": "" if is_15 else images, "urls": "" if is_15 else '{"urla":false}', "attribs": "show_title=\nx=1" if is_15 else "{}",
        "version": 1, "parentid": 0, "ordering": 1, "metakey": "", "metadesc": "", "access": 0, "hits": 777, "metadata": "", "featured": 0,
        "language": "*", "xreference": "", "note": "",
    }  # fmt: skip


def mysqldump(
    portal: OldPortal,
    version: str,
    prefix: str = "jos_",
    *,
    names_columns: bool = False,
    creates: bool = True,
    rows_at_once: int = 4,
) -> str:
    """As ``mysqldump`` writes it."""
    lines = ["-- MySQL dump 10.13  Distrib 5.5.62, for Linux (x86_64)", "--", "/*!40101 SET NAMES utf8 */;", ""]
    for name, (columns, rows) in sorted(tables_of(portal, version).items()):
        table = f"`{prefix}{name}`"
        lines += ["--", f"-- Table structure for table {table}; 'nháy trong chú thích", "--", ""]
        if creates:
            body = ",\n".join(f"  `{column}` {_type(column)}" for column in columns)
            lines += [
                f"DROP TABLE IF EXISTS {table};",
                "/*!40101 SET @saved_cs_client     = @@character_set_client */;",
            ]
            lines += [
                f"CREATE TABLE {table} (\n{body},\n  PRIMARY KEY (`{columns[0]}`),\n  KEY `idx` (`{columns[1]}`(20))\n) ENGINE=MyISAM AUTO_INCREMENT=9 DEFAULT CHARSET=utf8 COMMENT='a;b';"
            ]
        lines += [f"LOCK TABLES {table} WRITE;", f"/*!40000 ALTER TABLE {table} DISABLE KEYS */;"]
        listed = f" ({', '.join(f'`{column}`' for column in columns)})" if names_columns else ""
        for group in _groups(rows, rows_at_once):
            values = ",".join(f"({','.join(mysql_string(row.get(column, '')) for column in columns)})" for row in group)
            lines.append(f"INSERT INTO {table}{listed} VALUES {values};")
        lines += [f"/*!40000 ALTER TABLE {table} ENABLE KEYS */;", "UNLOCK TABLES;", ""]
    lines += [
        "DELIMITER ;;",
        "/*!50003 CREATE TRIGGER t AFTER INSERT ON x FOR EACH ROW BEGIN INSERT INTO jos_content VALUES (1); END */;;",
        "DELIMITER ;",
    ]
    lines += ["/*!40101 SET SQL_MODE=@OLD_SQL_MODE */;", "", "-- Dump completed on 2019-01-01  1:00:00", ""]
    return "\n".join(lines)


def phpmyadmin(portal: OldPortal, version: str, prefix: str = "jos_") -> str:
    """As phpMyAdmin writes it: columns named, a row a line, quotes doubled."""
    lines = [
        "-- phpMyAdmin SQL Dump",
        "-- version 2.10.3",
        "-- http://www.phpmyadmin.net",
        "--",
        "",
        'SET SQL_MODE="NO_AUTO_VALUE_ON_ZERO";',
        "",
    ]
    for name, (columns, rows) in tables_of(portal, version).items():
        table = f"`{prefix}{name}`"
        body = ",\n".join(f"  `{column}` {_type(column)}" for column in columns)
        lines += [f"CREATE TABLE {table} (\n{body}\n) ENGINE=MyISAM  DEFAULT CHARSET=utf8 AUTO_INCREMENT=20 ;", ""]
        for group in _groups(rows, 5):
            lines.append(f"INSERT INTO {table} ({', '.join(f'`{column}`' for column in columns)}) VALUES")
            quoted = [
                ", ".join(mysql_string(row.get(column, "")).replace("\\'", "''") for column in columns) for row in group
            ]
            lines.append(",\n".join(f"({row})" for row in quoted) + ";")
    return "\r\n".join(lines) + "\r\n"


def postgresql_sample(portal: OldPortal, version: str, prefix: str = "#__") -> str:
    """As Joomla's own sample data for PostgreSQL: double quotes around names, backslashes that mean themselves."""
    lines = ["--", "-- Dumping data for table #__content", "--", ""]
    for name, (columns, rows) in tables_of(portal, version).items():
        body = ",\n".join(f'  "{column}" text' for column in columns)
        lines.append(f'CREATE TABLE IF NOT EXISTS "{prefix}{name}" (\n{body},\n  PRIMARY KEY ("{columns[0]}")\n);')
        names = ", ".join(f'"{column}"' for column in columns)
        for group in _groups(rows, 3):
            values = ",\n".join(
                f"({', '.join(standard_string(row.get(column, '')) for column in columns)})" for row in group
            )
            lines.append(f'INSERT INTO "{prefix}{name}" ({names}) VALUES\n{values};')
    return "\n".join(lines) + "\n"


def pg_dump(portal: OldPortal, version: str, prefix: str = "jos_") -> str:
    """As ``pg_dump`` writes it: COPY."""
    lines = [
        "--",
        "-- PostgreSQL database dump",
        "--",
        "",
        "\\restrict abc",
        "SET standard_conforming_strings = on;",
        "",
    ]
    for name, (columns, rows) in tables_of(portal, version).items():
        lines.append(
            f"CREATE TABLE public.{prefix}{name} (\n"
            + ",\n".join(f'    "{column}" text' for column in columns)
            + "\n);"
        )
        lines.append(f"COPY public.{prefix}{name} ({', '.join(columns)}) FROM stdin;")
        for row in rows:
            cells = (str(row.get(column, "")) for column in columns)
            lines.append(
                "\t".join(
                    cell.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
                    for cell in cells
                )
            )
        lines += ["\\.", ""]
    return "\n".join([*lines, "-- PostgreSQL database dump complete", ""])


def k2_tables(portal: OldPortal) -> dict[str, tuple[list[str], list[Row]]]:
    """The stories as items of K2, with attachments, tags, extra fields and comments."""
    items: list[Row] = []
    for story in portal.stories:
        items.append(
            {
                "id": story.id, "title": story.title, "alias": story.alias, "catid": story.category, "published": int(story.state > 0),
                "introtext": story.intro, "fulltext": story.full, "video": None, "gallery": None, "created": story.created, "created_by": 62,
                "created_by_alias": story.by, "publish_up": story.created, "publish_down": story.down, "trash": int(story.state == -2), "access": 1,
                "extra_fields": '[{"id":"1","value":"Nhà văn hóa thôn Hai"},{"id":"2","value":"2"}]' if story.id == 1 else "[]",
                "image_caption": "Ảnh của K2" if story.id == 3 else "", "language": "*",
            }
        )  # fmt: skip
    columns = _ORDERS["k2_items"][0].split()
    categories = [
        {"id": c.id, "name": c.title, "alias": c.alias, "parent": 0, "published": 1, "trash": 0, "language": "*"}
        for c in portal.categories
    ]
    fields = [
        {"id": 1, "name": "Địa điểm", "value": '[{"name":null,"value":""}]', "type": "textfield", "published": 1},
        {
            "id": 2,
            "name": "Cấp",
            "value": '[{"name":"Tỉnh","value":1},{"name":"Xã","value":2}]',
            "type": "select",
            "published": 1,
        },
    ]
    comments = [
        {
            "id": 1,
            "itemid": 1,
            "userid": 0,
            "username": "Lan",
            "commentdate": "2012-04-01 02:00:00",
            "commenttext": "Hay quá!",
            "commentemail": "lan@bi.mat",
            "published": 1,
        },
        {
            "id": 2,
            "itemid": 1,
            "userid": 0,
            "username": "Rác",
            "commentdate": "2012-04-01 02:00:00",
            "commenttext": "spam",
            "commentemail": "x@bi.mat",
            "published": 0,
        },
    ]
    return {
        "k2_items": (columns, items),
        "k2_categories": (_ORDERS["k2_categories"][0].split(), categories),
        "k2_attachments": (
            _ORDERS["k2_attachments"][0].split(),
            [{"id": 1, "itemid": 1, "filename": "mau-don.pdf", "title": "Mẫu đơn", "hits": 3}],
        ),
        "k2_tags": (["id", "name", "published"], [{"id": 1, "name": "mùa hè xanh", "published": 1}]),
        "k2_tags_xref": (["id", "tagid", "itemid"], [{"id": 1, "tagid": 1, "itemid": 1}]),
        "k2_extra_fields": (_ORDERS["k2_extra_fields"][0].split(), fields),
        "k2_comments": (_ORDERS["k2_comments"][0].split(), comments),
    }


def k2_dump(portal: OldPortal, prefix: str = "j25_") -> str:
    lines = ["-- MySQL dump 10.13", ""]
    for name, (columns, rows) in k2_tables(portal).items():
        for row in rows:
            values = ",".join(mysql_string(row.get(column, "")) for column in columns)
            lines.append(
                f"INSERT INTO `{prefix}{name}` ({','.join(f'`{column}`' for column in columns)}) VALUES ({values});"
            )
    return "\n".join([*lines, "-- Dump completed", ""])


def k2_source(item: int) -> str:
    return f"media/k2/items/src/{md5(f'Image{item}'.encode()).hexdigest()}.jpg"


def _type(column: str) -> str:
    if column in ("introtext", "fulltext"):
        return "mediumtext NOT NULL"
    return "enum('a','b;c') DEFAULT 'a'" if column == "note" else "varchar(255) NOT NULL DEFAULT ''"


def _groups(rows: Sequence[Row], size: int) -> Iterable[Sequence[Row]]:
    return (rows[start : start + size] for start in range(0, len(rows), size))


ALL = {
    "mysqldump 1.5": lambda portal: mysqldump(portal, "1.5"),
    "mysqldump 1.5, no CREATE TABLE": lambda portal: mysqldump(portal, "1.5", creates=False),
    "phpMyAdmin 1.5": lambda portal: phpmyadmin(portal, "1.5"),
    "mysqldump 2.5, columns": lambda portal: mysqldump(portal, "2.5", "j25_", names_columns=True),
    "mysqldump 2.5, no CREATE TABLE": lambda portal: mysqldump(portal, "2.5", "j25_", creates=False),
    "phpMyAdmin 2.5": lambda portal: phpmyadmin(portal, "2.5", "tinhdoan_"),
    "mysqldump 3": lambda portal: mysqldump(portal, "3", "x7k2p_"),
    "mysqldump 3, a row a statement": lambda portal: mysqldump(portal, "3", "x7k2p_", rows_at_once=1),
    "PostgreSQL sample 3": lambda portal: postgresql_sample(portal, "3"),
    "pg_dump 3": lambda portal: pg_dump(portal, "3"),
    "mysqldump 4": lambda portal: mysqldump(portal, "4", "j4_"),
    "mysqldump 4, no CREATE TABLE": lambda portal: mysqldump(portal, "4", "j4_", creates=False),
    "phpMyAdmin 4": lambda portal: phpmyadmin(portal, "4", "abcde_"),
}
