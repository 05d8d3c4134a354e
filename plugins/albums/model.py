"""What an album is."""

from __future__ import annotations

from plugins.core.markdown.fragment import ImageRef
from plugins.core.model.fields import Text
from plugins.core.model.item import Story


class Album(Story, frozen=True, kw_only=True):
    """Photographs that belong together: the pictures of the text, in its order.

    ``place`` is where they were taken, ``photographer`` who took them, a person or a
    unit. Lists show ``image``, or else the first photograph.
    """

    place: Text = ""
    photographer: Text = ""

    @property
    def shown(self) -> tuple[ImageRef, ...]:
        """The photographs as they are written in the text."""
        return tuple(ref for ref in self.document.outline.refs if isinstance(ref, ImageRef))
