"""Say where the parts of a saved page stand: the file of CSS selectors that an operator edits."""

from __future__ import annotations

from pathlib import Path

import yaml
from bs4 import BeautifulSoup

from plugins.core.errors import ConfigError, Problem

SELECTORS = """\
# Tìm các phần của một trang đã lưu: mỗi dòng là một bộ chọn CSS, dòng nào tìm thấy trước thì dùng.
# Mở một trang trong trình duyệt, bấm chuột phải → Kiểm tra (Inspect) để xem tên các thẻ, rồi sửa ở đây.
article:   # khung của bài: trang không có khung này thì không phải bài
  - "#k2Container.itemView"
  - "div.itemView"
  - "div.item-page"
  - "article.item-page"
  - ".com-content-article"
  - ".rt-article"
  - "div.article-content-main"
  - "#ja-content .article-content"
  - ":has(> table.contentpaneopen)"
  - "#ja-current-content"
  - "article"
lists:   # trang nào có khung bài nằm trong, hoặc chứa, những thứ này là danh sách nhiều bài
  - ".blog, .blog-featured, .blogsection, .itemListView, .category-list, .cat-items, .tag-category"
title:
  - "h2.itemTitle"
  - ".item-page h1, .item-page h2"
  - ".rt-article-title"
  - "h1.componentheading + table .contentheading"
  - ".contentheading"
  - ".article-title, h1[itemprop=headline], h2[itemprop=headline]"
  - "h1, h2"
  - "title"
date:
  - "time[datetime]"
  - ".itemDateCreated"
  - "dd.create, dd.published"
  - ".createdate, .createddate, .rt-date-posted"
  - ".article-info, .iteminfo, .article-meta, .itemHeader"
intro:   # lời dẫn, khi đứng riêng trước phần nội dung
  - ".itemIntroText"
text:   # của mỗi bộ chọn, phần nhiều chữ nhất
  - ".itemFullText"
  - "[itemprop=articleBody], .com-content-article__body"
  - ".article-content"
  - ".item-page"
  - "table.contentpaneopen td[valign=top][colspan]"
  - "table.contentpaneopen"
more:   # những gì đứng sau phần nội dung và cũng là của bài
  - ".itemExtraFields, .itemVideoBlock, .itemImageGallery, .itemAttachmentsBlock"
  - ".attachmentsContainer, .fields-container"
picture:   # ảnh của bài, khi đứng ngoài phần nội dung
  - ".itemImageBlock img"
  - ".item-image img, .img-fulltext-left img, .img-fulltext-right img"
author:
  - ".itemAuthor a, .itemAuthor"
  - "dd.createdby"
  - ".createby, .article-author, .rt-author"
  - "td > span.small"
category:
  - ".itemCategory a"
  - "dd.category-name a"
  - ".pathway a:last-of-type, .breadcrumbs a:last-of-type, .breadcrumb a:last-of-type"
drop:   # những gì nằm trong bài mà không phải của bài
  - "script, style, noscript, form, iframe[src*=facebook]"
  - ".itemToolbar, .itemRatingBlock, .itemSocialSharing, .itemNavigation, .itemBackToTop, .itemComments, .itemCommentsForm"
  - ".itemLatest, .itemRelated, .itemTagsBlock, .itemAuthorBlock, .itemHits, .buttonheading, .icons, .actions, .article-tools"
  - ".article-info, .iteminfo, .itemHeader, .createdate, .createddate, .contentheading, .pagenav, .pager, .item-image"
  - ".rt-articleinfo, .rt-article-icons, .rt-article-title, td > span.small, .createby, .btn-group, .dropdown-menu, .pagenavigation"
  - ".article-navigation, .addthis_toolbox, .social-share, .fb-like, #wm-ipp-base, #wm-ipp"
  - "#jc, .jcomments-links, .comments-link, .comment-link, .pagination, .content_rating, .article_separator, .modifydate"
tags:
  - ".itemTags a"
  - ".tags a"
"""
_PARTS = ("article", "lists", "title", "date", "intro", "text", "more", "picture", "author", "category", "drop", "tags")


def read_selectors(path: Path) -> dict[str, list[str]]:
    """Read the operator's selectors. Raises ``ConfigError``."""
    try:
        data = yaml.safe_load(path.read_text("utf-8")) or {}
        selectors = {name: [str(row) for row in data.get(name) or []] for name in _PARTS}
        probe = BeautifulSoup("", "lxml")
        for name, rows in selectors.items():
            for row in rows:
                try:
                    probe.select_one(row)
                except Exception:
                    message = f"{name}: “{row}” không phải bộ chọn CSS. Ví dụ: div.item-page h2"
                    raise ConfigError([Problem(path.name, 0, 0, "IMPORT_SELECTORS", message)]) from None
    except (yaml.YAMLError, UnicodeDecodeError, AttributeError):
        message = "Tệp sai cú pháp YAML: mỗi phần một tên, dưới nó mỗi bộ chọn một dòng “- ”."
        raise ConfigError([Problem(path.name, 0, 0, "IMPORT_SELECTORS", message)]) from None
    return selectors
