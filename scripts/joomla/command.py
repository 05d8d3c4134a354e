"""``make import``: bring an old Joomla portal along, as often as it is asked for.

Everything is read and checked before the first file is written.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

from plugins import comments
from plugins.core.pelican_adapter import load
from plugins.core.runtime.console import ProgressBar, tell
from plugins.core.runtime.lock import locked
from plugins.core.runtime.workers import map_chunks
from plugins.core.site.settings import Settings
from plugins.core.text import dates
from plugins.core.text.vietnamese import number
from plugins.redirects.table import parse as read_rules
from scripts.errors import RefusedError
from scripts.joomla.article import Converter
from scripts.joomla.comments import add_comments
from scripts.joomla.database import read_database
from scripts.joomla.dump_file import dump_files
from scripts.joomla.item_text import Placement, fields_of
from scripts.joomla.mapping import OperatorMapping, read_mapping, write_mapping
from scripts.joomla.mirror import read_mirror
from scripts.joomla.model import OldSite
from scripts.joomla.old_files import OldFolder
from scripts.joomla.plan import SKIPPED, Plan, Planner
from scripts.joomla.redirect_table import AddressTable, make_table
from scripts.joomla.references import Context
from scripts.joomla.report import write_report
from scripts.joomla.state import Entry, read_state, write_state
from scripts.joomla.survey import Brief, Survey, guess_hosts, menu_pages, survey
from scripts.joomla.target import NOTICES, PAGES, PAPERS
from scripts.joomla.writing import Job, Outcome, Writer, remove_item

MAPPING, STATE, REPORT, REDIRECTS, SELECTORS = (
    "import.yaml",
    "import.tsv",
    "bao-cao-nhap.md",
    "redirects.map",
    "import-trang.yaml",
)
_EXAMPLE = "make import FROM=cong-cu.sql IMAGES=/duong/dan/thu-muc-cong-cu"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("source", nargs="?", default="", help="bản xuất SQL, hoặc thư mục các trang đã lưu")
    parser.add_argument("--images", default="", help="thư mục của cổng cũ, có images/ bên trong")
    parser.add_argument("--into", default="content", help="thư mục nội dung")
    parser.add_argument("--since", default="", help="chỉ nhập bài mới hoặc sửa từ ngày này: 2026-11-01")
    parser.add_argument("--prefix", default=None, help="tiền tố của các bảng, khi tệp có nhiều cổng")
    parser.add_argument("-s", "--settings", default="pelicanconf.py", help="tệp cấu hình")


def run(arguments: Namespace) -> int:
    """Import. Raises ``RefusedError`` or ``ConfigError`` before anything in the content folder is touched."""
    if not arguments.source:
        raise RefusedError(f"Thiếu FROM. Ví dụ: {_EXAMPLE}")
    source = Path(arguments.source).expanduser()
    if not source.exists():
        raise RefusedError(f"Không có tệp hay thư mục {source}. Ví dụ: {_EXAMPLE}")
    images = Path(arguments.images).expanduser() if arguments.images else None
    if images and not images.is_dir():
        raise RefusedError(f"IMAGES={images} không phải thư mục. Chỉ đến thư mục của cổng cũ, nơi có images/.")
    content = Path(arguments.into).expanduser().resolve()
    if not content.is_dir():
        raise RefusedError(f"INTO={content} không phải thư mục. Tạo thư mục nội dung trước.")
    since = _since(arguments.since)
    settings = load(arguments.settings, PATH=str(content))
    with locked(settings.cache / "import-lock"):
        return Import(settings, content, images, since).run(source, arguments.prefix)


def _pictures_beside(pages: Path) -> Path:
    """Return the folder that has the pictures of saved pages: theirs, or that of their host."""
    folders = [pages, *sorted(path for path in pages.iterdir() if path.is_dir())]
    return next((folder for folder in folders if (folder / "images").is_dir()), pages)


def _since(written: str) -> datetime | None:
    try:
        return dates.parse(written) if written else None
    except ValueError:
        raise RefusedError(f"SINCE={written} không phải ngày. Viết: SINCE=2026-11-01") from None


class Import:
    """One run."""

    def __init__(self, settings: Settings, content: Path, images: Path | None, since: datetime | None) -> None:
        self._settings, self._content, self._images, self._since = settings, content, images, since
        self._home = content.parent  # what is no content stands beside it
        self._unit = settings.site.organization.name

    def run(self, source: Path, prefix: str | None) -> int:
        """Read, plan, write, report. Returns the exit code."""
        state = read_state(self._home / STATE)
        if (self._home / MAPPING).exists():
            read_mapping(self._home / MAPPING, self._settings.site.categories)  # its mistakes are told first
        tell(f"Đọc {source} …")
        is_dump = source.is_file() or bool(dump_files(source))
        if not is_dump and self._images is None:
            self._images = _pictures_beside(source)
        with closing(read_database(source, prefix) if is_dump else read_mirror(source, self._home / SELECTORS)) as site:
            self._import(site, state)
        return 0

    def _import(self, site: OldSite, state: dict[str, Entry]) -> None:
        look = survey(site)
        mapping = self._mapping(site, look)
        plan = Planner(self._settings, mapping, state, self._content, self._lack_of(site)).plan(
            look.briefs, self._since
        )
        for key, reason in plan.skipped.items():
            if reason == SKIPPED and key in state and remove_item(self._content, state[key]):
                del state[key]
        table = make_table(site, look.briefs, plan, state, mapping, self._content, self._taken())
        context = Context(OldFolder(self._images, mapping.hosts), table.linkable, mapping.drops_lost_pictures)
        jobs = [
            Job(brief.number, brief.key, plan.placements[brief.key], plan.paths[brief.key], state.get(brief.key))
            for brief in look.briefs
            if brief.key in plan.placements
        ]
        writer = Writer(site, context, self._content, self._unit)
        outcomes = self._write(writer, jobs, state)
        self._finish(site, look, plan, outcomes, table)

    def _mapping(self, site: OldSite, look: Survey) -> OperatorMapping:
        """Write or complete the operator's mapping, and read it."""
        path, categories = self._home / MAPPING, self._settings.site.categories
        website = self._settings.site.organization.website
        is_new = not path.exists()
        added = write_mapping(
            path,
            site.version,
            look.used(site.categories),
            menu_pages(site, look.briefs),
            guess_hosts(look.hosts, website),
            categories,
        )
        if is_new:
            tell(f"Đã viết {path}: máy đoán mỗi chuyên mục cũ vào đâu. Sửa tệp ấy rồi chạy lại, bài sẽ chuyển theo.")
        elif added:
            tell(f"{path} có thêm {len(added)} dòng mới: xem lại nơi đến của {', '.join(added)}.")
        return read_mapping(path, categories)

    def _taken(self) -> set[str]:
        """Return the addresses that the portal has without the import: of its lists, its menu, its standing pages."""
        site = self._settings.site
        urls = {link.url.removeprefix(site.base) for link in (*site.menu, *site.footer)}
        lists = {f"/{section.folder}/" for section in self._settings.sections if section.folder}
        lists |= {f"/chuyen-muc/{category.slug}/" for category in site.categories}
        return urls | lists | {f"/{path.name}/" for path in (self._content / PAGES).glob("*/")}

    def _lack_of(self, site: OldSite) -> Callable[[Brief, Placement], str]:
        """Return a function that says why an article cannot be what its category asks for."""

        numbers: dict[tuple[object, ...], str] = {}

        def lack_of(brief: Brief, placement: Placement) -> str:
            if placement.target.folder not in (PAPERS, NOTICES):
                return ""
            converted = Converter(site.article(brief.number), Context(OldFolder(None), {})).convert()
            fields, lack = fields_of(placement, converted, self._unit)
            if lack or placement.target.folder != PAPERS:
                return lack
            identity = str(fields["number"]).casefold(), str(fields["date"])[:4], fields["unit"]
            first = numbers.setdefault(identity, brief.key)
            return "" if first == brief.key else f"trùng số {fields['number']} với {first}"

        return lack_of

    def _write(self, writer: Writer, jobs: Sequence[Job], state: dict[str, Entry]) -> dict[str, Outcome]:
        """Write all articles. Stopped at any moment, the next run goes on from there."""
        outcomes: dict[str, Outcome] = {}
        for job in jobs:
            state.setdefault(job.key, Entry(job.path))
        write_state(self._home / STATE, state)
        try:
            with ProgressBar("Đang nhập bài", "bài") as progress:
                for chunk in map_chunks(writer.run, jobs, self._settings.workers):
                    for outcome in chunk:
                        outcomes[outcome.key] = outcome
                        state[outcome.key] = Entry(outcome.path, outcome.digest)
                        if outcome.fate == "failed" and not outcome.digest:
                            del state[outcome.key]
                    progress.tick(len(outcomes), len(jobs))
        finally:
            write_state(self._home / STATE, state)
        return outcomes

    def _finish(
        self, site: OldSite, look: Survey, plan: Plan, outcomes: Mapping[str, Outcome], table: AddressTable
    ) -> None:
        """Write what stands beside the content, and tell what became of everything."""
        path = self._home / REDIRECTS
        earlier = read_rules(path.read_bytes())[0] if self._since and path.exists() else {}
        table.add_documents(outcomes.values(), {key: target for key, (target, _) in earlier.items()})
        path.write_text(table.text(), "utf-8")
        urls = {key: self._settings.site.url(address) for key, address in table.linkable.items()}
        comment_count = add_comments(self._settings.cache / comments.SECTION.external_input, site.comments(), urls)
        counts = {"bình luận": comment_count, "địa chỉ cũ dẫn đến trang mới": len(table.rules)}
        report = write_report(site.version, site.notes, look.briefs, plan, outcomes, counts)
        (self._home / REPORT).write_text(report, "utf-8")
        fates = Counter(outcome.fate for outcome in outcomes.values())
        lost = sum(len(outcome.lost) for outcome in outcomes.values())
        for note in site.notes:
            tell(f"Chú ý: {note}")
        tell(
            f"{number(len(outcomes))} bài: {number(fates['new'])} mới, {number(fates['renewed'] + fates['moved'])} đổi, "
            f"{number(fates['same'])} như cũ, {number(fates['edited'] + fates['gone'])} để nguyên vì đã có người sửa. "
            f"{number(lost)} ảnh không có."
        )
        tell(f"Xem {self._home / REPORT}, rồi chạy make check.")
