"""Let Pelican host the portal: its command line, settings, plugins and signals in, our pipeline out.

Pelican's own generators and writer are not used: they hand every template the whole
site, so no page could be proved unchanged (docs/adr/0001). Sections are plugins (docs/adr/0013).
"""

from __future__ import annotations

import gc
import logging
import os
import re
import sys
import traceback
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NoReturn

from blinker import Signal
from pelican import Pelican
from pelican.log import FatalLogger, LimitLogger
from pelican.plugins import signals
from pelican.plugins._utils import get_plugin_name, load_plugins
from pelican.settings import DEFAULT_CONFIG
from pelican.settings import read_settings as load_pelican

from plugins.core.build.pipeline import build, clear
from plugins.core.errors import (
    ConfigError,
    ContentError,
    PortalError,
    Problem,
    Severity,
    quotable,
    report,
)
from plugins.core.runtime.console import STOPPED, ProgressBar, internal_error, machine_error, speak_utf8, tell
from plugins.core.site.section import Section, section_registered
from plugins.core.site.settings import Settings, lines_of, read_settings

log = logging.getLogger("plugins")
start_up = logging.getLogger("plugins.start_up")  # of Pelican's class: a process warns once, and ``--fatal`` heeds it

_CONF = "pelicanconf.py"
_SENT = ("initialized", "finalized")  # those of Pelican's signals that the portal sends
_WITHOUT_DEFAULT = ("TIMEZONE", "FEED_DOMAIN", "CONF", "DEBUG")  # Pelican's settings that its defaults do not name


class Host(Pelican):
    """A portal with its plugins loaded and its settings read, by Pelican as far as Pelican goes.

    ``typed`` are the settings as the portal knows them. Raises ``ConfigError``.
    """

    def __init__(self, settings: dict[str, Any]) -> None:
        self.sections: list[Section] = []
        self.plugins: list[Any] = []
        try:
            super().__init__(settings)
        except PortalError:
            raise
        except Exception as fault:  # of a receiver of ``initialized``
            raise ConfigError([self._broken("", fault)]) from fault
        self.typed = self.read()

    def read(self) -> Settings:
        """Read the settings as they are at this moment."""
        return typed(self.settings, self.sections, names_in(self.plugins))

    def init_plugins(self) -> None:
        """Load and register the plugins as Pelican does, one by one: then what goes wrong has a name."""
        plugins = self.settings["PLUGINS"]
        if not isinstance(plugins, list | tuple | None):
            message = "PLUGINS phải là danh sách tên plugin, ví dụ PLUGINS = [“plugins.news”]."
            raise ConfigError([self._problem("SETTING_INVALID", message)])
        loaded: list[Any] = []
        problems: list[Problem] = []
        with section_registered.connected_to(self.sections.append), _connections() as waits_for:
            for plugin in load_plugins(self.settings) if plugins is None else plugins:
                name = plugin if isinstance(plugin, str) else get_plugin_name(plugin)
                self.settings["PLUGINS"] = [plugin]
                with _errors_of_pelican() as faults:
                    try:
                        super().init_plugins()
                    except Exception as fault:  # a plugin is anybody's code
                        faults.append(fault)
                problems += [self._broken(name, fault) for fault in faults]
                loaded += [] if faults else self.plugins
                for signal in waits_for:
                    start_up.warning("%s (cảnh báo)", self._unsent(name, signal))
                waits_for.clear()
        self.plugins = loaded
        self.settings["PLUGINS"] = [get_plugin_name(plugin) for plugin in loaded]
        if problems:
            raise ConfigError(problems)

    def _broken(self, name: str, fault: BaseException) -> Problem:
        """Tell why a plugin cannot be loaded, registered or run."""
        last = traceback.extract_tb(fault.__traceback__)[-1]
        who = f"plugin “{name}”" if name else "một plugin"
        if last.filename == load_plugins.__code__.co_filename:
            message = f"Không tìm thấy {who} trong PLUGIN_PATHS hay trong các thư viện đã cài."
        elif isinstance(fault, AttributeError) and fault.name == "register":
            message = f"Không chạy được {who}: thiếu hàm register(), mà mỗi plugin của Pelican phải có."
        else:
            why = quotable(f"{type(fault).__name__}: {fault}, tại {os.path.basename(last.filename)}:{last.lineno}")
            message = f"Không chạy được {who} ({why})."
        return self._problem("PLUGIN_BROKEN", message)

    def _unsent(self, name: str, signal: str) -> Problem:
        """Tell that a plugin waits for what never comes."""
        message = (
            f"Plugin “{name}” chờ tín hiệu {signal}, mà cổng này không phát: việc ấy của plugin không chạy. Bỏ plugin"
            f" khỏi PLUGINS, hoặc viết lại với {' hay '.join(_SENT)}, hay thành một mục (docs/them-chuyen-muc.md)."
        )
        return self._problem("SIGNAL_UNSENT", message, "warning")

    def _problem(self, code: str, message: str, severity: Severity = "error") -> Problem:
        conf = _conf_of(self.settings)
        return Problem(conf.name, lines_of(conf).get("PLUGINS", 0), 0, code, message, severity)


