"""Criteria of WCAG 2.2 that axe cannot judge: the keyboard's way through a page, text that readers space or enlarge."""

import pytest

from tests.browser.test_pages import PAGES

pytestmark = pytest.mark.browser
every_page = pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())

#: 1.4.12: what a reader may set without losing a word.
SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-block-end: 2em !important }"""

#: Why what has the focus cannot be used: nothing shows that it has it, it lies outside the window, or something else
#: lies on it. Null at the end of the page.
FOCUS_FAULTS = """() => {
  const element = document.activeElement, box = element.getBoundingClientRect();
  // a browser without bars of its own goes round
  if (element === document.body || element === window.first) return null;
  window.first ??= element;
  const name = element.outerHTML.slice(0, 120), faults = [];
  // within a film's controls, which are the browser's own, the film has the focus and they show it
  const ring = [null, '::before', '::after'].map(part => getComputedStyle(element, part)).some(shown =>
    parseFloat(shown.outlineWidth) >= 2 && shown.outlineStyle !== 'none');
  if (!ring && element.tagName !== 'VIDEO') faults.push('no ring: ' + name);
  if (box.bottom <= 0 || box.top >= innerHeight) faults.push('outside the window: ' + name);
  else {
    const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1);
    const y = Math.min(Math.max(box.top + box.height / 2, 1), innerHeight - 1);
    const top = document.elementFromPoint(x, y);
    if (top && !element.contains(top) && !top.contains(element)) faults.push('covered: ' + name + ' by ' + top.outerHTML.slice(0, 80));
  }
  return faults;
}"""


@every_page
@pytest.mark.parametrize("width", [412, 1280])
def test_the_keyboard_reaches_everything_sees_where_it_is_and_gets_out(load, path, width):
    """2.1.1, 2.1.2, 2.4.3, 2.4.7, 2.4.11."""
    page = load(path, width=width)
    reachable = page.evaluate(
        """() => [...document.querySelectorAll('a[href], button, summary, input, select, textarea, video[controls], [tabindex="0"]')]
            .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.disabled && e.tabIndex >= 0).length"""
    )
    faults, stops = [], 0
    for _ in range(reachable + 30):
        page.keyboard.press("Tab")
        if (page_faults := page.evaluate(FOCUS_FAULTS)) is None:
            break
        faults += page_faults
        stops += 1
    else:
        pytest.fail("the focus never leaves the page")
    assert faults == []
    assert stops >= reachable


@every_page
@pytest.mark.parametrize("width", [320, 1280])
def test_text_that_a_reader_spaces_out_is_whole(load, path, width):
    """1.4.12: nothing is cut off, nothing sticks out."""
    page = load(path, width=width)
    page.evaluate(
        "css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); document.adoptedStyleSheets = [sheet]; }",
        SPACING,
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    cut = page.evaluate(
        """() => [...document.querySelectorAll('body *')].filter(e => e.checkVisibility() && e.children.length === 0 && e.textContent.trim()
            && !e.closest('[class*=unseen], [class*=hidden], svg, pre, option, .visually-hidden')
            && getComputedStyle(e).overflow !== 'visible' && getComputedStyle(e).overflow !== 'auto'
            && getComputedStyle(e).webkitLineClamp === 'none' // cut on purpose, and never the only place of its words
            && (e.scrollHeight > e.clientHeight + 2 || e.scrollWidth > e.clientWidth + 2) && e.clientHeight > 1)
            .map(e => e.outerHTML.slice(0, 120))"""
    )
    assert cut == []
