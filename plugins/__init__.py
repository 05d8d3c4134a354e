"""The portal's plugins. Pelican finds its engine here: ``PELICAN_CLASS = "plugins.Portal"``.

Pelican imports only the first name of that path, so the class has to be an
attribute of this package. It is looked up lazily: a script that only wants
``plugins.core.text`` must not load Pelican.
"""


def __getattr__(name: str) -> object:
    if name == "Portal":
        from plugins.core.pelican_adapter import Portal

        return Portal
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
