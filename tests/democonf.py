"""The portal's settings, but that AVIF files are encoded fast instead of small: a tenth of the time, a quarter larger.

For tests that see the demonstration, not the bytes of its pictures. The files have the names that the portal gives them.
"""

from pelicanconf import *  # noqa: F403
from plugins.core.media import variants  # its recipe, from which names follow, is worked out first

variants.FORMATS["avif"]["speed"] = 10
