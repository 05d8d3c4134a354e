"""Nothing of the XSS corpus runs: a site full of it, built as ever, and seen by a real Chromium.

Each vector is the body of a story, and stands in every field of every kind of item that takes a text, there
beside seven others: a field is escaped as a whole or not at all. Pages are seen without their content policy.
"""

from __future__ import annotations

import json
import re
import shutil
import xml.etree.ElementTree as ET
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

import markdown
import pytest

import pelicanconf
from plugins.banner.model import Banner
from plugins.core.errors import ContentError, errors
from plugins.core.markdown.converter import EXTENSIONS
from plugins.core.markdown.fragment import LinkRef
from plugins.news.model import Article
from plugins.video.model import Video
from tests import world
from tests.browser.conftest import served
from tests.tiny import TinySite, a_jpeg, a_tiny_site

pytestmark = pytest.mark.browser

VECTORS = [
    re.sub("⟨([0-9A-F]+)⟩", lambda match: chr(int(match[1], 16)), line.replace("⏎", "\n").replace("⇥", "\t"))
    for line in Path(__file__).with_name("xss_corpus.txt").read_text("utf-8").split("\n")
    if line and not line.startswith("%% ")
]
GROUPS = [VECTORS[start : start + 8] for start in range(0, len(VECTORS), 8)]
KINDS = ("tin-tuc/fields", "video/v", "tuyen-dung/v", "trang/v", "banner/v")
ORIGIN = "https://xss.example"

#: In every frame, whatever a vector would call says so on the console.
TRAP = """for (const name of ['alert', 'confirm', 'prompt', 'print', 'boom'])
  window[name] = (...said) => console.error(`${location.pathname} RAN ${name}(${said})`);"""

#: Opens each page in a frame, and its text once more inside itself, as what embeds it would; looks for all that
#: could run, calls every handler and clicks on everything. Gives back what was found; what ran is on the console.
VISIT = r"""async pages => {
  const wait = ms => new Promise(done => setTimeout(done, ms)), found = [];
  const active = `script:not([src^="/theme/"], [type="application/ld+json"]), iframe, frame, object, embed, applet,
    base, style, template:not([data-part]), math, portal, foreignObject, meta[http-equiv=refresh i], [srcdoc], [style], [ping],
    [formaction], [background], .prose :is(template, form, input, button, select, textarea, svg, link, meta, video, audio, area)`;
  const isTame = address => {
    try { return /^(https?|webcal|mailto|tel):$/.test(new URL(address, location).protocol); } catch { return true; }
  };
  const isHandler = ({name}) => /^on/i.test(name);
  const leads = ({name, value}) => /^(href|src|action|data|poster|cite|xlink:href)$/i.test(name) && !isTame(value);
  const visit = async path => {
    const frame = document.createElement('iframe');
    const loaded = new Promise(done => { frame.onload = done; });
    frame.hidden = true;  // twice as fast
    frame.src = path;
    document.body.append(frame);
    await Promise.race([loaded, wait(5000)]);
    const page = frame.contentDocument;
    if (page?.location.pathname !== path) return found.push(`${path} led away`);
    page.body.insertAdjacentHTML('beforeend', `<div>${page.body.innerHTML}</div>`);
    page.onsubmit = event => event.preventDefault();
    page.onclick = event => { if (isTame(event.target.closest('a')?.href)) event.preventDefault(); };
    for (const data of page.querySelectorAll('[type="application/ld+json"]')) JSON.parse(data.textContent);
    for (const element of [...page.querySelectorAll('*')]) {
      const attributes = [...element.attributes], handlers = attributes.filter(isHandler);
      if (element.matches(active) || handlers.length || attributes.some(leads))
        found.push(`${path} ${element.outerHTML.slice(0, 200)}`);
      for (const {name} of handlers) element.dispatchEvent(new Event(name.slice(2)));
      if (!element.matches('.share [name=print]')) element.click?.();  // ours, which does print
    }
    await wait(20);
    frame.remove();
  };
  const left = [...pages];
  await Promise.all([1, 2, 3, 4, 5, 6].map(async () => { 
    for (let path; path = left.shift();) await visit(path).catch(fault => found.push(`${path} ${fault}`));
  }));
  return found;
}"""


class Seen(NamedTuple):
    """What a visit to some pages brought to light: active elements, executions, requests to strangers."""

    findings: list[str]
    ran: list[str]
    strangers: list[str]


