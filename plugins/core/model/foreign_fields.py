"""Suggest a field for a name that other programs, or people, use for it."""

from __future__ import annotations

from collections.abc import Collection

from plugins.core.model.frontmatter import FrontMatter
from plugins.core.text.vietnamese import did_you_mean, slugify

#: Field → its names in other programs (Hugo, Jekyll, Hexo, Joomla, WordPress, Decap) and in Vietnamese, without
#: blanks, hyphens, diacritics and capitals.
_FOREIGN_NAMES = {
    "title": "headline posttitle heading tieude",
    "date": "publishdate pubdate published publishedat publisheddate publishedon postdate datetime datepublished"
    " created createdat datecreated publishup ngay ngaydang",
    "updated": "lastmod lastmodified updatedat updatedon lastupdated modified modifiedat modifiedon datemodified"
    " ngaycapnhat capnhat",
    "category": "categories section chuyenmuc danhmuc",
    "tags": "tag keywords metakey metakeywords labels the tukhoa",
    "author": "authors createdby byline postauthor tacgia",
    "summary": "description excerpt abstract intro introtext lead teaser subtitle metadesc metadescription tomtat mota",
    "image": "cover coverimage thumbnail thumb featuredimage featureimage headerimage imageintro ogimage heroimage"
    " hero images picture photo poster anh anhdaidien hinhanh",
    "image_alt": "alt imagealt coveralt thumbnailalt featuredimagealt motaanh",
    "image_caption": "caption imagecaption chuthich",
    "image_credit": "credit photocredit imagecredit nguoichup nguonanh",
    "slug": "permalink url path basename",
    "aliases": "alias redirectfrom redirects oldurl",
    "source": "nguon sourceurl origin",
    "place": "location venue diadiem",
    "files": "attachments attachment resources dinhkem tepdinhkem",
    "unit": "department donvi",
    "until": "publishdown expirydate expires",
}
_FIELD_BY_FOREIGN_NAME = {
    foreign_name: field for field, names in _FOREIGN_NAMES.items() for foreign_name in names.split()
}
#: Foreign name of the status → the value that hides an item.
_HIDDEN_BY = {"draft": "true", "published": "false", "publish": "false", "public": "false", "private": "true"}
_HIDDEN_BY |= {"hidden": "true", "unlisted": "true", "visible": "false", "state": "0", "poststatus": "draft"}
_BOOLEANS = {"yes": "true", "on": "true", "1": "true", "no": "false", "off": "false", "0": "false"}
#: Fields of other programs that have no counterpart.
_UNUSED = (
    "layout type template weight toc comments comment commentstatus id uid postid lastmod lastmodified updated updatedat"
    " modified modifiedat math mathjax sitemap featured sticky pinned robots language lang hits ordering access"
)


def suggest_field(name: str, front: FrontMatter, fields: Collection[str]) -> str:
    """Return what to write in place of a field that the model does not have; empty if nothing is known."""
    key = slugify(name.replace("_", "")).replace("-", "")
    raw = front.values[name].raw if name in front.values else ""
    value = _BOOLEANS.get(str(raw).lower(), str(raw).lower())
    if key in _HIDDEN_BY and (value in ("true", "false", "draft", "publish") or key != "published"):
        if value not in (_HIDDEN_BY[key], _BOOLEANS.get(_HIDDEN_BY[key])):
            return " Xóa dòng này: bài không ghi status là bài được đăng."
        return f" Viết: status: {'unlisted' if key in ('hidden', 'unlisted') else 'draft'}"
    if _FIELD_BY_FOREIGN_NAME.get(key) in fields:
        return f" Viết: {_FIELD_BY_FOREIGN_NAME[key]}: …"
    suggestion = did_you_mean(name, fields)
    return suggestion or (" Cổng không dùng trường này: xóa dòng." if key in _UNUSED.split() else "")
