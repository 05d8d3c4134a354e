"""List the kinds of document that the register knows, and how numbers abbreviate them."""

from __future__ import annotations

from msgspec import Struct


class Kind(Struct, frozen=True):
    """A kind. ``slug`` is what editors write and what its list's address ends with;
    ``abbreviations`` those that a number may have for it; ``old_address`` the one that its
    list had on the old portal, from the root."""

    slug: str
    title: str
    abbreviations: tuple[str, ...] = ()
    old_address: str = ""


#: In the order of lists. The abbreviations are those of Nghị định 30/2020/NĐ-CP, Phụ lục III, and
#: of Hướng dẫn 29-HD/TWĐTN-VP; the union abbreviates quy định like quyết định. A constitution has no number.
KINDS = {
    kind.slug: kind
    for kind in (
        Kind("nghi-quyet", "Nghị quyết", ("NQ",)),
        Kind("chi-thi", "Chỉ thị", ("CT",)),
        Kind("ket-luan", "Kết luận", ("KL",)),
        Kind("thong-bao", "Thông báo", ("TB",)),
        Kind("thong-bao-ket-luan", "Thông báo kết luận", ("TB", "TBKL"), "/thong-bao-ket-luan/"),
        Kind("chuong-trinh", "Chương trình", ("CTr",)),
        Kind("ke-hoach", "Kế hoạch", ("KH",)),
        Kind("de-an", "Đề án", ("ĐA",)),
        Kind("huong-dan", "Hướng dẫn", ("HD",)),
        Kind("cong-van", "Công văn", ("CV",)),
        Kind("quyet-dinh", "Quyết định", ("QĐ",)),
        Kind("quy-dinh", "Quy định", ("QyĐ", "QĐ")),
        Kind("quy-che", "Quy chế", ("QC",)),
        Kind("bao-cao", "Báo cáo", ("BC",)),
        Kind("to-trinh", "Tờ trình", ("TTr",)),
        Kind("hien-phap", "Hiến pháp"),
        Kind("luat", "Luật"),
        Kind("nghi-dinh", "Nghị định", ("NĐ",)),
        Kind("thong-tu", "Thông tư", ("TT",)),
    )
}

ABBREVIATIONS = frozenset(abbreviation for kind in KINDS.values() for abbreviation in kind.abbreviations)
