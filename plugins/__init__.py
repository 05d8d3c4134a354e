"""The portal's plugins. Pelican finds its engine here: ``PELICAN_CLASS = "plugins.Portal"``.

Pelican imports only the first name of that path, so the class has to be an
attribute of this package. It is looked up lazily: a script that only wants
``plugins.core.text.vietnamese`` must not load Pelican.
"""

import sys


def __getattr__(name: str) -> object:
    if name == "Portal":
        try:
            from plugins.core.pelican_adapter import Portal
        except ModuleNotFoundError as fault:
            print(f"Thiếu thư viện {fault.name}. Chạy: make site", file=sys.stderr)
            raise SystemExit(3) from None
        return Portal
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
