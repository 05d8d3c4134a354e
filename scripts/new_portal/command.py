"""``make new-portal``: create an empty portal of its own for a union, in a git repository of its own."""

import io
import os
import shlex
import shutil
import subprocess
import tarfile
from argparse import ArgumentParser, Namespace
from pathlib import Path
from string import Template

from plugins.core.pelican_adapter import load
from plugins.core.runtime.console import tell
from plugins.core.site import site_url
from scripts.errors import RefusedError
from scripts.new import clean_title
from scripts.new_portal.content import write_content
from scripts.new_portal.settings import Union, fill_pelicanconf, fill_publishconf, replace_place_name, site_name

ROOT = Path(__file__).resolve().parents[2]
README = Path(__file__).parent / "README.template"
PAGES = "content/trang"
#: What is not copied: the sample content, and what shows or tests it.
EXCLUDED = (
    "content",
    "README.md",
    "docs/trang-chu.jpg",
    "docs/giao-dien.md",
    "docs/giao-dien.jpg",
    "tests/comments/test_feedback.py",
)
EXAMPLE = "make new-portal DIR=../cong-dong-nai NAME='Tỉnh đoàn Đồng Nai'"
NEXT_STEPS = """\
Việc tiếp theo, trong thư mục ấy:
  1. Sửa những dòng dưới chữ ĐIỀN trong pelicanconf.py: địa chỉ, điện thoại, thư điện tử của đơn vị.
  2. make serve     xem cổng tại http://localhost:8000
  3. Viết các trang trong content/trang; thay hoặc xóa các bài mẫu (những thư mục tên bai-mau).
  4. make check     tìm lỗi; rồi commit và đưa lên máy chủ: xem docs/van-hanh.md"""
NO_IDENTITY = """\
Chưa commit được: git chưa biết tên bạn, hoặc từ chối vì lý do nêu trên. Chạy:
  git config --global user.name 'Họ và tên'
  git config --global user.email ten@co-quan.vn
  git -C {folder} commit -m {message}"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("folder", nargs="?", default="", help="thư mục của cổng mới: chưa có, hoặc trống")
    parser.add_argument("--name", default="Tỉnh đoàn", help="tên đơn vị, ví dụ 'Tỉnh đoàn Đồng Nai'")
    parser.add_argument("--siteurl", default="", help="địa chỉ công khai: https://…")


def run(arguments: Namespace) -> int:
    """Create the portal and tell what comes next. Raises ``RefusedError``; then nothing is left behind."""
    if not arguments.folder:
        raise RefusedError(f"Thiếu DIR. Ví dụ: {EXAMPLE}")
    union = Union(clean_title(arguments.name), check_address(arguments.siteurl) if arguments.siteurl else "")
    folder = Path(arguments.folder).expanduser().resolve()
    refuse_folder(folder)
    existed = folder.exists()
    try:
        copy_code(folder)
        write_settings(folder, union)
        settings = load(
            str(folder / "pelicanconf.py"), OUTPUT_PATH=str(folder / "output"), CACHE_PATH=str(folder / ".cache")
        )
        write_content(settings, our_pages())
        # an upgrade begins from the commit that the code was copied from: docs/van-hanh.md
        message = f"Lập cổng {union.name}\n\nMã nguồn: {git(ROOT, 'rev-parse', 'HEAD').decode().strip()}"
        has_committed = commit(folder, message)
    except BaseException:
        for path in folder.iterdir() if existed else ():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        if not existed:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    tell(f"Đã lập cổng {union.name} ở {folder}")
    if not has_committed:
        tell(NO_IDENTITY.format(folder=shlex.quote(str(folder)), message=shlex.quote(message)))
    tell(NEXT_STEPS)
    return 0


def check_address(siteurl: str) -> str:
    """Return the public address without a slash at its end. Raises ``RefusedError`` where it is none."""
    try:
        url = site_url.parse(siteurl)
    except ValueError as error:
        raise RefusedError(f"SITEURL: {error}") from None
    if not url.origin.startswith("https://") or url.is_local:
        raise RefusedError("SITEURL phải là địa chỉ thật, bắt đầu bằng https://, ví dụ https://tinhdoan.example.vn")
    return siteurl.rstrip("/")


def refuse_folder(folder: Path) -> None:
    """Raise ``RefusedError`` for a folder that holds anything, or lies in this repository."""
    if folder.is_relative_to(ROOT):
        raise RefusedError(f"{folder} nằm trong chính kho mã nguồn này. Chọn thư mục khác, ví dụ: {EXAMPLE}")
    if folder.exists() and not folder.is_dir():
        raise RefusedError(f"{folder} là một tệp. Chọn thư mục khác.")
    if folder.is_dir() and any(folder.iterdir()):
        raise RefusedError(f"{folder} đã có tệp: không ghi đè. Chọn một thư mục trống hoặc chưa có.")


def git(folder: Path, *words: str) -> bytes:
    """Run git in ``folder``. Returns its output. Raises ``RefusedError`` with what git says of a failure."""
    # what a hook or an outer git has put there means another repository; the identity stays
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or name.startswith(("GIT_AUTHOR_", "GIT_COMMITTER_", "GIT_CONFIG_"))
    }
    command = ["git", "-C", str(folder), "-c", "user.useConfigOnly=true", *words]
    try:
        process = subprocess.run(command, env=environment, capture_output=True, check=False)
    except FileNotFoundError:
        raise RefusedError("Máy chưa có git: cài git rồi chạy lại.") from None
    if process.returncode:
        raise RefusedError(f"git {words[0]}: {process.stderr.decode(errors='replace').strip()}")
    return process.stdout


def copy_code(folder: Path) -> None:
    """Copy what git has of our code at HEAD."""
    if not (ROOT / ".git").exists():
        raise RefusedError("Mã nguồn này không phải một kho git: lấy về bằng git clone rồi chạy lại.")
    archive = git(ROOT, "archive", "--format=tar", "HEAD", "--", ".", *(f":(exclude){path}" for path in EXCLUDED))
    folder.mkdir(parents=True, exist_ok=True)
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(folder, filter="data")


def our_pages() -> dict[str, str]:
    """Return the texts of our own pages at HEAD, by the name of their folder."""
    names = git(ROOT, "ls-tree", "--name-only", "-z", "HEAD", f"{PAGES}/").decode().split("\0")[:-1]
    return {Path(name).name: git(ROOT, "show", f"HEAD:{name}/index.md").decode() for name in names}


def write_settings(folder: Path, union: Union) -> None:
    """Put the union's name wherever ours stands: settings, README, words of the interface."""
    conf = folder / "pelicanconf.py"
    old = Union(site_name(conf.read_text("utf-8")))
    _rewrite(conf, fill_pelicanconf(conf.read_text("utf-8"), union))
    publishconf = folder / "publishconf.py"
    _rewrite(publishconf, fill_publishconf(publishconf.read_text("utf-8"), union))
    for path in (*(folder / "theme").rglob("*.yaml"), *(folder / "plugins").rglob("*.yaml")):
        _rewrite(path, replace_place_name(path.read_text("utf-8"), old, union))
    values = {"name": union.name, "siteurl": union.values()["website"]}
    (folder / "README.md").write_text(Template(README.read_text("utf-8")).substitute(values), "utf-8")
    (folder / "content").mkdir()


def _rewrite(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")


def commit(folder: Path, message: str) -> bool:
    """Make the first commit. Returns whether git did: it does not where it has no identity of the user's."""
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    try:
        git(folder, "commit", "--quiet", "--no-verify", "-m", message)
    except RefusedError as error:
        tell(str(error).splitlines()[-1])
        return False
    return True