def look(chromium, folder: Path) -> Seen:
    """Visit every page of the folder."""
    ran: list[str] = []
    requests: list[str] = []
    with (
        served(folder) as address,
        chromium.new_context(bypass_csp=True) as context,
    ):
        context.add_init_script(TRAP)
        page = context.new_page()
        context.on("console", lambda message: ran.append(message.text))
        context.on("dialog", lambda dialog: (ran.append(f"dialog {dialog.message}"), dialog.dismiss()))
        context.on("page", lambda opened: ran.append(f"window {opened.url}"))
        context.on("request", lambda request: requests.append(request.url))
        for name in ("harness.txt", "404.html"):
            (folder / name).touch()
        page.goto(f"{address}/harness.txt")
        findings = page.evaluate(VISIT, [f"/{path.relative_to(folder)}" for path in sorted(folder.rglob("*.html"))])
        page.wait_for_timeout(300)
    expected = address, "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ?"  # a film that was clicked on
    return Seen(
        findings,
        [message for message in ran if "Failed to load resource" not in message],
        [url for url in requests if not url.startswith(expected)],
    )


def a_page(*bodies: str) -> str:
    return f'<!DOCTYPE html><meta charset="utf-8"><main class="prose">{"".join(bodies)}</main>'


def html_of(feed: str) -> list[str]:
    """Return the HTML in a feed, as RSS readers take it. Titles, names and Atom's summaries are text."""
    return [
        element.text or ""
        for element in ET.fromstring(feed).iter()
        if element.get("type") == "html" or element.tag.endswith("}encoded") or element.tag == "description"
    ]


def front_matter(fields: dict[str, Any]) -> str:
    return "---\n" + "".join(f"{name}: {json.dumps(value)}\n" for name, value in fields.items()) + "---\n\n"


def an_item(kind: str, vectors: list[str]) -> tuple[dict[str, Any], str]:
    """Fields and body of an item that has the vectors wherever its kind takes a text."""
    number = VECTORS.index(vectors[0])
    category = pelicanconf.CATEGORIES[number % len(pelicanconf.CATEGORIES)][0]
    if kind == "tin-tuc/body":
        fields = {"title": f"Bài {number}", "date": "2026-05-02", "category": category}
        return {**fields, "image": "anh.jpg", "image_alt": "Ảnh"}, vectors[0]  # without it, a share card is drawn
    lines = [re.sub(r"[\0-\x20]+", " ", vector).strip() for vector in vectors]
    text = f"{' '.join(lines)} {number}"  # two tags, or authors, of one address would be a mistake
    mark = re.sub(r"([\\\[\]()\"'`*_{}<>!#])", r"\\\1", text)  # Markdown in which nothing of it means anything
    body = f'[{mark}](/lien-he/ "{mark}")\n\n![{mark}](anh.jpg "{mark}")\n\nGiữa ![{mark}](anh.jpg "{mark}") câu.'
    words = {"title": text, "summary": text}
    story = {**words, "date": "2026-05-01", "category": category, "tags": [text], "author": text}
    picture = {"image": "anh.jpg", "image_alt": text}
    film = {"youtube": "aqz-KE-bpKQ", "poster": "anh.jpg", "poster_alt": text, "duration": "1:00"}
    names = [re.sub(r"[/\\:%]", "", line)[:60] + f"{index}.csv" for index, line in enumerate(lines)]
    notice = {"deadline": "2026-06-01", "unit": text, "place": text, "positions": lines, "files": names}
    link = f"https://xss.invalid/{text}"
    return {
        "tin-tuc/fields": ({**story, **picture, "image_caption": text, "source": text}, body),
        "video/v": ({**story, **film}, body),
        "tuyen-dung/v": ({**story, **notice}, body),
        "trang/v": ({**words, **picture}, body),
        "banner/v": ({"title": text, "alt": text, "link": link, "image": "anh.jpg", "position": "home"}, ""),
    }[kind]


