"""Write ``bao-cao-nhap.md``: how much came along, and each thing that did not, by article with its old address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from plugins.core.text.vietnamese import number
from scripts.joomla import downloads
from scripts.joomla.plan import Plan
from scripts.joomla.state import sort_key
from scripts.joomla.survey import Brief
from scripts.joomla.writing import Fate, Outcome

_FATES: Mapping[Fate, str] = {
    "new": "bài mới",
    "same": "bài đã có, không đổi",
    "renewed": "bài nhập lại vì cổng cũ đã đổi",
    "moved": "bài chuyển sang mục khác theo import.yaml",
    "edited": "bài người biên tập đã sửa từ lần nhập trước: giữ nguyên",
    "failed": "bài chương trình không đọc được",
    "gone": "bài đã bị xóa hoặc chuyển chỗ từ lần nhập trước: không nhập lại",
}


def old_address(key: str) -> str:
    """Return an address of the old site by which an article can be opened."""
    if address := downloads.old_address(key):
        return address
    number = key.lstrip("ak")
    if key.startswith("a") and number.isdigit():
        return f"/index.php?option=com_content&view=article&id={number}"
    return f"/index.php?option=com_k2&view=item&id={number}" if key.startswith("k") and number.isdigit() else key


def write_report(
    version: str,
    site_notes: Sequence[str],
    briefs: Sequence[Brief],
    plan: Plan,
    outcomes: Mapping[str, Outcome],
    counts: Mapping[str, int],
    addresses: Callable[[str], str] = old_address,
) -> str:
    """Return the report. ``counts``: more things to count, by their words."""
    lines = [f"# Báo cáo nhập từ {version}", ""]
    fates = Counter(outcome.fate for outcome in outcomes.values())
    lines += [f"- {number(len(briefs))} bài ở cổng cũ"]
    lines += [f"- {number(fates[fate])} {words}" for fate, words in _FATES.items() if fates[fate]]
    drafts = sum(placement.is_draft for placement in plan.placements.values())
    if drafts:
        lines.append(f"- {number(drafts)} bài là bản nháp")
    lines += [
        f"- {number(count)} bài không nhập: {reason}"
        for reason, count in sorted(Counter(plan.skipped.values()).items())
    ]
    lines.append(f"- {number(sum(outcome.file_count for outcome in outcomes.values()))} ảnh và tệp cạnh bài")
    lines += [f"- {number(count)} {words}" for words, count in counts.items() if count]
    if site_notes:
        lines += ["", "## Cần biết trước", "", *(f"- {note}" for note in site_notes)]
    by_key = {brief.key: brief for brief in briefs}
    lines += _changed(outcomes)
    lines += _section("Ảnh không ai có, ảnh ở trang khác", by_key, outcomes, addresses, lambda key: outcomes[key].lost)
    lines += _section(
        "Điều không mang sang được, hoặc đã đổi",
        by_key,
        outcomes,
        addresses,
        lambda key: [
            *by_key[key].notes,
            *(
                note
                for note in outcomes[key].notes
                if not note.endswith(": không có tệp này") or not note.startswith("ảnh ")
            ),
        ],
    )
    if plan.twins:
        lines += ["", "## Bài trùng tên trong một ngày, hoặc trùng nội dung", ""]
        lines += [
            f"- {_name(by_key[key], addresses)} trùng với {_name(by_key[other], addresses)}"
            for key, other in plan.twins
        ]
    trashed = [key for key, reason in plan.skipped.items() if reason != "cũ hơn SINCE"]
    if trashed:
        lines += ["", "## Bài không nhập", ""]
        lines += [f"- {_name(by_key[key], addresses)}: {plan.skipped[key]}" for key in sorted(trashed, key=sort_key)]
    return "\n".join(lines) + "\n"


def _changed(outcomes: Mapping[str, Outcome]) -> Iterator[str]:
    fates: tuple[Fate, ...] = ("edited", "gone")
    for fate in fates:
        rows = sorted(
            (outcome for outcome in outcomes.values() if outcome.fate == fate), key=lambda row: sort_key(row.key)
        )
        if rows:
            yield from ("", f"## {_FATES[fate][0].upper()}{_FATES[fate][1:]}", "")
            yield from (f"- {outcome.key}: `{outcome.path}`" for outcome in rows)


def _section(
    title: str,
    briefs: Mapping[str, Brief],
    outcomes: Mapping[str, Outcome],
    addresses: Callable[[str], str],
    notes_of: Callable[[str], Sequence[str]],
) -> Iterator[str]:
    is_first = True
    for key in sorted(outcomes, key=sort_key):
        if notes := notes_of(key):
            if is_first:
                yield from ("", f"## {title}", "")
                is_first = False
            yield f"- {_name(briefs[key], addresses)} → `{outcomes[key].path}`"
            yield from (f"  - {_code(note)}" for note in dict.fromkeys(notes))


def _name(brief: Brief, addresses: Callable[[str], str]) -> str:
    return f"{brief.key} “{_code(brief.title)}” ({addresses(brief.path or brief.key)})"


def _code(text: str) -> str:
    return " ".join(text.split()).replace("<", "&lt;")
