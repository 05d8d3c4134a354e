"""Check an item by itself, without the rest of the content."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plugins.core.errors import Problem, quotable
from plugins.core.markdown.fragment import ImageRef, LinkRef
from plugins.core.model.item import Item, Story
from plugins.core.text.vietnamese import number

MAX_SUMMARY = 300  # characters; search engines and lists cut longer ones

#: File names of cameras, phones and social networks: hashes, IMG_2024, 1234_5678_n.
_FILE_NAME = re.compile(
    r"(?:[0-9a-f]{12,}|(?:IMG|DSC|PXL|Screenshot|z)[_ -]?\d{3,}\S*|[\d_ ]{12,}[no]?|\S+\.(?:jpe?g|png|webp|heic))", re.I
)


def check_item(item: Item) -> list[Problem]:
    """Return all problems of an item that need no other item."""
    links = outward_links(item) if item.status != "draft" else ()
    return [
        *removed_html(item),
        *links,
        *remarks(item),
        *advise_on(item),
        *update_before_date(item),
        *item.own_problems(),
    ]


def update_before_date(item: Item) -> Iterator[Problem]:
    """Report a story that changed before it was published."""
    if isinstance(item, Story) and item.updated and item.updated < item.date:
        message = (
            f"Lúc cập nhật (updated) sớm hơn lúc đăng (date, {item.date:%Y-%m-%d %H:%M}). Ghi cả ngày và giờ sửa bài,"
            " hoặc xóa dòng này."
        )
        yield item.problem("updated", "UPDATED_BEFORE_DATE", message)


def removed_html(item: Item) -> Iterator[Problem]:
    """Report what sanitising removed from a text: an error if content was lost."""
    for removed in item.document.outline.removed:
        advice = _REPLACEMENTS.get(removed.name, "Viết bằng Markdown, hoặc xóa đi.")
        if removed.name == "href":
            message = f"Liên kết chạy mã hoặc nhúng dữ liệu không được phép. {advice}"
            yield item.problem_at(removed.position, "LINK_UNSAFE", message)
        elif removed.name == "data:":
            message = "Ảnh dán thẳng vào bài thành mã dài. Lưu ảnh thành tệp, đặt vào thư mục của bài rồi ghi tên tệp."
            yield item.problem_at(removed.position, "PICTURE_REMOTE", message)
        elif removed.name == "file:":
            message = (
                "Địa chỉ này là tệp trên máy của bạn, người khác không mở được. Chép tệp vào cạnh bài rồi ghi tên tệp."
            )
            yield item.problem_at(removed.position, "LINK_SCHEME", message)
        elif removed.name.endswith(":"):
            message = f"Địa chỉ bắt đầu bằng “{removed.name}” không dùng được: trình duyệt không mở. Thay bằng địa chỉ https://"
            yield item.problem_at(removed.position, "LINK_SCHEME", message)
        elif removed.name == "words":
            message = (
                "Chữ ở đây nằm lẫn trong thẻ HTML viết sai nên sẽ mất khỏi trang. Sửa thẻ, hoặc viết bằng Markdown."
            )
            yield item.problem_at(removed.position, "WORDS_LOST", message)
        elif removed.is_loss:
            yield item.problem_at(removed.position, "HTML_FORBIDDEN", f"Thẻ <{removed.name}> không được phép. {advice}")
        else:
            message = f"“{removed.name}” bị bỏ khỏi bài. {advice}"
            yield item.problem_at(removed.position, "HTML_REMOVED", message, "warning")


_REPLACEMENTS = {
    "iframe": "Video thì đăng ở mục video rồi đặt liên kết.",
    "video": "Video thì đăng ở mục video rồi đặt liên kết.",
    "audio": "Đặt tệp âm thanh ở nơi khác rồi đặt liên kết https:// tới đó.",
    "script": "Bài viết không chứa mã chạy.",
    "on…": "Bài viết không chứa mã chạy.",
    "form": "Dùng liên kết tới trang Góp ý kiến.",
    "svg": "Xuất hình thành PNG rồi chèn như ảnh.",
}

_LOCALHOST = re.compile(
    r"https?://(?:[^/@]*@)?(?:localhost|127(?:\.\d+){3}|\[::1\]|0\.0\.0\.0)(?::\d+)?(/[^?#]*)?", re.I
)


def outward_links(item: Item) -> Iterator[Problem]:
    """Report unencrypted links, and links to the editor's computer (copied while ``make serve`` runs)."""
    for ref in item.document.outline.refs:
        if not isinstance(ref, LinkRef) or not ref.href.startswith("http"):
            continue
        if match := _LOCALHOST.match(ref.href):
            message = f"Liên kết {ref.href} chỉ mở được trên máy của bạn. Viết: {match[1] or '/'}"
            yield item.problem_at(ref.position, "LINK_LOCAL", message)
        elif ref.href.startswith("http://"):
            message = f"Liên kết {ref.href} không mã hóa. Thử đổi thành https://"
            yield item.problem_at(ref.position, "LINK_HTTP", message, "warning")


def remarks(item: Item) -> Iterator[Problem]:
    """Report raw markup that readers would see, and lines that were probably meant otherwise."""
    for remark in item.document.outline.remarks:
        quote = quotable(" ".join(remark.quote.split()))
        quote = quote if len(quote) <= _MAX_QUOTE else f"{quote[:_MAX_QUOTE]}…"
        if remark.kind:
            message = f"“{quote}” hiện nguyên trên trang. {_RAW_SIGNS[remark.kind]}"
        else:
            message = _NOTES[remark.code].format(quote)
        yield item.problem_at(remark.position, remark.code, message, "warning")


