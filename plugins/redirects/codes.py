"""List what can be wrong with the table of old addresses, with examples."""

from plugins.core.codes import Entry, Files

_MAP = "../redirects.map"


def table(line: str) -> Files:
    return {_MAP: f"{line}\n"}


CODES = (
    Entry("REDIRECT_FORM", "Một dòng của redirects.map không đúng dạng.", "Xóa dòng ấy, hoặc chạy lại make import.",
          table("a24 => /tin-tuc/")),
    Entry("REDIRECT_SHADOWS", "redirects.map chuyển đi một địa chỉ mà cổng đang có trang.", "Xóa dòng ấy.",
          table('"/gioi-thieu" /tin-tuc/;')),
)  # fmt: skip
