"""Know the columns of Joomla's tables: which are read, and their order in dumps that name none."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

#: Table, without its prefix → the columns that are read; a row says nothing without those with a star. Users,
#: passwords, e-mails, sessions and hits are none of them.
_TABLES = {
    "content": "id* title* alias introtext fulltext state sectionid catid created created_by_alias modified publish_up"
    " publish_down images urls language",
    "categories": "id* parent_id title* alias path section extension published language",
    "sections": "id* title* alias published",
    "menu": "id* menutype name title alias path link* type published componentid parent parent_id client_id language home",
    "tags": "id* title* alias published",
    "contentitem_tag_map": "content_item_id* tag_id* type_alias",
    "fields": "id* title label name type context state",
    "fields_values": "field_id* item_id* value*",
    "k2_items": "id* title* alias catid published introtext fulltext video gallery extra_fields created created_by_alias"
    " modified publish_up publish_down trash image_caption image_credits video_caption video_credits language",
    "k2_categories": "id* name* alias parent published trash",
    "k2_attachments": "id itemid* filename* title titleattribute",
    "k2_comments": "id* itemid* username commentdate commenttext published",
    "k2_tags": "id* name* published",
    "k2_tags_xref": "tagid* itemid*",
    "k2_extra_fields": "id* name* type value published",
    "jcomments": "id* parent object_id* object_group name username title comment date published deleted",
    "redirection": "oldurl* newurl*",
    "sh404sef_urls": "oldurl* newurl*",
    "sefurls": "sefurl* origurl*",
    "acesef_urls": "url_sef* url_real*",
    "redirect_links": "old_url* new_url* published",
    "docman": "id* catid dmname* dmdescription dmdate_published dmfilename published",
    "docman_documents": "docman_document_id* title* slug docman_category_id description storage_path enabled created_on"
    " publish_on",
    "docman_categories": "docman_category_id* title* slug",
    "phocadownload": "id* catid title* alias filename date publish_up published description",
    "phocadownload_categories": "id* parent_id title* alias",
    "jdownloads_files": "id file_id title file_title alias file_alias catid cat_id description description_long created"
    " date_added publish_up published url_download*",
    "jdownloads_categories": "id cat_id parent_id* title cat_title alias cat_dir cat_dir_parent",
    "attachments": "id filename display_name description url* uri_type parent_type parent_id parent_entity state article_id",
}

#: The columns that are read, by table.
COLUMNS: Mapping[str, frozenset[str]] = {
    name: frozenset(columns.replace("*", "").split()) for name, columns in _TABLES.items()
}

#: What a row of a table says nothing without, in the order above.
REQUIRED: Mapping[str, Sequence[str]] = {
    name: [column[:-1] for column in columns.split() if column.endswith("*")] for name, columns in _TABLES.items()
}

#: Tables that end like one of ours and are none.
_OTHERS = ("ucm_content", "banner_categories", "contact_categories")
_NAME = re.compile(rf"(?P<prefix>.*?)(?P<name>{'|'.join(sorted(COLUMNS, key=len, reverse=True))})", re.I)


def split_name(table: str) -> tuple[str, str] | None:
    """Split the name of a table that is read into prefix and name; ``None`` for all others."""
    match = _NAME.fullmatch(table)
    if not match or table.lower().endswith(_OTHERS) or (match["prefix"] and match["prefix"][-1] not in "_"):
        return None
    return match["prefix"], match["name"].lower()


def wanted_columns(table: str) -> frozenset[str] | None:
    """Return the columns that are read of a table; ``None`` for a table that is not."""
    names = split_name(table)
    return COLUMNS[names[1]] if names else None


def missing_columns(table: str, columns: Collection[str]) -> list[str]:
    """Return the columns without which the rows of a table say nothing, and that ``columns`` lack."""
    names = split_name(table)
    return [column for column in REQUIRED[names[1]] if column not in columns] if names else []


_CONTENT_HEAD = "id title alias title_alias introtext fulltext state sectionid mask catid"
_CONTENT_TAIL = (
    "created created_by created_by_alias modified modified_by checked_out checked_out_time publish_up publish_down"
    " images urls attribs version"
)
_K2_ITEM = (
    "id title alias catid published introtext fulltext video gallery extra_fields extra_fields_search created created_by"
    " created_by_alias checked_out checked_out_time modified modified_by publish_up publish_down trash access ordering"
    " featured featured_ordering image_caption image_credits video_caption video_credits hits params metadesc metadata"
    " metakey plugins language"
)
#: Table → the columns of each version, in its order.
_ORDERS: Mapping[str, Sequence[str]] = {
    "content": (
        f"{_CONTENT_HEAD} {_CONTENT_TAIL} parentid ordering metakey metadesc access hits metadata",  # 1.5
        f"id asset_id {_CONTENT_HEAD[3:]} {_CONTENT_TAIL} parentid ordering metakey metadesc access hits metadata"
        " featured language xreference",  # 2.5
        f"id asset_id title alias introtext fulltext state catid {_CONTENT_TAIL} ordering metakey metadesc access hits"
        " metadata featured language note",  # 4, and 3 but for the last
        f"id asset_id title alias introtext fulltext state catid {_CONTENT_TAIL} ordering metakey metadesc access hits"
        " metadata featured language xreference note",  # 3.8 on
    ),
    "categories": (
        "id parent_id title name alias image section image_position description published checked_out checked_out_time"
        " editor ordering access count params",
        "id asset_id parent_id lft rgt level path extension title alias note description published checked_out"
        " checked_out_time access params metadesc metakey metadata created_user_id created_time modified_user_id"
        " modified_time hits language",
        "id asset_id parent_id lft rgt level path extension title alias note description published checked_out"
        " checked_out_time access params metadesc metakey metadata created_user_id created_time modified_user_id"
        " modified_time hits language version",
    ),
    "sections": (
        "id title name alias image scope image_position description published checked_out checked_out_time ordering"
        " access count params",
    ),
    "menu": (
        "id menutype name alias link type published parent componentid sublevel ordering checked_out checked_out_time pollid"
        " browsernav access utaccess params lft rgt home",
        "id menutype title alias note path link type published parent_id level component_id ordering checked_out"
        " checked_out_time browsernav access img template_style_id params lft rgt home language client_id",
        "id menutype title alias note path link type published parent_id level component_id checked_out checked_out_time"
        " browsernav access img template_style_id params lft rgt home language client_id",
        "id menutype title alias note path link type published parent_id level component_id checked_out checked_out_time"
        " browsernav access img template_style_id params lft rgt home language client_id publish_up publish_down",
    ),
    "contentitem_tag_map": ("type_alias core_content_id content_item_id tag_id tag_date type_id",),
    "k2_items": (_K2_ITEM, _K2_ITEM.removesuffix(" language")),
    "k2_categories": (
        "id name alias description parent extrafieldsgroup published access ordering image params trash plugins language",
        "id name alias description parent extrafieldsgroup published access ordering image params trash plugins",
    ),
    "k2_attachments": ("id itemid filename title titleattribute hits",),
    "k2_comments": ("id itemid userid username commentdate commenttext commentemail commenturl published",),
    "k2_tags": ("id name published",),
    "k2_tags_xref": ("id tagid itemid",),
    "k2_extra_fields": ("id name value type group published ordering",),
}


#: Tables without which there is nothing to import; of others, rows whose columns nobody knows are passed over.
ESSENTIAL = ("content", "k2_items")


def is_essential(table: str) -> bool:
    """Return whether a table has the articles."""
    names = split_name(table)
    return names is not None and names[1] in ESSENTIAL


def guess_columns(table: str, values: Sequence[str | None]) -> list[str]:
    """Return the columns of a row whose dump names none and has no CREATE TABLE; none if they cannot be known."""
    names = split_name(table)
    for order in _ORDERS.get(names[1], ()) if names else ():
        columns = order.split()
        if len(columns) == len(values) and _fits(columns, values):
            return columns
    return []


def _fits(columns: Sequence[str], values: Sequence[str | None]) -> bool:
    """Tell orders of equal length apart: Joomla 1.5 has a title where later versions have a number."""
    by_name = dict(zip(columns, values, strict=True))
    number = by_name.get("asset_id")
    title = by_name.get("title", by_name.get("name"))
    is_number = "asset_id" not in by_name or (number or "0").isdigit()
    return is_number and not (title or "x").isdigit()
