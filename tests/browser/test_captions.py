"""Captions of films in a real browser: they are offered, and every sentence that the doctor accepts is shown."""

from __future__ import annotations

import random
import re
from collections import Counter
from pathlib import Path

import pytest

from plugins.core.media.captions import find_mistakes
from plugins.video.codes import video
from tests.browser.conftest import ROOT, served, until
from tests.tiny import TinySite, a_jpeg

pytestmark = pytest.mark.browser

CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:05.000\nTàu rời bến sớm.\n\n00:05.000 --> 00:08.000\n(tiếng còi tàu)\n"


def test_a_film_offers_its_captions_and_shows_them_when_asked(tiny: TinySite, chromium) -> None:
    for path, text in video(youtube="", file="phim.mp4", captions="phu-de.vtt", poster_alt="Biển").items():
        tiny.write(path, text)
    tiny.write("video/ra-khoi/phu-de.vtt", CAPTIONS)
    tiny.write("video/ra-khoi/bia.jpg", a_jpeg(640, 360))
    tiny.write("video/ra-khoi/phim.mp4", (ROOT / "content/video/tu-hao-bien-dao-phu-quy/phim.mp4").read_bytes())
    tiny.build()
    with (
        served(tiny.output) as address,
        chromium.new_context() as context,
    ):
        page = context.new_page()
        requests, complaints = [], []
        page.on("request", lambda request: requests.append(request.url.rpartition("/")[2]))
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(f"{address}/video/ra-khoi/")
        track = "document.querySelector('video').textTracks[0]"
        assert page.evaluate(f"[{track}.kind, {track}.label, {track}.language, {track}.mode]") == [
            "captions", "Phụ đề", "vi", "disabled"
        ]  # fmt: skip
        assert "phu-de.vtt" not in requests  # who needs none loads none
        page.evaluate(f"{track}.mode = 'showing'; document.querySelector('video').play()")
        until(page, f"({track}.activeCues ?? []).length > 0")
        assert page.evaluate(f"[...{track}.cues].map(cue => cue.text)") == ["Tàu rời bến sớm.", "(tiếng còi tàu)"]
        assert not complaints


FIRST_LINES = (["WEBVTT", ""], ["WEBVTT phim", ""], ["WEBVTT", "Kind: captions", ""], ["\ufeffWEBVTT", ""])
SENTENCES = ("{}.", "<i>{}</i>", "{} & {}", "&lt;{}", "<v Lan>{}", "- {}", "<font color=red>{}</font>")
TIMINGS = ("00:0{0}.000 --> 00:0{0}.900", "00:00:0{0}.000-->100:00:00.000 line:80%", " 00:0{0}.500\t-->\t00:09.000 ")
SLIPS = (
    "", " ", "\t", "lời9", "<lời9>", "<c.vang>lời9</c>", "1", "00:00.000 -> 00:01.000", "00:01.000-->00:01.100", "STYLE"
)  # fmt: skip


def some_captions(draw: random.Random) -> str:
    """Return captions of a few cues with one or two lines that were lost, doubled or put in by mistake.

    Each sentence has a word of its own, “lời” and a number; nothing else has one.
    """
    lines = list(draw.choice(FIRST_LINES))
    for number in range(draw.randint(1, 4)):
        lines += draw.choice(([], ["tên"], ["NOTE ghi chú", ""]))
        lines.append(draw.choice(TIMINGS).format(number))
        lines += [draw.choice(SENTENCES).replace("{}", f"lời{number}{part}") for part in range(draw.randint(1, 2))]
        lines.append("")
    for _ in range(draw.randint(1, 2)):
        place = draw.randrange(len(lines))
        match draw.randrange(3):
            case 0:
                del lines[place]
            case 1:
                lines.insert(place, lines[place])
            case _:
                lines.insert(place, draw.choice(SLIPS))
    return draw.choice(("\n", "\r\n")).join(lines)


#: Loads captions as a film does, and returns the words of all cues as they are drawn.
SHOWN = """async names => {
    const shown = [];
    for (const name of names) {
        const track = document.createElement("track");
        document.body.appendChild(document.createElement("video")).append(track);
        const loaded = new Promise(resolve => track.onload = track.onerror = resolve);
        track.track.mode = "hidden";
        track.src = name;
        await loaded;
        shown.push([...track.track.cues ?? []].map(cue => cue.getCueAsHTML().textContent).join(" "));
    }
    return shown;
}"""


def test_every_sentence_of_captions_without_a_mistake_is_shown(chromium, tmp_path: Path) -> None:
    draw = random.Random(411)
    texts = [some_captions(draw) for _ in range(600)]
    accepted = [text for text in texts if not find_mistakes(text.removeprefix("\ufeff"), "phu-de.vtt")]
    assert 200 < len(accepted) < 500
    for number, text in enumerate(accepted):
        (tmp_path / f"{number}.vtt").write_bytes(text.encode())
    (tmp_path / "index.html").write_text("<title>Phụ đề</title>", "utf-8")
    with (
        served(tmp_path) as address,
        chromium.new_context() as context,
    ):
        page = context.new_page()
        page.goto(f"{address}/")
        shown = page.evaluate(SHOWN, [f"/{number}.vtt" for number in range(len(accepted))])
    for text, words in zip(accepted, shown, strict=True):
        # a note, and the name of a cue between an empty line and its timing, are for nobody to see
        notes = r"(?<=\n\n)NOTE\b(?:.*\n)*?\n|(?<=\n\n).*\n(?=.*-->)"
        sentences = re.sub(notes, "\n", text.replace("\r\n", "\n"))
        assert not Counter(re.findall(r"lời\d+", sentences)) - Counter(re.findall(r"lời\d+", words)), text
