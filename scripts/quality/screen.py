"""Look at a page on screens of many widths, in both schemes, with large text and with forced colours."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page

from scripts.quality.kinds import Kind
from scripts.quality.result import Result, faultless
from scripts.quality.weight import MAX_SHIFT, scroll

HEIGHT = 915
WIDTHS = (320, 360, 412, 768, 1024, 1280, 1600)
AXE_WIDTHS = (412, 1280)
LARGE_TEXT_WIDTHS = (360, 1280)
SCHEMES = {"light": "sáng", "dark": "tối"}

#: What reaches beyond the window, unless a parent of it scrolls by itself.
_WIDER = """width => {
  if (document.documentElement.scrollWidth <= width) return []
  const scrolls = e => e && (getComputedStyle(e).overflowX !== "visible" || scrolls(e.parentElement))
  const out = [...document.body.querySelectorAll("*")]
    .filter(e => e.checkVisibility() && e.getBoundingClientRect().right > width + 1 && !scrolls(e.parentElement))
  return (out.length ? out : [document.body]).slice(-2).map(e => e.outerHTML.slice(0, 90))
}"""

#: With forced colours grounds and shadows vanish: a control is seen by words, by an edge, or by a drawing that keeps
#: its colours; the focus by an outline.
_UNSEEN = """() => {
  const ground = "rgba(0, 0, 0, 0)", page = getComputedStyle(document.body).backgroundColor, faults = [], seen = new Set()
  const html = getComputedStyle(document.documentElement).backgroundColor
  const edged = style => ["Top", "Right", "Bottom", "Left"].some(side =>
    parseFloat(style[`border${side}Width`]) > 0 && style[`border${side}Style`] !== "none"
    && ![ground, page, html].includes(style[`border${side}Color`]))
  const drawn = (e, part) => {
    const style = getComputedStyle(e, part)
    return part && style.content === "none" ? false
      : edged(style) || style.forcedColorAdjust === "none" && style.backgroundColor !== ground
  }
  const named = e => `${e.tagName}.${e.className} < ${e.parentElement.tagName}.${e.parentElement.className}`
  const worded = e => {
    const box = e.getBoundingClientRect()
    return e.innerText && e.innerText.trim() && ![...e.children].some(child => child.matches(".unseen")
      && child.innerText.trim() === e.innerText.trim()) && box.width > 1
  }
  for (const e of document.querySelectorAll("a[href], button, summary, input, select, textarea, .panel")) {
    if (!e.checkVisibility({visibilityProperty: true}) || seen.has(named(e))) continue
    seen.add(named(e))
    const framed = e.matches("input, select, textarea, .panel")
    const visible = [null, "::before", "::after"].some(part => drawn(e, part)) || drawn(e.parentElement)
      || !framed && (worded(e) || e.querySelector("img, svg, picture"))
    if (!visible) faults.push(`không thấy: ${e.outerHTML.slice(0, 90)}`)
    e.focus({preventScroll: true})
    const ringed = [null, "::before", "::after"].some(part => {
      const style = getComputedStyle(e, part)
      return parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== "none"
    })
    if (document.activeElement === e && !ringed) faults.push(`không thấy tiêu điểm: ${e.outerHTML.slice(0, 90)}`)
  }
  return faults
}"""


def look(browser: Browser, address: str, kind: Kind) -> list[Result]:
    """Open the page once, and look at it in every way."""
    page = browser.new_page(viewport={"width": AXE_WIDTHS[0], "height": HEIGHT}, locale="vi-VN")
    page.goto(address + kind.path)
    shift, moved = scroll(page)
    page.wait_for_load_state("networkidle")
    results = [
        Result(kind.label, "xê dịch khi cuộn (CLS)", shift, MAX_SHIFT, moved if shift > MAX_SHIFT else ()),
        faultless(kind.label, "tràn ngang, từ 320 px", wider(page, WIDTHS)),
        faultless(kind.label, "axe: sáng, tối; 412, 1280 px", axe_faults(page)),
        faultless(kind.label, "màu ép buộc (forced colours)", unseen(page)),
        faultless(kind.label, "tràn ngang, chữ 200 %", wider_with_large_text(page)),
    ]
    page.close()
    return results


def wider(page: Page, widths: tuple[int, ...]) -> list[str]:
    """Return what sticks out sideways at each width."""
    faults = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        faults += [f"{width} px: {part}" for part in page.evaluate(_WIDER, width)]
    return faults


def wider_with_large_text(page: Page) -> list[str]:
    """Return what sticks out when text is twice as large; it stays so."""
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    return wider(page, LARGE_TEXT_WIDTHS)


def axe_faults(page: Page) -> list[str]:
    """Return what axe finds with all its rules, those of best practice too, at two widths in both schemes."""
    faults = []
    for scheme, word in SCHEMES.items():
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for width in AXE_WIDTHS:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            answer: Any = Axe().run(page, options={"resultTypes": ["violations"]}).response
            faults += [
                f"{word}, {width} px: {violation['id']}: {node['html'][:90]}"
                for violation in answer["violations"]
                for node in violation["nodes"]
            ]
    page.emulate_media(color_scheme="light")
    return faults


def unseen(page: Page) -> list[str]:
    """Return the controls, and the marks of focus, that cannot be seen where colours are forced."""
    faults: list[str] = []
    page.emulate_media(forced_colors="active")
    page.keyboard.press("Tab")  # from now on a focus is one of the keyboard
    for width in AXE_WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        faults += [f"{width} px: {fault}" for fault in page.evaluate(_UNSEEN)]
    page.emulate_media(forced_colors="none")
    return faults
