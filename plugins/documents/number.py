"""Take a document's number and symbol apart.

Two rules are in use. The union's (Hướng dẫn 29-HD/TWĐTN-VP of 29/10/2013 on the form of its
documents): number, hyphen, kind, stroke, issuing body, hyphen, unit: ``411-KH/TWĐTN-BTC``.
The state's (Nghị định 30/2020/NĐ-CP, Phụ lục I): number, stroke, kind, hyphen, issuing body:
``45/KH-UBND``, an official letter without a kind: ``2345/UBND-NC``; legislation has its year
behind the number (Luật Ban hành văn bản quy phạm pháp luật): ``30/2020/NĐ-CP``, and the
National Assembly's has no kind: ``203/2025/QH15``.
"""

from __future__ import annotations

import re
from typing import Annotated

from msgspec import Struct

from plugins.core.model.fields import Field, FieldError
from plugins.documents.kinds import ABBREVIATIONS, KINDS

_WORD = r"[A-ZĂÂĐÊÔƠƯ][^\W_]*"  # abbreviations begin with a capital: an address never reads as a number
_WORDS = rf"{_WORD}(?:-{_WORD})*"
_UNION = re.compile(
    rf"(?P<serial>[0-9]{{1,5}})(?P<letter>[a-z]?)-(?P<kind>{_WORD})/(?P<issuer>{_WORD})(?:-(?P<unit>{_WORDS}))?"
)
_STATE = re.compile(
    rf"(?P<serial>[0-9]{{1,5}})(?P<letter>[a-z]?)(?:/(?P<year>(?:19|20)[0-9][0-9]))?/"
    rf"(?:(?P<kind>{'|'.join(sorted(ABBREVIATIONS))})(?:LT)?-)?(?P<issuer>{_WORD})(?:-(?P<unit>{_WORDS}))?"
)
_JOINT = "LT"  # liên tịch: issued by two bodies


class Number(Struct, frozen=True):
    """``text`` as it is printed; ``year`` is 0 and the others are empty where it has none."""

    text: str
    serial: int
    letter: str
    year: int
    kind: str
    issuer: str
    unit: str

    @property
    def key(self) -> tuple[object, ...]:
        """What two writings of one number have in common: ``5-KH/…`` and ``05-KH/…``."""
        return (self.serial, self.letter, self.year, self.kind.lower(), self.issuer.lower(), self.unit.lower())

    @property
    def is_legislation(self) -> bool:
        """Only legislation has a year in its number."""
        return self.year > 0

    def agrees_with(self, kind: str) -> bool:
        """Return whether the number may belong to a document of this kind (a slug)."""
        if self.kind:
            return self.kind in KINDS[kind].abbreviations
        return kind in ("luat", "nghi-quyet") if self.year else kind == "cong-van"


def parse(written: str) -> Number:
    """Parse a number. Raises ``ValueError`` where it has neither form."""
    match = _UNION.fullmatch(written) or _STATE.fullmatch(written)
    if not match:
        raise ValueError(written)
    part = {name: value or "" for name, value in match.groupdict().items()}
    kind = part["kind"].removesuffix(_JOINT)
    return Number(
        written, int(part["serial"]), part["letter"], int(part.get("year") or 0), kind, part["issuer"], part["unit"]
    )


def tidy(written: str) -> str:
    """Remove what hands and word processors put into a number: ``Số: 411 – KH / TĐTN``."""
    text = re.sub(r"^số\s*:?\s*", "", written.strip(), flags=re.I)
    text = re.sub(r"\s*([-–—/])\s*", lambda match: "/" if match[1] == "/" else "-", text)
    return re.sub(r"^(\d+[a-z]?)\s+", r"\1-", text)


def read_number(raw: str, folder: str) -> Number:
    """Read a number as an editor wrote it. Raises ``FieldError`` that says what to write."""
    try:
        return parse(raw)
    except ValueError:
        pass
    try:
        example = parse(tidy(raw)).text
    except ValueError:
        example = "411-KH/TWĐTN-BTC (văn bản của Đoàn), 45/KH-UBND hoặc 30/2020/NĐ-CP (văn bản nhà nước)"
    raise FieldError("VALUE_FORM", f"“{raw}” không phải số, ký hiệu văn bản. Viết: {example}")


DocumentNumber = Annotated[Number, Field(read_number)]