_MAX_QUOTE = 60
_NOTES = {
    "FENCE_OPEN": "Khối mã mở bằng {0} không đóng: cả phần còn lại thành mã. Thêm một dòng {0} ở cuối khối.",
    "CODE_INDENTED": "Đoạn thụt đầu dòng này giống mã nhưng hiện như đoạn văn. Là mã thì đặt giữa hai dòng ```",
    "TABLE_CELLS": "Dòng này có số ô khác tiêu đề bảng ({}). Thêm cột, hoặc viết \\| cho dấu | trong ô.",
    "TABLE_TABS": "Các dòng có dấu Tab ở giữa, như bảng chép từ Excel, sẽ nối thành một đoạn. Viết bảng: | ô | ô |, dưới dòng đầu thêm |---|---|",
    "FOOTNOTE_TWICE": "Hai chú thích cùng tên “{}”: chỉ chú thích đầu có chỗ dẫn tới. Đổi tên một chú thích.",
    "FOOTNOTE_UNUSED": "Không chỗ nào trong bài dẫn tới chú thích [^{0}]. Đặt [^{0}] sau chữ cần chú thích, hoặc xóa dòng này.",
    "REFERENCE_UNUSED": "Không liên kết nào dùng [{0}] nên dòng này hiện như chữ. Viết liên kết: [chữ][{0}], hoặc [chữ](địa-chỉ).",
    "HTML_MARKDOWN": "“{}” nằm trong HTML nên dấu Markdown không có tác dụng. Thêm một dòng trống phía trên.",
}
_RAW_SIGNS = {
    "wiki": "Viết: ![mô tả](tên-ảnh.jpg) cho ảnh, [chữ](địa-chỉ) cho liên kết.",
    "shortcode": "Đó là lệnh của chương trình khác, ở đây không chạy. Xóa đi, hoặc viết bằng Markdown.",
    "note": "Chú thích này chưa có lời: thêm dòng [^tên]: lời chú thích, mỗi chú thích một đoạn.",
    "reference": "Không có dòng [tên]: địa-chỉ cho liên kết này. Viết: [chữ](địa-chỉ)",
    "reversed": "Ngoặc đặt ngược: chữ trong ngoặc vuông, địa chỉ trong ngoặc tròn, [chữ](địa-chỉ).",
    "link": "Liên kết viết chưa đúng. Viết liền: [chữ](địa-chỉ)",
    "bold": "In đậm cần dấu ở cả hai đầu, sát chữ: **chữ đậm**. Muốn hiện dấu thì viết \\** thay cho **.",
    "italic": "Dấu * ở đây không thành chữ nghiêng: bỏ dấu cách ở sát dấu; trong thẻ HTML thì viết <em>chữ</em>.",
    "struck": "Gạch ngang cần dấu ở cả hai đầu, sát chữ: ~~chữ~~",
    "mark": "Không có dấu tô nền; muốn nhấn mạnh thì viết **chữ**.",
    "fence": "Khối mã cần dòng ``` riêng ở đầu và ở cuối.",
    "container": "Không có loại khung này. Viết lời dẫn trong khung bằng dấu > ở đầu dòng.",
    "dash": "Các dòng này sẽ nối thành một đoạn. Danh sách thì viết “- ” ở đầu dòng; lời thoại thì để dòng trống ở giữa.",
    "heading": "Tiêu đề phụ cần một dấu cách sau dấu #.",
    "table": "Bảng cần dòng tiêu đề có cùng số ô ở ngay trên dòng này.",
    "tag": "Thẻ HTML này viết chưa đúng nên thành chữ. Sửa thẻ, hoặc viết bằng Markdown.",
}


def advise_on(item: Item) -> Iterator[Problem]:
    """Yield advice on an item."""
    if item.status != "draft":
        yield from long_summary(item)
        yield from undescribed_pictures(item)


def long_summary(item: Item) -> Iterator[Problem]:
    if len(item.summary) > MAX_SUMMARY:
        message = f"Tóm tắt dài {number(len(item.summary))} ký tự; nên dưới {MAX_SUMMARY} để không bị cắt."
        yield item.problem("summary", "SUMMARY_LONG", message, "warning")


def undescribed_pictures(item: Item) -> Iterator[Problem]:
    """Report pictures without a description, or with a file name in its place."""
    for ref in item.document.outline.refs:
        if isinstance(ref, ImageRef):
            if not ref.alt.strip():
                message = "Ảnh chưa có mô tả cho người không nhìn thấy. Viết: ![trong ảnh có gì](ten-anh.jpg)"
                yield item.problem_at(ref.position, "ALT_MISSING", message, "warning")
            elif _FILE_NAME.fullmatch(ref.alt.strip()):
                yield item.problem_at(
                    ref.position, "ALT_FILE_NAME", f"“{ref.alt}” là tên tệp, không phải mô tả ảnh.", "warning"
                )
            if _FILE_NAME.fullmatch(ref.caption.strip()):
                yield item.problem_at(
                    ref.position, "CAPTION_FILE_NAME", f"“{ref.caption}” là tên tệp, không phải chú thích.", "warning"
                )
    if isinstance(item, Story) and item.image:
        if not item.image_alt:
            yield item.problem(
                "image",
                "ALT_MISSING",
                "Ảnh đại diện chưa có image_alt: mô tả ảnh cho người không nhìn thấy.",
                "warning",
            )
        elif _FILE_NAME.fullmatch(item.image_alt):
            yield item.problem(
                "image_alt", "ALT_FILE_NAME", f"“{item.image_alt}” là tên tệp, không phải mô tả ảnh.", "warning"
            )
        if _FILE_NAME.fullmatch(item.image_caption):
            yield item.problem(
                "image_caption",
                "CAPTION_FILE_NAME",
                f"“{item.image_caption}” là tên tệp, không phải chú thích.",
                "warning",
            )
