"""``make verify``: compare the portal that was built step by step with a build from nothing."""

import os
import shutil
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from tempfile import TemporaryDirectory

from plugins.core.build.output import Output
from plugins.core.build.pipeline import build
from plugins.core.build.plan import list_sources, plan
from plugins.core.build.session import State
from plugins.core.pelican_adapter import load, log_to_stderr
from plugins.core.runtime.lock import locked
from plugins.core.site.fingerprints import page_fingerprints
from plugins.core.site.settings import Settings

ROOT = Path(__file__).resolve().parent.parent


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("content", nargs="?", default="content", type=Path, help="thư mục nội dung")
    parser.add_argument("-o", "--output", default="output", type=Path, help="thư mục xuất bản")
    parser.add_argument("-s", "--settings", default="pelicanconf.py", help="tệp cấu hình")


def run(arguments: Namespace) -> int:
    """Build ``output`` as ever, and another from nothing. Returns 0 when every byte is the same, else 1."""
    log_to_stderr()
    paths = {"PATH": str(arguments.content.resolve()), "OUTPUT_PATH": str(arguments.output.resolve())}
    settings = load(arguments.settings, **paths)
    with locked(settings.cache / "lock"):  # until both are compared
        build(settings)
        with TemporaryDirectory() as folder, locked(Output(settings.output).lock):
            try:
                _build_from_nothing(settings, arguments.settings, Path(folder))
            except subprocess.CalledProcessError as error:  # it has told why
                return error.returncode
            return _compare(settings, Path(folder) / "output")


def _build_from_nothing(settings: Settings, conf: str, folder: Path) -> None:
    """Build the portal of the same moment in another process, with another hash seed, locale, time zone
    and one worker.

    It keeps nothing but the pictures, which are named by their content, and what other programs left for
    sections, which is no work of ours."""
    pictures = settings.cache / "pictures"
    if pictures.is_dir():
        shutil.copytree(pictures, folder / "cache" / "pictures", copy_function=shutil.copyfile)
    for name in filter(None, (section.external_input for section in settings.sections)):
        if (settings.cache / name).is_file():
            (folder / "cache").mkdir(exist_ok=True)
            shutil.copyfile(settings.cache / name, folder / "cache" / name)
    environment = {"PYTHONHASHSEED": "1", "TZ": "America/New_York", "LC_ALL": "C", "CACHE": str(folder / "cache")}
    command = [sys.executable, "-m", "pelican", str(settings.content), "-o", str(folder / "output"), "-s", conf, "-q"]
    now = settings.now.strftime("%Y-%m-%d %H:%M")
    subprocess.run(
        [*command, "-e", f'NOW="{now}"', "WORKERS=1"], cwd=ROOT, env={**os.environ, **environment}, check=True
    )


def _compare(settings: Settings, cold: Path) -> int:
    ours, theirs = (_files(Output(root)) for root in (settings.output, cold))
    for path in sorted(ours.keys() | theirs.keys()):
        if ours.get(path) != theirs.get(path):
            print(f"Khác nhau ở {path}: {_difference(ours.get(path), theirs.get(path))}\n{_cause(settings, path)}")
            return 1
    print(f"Giống hệt nhau: {len(ours)} tệp.")
    return 0


def _files(output: Output) -> dict[str, bytes]:
    """Read the files that we wrote; what a person has put beside them is no difference."""
    return {path: (output.root / path).read_bytes() for path in output.listed if (output.root / path).is_file()}


def _difference(ours: bytes | None, theirs: bytes | None) -> str:
    if ours is None or theirs is None:
        return "bản nối tiếp thiếu tệp này." if ours is None else "bản nối tiếp thừa tệp này."
    lines = zip(ours.splitlines(), theirs.splitlines(), strict=False)
    for number, (our_line, their_line) in enumerate(lines, 1):
        if our_line != their_line:
            return f"dòng {number}\n  nối tiếp: {our_line.decode(errors='replace')}\n  từ đầu:   {their_line.decode(errors='replace')}"
    return "một bản dài hơn bản kia."


def _cause(settings: Settings, path: str) -> str:
    """Tell which input a digest forgets."""
    state = State(settings)
    state.catch_up()
    page = next((page for page in plan(settings, state, list_sources(settings)).pages if page.path == path), None)
    record = state.manifest.pages.get(path) if state.manifest else None
    state.store.close()
    if page is None or record is None:
        return "Tệp này không phải trang: xem dấu vết của nó trong core/build/execute.py (_write_files)."
    view = type(page.view).__name__
    if set(page_fingerprints(page)).isdisjoint(record.fingerprints):
        return f"View của trang đã đổi mà không được vẽ lại: metadata_digest_of (core/model/item.py) thiếu điều mà {view} dùng."
    if page.inputs:
        return f"Dấu vết inputs của trang thiếu điều mà {view} dùng, hoặc mẫu {page.template} đọc điều không có trong view {view}."
    return f"View của trang không đổi: mẫu {page.template} đọc điều không có trong view {view}."