def publish(site: TinySite) -> list[tuple[str, str]]:
    """Build a site of all vectors but those that the doctor refuses: kind of item and vector."""
    todo = [("tin-tuc/body", [vector]) for vector in VECTORS]
    todo += [(kind, group) for kind in KINDS for group in GROUPS]
    written, refused = {}, []
    while True:
        for kind, vectors in todo:
            folder, (fields, body) = f"{kind}{VECTORS.index(vectors[0])}", an_item(kind, vectors)
            written[f"content/{folder}/index.md"] = kind, vectors
            site.write(f"{folder}/index.md", front_matter(fields) + body)
            site.write(f"{folder}/anh.jpg", a_jpeg(48, 32))
            for name in fields.get("files", []):
                site.write(f"{folder}/{name}", "a,b")
        try:
            site.build(SITEURL=ORIGIN)
            return refused
        except ContentError as doctor:
            todo = []
            for path in {problem.path for problem in errors(doctor.problems)}:
                kind, vectors = written[path]
                shutil.rmtree((site.root / path).parent)
                if len(vectors) == 1:
                    refused.append((kind, vectors[0]))
                else:
                    todo += [(kind, [vector]) for vector in vectors]  # which of them is it?


def test_the_corpus_is_large_and_has_each_vector_once():
    assert len(VECTORS) == len(set(VECTORS)) >= 150


def test_pages_that_nobody_cleaned_are_told(chromium, tmp_path, capsys):
    """Otherwise the silence of the next tests would mean nothing."""
    unclean = VECTORS[::2]
    for number, vector in enumerate(unclean):
        html = markdown.markdown(vector, extensions=EXTENSIONS)
        (tmp_path / f"{number}.html").write_text(a_page(html), "utf-8")
    seen = look(chromium, tmp_path)
    named = {line.split()[0] for line in seen.findings}
    ran = {line.split()[0] for line in seen.ran if " RAN " in line}
    with capsys.disabled():
        print(
            f"\nXSS, unclean: {len(unclean)} vectors, {len(named)} named, {len(ran)} run, {len(seen.strangers)} requests"
        )
    assert len(named) > len(unclean) / 2
    assert len(ran) > len(unclean) / 3
    assert seen.strangers


def test_what_the_doctor_refuses_would_not_run_either(chromium, tmp_path):
    """The cleaner alone, without the doctor."""
    for number, group in enumerate(GROUPS):
        pieces = [piece for vector in group for piece in ("<div>", *world.MARKUP.parse(vector).pieces, "</div>")]
        html = [escape(piece.href) if isinstance(piece, LinkRef) else piece for piece in pieces]
        shown = [piece for piece in html if isinstance(piece, str)]
        (tmp_path / f"{number}.html").write_text(a_page(*shown), "utf-8")
    assert look(chromium, tmp_path) == Seen([], [], [])


@pytest.mark.parametrize(
    "model, field",
    [(Article, "slug"), (Article, "aliases"), (Article, "category"), (Article, "date"), (Article, "status"),
     (Banner, "link"), (Banner, "position"), (Video, "youtube"), (Video, "duration")],
)  # fmt: skip
def test_a_field_that_has_a_form_takes_no_vector(model, field):
    for vector in VECTORS:
        _, problems = world.read(model, front_matter({field: vector}), "tin-tuc/bai/index.md")
        assert 2 in [problem.line for problem in errors(problems)], vector


def test_only_what_a_feed_calls_html_is_read_as_html():
    assert html_of('<feed><title type="text">&lt;b></title><content type="html">&lt;i></content></feed>') == ["<i>"]
    assert html_of('<rss xmlns:c="c"><title>&lt;b></title><c:encoded><![CDATA[<i>]]></c:encoded></rss>') == ["<i>"]


def test_nothing_of_the_corpus_runs_on_a_site_that_is_full_of_it(chromium, tmp_path, capsys):
    site = a_tiny_site(tmp_path)
    refused = publish(site)
    feeds = {text for path in site.output.rglob("*.xml") for text in html_of(path.read_text("utf-8"))}
    for number, text in enumerate(feeds):
        (site.output / f"feed-{number}.html").write_text(a_page(text.replace(f"{ORIGIN}/", "/")), "utf-8")
    seen = look(chromium, site.output)
    bodies = sum(kind == "tin-tuc/body" for kind, _ in refused)
    pages = len(list(site.output.rglob("*.html")))
    with capsys.disabled():
        print(
            f"\nXSS: {len(VECTORS)} vectors; the doctor refused {bodies} bodies, {len(refused) - bodies} items for a field;"
            f" {pages} pages, {len(feeds)} of them from feeds; {len(seen.ran)} executions,"
            f" {len(seen.findings)} active elements, {len(seen.strangers)} strangers asked"
        )
    assert seen == Seen([], [], [])
    assert len(VECTORS) - bodies >= 100, "too little was published to show anything"
