"""Turn the marks of Joomla's plugins, ``{gallery}…{/gallery}`` and their like, into the HTML that they stood for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape
from typing import NamedTuple

#: The addresses of the pictures in a folder, from the old site's root.
ListPictures = Callable[[str], list[str]]
Note = Callable[[str], None]

_PAIR = re.compile(r"\{(?P<name>[a-z][\w-]*)(?P<options>[^{}\n]*)\}(?P<inside>[^{}]*?)\{/(?P=name)\}", re.I)
_SINGLE = re.compile(r"\{(?P<end>/?)(?P<name>[a-z][\w-]*)(?P<options>[^{}\n]*)\}", re.I)
_SOURCE = re.compile(r"\{(source|sourcerer|php)\}.*?\{/\1\}", re.I | re.S)
_MEDIA = {"mp4", "m4v", "mov", "flv", "wmv", "avi", "webm", "mp3", "wma", "wav", "ogg", "swf", "3gp"}
_VIDEO_SITES = {
    "youtube": "https://www.youtube.com/embed/{}",
    "youtubejw": "https://www.youtube.com/embed/{}",
    "yt": "https://www.youtube.com/embed/{}",
    "vimeo": "https://vimeo.com/{}",
    "dailymotion": "https://www.dailymotion.com/video/{}",
}
#: Marks that show something of the old site itself, or switch something: they are named and go.
_OF_THE_SITE = {
    *(
        "loadposition",
        "loadmodule",
        "loadmoduleid",
        "module",
        "modulepos",
        "modulebot",
        "jcomments",
        "component",
        "emailcloak",
    ),
    *(
        "attachments",
        "attachmentsonly",
        "jumi",
        "rokbox",
        "article",
        "articles",
        "contact",
        "chronoforms",
        "rsform",
        "simplepopup",
    ),
    *(
        "phocagallery",
        "phocadownload",
        "phocamaps",
        "jdownloads",
        "mosmap",
        "googlemaps",
        "mosloadposition",
        "adsense",
        "jathumbnail",
    ),
    *(
        "vsig",
        "besps",
        "igallery",
        "widgetkit",
        "snippet",
        "sh404sef_custom",
        "cke_protected",
        "readmore",
        "k2splitter",
        "toc",
        "comment",
        "like",
    ),
}
_SILENT = {"readmore", "k2splitter", "emailcloak", "cke_protected", "jcomments", "comment", "mospagebreak", "pagebreak"}
_TITLES = {"tab", "slide", "slider", "accordion", "tabs", "sliders"}
_DOCUMENTS = {"pdf", "edocs", "doc", "docs", "pdfreader", "embed"}
_TITLE = re.compile(r"""(?:title|heading)\s*=\s*["']?([^"'&{}]*)""", re.I)


class MosImage(NamedTuple):
    """A picture of the column ``images`` of Joomla 1.5, for ``{mosimage}``."""

    src: str
    alt: str
    caption: str


def read_mosimages(column: str) -> list[MosImage]:
    """Read that column: ``path|align|alt|border|caption|…``, one picture a line."""
    pictures = []
    for line in column.splitlines():
        fields = [field.strip() for field in line.split("|")] + [""] * 5
        if fields[0]:
            pictures.append(MosImage(f"images/stories/{fields[0].lstrip('/')}", fields[2], fields[4]))
    return pictures


def expand(html: str, mosimages: list[MosImage], list_pictures: ListPictures, note: Note) -> str:
    """Return ``html`` with the marks expanded. ``note`` is told each that meant something only there."""
    if "{" not in html:
        return html
    pictures = iter(mosimages)
    html = _SOURCE.sub(lambda match: _drop(match[0], note), html)
    html = _PAIR.sub(lambda match: _pair(match, list_pictures, note), html)
    return _SINGLE.sub(lambda match: _single(match, pictures, note), html)


def _drop(mark: str, note: Note) -> str:
    note(f"lệnh {mark[:100]} của trang cũ không mang sang được")
    return ""


def _pair(match: re.Match[str], list_pictures: ListPictures, note: Note) -> str:
    name, inside = match["name"].lower(), re.sub(r"<[^>]*>", "", match["inside"]).strip()
    if name == "gallery":
        folder = re.split(r"[:|,]", inside)[0].strip().strip("/")
        addresses = next(
            (
                pictures
                for path in (f"images/{folder}", f"images/stories/{folder}", folder)
                if (pictures := list_pictures(path))
            ),
            [],
        )
        if not addresses:
            note(f"chùm ảnh {match[0]}: không có ảnh nào trong thư mục images/{folder}")
        return "<p>" + "\n".join(f'<img src="{escape(src)}" alt="">' for src in addresses) + "</p>"
    if name in _VIDEO_SITES:
        return _video(name, inside)
    if name in _MEDIA or name.removesuffix("remote") in _MEDIA:
        kind = name.removesuffix("remote")
        address = inside if "/" in inside else f"images/stories/videos/{inside}.{kind}"
        return f'<a href="{escape(address)}">{escape(inside.rpartition("/")[2])}</a>'
    if name in _DOCUMENTS:
        address = re.split(r"[,|]", inside)[0].strip()
        return f'<a href="{escape(address)}">{escape(address.rpartition("/")[2])}</a>'
    return match[0]


def _video(name: str, written: str) -> str:
    video = re.split(r"[|\s]", written.strip("= "))[0]
    address = video if "/" in video else _VIDEO_SITES[name].format(video)
    return f'<iframe src="{escape(address)}"></iframe>'


def _single(match: re.Match[str], pictures: Iterator[MosImage], note: Note) -> str:
    name, options = match["name"].lower(), match["options"].strip()
    if name == "mosimage":
        picture = next(pictures, None)
        if not picture:
            return _drop(match[0], note)
        title = f' title="{escape(picture.caption)}" class="caption"' if picture.caption else ""
        return f'<img src="{escape(picture.src)}" alt="{escape(picture.alt)}"{title}>'
    if name in ("mospagebreak", "pagebreak"):
        heading = _TITLE.search(options)
        return f'<hr class="system-pagebreak" title="{escape(heading[1].strip()) if heading else ""}">'
    if name in _VIDEO_SITES and options and not match["end"]:
        return _video(name, options)
    if name in _TITLES:
        return (
            f"<h3>{options.lstrip('=: ').partition('|')[0]}</h3>" if options.strip("=: ") and not match["end"] else ""
        )
    if name in _DOCUMENTS and options.startswith("="):
        address = options[1:].partition("|")[0].strip()
        return f'<a href="{escape(address)}">{escape(address.rpartition("/")[2])}</a>'
    if name in _OF_THE_SITE or name.startswith(("cke_protected", "mos", "jcomments")):
        return "" if name in _SILENT or match["end"] else _drop(match[0], note)
    return match[0]
