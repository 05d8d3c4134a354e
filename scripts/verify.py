"""``make verify``: is the portal that was built step by step what a build from nothing makes?"""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from plugins.core.build.output import Output
from plugins.core.build.pipeline import build
from plugins.core.build.plan import list_sources, plan
from plugins.core.build.session import State
from plugins.core.errors import PortalError, report
from plugins.core.pelican_adapter import load, log_to_stderr, run_command, speak_utf8
from plugins.core.runtime.lock import locked
from plugins.core.site.fingerprints import inputs_fingerprint, view_digest
from plugins.core.site.settings import Settings

ROOT = Path(__file__).resolve().parent.parent


def main(argv: list[str] | None = None) -> int:
    """Build ``output`` as ever, and another from nothing; 0 when every byte is the same, else 1."""
    speak_utf8()
    parser = argparse.ArgumentParser(description="So bản dựng nối tiếp với bản dựng lại từ đầu.")
    parser.add_argument("content", nargs="?", default="content", type=Path)
    parser.add_argument("-o", "--output", default="output", type=Path)
    parser.add_argument("-s", "--settings", default="pelicanconf.py")
    given = parser.parse_args(argv)
    log_to_stderr()
    paths = {"PATH": str(given.content.resolve()), "OUTPUT_PATH": str(given.output.resolve())}
    try:
        settings = load(given.settings, **paths)
        with locked(settings.cache / "lock"):  # until both are compared
            build(settings)
            with TemporaryDirectory() as folder, locked(Output(settings.output).lock):
                _from_nothing(settings, given.settings, Path(folder))
                return _compare(settings, Path(folder) / "output")
    except PortalError as fault:
        print(report(fault.problems), file=sys.stderr)
        return fault.exit_code
    except subprocess.CalledProcessError as fault:  # it has said why
        return fault.returncode


def _from_nothing(settings: Settings, conf: str, folder: Path) -> None:
    """The same moment's portal, by another process: another hash seed, locale, time zone, one
    worker. It keeps nothing but the pictures, which are named by their content, and what other
    programs left for sections, which is no work of ours."""
    pictures = settings.cache / "pictures"
    if pictures.is_dir():
        shutil.copytree(pictures, folder / "cache" / "pictures", copy_function=shutil.copyfile)
    for name in filter(None, (section.external_input for section in settings.sections)):
        if (settings.cache / name).is_file():
            (folder / "cache").mkdir(exist_ok=True)
            shutil.copyfile(settings.cache / name, folder / "cache" / name)
    more = {"PYTHONHASHSEED": "1", "TZ": "America/New_York", "LC_ALL": "C", "CACHE": str(folder / "cache")}
    command = [sys.executable, "-m", "pelican", str(settings.content), "-o", str(folder / "output"), "-s", conf, "-q"]
    now = settings.now.strftime("%Y-%m-%d %H:%M")
    subprocess.run([*command, "-e", f'NOW="{now}"', "WORKERS=1"], cwd=ROOT, env={**os.environ, **more}, check=True)


def _compare(settings: Settings, cold: Path) -> int:
    ours, theirs = (_files(Output(root)) for root in (settings.output, cold))
    for path in sorted(ours.keys() | theirs.keys()):
        if ours.get(path) != theirs.get(path):
            print(f"Khác nhau ở {path}: {_difference(ours.get(path), theirs.get(path))}\n{_cause(settings, path)}")
            return 1
    print(f"Giống hệt nhau: {len(ours)} tệp.")
    return 0


def _files(output: Output) -> dict[str, bytes]:
    """What we wrote; what a person has put beside it is no difference."""
    return {path: (output.root / path).read_bytes() for path in output.listed if (output.root / path).is_file()}


def _difference(ours: bytes | None, theirs: bytes | None) -> str:
    if ours is None or theirs is None:
        return "bản nối tiếp thiếu tệp này." if ours is None else "bản nối tiếp thừa tệp này."
    lines = zip(ours.splitlines(), theirs.splitlines(), strict=False)
    for number, (one, other) in enumerate(lines, 1):
        if one != other:
            return f"dòng {number}\n  nối tiếp: {one.decode(errors='replace')}\n  từ đầu:   {other.decode(errors='replace')}"
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
    view = page.view
    if view_digest(page.template, view) == record.digest:
        return f"View của trang không đổi: mẫu {page.template} đọc điều không có trong view {type(view).__name__}."
    if record.inputs and inputs_fingerprint(page) == record.inputs:
        return f"Dấu vết inputs của trang thiếu điều mà {type(view).__name__} dùng."
    return f"View của trang đã đổi mà không được vẽ lại: metadata_digest_of (core/model/item.py) thiếu điều mà {type(view).__name__} dùng."


if __name__ == "__main__":
    run_command(main)