class Portal(Host):
    """The class that ``python -m pelican`` runs: Pelican with one pipeline in place of its generators."""

    def __init__(self, settings: dict[str, Any]) -> None:
        speak_utf8()
        log_to_stderr(logging.getLogger().level)
        logging.getLogger("pelican").addFilter(_is_news)
        try:
            super().__init__(settings)
        except ConfigError as fault:
            _stop(fault)
        self._is_fresh = True

    def run(self) -> None:
        """Build the site. Raises ``StoppedError``, after a report, when something is wrong.

        With ``-r`` Pelican calls it again after each change.
        """
        os.umask(0o022)  # what serves the portal reads it as another account
        gc.unfreeze()
        gc.disable()  # nothing of a build becomes garbage meanwhile
        try:
            settings = self.typed if self._is_fresh else self.read()
            self._is_fresh = False
            if self.delete_outputdir:
                clear(settings, self.output_retention)
            with ProgressBar() as bar:
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
            raise StoppedError(4) from None
        finally:
            gc.enable()
        if planned.problems and log.isEnabledFor(logging.WARNING):
            tell(report(planned.problems), sys.stderr)
        try:
            signals.finalized.send(self)
        except Exception as fault:
            _stop(ConfigError([self._broken("", fault)]))
        if planned.problems and FatalLogger.fatal_lvl <= logging.WARNING:
            raise StoppedError(ContentError.exit_code)
        gc.freeze()  # as the program ends, Python would search all that is left for circles


class StoppedError(Exception):
    """A build that had to stop, of which the report is printed.

    Pelican ends the program with ``exitcode``; with ``-r`` it waits for the next change.
    """

    def __init__(self, exitcode: int) -> None:
        self.exitcode = exitcode
        super().__init__(f"exit code {exitcode}")


def _stop(fault: PortalError) -> NoReturn:
    """Tell what is wrong and stop."""
    tell(report(fault.problems), sys.stderr)
    raise StoppedError(fault.exit_code) from None


def _is_news(record: logging.LogRecord) -> bool:
    """Keep Pelican from telling once more, with a traceback, of what has been reported."""
    return not any(isinstance(exception, StoppedError) for exception in _exceptions_of(record))


def _exceptions_of(record: logging.LogRecord) -> list[BaseException]:
    """Return the exceptions that a line of the log tells of."""
    caught = record.exc_info[1] if record.exc_info else None
    return [value for value in (caught, *(record.args or ())) if isinstance(value, BaseException)]


@contextmanager
def _errors_of_pelican() -> Iterator[list[BaseException]]:
    """Collect the exceptions of plugins that Pelican would only log."""
    faults: list[BaseException] = []

    def collect(record: logging.LogRecord) -> bool:
        faults.extend(_exceptions_of(record))
        return record.levelno < logging.ERROR

    loggers = [logging.getLogger(name) for name in ("pelican", "pelican.plugins._utils")]
    for logger in loggers:
        logger.addFilter(collect)
    try:
        yield faults
    finally:
        for logger in loggers:
            logger.removeFilter(collect)


