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
    """One comment. ``raw`` is the HTML that Isso made, cleaned only when it is rendered."""

    author: str
    date: Moment
    raw: str
    replies: tuple[Comment, ...] = ()

    @property
    def html(self) -> Safe:
        """The comment's HTML, sanitised."""
        return Safe(clean(self.raw))


class CommentsBlock(Block, frozen=True, kw_only=True):
    """A place to answer a story, of which ``title`` and ``url`` are. ``isso`` is the server's address,
    empty where letters are all there is."""

    isso: str = ""
    comments: tuple[Comment, ...] = ()

    def letter(self, site: Site) -> str:
        """Build an e-mail to the editors with the story's title and address filled in."""
        subject = f"{site.t.comments.subject}: {self.title}"
        return mailto(site.organization.email, subject, site.absolute(self.url))


def after_story(content: Content, story: Story) -> CommentsBlock:
    """Return the link for a letter; with Isso, the approved comments and the way to more."""
    isso, url = content.options.get("comments", {}).get("isso", ""), content.url(story)
    if not isso:
        return CommentsBlock(template="comments/letter.html", title=story.title, url=url)
    approved = threads(content.external_inputs.get("comments", b"")).get(url, ())
    return CommentsBlock(
        template="comments/thread.html", title=story.title, url=url, isso=isso, comments=_threaded(approved)
    )


def _threaded(approved: Sequence[Approved]) -> tuple[Comment, ...]:
    """Put replies under what they answer, which Isso allows one level deep.

    Where that is gone or was never approved, a reply stands by itself.
    """
    known = {comment.id for comment in approved if not comment.parent}
    replies: dict[int, list[Comment]] = {number: [] for number in known}
    for comment in approved:
        if comment.parent in known:
            replies[comment.parent].append(_comment(comment))
    return tuple(
        _comment(comment, tuple(replies.get(comment.id, ()))) for comment in approved if comment.parent not in known
    )


def _comment(approved: Approved, replies: tuple[Comment, ...] = ()) -> Comment:
    return Comment(approved.author, Moment(dates.from_epoch(approved.created)), approved.html, replies)
