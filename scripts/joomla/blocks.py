"""Read the tree of an old page as blocks: paragraphs, figures, lists, tables, without the clothes of editors."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from urllib.parse import parse_qs, urlsplit

from scripts.joomla.html_tree import Node, parse_html
from scripts.joomla.runs import (
    BREAK,
    Block,
    Cell,
    ItemList,
    Paragraph,
    Quote,
    Rule,
    Run,
    Style,
    Table,
    split_at_breaks,
    trimmed,
)
from scripts.joomla.text_repair import is_unicode, repair, script_of

_BLOCKS = {
    *("address", "article", "aside", "body", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset"),
    *("figcaption", "figure", "footer", "form", "header", "hgroup", "html", "legend", "main", "menu", "nav", "option"),
    *("p", "section", "summary", "caption", "tr", "td", "th", "tbody", "thead", "tfoot", "noscript", "textarea"),
}
_HEADING = re.compile("h[1-6]")
_STYLES: dict[str, Callable[[Style], Style]] = {
    **dict.fromkeys(("b", "strong", "dt"), lambda style: style._replace(strong=True)),
    **dict.fromkeys(("i", "em", "cite", "var", "dfn"), lambda style: style._replace(em=True)),
    **dict.fromkeys(("s", "strike", "del"), lambda style: style._replace(mark="del")),
    "sub": lambda style: style._replace(mark="sub"),
    "sup": lambda style: style._replace(mark="sup"),
}
_BOLD = re.compile(r"font-weight\s*:\s*(bold|[6-9]00)", re.I)
_ITALIC = re.compile(r"font-style\s*:\s*(italic|oblique)", re.I)
_NOT_BOLD = re.compile(r"font-weight\s*:\s*(normal|[1-5]00)", re.I)
_ALIGN = re.compile(r"text-align\s*:\s*(center|right|left|justify)", re.I)
_FONT = re.compile(r"font(?:-family)?\s*:\s*[^;]*?(['\"]?(?:\.vn|vni)[^;,]*)", re.I)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|(?:left|top|text-indent)\s*:\s*-\d{3,}", re.I)
_YOUTUBE = re.compile(r"(?:youtube(?:-nocookie)?\.com/(?:embed/|v/|watch\?(?:.*&)?v=)|youtu\.be/)([\w-]{11})")


class BlockReader:
    """Reads one text. ``note`` is told what the text had and its blocks have not."""

    def __init__(self, note: Callable[[str], None]) -> None:
        self._note = note
        self._blocks: list[Block] = []
        self._runs: list[Run] = []
        self._level = 0
        self._align = ""
        self._trusts_fonts = True

    def read(self, html: str) -> list[Block]:
        """Return the blocks of a fragment of HTML."""
        root = parse_html(html)
        self._trusts_fonts = not any(is_unicode(node.text()) for node in root.walk() if script_of(_font_of(node)))
        return self._within(root.children, Style(), "")

    # -- the tree ----------------------------------------------------------------

    def _within(self, children: Iterable[Node | str], style: Style, font: str, level: int = 0) -> list[Block]:
        """Return the blocks of some children by themselves."""
        outer = self._blocks, self._runs, self._level, self._align
        self._blocks, self._runs, self._level, self._align = [], [], level, ""
        self._take_all(children, style, font)
        self._end_paragraph()
        blocks = self._blocks
        self._blocks, self._runs, self._level, self._align = outer
        return blocks

    def _take_all(self, children: Iterable[Node | str], style: Style, font: str) -> None:
        for child in children:
            if isinstance(child, str):
                self._runs.append(Run("words", repair(child, font if self._trusts_fonts else ""), style))
            else:
                self._take(child, style, font)

    def _take(self, node: Node, style: Style, font: str) -> None:
        tag, css = node.tag, node.get("style")
        if css and _HIDDEN.search(css):
            if words := " ".join(node.text().split()):
                self._note(f"chữ ẩn trên trang cũ (có thể do kẻ phá hoại chèn): “{words[:200]}”")
            return
        font = _font_of(node) or font
        if change := _STYLES.get(tag):
            style = change(style)
        if css and tag not in ("p", "div", "td", "li", "table", "body"):
            style = _styled(style, css)
        if special := getattr(self, f"_take_{tag}", None):
            special(node, style, font)
        elif _HEADING.fullmatch(tag):
            self._end_paragraph()
            self._blocks += self._within(node.children, style._replace(strong=False), font, int(tag[1]))
        elif tag in _BLOCKS:
            self._take_block(node, style, font)
        else:
            self._take_all(node.children, style, font)

    def _take_block(self, node: Node, style: Style, font: str) -> None:
        self._end_paragraph()
        outer = self._align
        self._align = _align_of(node) or outer
        self._take_all(node.children, _styled(style, node.get("style")), font)
        self._end_paragraph()
        self._align = outer

    def _end_paragraph(self) -> None:
        runs, self._runs = self._runs, []
        pieces = [trimmed(run for run in runs if run.kind != "break")] if self._level else split_at_breaks(runs)
        if self._level:
            pieces = [trimmed(Run("words", " ", Style()) if run.kind == "break" else run for run in runs)]
        self._blocks += [Paragraph(piece, self._level, self._align) for piece in pieces if piece]

    def _take_br(self, node: Node, style: Style, font: str) -> None:
        self._runs.append(BREAK)

    def _take_hr(self, node: Node, style: Style, font: str) -> None:
        self._end_paragraph()
        names = f"{node.get('id')} {node.get('class')}"
        if "system-pagebreak" in names:
            title = repair(node.get("title") or node.get("alt"))
            if title and not re.fullmatch(r"(?:Page|Trang)\s*\d*", title, re.I):
                self._blocks.append(Paragraph([Run("words", title)], 2))
        elif "system-readmore" not in names:
            self._blocks.append(Rule())

    def _take_pre(self, node: Node, style: Style, font: str) -> None:
        self._end_paragraph()
        for number, line in enumerate(node.text().strip("\n").split("\n")):
            if number:
                self._runs.append(BREAK)
            self._take_all([line], style, font)
        self._end_paragraph()

    def _take_blockquote(self, node: Node, style: Style, font: str) -> None:
        self._end_paragraph()
        if blocks := self._within(node.children, style, font):
            # word processors indent with it: a quotation of nothing but pictures or tables is none
            is_quote = all(isinstance(block, (Paragraph, ItemList)) and not _has_picture(block) for block in blocks)
            self._blocks += [Quote(blocks)] if is_quote else blocks

    def _take_a(self, node: Node, style: Style, font: str) -> None:
        href = re.sub(r"\s", "", node.get("href"))
        self._take_all(node.children, style._replace(href=href) if href else style, font)

    def _take_img(self, node: Node, style: Style, font: str) -> None:
        src = re.sub(r"[\r\n\t]", "", node.get("src") or node.get("data-src"))
        if not src:
            return
        is_captioned = "caption" in node.get("class").split()
        caption = repair(node.get("title")) if is_captioned else ""
        self._runs.append(Run("picture", repair(node.get("alt")), style, src, " ".join(caption.split())))

    # -- lists -------------------------------------------------------------------

    def _take_ul(self, node: Node, style: Style, font: str) -> None:
        self._end_paragraph()
        items: list[list[Block]] = []
        pending: list[Node | str] = []  # what stands between the items
        for child in [*node.children, None]:
            is_item = isinstance(child, Node) and child.tag == "li"
            is_list = isinstance(child, Node) and child.tag in ("ul", "ol")
            if child is None or is_item or is_list:
                if blocks := self._within(pending, style, font):
                    items.append(blocks)
                pending = []
            if isinstance(child, Node) and is_item:
                if blocks := self._within(child.children, _styled(style, child.get("style")), font):
                    items.append(blocks)
            elif isinstance(child, Node) and is_list:
                items[-1:] = [(items[-1] if items else []) + self._within([child], style, font)]
            elif child is not None:
                pending.append(child)
        start = node.get("start")
        if items:
            number = int(start) if start.isdigit() and len(start) < 9 else 1
            self._blocks.append(ItemList(items, node.tag == "ol", number))

    _take_ol = _take_ul

    def _take_li(self, node: Node, style: Style, font: str) -> None:
        self._take_ul(Node("ul", {}, [node]), style, font)

    # -- tables ------------------------------------------------------------------

    def _take_table(self, node: Node, style: Style, font: str) -> None:
        self._end_paragraph()
        rows: list[list[Cell]] = []
        caption: list[str] = []
        for row in _rows_of(node, caption):
            cells = []
            for child in row:
                cell = child if isinstance(child, Node) and child.tag in ("td", "th") else Node("td", {}, [child])
                spans = {name: cell.get(name) for name in ("colspan", "rowspan") if _is_span(cell.get(name))}
                cell_style = _styled(style, cell.get("style"))
                blocks = self._within(cell.children, cell_style, _font_of(cell) or font)
                align = _align_of(cell)
                for block in blocks:
                    if isinstance(block, Paragraph):
                        block.align = block.align or align
                cells.append(Cell(blocks, cell.tag == "th", spans))
            if any(cell.blocks for cell in cells) or any(cell.attributes for cell in cells):
                rows.append(cells)
        if rows or caption:
            self._blocks.append(Table(rows, " ".join(" ".join(map(repair, caption)).split())))

    # -- what is embedded ----------------------------------------------------------

    def _take_iframe(self, node: Node, style: Style, font: str) -> None:
        addresses = [node.get(name) for name in ("src", "data-src", "data") if node.get(name)]
        addresses += [child.get("src") or child.get("value") for child in node.find_all("embed", "source", "param")]
        address = next((address for address in addresses if "/" in address or "." in address), "")
        self._take_all(_fallback(node), style, font)
        if address:
            self._end_paragraph()
            self._runs.append(embedded(address, style))
            self._end_paragraph()
            self._note(f"nội dung nhúng (<{node.tag}>) thành liên kết: {address}")

    _take_embed = _take_object = _take_video = _take_audio = _take_iframe

    def _take_input(self, node: Node, style: Style, font: str) -> None:
        self._note("biểu mẫu (<form>) không mang sang được")

    def _take_select(self, node: Node, style: Style, font: str) -> None:
        for child in node.find_all("option"):
            self._take_all([*child.children, " "], style, font)


def embedded(address: str, style: Style) -> Run:
    """Return a link to what an old page embedded."""
    if match := _YOUTUBE.search(address):
        return Run(
            "words", "Xem video trên YouTube", style._replace(href=f"https://www.youtube.com/watch?v={match[1]}")
        )
    address = "https:" + address if address.startswith("//") else address
    query = parse_qs(urlsplit(address).query) if "facebook.com/plugins" in address else {}
    target = query.get("href", [address])[0]
    return Run("words", "Xem nội dung kèm theo", style._replace(href=target))


def _fallback(node: Node) -> list[Node | str]:
    """Return the words within an embedded thing, which old browsers showed."""
    return [
        child
        for child in node.children
        if isinstance(child, str) or child.tag not in ("embed", "source", "param", "track")
    ]


def _styled(style: Style, css: str) -> Style:
    if not css:
        return style
    strong = (style.strong or bool(_BOLD.search(css))) and not _NOT_BOLD.search(css)
    return style._replace(strong=strong, em=style.em or bool(_ITALIC.search(css)))


def _font_of(node: Node) -> str:
    match = _FONT.search(node.get("style"))
    return node.get("face") or (match[1] if match else "")


def _align_of(node: Node) -> str:
    if node.tag == "figcaption" or "caption" in node.get("class").lower():
        return "center"  # as captions stand
    match = _ALIGN.search(node.get("style"))
    return match[1].lower() if match else "center" if node.tag == "center" else node.get("align").lower()


def _is_span(value: str) -> bool:
    return value.isdigit() and 1 < int(value) <= 1000


def _has_picture(block: Block) -> bool:
    return isinstance(block, Paragraph) and bool(block.pictures)


def _rows_of(table: Node, caption: list[str]) -> list[list[Node | str]]:
    """Return the rows of a table; what stands between them is a row of one cell. Captions are added to ``caption``."""
    rows: list[list[Node | str]] = []
    for child in table.children:
        if isinstance(child, str):
            if child.strip():
                rows.append([child])
        elif child.tag == "caption":
            caption.append(child.text())
        elif child.tag in ("thead", "tbody", "tfoot"):
            rows += _rows_of(child, caption)
        elif child.tag == "tr":
            rows.append([cell for cell in child.children if isinstance(cell, Node) or cell.strip()])
        elif child.tag in ("td", "th") or child.tag not in ("colgroup", "col"):
            rows.append([child])
    return rows
