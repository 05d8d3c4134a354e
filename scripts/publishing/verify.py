"""Compare what readers get with what was published, file by file, and with a build from nothing."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from . import last_good, sandbox, state
from .build import Run, make_site, open_log
from .environment import environment_for
from .files import borrow_cache
from .layout import BUILDERS_OWN, needed_list
from .manifest import Release, load_release, load_sums
from .outcome import Exit, ReleaseError, say
from .repository import Changes, check_out
from .server import Server
from .standby import walk
from .store import load_store_sums, names_in

SHOWN = 50


def verify(server: Server, name: str, *, rebuilds: bool) -> None:
    """Compare a release, or the live one, with its manifest. Raises `ReleaseError` where a file differs.

    How it ended is remembered: of a live release that differs the operator is told (status.py, notify.py).
    """
    name = name or server.live_name() or ""
    try:
        _verify(server, name, rebuilds)
    except (ReleaseError, OSError) as error:
        _remember(server, name, str(error))
        raise
    _remember(server, name, "")


def _remember(server: Server, name: str, message: str) -> None:
    if name == server.live_name():
        with suppress(PermissionError):  # whoever only looks
            state.save_verification(server, name, message)


def _verify(server: Server, name: str, rebuilds: bool) -> None:
    release = load_release(server.manifests / f"{name}.json")
    if not name or release is None:
        raise ReleaseError(Exit.CONFIGURATION, f"Không có bản {name or 'nào đang chạy'}. Xem: portal list")
    sums = load_sums(server.manifests, name)
    store_sums = load_store_sums(server)
    shared = {path: store_sums.get(path, "") for path in names_in(server, release.shared)}
    differences = [
        *differences_of(server.releases / name, sums),
        *differences_of(server.store, shared, is_open=True),
    ]
    _report(differences, f"bản {name} và bản kê của nó")
    say(f"Bản {name}: {len(sums)} tệp và {len(shared)} tệp trong kho đúng như bản kê.")
    if rebuilds:
        _compare_with_rebuild(server, release, {**sums, **shared})


def _paths(site: Path) -> Iterator[str]:
    for folder, folders, names in os.walk(site):
        folders[:] = [name for name in folders if os.path.join(folder, name) != f"{site}/{BUILDERS_OWN}"]
        for name in names:
            yield os.path.relpath(os.path.join(folder, name), site)


def differences_of(folder: Path, sums: dict[str, str], *, is_open: bool = False) -> Iterator[str]:
    """Tell each file below `folder` that is not as `sums` have it, or, unless it `is_open` to others, not in them."""
    for path, digest in sums.items():
        try:
            with (folder / path).open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != digest:
                    yield f"bị sửa: {folder / path}"
        except OSError:
            yield f"bị mất: {folder / path}"
    for path in () if is_open else _paths(folder):
        if path not in sums:
            yield f"thừa: {folder / path}"


def _report(differences: list[str], compared: str) -> None:
    if not differences:
        return
    for line in sorted(differences)[:SHOWN]:
        say(line)
    count = len(differences)
    rest = f" (trên đây là {SHOWN} tệp đầu)" if count > SHOWN else ""
    message = f"{count} tệp khác nhau giữa {compared}{rest}. Thay bằng bản dựng lại từ đầu: portal rebuild --fresh"
    raise ReleaseError(Exit.ENVIRONMENT, message)


def _compare_with_rebuild(server: Server, release: Release, sums: dict[str, str]) -> None:
    """Build the release's commit of the same moment from nothing and compare every file."""
    with (
        server.locked("build") as lock,
        tempfile.TemporaryDirectory(dir=server.root, prefix="verify.") as name,
        open_log(server, "verify") as log,
    ):
        folder = Path(name)
        output, cache, store = folder / "site", folder / "cache", folder / "store"
        check_out(server, server.repo, release.commit, is_new_code=True)
        run = Run(server, log, lock)
        environment = environment_for(server, lambda variables: run.make(variables, network=True))
        borrow_cache(server.site_cache, cache)
        store.mkdir()
        run.environment = {"PORTAL_STORE": str(store), "SOURCE_DATE_EPOCH": str(release.now), "PYTHONHASHSEED": "1"}
        run.environment["PORTAL_SERVED"] = str(server.store)  # each file of it has just been compared
        run.environment |= last_good.lay_out(
            server, server.repo, release.commit, Changes(), release.commit, release.stale
        )
        code = make_site(run, output, environment, is_fresh=False, cache=cache)
        if code:
            raise run.error(code)
        built = {path: _sum(output / path) for path in walk(output)}
        sandbox.give_back_room(server)
        served = load_store_sums(server)
        for path in needed_list(output / BUILDERS_OWN).read_text("utf-8").splitlines():
            built[path] = _sum(store / path) if (store / path).is_file() else served.get(path, "")
        differences = [f"khác: {path}" for path in built.keys() & sums.keys() if built[path] != sums[path]]
        differences += [f"bản đang chạy thiếu: {path}" for path in built.keys() - sums.keys()]
        differences += [f"bản đang chạy thừa: {path}" for path in sums.keys() - built.keys()]
    _report(differences, f"bản {release.name} và bản dựng lại từ đầu")
    say(f"Dựng lại từ đầu: giống hệt, {len(built)} tệp.")


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
