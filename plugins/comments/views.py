"""Comments → the block under a story."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup as Safe
from msgspec import Struct

from plugins.comments.model import Approved, clean, threads
from plugins.core.model.item import Story
from plugins.core.model.values import Moment
from plugins.core.site.content import Content
from plugins.core.site.identity import Site
from plugins.core.site.views import Block
from plugins.core.text import dates
from plugins.core.text.vietnamese import mailto


class Comment(Struct, frozen=True):
    """One comment. ``raw`` is the HTML that Isso made, cleaned only when it is drawn."""

    author: str
    date: Moment
    raw: str
    replies: tuple[Comment, ...] = ()

    @property
    def html(self) -> Safe:
        return Safe(clean(self.raw))


class CommentsBlock(Block, frozen=True, kw_only=True):
    """A place to answer a story, of which ``title`` and ``url`` are. ``isso`` is the server's address,
    empty where letters are all there is."""

    isso: str = ""
    comments: tuple[Comment, ...] = ()

    def letter(self, site: Site) -> str:
        """An e-mail to the editors with the story's title and address filled in."""
        subject = f"{site.t.comments.subject}: {self.title}"
        return mailto(site.organization.email, subject, site.absolute(self.url))


def after_story(content: Content, story: Story) -> CommentsBlock:
    """A letter's link; with Isso, what was approved and the way to more."""
    isso, url = content.options.get("comments", {}).get("isso", ""), content.url(story)
    if not isso:
        return CommentsBlock(template="comments/letter.html", title=story.title, url=url)
    said = threads(content.external_inputs.get("comments", b"")).get(url, ())
    return CommentsBlock(
        template="comments/thread.html", title=story.title, url=url, isso=isso, comments=_as_talk(said)
    )


def _as_talk(said: Sequence[Approved]) -> tuple[Comment, ...]:
    """Answers under what they answer, which Isso allows one level deep. Where that is gone or was never
    approved, an answer stands by itself."""
    known = {one.id for one in said if not one.parent}
    answers: dict[int, list[Comment]] = {number: [] for number in known}
    for one in said:
        if one.parent in known:
            answers[one.parent].append(_comment(one))
    return tuple(_comment(one, tuple(answers.get(one.id, ()))) for one in said if one.parent not in known)


def _comment(one: Approved, replies: tuple[Comment, ...] = ()) -> Comment:
    return Comment(one.author, Moment(dates.from_epoch(one.created)), one.html, replies)
