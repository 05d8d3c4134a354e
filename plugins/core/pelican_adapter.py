"""The only room that knows Pelican: its command line and settings in, our street out.

Pelican's own generators and writer are not used: they hand every template the whole
site, so no page could be proved unchanged (docs/adr/0001). Its command line, settings,
plugins and signals work as ever.
"""

from __future__ import annotations

import gc
import logging
import os
import sys
import traceback
from io import TextIOWrapper
from pathlib import Path
from typing import Any, NoReturn, TextIO

from pelican import Pelican
from pelican.plugins import signals
from pelican.settings import DEFAULT_CONFIG
from pelican.settings import read_settings as load_pelican

from plugins.core.build.pipeline import build
from plugins.core.errors import ConfigError, MachineError, PortalError, Problem, report
from plugins.core.site.settings import Settings, read_settings

log = logging.getLogger("plugins")

_CONF = "pelicanconf.py"
STOPPED = "Đã dừng theo yêu cầu."
_WITHOUT_DEFAULT = ("TIMEZONE", "FEED_DOMAIN", "CONF")  # Pelican's settings that its defaults do not name


class Portal(Pelican):
    """Pelican with one street in place of its generators."""

    def __init__(self, settings: dict[str, Any]) -> None:
        speak_utf8()
        os.umask(0o022)  # what serves the portal reads it as another account
        wanted = len(settings["PLUGINS"])
        super().__init__(settings)
        log_to_stderr(logging.getLogger().level)
        if len(self.settings["PLUGINS"]) < wanted:
            # Pelican has said which; it would go on and exit 0
            _stop(ConfigError([Problem(_CONF, 0, 0, "PLUGIN_BROKEN", "Có plugin trong PLUGINS không nạp được.")]))

    def run(self) -> None:
        """Build the site. Exits 1, 2 or 3 with a report when something is wrong."""
        gc.disable()  # one build, then the process ends: nothing of it becomes garbage meanwhile
        try:
            settings = typed(self.settings)
            with _Bar() as bar:
                planned = build(settings, bar.tick)
        except PortalError as fault:
            _stop(fault)
        except KeyboardInterrupt:
            tell(STOPPED, sys.stderr)
            raise SystemExit(130) from None
        except OSError as fault:
            _stop(machine_error(fault))
        except Exception:
            tell(internal_error(Path(self.settings["CACHE_PATH"])), sys.stderr)
            raise SystemExit(4) from None
        if planned.problems:
            tell(report(planned.problems), sys.stderr)
        signals.finalized.send(self)
        gc.freeze()  # as the program ends, Python would search all that is left for circles


def _stop(fault: PortalError) -> NoReturn:
    """Tell what is wrong and end the program, past Pelican's own handling of exceptions."""
    tell(report(fault.problems), sys.stderr)
    raise SystemExit(fault.exit_code) from None


def machine_error(fault: OSError) -> MachineError:
    """What the operating system refused, as a problem."""
    where, why = fault.filename or "", fault.strerror or str(fault)
    return MachineError([Problem(str(where), 0, 0, "MACHINE", f"Máy không làm được: {why}.")])


def internal_error(cache: Path) -> str:
    """Write our own bug, the exception that is being handled, to a log; a sentence for the screen."""
    log_file = cache / "internal-error.log"
    try:
        cache.mkdir(parents=True, exist_ok=True)
        log_file.write_text(traceback.format_exc(), "utf-8")
    except OSError:
        return f"Chương trình bị lỗi: báo người phát triển, kèm những dòng sau.\n{traceback.format_exc()}"
    return f"Chương trình bị lỗi: báo người phát triển, kèm tệp {log_file}"


def tell(text: str, stream: TextIO | None = None) -> None:
    """Print a text. Whoever has stopped listening (``| head``) is no mistake."""
    stream = stream or sys.stdout
    try:
        print(text, file=stream, flush=True)  # here, not as the program ends
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def typed(settings: dict[str, Any]) -> Settings:
    """Pelican's settings as ours. Raises ``ConfigError``."""
    return read_settings(
        settings, conf=Path(settings.get("CONF", "") or _CONF), known=[*DEFAULT_CONFIG, *_WITHOUT_DEFAULT]
    )


class _Bar:
    """A progress bar on a terminal, while pictures are made; nothing elsewhere."""

    def __init__(self) -> None:
        self._progress: Any = None
        self._task: Any = None

    def __enter__(self) -> _Bar:
        return self

    def __exit__(self, *_: object) -> None:
        if self._progress:
            self._progress.stop()

    def tick(self, done: int, total: int) -> None:
        if self._progress is None:
            self._begin(total)
        self._progress.update(self._task, completed=done)
        if done == total:
            self._progress.stop()

    def _begin(self, total: int) -> None:
        from rich.console import Console  # here: most builds make no picture, and it takes a while to load
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        console = Console(stderr=True)
        columns = TextColumn("Đang làm ảnh"), BarColumn(), MofNCompleteColumn()
        self._progress = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
        self._progress.start()
        self._task = self._progress.add_task("", total=total)


def speak_utf8() -> None:
    """Say Vietnamese also where the system's locale is plain C."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def log_to_stderr(level: int = logging.WARNING) -> None:
    """A line per phase, unless Pelican was asked to be quiet (``-q``) or loud (``-D``)."""
    log.handlers = [logging.StreamHandler()]
    log.propagate = False
    log.setLevel(level if level > logging.WARNING or level == logging.DEBUG else logging.INFO)


def load(conf: str, **override: Any) -> Settings:
    """The settings of a Pelican configuration file, with some of them replaced.

    Raises ``ConfigError``, also where Pelican would end in a traceback of its own.
    """
    given = {name: value for name, value in override.items() if value is not None}
    for name, code in (("PATH", "CONTENT_MISSING"), ("THEME", "THEME_MISSING")):
        if name in given and not os.path.isdir(given[name]):
            raise ConfigError([Problem(given[name], 0, 0, code, "Không có thư mục này.")])
    if not os.path.isfile(conf):
        raise ConfigError([Problem(conf, 0, 0, "CONF_MISSING", "Không có tệp cấu hình này.")])
    try:
        loaded = load_pelican(conf, override=given)
    except SyntaxError as fault:
        message = f"Tệp cấu hình sai cú pháp Python: {fault.msg}"
        raise ConfigError([Problem(conf, fault.lineno or 0, fault.offset or 0, "CONF_SYNTAX", message)]) from None
    except Exception as fault:
        where = traceback.extract_tb(fault.__traceback__)[-1]
        line = where.lineno or 0 if os.path.basename(where.filename) == os.path.basename(conf) else 0
        message = f"Không đọc được tệp cấu hình ({type(fault).__name__}: {fault})."
        raise ConfigError([Problem(conf, line, 0, "CONF_BROKEN", message)]) from None
    return typed({**loaded, "CONF": conf})