@contextmanager
def _connections() -> Iterator[list[str]]:
    """Note the names of those signals of Pelican, to which plugins connect, that this portal never sends."""
    names: list[str] = []
    with ExitStack() as stack:
        for name, signal in vars(signals).items():
            if isinstance(signal, Signal) and name not in _SENT:

                def note(_: Signal, name: str = name, **connection: object) -> None:
                    names.append(name)

                stack.enter_context(signal.receiver_connected.connected_to(note))
        yield names


def names_in(plugins: Iterable[Any]) -> set[str]:
    """Return what may be names of settings in the sources of plugins that are not ours."""
    names: set[str] = set()
    for plugin in plugins:
        file = getattr(plugin, "__file__", None)
        if file and not hasattr(plugin, "SECTION"):
            package = Path(file).parent.rglob("*.py") if hasattr(plugin, "__path__") else [Path(file)]
            names.update(*(re.findall(r"\b[A-Z][A-Z0-9_]+\b", path.read_text("utf-8", "replace")) for path in package))
    return names


def _conf_of(settings: dict[str, Any]) -> Path:
    return Path(settings.get("CONF", "") or _CONF)


def typed(settings: dict[str, Any], sections: Sequence[Section], others: Iterable[str] = ()) -> Settings:
    """Return Pelican's settings as ours. ``others``: what plugins that are not ours may ask for."""
    known = [*DEFAULT_CONFIG, *_WITHOUT_DEFAULT, *others]
    return read_settings(settings, sections, conf=_conf_of(settings), known=known)


def log_to_stderr(level: int = logging.WARNING) -> None:
    """Log a line per phase, unless Pelican was asked to be quiet (``-q``) or loud (``-D``)."""
    if isinstance(log, LimitLogger):
        log.disable_filter()  # two builds may say the same
    log.handlers = [logging.StreamHandler()]
    log.propagate = False
    log.setLevel(level if level > logging.WARNING or level == logging.DEBUG else logging.INFO)


def load(conf: str, **override: Any) -> Settings:
    """Return the settings of a configuration file, some of them replaced, with its plugins loaded.

    Raises ``ConfigError``.
    """
    return Host(read_conf(conf, **override)).typed


def read_conf(conf: str, **override: Any) -> dict[str, Any]:
    """Read a configuration file as Pelican does.

    Raises ``ConfigError`` where Pelican would end in a traceback of its own.
    """
    values = {name: value for name, value in override.items() if value is not None}
    for name, code in (("PATH", "CONTENT_MISSING"), ("THEME", "THEME_MISSING")):
        if name in values and not os.path.isdir(values[name]):
            raise ConfigError([Problem(values[name], 0, 0, code, "Không có thư mục này.")])
    if not os.path.isfile(conf):
        raise ConfigError([Problem(conf, 0, 0, "CONF_MISSING", "Không có tệp cấu hình này.")])
    is_forbidden = sys.dont_write_bytecode
    sys.dont_write_bytecode = True  # Python's own cache does not see what is saved twice within a second
    try:
        loaded = load_pelican(conf, override=values)
    except SyntaxError as fault:
        message = f"Tệp cấu hình sai cú pháp Python: {fault.msg}"
        file = _shown(fault.filename or conf, conf)
        raise ConfigError([Problem(file, fault.lineno or 0, fault.offset or 0, "CONF_SYNTAX", message)]) from None
    except Exception as fault:
        folder = os.path.dirname(os.path.abspath(conf))
        frames = traceback.extract_tb(fault.__traceback__)
        # One configuration may import another: the last of them is the one that is wrong.
        ours = [frame for frame in frames if os.path.dirname(os.path.abspath(frame.filename)) == folder]
        file, line = (_shown(ours[-1].filename, conf), ours[-1].lineno or 0) if ours else (conf, 0)
        message = f"Không đọc được tệp cấu hình ({type(fault).__name__}: {fault})."
        raise ConfigError([Problem(file, line, 0, "CONF_BROKEN", message)]) from None
    finally:
        sys.dont_write_bytecode = is_forbidden
    return {**loaded, "CONF": conf}


def _shown(file: str, conf: str) -> str:
    """Return the path of a configuration file as it is told: beside ``conf``, as that was written."""
    path = os.path.join(os.path.dirname(conf), os.path.basename(file))
    return path if os.path.isfile(path) else conf
