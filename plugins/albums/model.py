"""Define albums."""

from __future__ import annotations

from collections.abc import Iterator

from plugins.core.errors import Problem
from plugins.core.markdown.fragment import ImageRef
from plugins.core.model.fields import Text
from plugins.core.model.item import Story
from plugins.core.model.references import resolve_path

MIN_PHOTOS = 2  # one alone belongs into a story


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

    @property
    def lead_picture(self) -> str:
        return self.image or next((resolve_path(self.document.path, ref.src) for ref in self.shown), "")

    def own_problems(self) -> Iterator[Problem]:
        """Check that it has several photographs, and that no one sentence describes all of them.

        What all texts have to hold is told elsewhere: a photograph that is missing, is not
        shown (``PICTURE_UNUSED``) or has no description (``ALT_MISSING``).
        """
        if self.status == "draft":
            return
        if len(self.shown) < MIN_PHOTOS:
            message = (
                f"Album mới có {len(self.shown)} ảnh. Thêm ảnh, mỗi ảnh một dòng: ![mô tả](anh-1.jpg \"Chú thích\"); "
                "chỉ có một ảnh thì đăng thành tin."
            )  # fmt: skip
            yield self.problem("title", "ALBUM_SMALL", message, "warning")
        descriptions = {ref.alt.strip() for ref in self.shown}
        if len(self.shown) >= MIN_PHOTOS and len(descriptions) == 1 and descriptions != {""}:
            message = "Mọi ảnh cùng một mô tả. Tả từng ảnh: trong ảnh có ai, đang làm gì, ở đâu."
            yield self.problem_at(self.shown[1].position, "ALBUM_ALT_SAME", message, "warning")
