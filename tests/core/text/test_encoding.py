"""Files in old encodings, letters gone wrong, characters that have no place in a text."""

import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.core.text.encoding.detect import decode
from plugins.core.text.encoding.legacy_scripts import LEGACY
from plugins.core.text.encoding.legacy_tables import LETTERS

ROOT = Path(__file__).parents[3]
TONES = "\u0300\u0309\u0303\u0301\u0323"
SCRIPTS = {script.name: (codec, script) for codec, script in LEGACY}

PROSE = """---
title: Đại hội Đoàn phường Phú Thủy
---
Sáng 5/11, Ban Thường vụ Tỉnh Đoàn tổ chức Đại hội điểm. Hơn 120 đoàn viên, thanh niên đã
về dự; nhiều ý kiến đóng góp sôi nổi, thẳng thắn. "Tuổi trẻ phải đi đầu trong chuyển đổi số,
giữ gìn môi trường biển sạch đẹp", đồng chí Bí thư nhấn mạnh. Ước mơ, hoài bão, sẵn sàng!
"""

ORDINARY = {
    "tiếng Việt": PROSE
    + "Nhiệt độ 30°C, ±2 m², “§ 5”, 1/2 – ½… «má» là mẹ; ‹u› «Đoàn»… Giá 5 € / 120.000₫ · CO₂ © 2026",
    "chữ cái": "Chữ “Ă”, “Â”, “Ã”, „Ä“, „Ö“, «Đ», «á», «má»—tiếng Nam Bộ, «Mỹ»… “Ô” rồi ‘Ơ’ và “á”.",
    "tổ hợp": unicodedata.normalize("NFD", PROSE),
    "Pháp": "Où êtes-vous né ? À Noël, le maïs naïf coûte 5 € ; la forêt, l’août, l’île, Loïc, Haïti, Thaï, « ça va », œuvre.",
    "Đức": "Müller hört „schöne“ Lieder über große Bären: Äpfel, Öl, Übung, Straße, Hähnchen, Länge, »so« ‚Ä‘ Äon.",
    "Nga": "Молодёжь Калуги и Биньтхуана дружит с 1980-х годов; «Комсомольская правда», ёж, объявление.",
    "Bắc Âu": "Så må då på nå få; »Pakken »%s« er så«, Æble, træ, læ, Åse, hän, mä, sä, það, smörgåsbord, við",
    "Tây Ban Nha": "El Ñandú y el niño; mañana, ñoño, São João não está, coração, 1ª y 2º, ¿Qué?, ¡Olé!, pingüino",
    "Hungary, Thổ": "gyönyörű, hűtő, kő, bő, söz, gözlük, köy, dün, Türkiye, İstanbul, čeština, żółć",
    "Chăm, K'ho, Ê-đê": "Bà K’Brêu, ông K'Nhĩ, K’ Tiếu, Y Ngông Niê Kdăm, H'Hen Niê, Plei Ñu, ñu, Katê, Ramưwan, Pô Sah Inư, ꨌꩌ, Rơ Châm Y’Ñan",
    "tên người": "Ñandú, Müller, café, Beyoncé, Zoë, Antonín Dvořák, Nguyễn Thị Ñ, Gödel, Erdős, Sør-Trøndelag, Nestlé, Citroën",
    "biểu tượng": "👩‍👩‍👧 🏳️‍🌈 ❤️‍🔥 👍🏽 1️⃣ 🇻🇳 ☎ ✅ ½ ™ ® © § ¶ • ¼ ¾ ª º µ",
    "toán": "5 µm × 3 µm, µ ± σ, m×n và n×m, a ÷ b, x² + y³ ≥ 10, ¬p ∨ q, ∑ ∞ √2, 3·10⁸ m/s, 1 µg, 2 µl, ∀x∈ℝ, Δt, Å, Ω",
    "mã": "a[i] = b->c & 0xFF; // “ñ” && s != \"\\xe1\" | re.sub(r'[À-ỹ]', '', ß)\n```py\nx = 'Ñaïi hoäi'\n```\n`á»›` `&amp;nbsp;`",
    "HTML": 'R&amp;D, VH&amp;TT; <a href="?a=1&amp;b=2&amp;TT;">A&nbsp;B</a> &lt;b&gt; &amp; &copy;',
    "khoảng trắng": "10\u00a0000\u202f đồng, Ban\u00adchấp\u00adhành, a\u2009b\tc, trong\u00a0nước",
    "chữ viết Á": "漢字 한국어 ไทย ខ្មែរ नमस्ते क्\u200dष می\u200cخواهم",
}


def codes(raw: bytes | str):
    _, problems = decode(raw.encode() if isinstance(raw, str) else raw, "content/a.md")
    return [(problem.code, problem.line, problem.column) for problem in problems]


def message(raw: bytes | str) -> str:
    _, problems = decode(raw.encode() if isinstance(raw, str) else raw, "content/a.md")
    assert len(problems) == 1, problems
    return problems[0].message


def respelt(text: str, name: str) -> str:
    """``text`` as the characters that stand for it in an old encoding."""
    if name == "windows-1258":
        return "".join(with_tone_apart(char) for char in text)
    spelling = {letter: unit for unit, letter in SCRIPTS[name][1].table.items()}
    return "".join(spelling.get(char, char) for char in text)


def with_tone_apart(char: str) -> str:
    pieces = unicodedata.normalize("NFD", char)
    tone = "".join(piece for piece in pieces if piece in TONES)
    return unicodedata.normalize("NFC", "".join(piece for piece in pieces if piece not in TONES)) + tone


def saved_as(name: str, text: str) -> bytes:
    return respelt(text, name).encode(SCRIPTS[name][0])


def read_twice(text: str) -> str:
    """``text`` saved in UTF-8, opened as windows-1252, and saved again."""
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode())


@pytest.mark.parametrize("mark", ["\ufeff", ""])
@pytest.mark.parametrize("name", ["UTF-16 LE", "UTF-16 BE", "UTF-32 LE", "UTF-32 BE"])
def test_case_20_utf16_is_refused_naming_the_encoding(name, mark):
    text, problems = decode((mark + PROSE).encode(name.replace(" ", "-")), "content/a.md")
    assert text is None
    assert [str(problem) for problem in problems] == [
        f"content/a.md: [ENCODING] Tệp đang ở mã {name}. Mở bằng Notepad → Lưu thành… → Mã hóa: UTF-8."
    ]


def test_case_20_a_cut_utf16_file_is_still_named():
    assert "UTF-16 LE" in message(PROSE.encode("utf-16-le")[:-1])


def test_case_20_a_stray_nul_does_not_make_a_file_utf16():
    assert codes("---\ntitle: A\0B\n---\n") == [("CHARACTER", 2, 9)]


@pytest.mark.parametrize("name", SCRIPTS)
def test_case_21_an_old_encoding_is_named(name):
    text, problems = decode(saved_as(name, PROSE), "content/a.md")
    assert text is None
    assert [(problem.code, problem.line) for problem in problems] == [("ENCODING", 0)]
    assert problems[0].message.startswith(f"Tệp đang ở mã {name}. Mở UniKey")


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("windows-1258", b"\xd0a\xf2i h\xf4\xf2i \xd0o\xe0n"),
        ("TCVN3 (ABC)", b"\xa7\xb9i h\xe9i \xa7o\xb5n"),
        ("VISCII", b"\xd0\xd5i h\xb5i \xd0o\xe0n"),
        ("VNI Windows", b"\xd1a\xefi ho\xe4i \xd1oa\xf8n"),
    ],
)
def test_case_21_a_title_is_enough_to_name_it(name, raw):
    assert name in message(raw)
    codec, script = SCRIPTS[name]
    assert unicodedata.normalize("NFC", script.read(raw.decode(codec))[0]) == "Đại hội Đoàn"


@pytest.mark.parametrize("name", SCRIPTS)
def test_case_21_every_vietnamese_letter_survives_the_old_encoding(name):
    codec, script = SCRIPTS[name]
    pangram = " ".join(LETTERS)
    assert len(set(LETTERS)) == 134
    assert unicodedata.normalize("NFC", script.read(saved_as(name, pangram).decode(codec))[0]) == pangram


@pytest.mark.parametrize(
    "raw",
    [
        "---\r\ntitle: Đoàn\r\nxấu ".encode() + b"\xff\xe8 y\r\n",
        "---\ntitle: Đoàn\nxấu ".encode() + b"\xe1\xbb",
        "---\rtitle: Đoàn\rxấu ".encode() + b"\x80" * 3,
    ],
)
def test_case_21_an_unknown_encoding_is_told_with_the_first_bad_byte(raw):
    assert codes(raw) == [("ENCODING", 3, 5)]
    assert message(raw).startswith("Tệp không phải UTF-8: ở đây có byte lạ 0x")


@pytest.mark.parametrize(
    "word", ["café très naïve", "Müller, schön und groß", "på träd", "“quoted” – €5", "mañana Ñandú"]
)
def test_case_21_a_foreign_encoding_is_not_taken_for_a_vietnamese_one(word):
    assert message(word.encode("cp1252")).startswith("Tệp không phải UTF-8")


@pytest.mark.parametrize(
    ("garbled", "meant"),
    [
        ("Ñaïi hoäi", "Đại hội"),
        ("ÑAÏI HOÄI ÑOAØN", "ĐẠI HỘI ĐOÀN"),
        ("Ñoaøn vieân treân ñòa baøn", "Đoàn viên trên địa bàn"),
        ("§oµn Thanh niªn", "Đoàn Thanh niên"),
        ("TØNH §OµN", "TỈNH ĐOÀN"),
        ("®Êt n­íc", "đất nước"),
        ("Äoàn", "Đoàn"),
        ("Ä\x90oà n", "Đoàn"),
        ("Tháº¿ giá»›i", "Thế giới"),
        ("Há»™i nghá»‹", "Hội nghị"),
    ],
)
def test_case_22_letters_of_an_old_font_are_shown_as_they_were_meant(garbled, meant):
    garbled = garbled.replace("à n", "Ã\xa0n") if "\x90" in garbled else garbled
    reported = message(f"---\ntitle: Lễ hội\nsummary: {garbled}\n---\n")
    assert f"” có lẽ là “{meant}”" in reported
    assert codes(f"---\ntitle: Lễ hội\nsummary: {garbled}\n---\n") == [("MOJIBAKE", 3, 10)]


@pytest.mark.parametrize("respell", [lambda text: respelt(text, "VNI Windows"), read_twice])
def test_case_22_a_whole_article_gone_wrong_is_one_problem(respell):
    assert codes(respell(PROSE)) == [("MOJIBAKE", 2, 8)]


def test_case_22_a_wrong_paragraph_is_found_in_a_right_article():
    assert codes(f"{PROSE}\n\nTheo ñoàng chí Bí thö Tænh ñoaøn\n")[0][:2] == ("MOJIBAKE", 9)


def test_case_22_the_excerpt_stays_short():
    assert len(message(respelt(PROSE, "VNI Windows").replace("\n", " "))) < 260


def test_case_22_the_excerpt_holds_nothing_that_cannot_be_said():
    _, problems = decode("Ñaïi\u202e hoäi \ud83d\0".encode("utf-8", "surrogatepass"), "content/a.md")
    assert [problem.code for problem in problems] == ["MOJIBAKE", "CHARACTER", "CHARACTER", "BIDI"]
    assert all(problem.message.isprintable() for problem in problems)


def test_case_22_what_is_quoted_as_code_is_meant():
    assert codes("Tệp cũ ghi `Ñaïi hoäi`, nghĩa là Đại hội.\n~~~\n§oµn Thanh niªn\n~~~\n") == []


@pytest.mark.parametrize("text", ORDINARY.values(), ids=ORDINARY)
def test_case_22_ordinary_text_raises_no_false_alarm(text):
    assert codes(text) == []


def test_case_22_every_article_of_the_portal_raises_no_alarm():
    articles = sorted(ROOT.glob("content/**/*.md"))
    assert articles
    assert [problem for path in articles for problem in decode(path.read_bytes(), str(path))[1]] == []


@pytest.mark.parametrize("path", sorted(ROOT.glob("docs/*.md")), ids=lambda path: path.name)
def test_case_22_no_document_of_the_project_is_taken_for_wrong_letters(path):
    assert codes(path.read_bytes()) == []


# without “Ñu”: “Thaï Ñu” is also, letter for letter, how VNI writes “Thạ Đu”
FOREIGN = [
    "Ñandú",
    "Müller",
    "café",
    "naïve",
    "où",
    "Thaï",
    "für",
    "å",
    "Åse",
    "Æon",
    "§",
    "5",
    "«má»",
    "„Ä“",
    "“Ã”",
    "µm",
    "m×n",
    "1ª",
    "nº",
    "Lê-nin",
    "K'Brêu",
    "🇻🇳",
    "30°C",
]


@given(st.lists(st.sampled_from(PROSE.split() + FOREIGN)), st.sampled_from(["NFC", "NFD"]))
def test_case_22_vietnamese_mixed_with_foreign_names_raises_no_false_alarm(words, form):
    assert codes(unicodedata.normalize(form, " ".join(words))) == []


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_case_23_byte_order_mark_and_line_ends_change_nothing(mark, end):
    assert decode((mark + PROSE.replace("\n", end)).encode(), "content/a.md") == (PROSE, [])


@given(st.lists(st.tuples(st.sampled_from(["", "một", "Hội nghị"]), st.sampled_from(["\n", "\r\n", "\r"]))))
def test_case_23_mixed_line_ends_give_one_line_for_each(lines):
    separable = [(words, "\r\n" if end == "\r" else end) for words, end in lines]  # \r before \n would be one end
    raw = "".join(words + end for words, end in separable).encode()
    assert decode(raw, "content/a.md") == ("".join(words + "\n" for words, _ in separable), [])


def test_case_23_a_missing_final_newline_is_left_to_the_reader():
    assert decode(b"a\r\nb\rc\nd", "content/a.md") == ("a\nb\nc\nd", [])


SIGNS = {
    "CHARACTER": "\0\x01\x08\x0b\x0c\x1b\x1f\x7f\x80\x85\x9f\ufffd\ufdd0\ufdef\ufffe\uffff\U0001fffe\U0010ffff",
    "BIDI": "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    "ZERO_WIDTH": "\u200b\u200c\u200d\u2060\ufeff",
}


@pytest.mark.parametrize(("code", "char"), [(code, char) for code, signs in SIGNS.items() for char in signs])
def test_case_24_a_character_out_of_place_is_told_with_its_place(code, char):
    _, problems = decode(f"---\ntitle: Đoàn{char}viên\n---\n".encode(), "content/a.md")
    assert [(problem.code, problem.line, problem.column) for problem in problems] == [(code, 2, 12)]
    assert f"U+{ord(char):04X}" in problems[0].message
    assert problems[0].severity == ("warning" if code == "ZERO_WIDTH" else "error")


def test_case_24_half_a_character_is_told_and_the_text_can_be_saved():
    text, problems = decode(b"a\n\xed\xa0\xbd b", "content/a.md")
    assert text == "a\n\ufffd b"
    assert [(problem.code, problem.line, problem.column) for problem in problems] == [("CHARACTER", 2, 1)]
    assert "U+D83D" in problems[0].message


def test_case_24_five_of_a_kind_are_enough():
    assert codes("ab\u202e" * 9) == [("BIDI", 1, column) for column in (3, 6, 9, 12, 15)]
    assert len(codes("\0\u202e\u200bx" * 9)) == 15


def test_case_24_the_place_counts_from_the_text_without_its_mark():
    assert codes("\ufeff\u202ea") == [("BIDI", 1, 1)]
    assert codes("\ufeff\ufeffa") == [("ZERO_WIDTH", 1, 1)]


@given(st.binary(max_size=400))
def test_case_24_whatever_the_bytes_there_is_text_or_a_reason(raw):
    text, problems = decode(raw, "content/a.md")
    assert problems if text is None else text.encode() is not None
    assert all(problem.line >= 0 and problem.column >= 0 for problem in problems)


@given(st.text(st.characters(codec=None), max_size=300))
def test_case_24_places_are_inside_the_text(text):
    result, problems = decode(text.encode("utf-8", "surrogatepass"), "content/a.md")
    lines = (result or "").split("\n")
    assert all(1 <= problem.column <= len(lines[problem.line - 1]) for problem in problems if problem.line)


@pytest.mark.parametrize(
    ("garbled", "expected"),
    [
        ("Đoàn&amp;nbsp;viên", "“&amp;nbsp;” bị mã hóa hai lần. Viết “&nbsp;”"),
        ("Đoàn viên &amp;quot;giỏi&amp;quot;", "“&amp;quot;”"),
        ("Đoàn&amp;#160;viên", "“&amp;#160;”"),
        ("á»›", "“á»›” có lẽ là “ớ”"),
        ("Lá»›p cáº£m tÃ¬nh Ä\x91oÃ n", "“Lá»›p cáº£m tÃ¬nh"),
        ("â€œTuổi trẻâ€\x9d", "có lẽ là ““Tuổi trẻ””"),
    ],
)
def test_case_32_text_encoded_twice_is_told(garbled, expected):
    assert expected in message(f"---\ntitle: Tin\n---\n{garbled}\n")
    assert codes(f"---\ntitle: Tin\n---\n{garbled}\n")[0][:2] == ("MOJIBAKE", 4)


SIZE = 5_000_000
HOSTILE = {
    "nul": lambda: "\0" * SIZE,
    "letters": lambda: "a" * SIZE,
    "foreign letters": lambda: "ñ" * (SIZE // 2),
    "foreign words": lambda: "ñ " * (SIZE // 3),
    "foreign lines": lambda: "ñ\n" * (SIZE // 3),
    "leads": lambda: "á»" * (SIZE // 4),
    "Äaa": lambda: "Äaa" * (SIZE // 4),
    "backticks": lambda: "`a" * (SIZE // 2) + "ñ",
    "fences": lambda: "```\n~~~\n" * (SIZE // 8) + "ñ",
    "entities": lambda: "&amp;" * (SIZE // 5),
    "line ends": lambda: "\n" * SIZE + "ñ",
    "overrides": lambda: "\u202e" * (SIZE // 3),
    "joiners": lambda: "\u200d" * (SIZE // 3),
    "marks": lambda: "ñ" + "\u0323" * (SIZE // 2),
    "words": lambda: " ".join(f"{a}{b}{c}{d}n" for a in "bcdhklmnrstvx" for b in "eaoiö" for c in "åäüñøð" for d in "aeøå") * 600,
    "syllables": lambda: " ".join(f"{a}{b}{c}" for a in "bcdhlmnrstvx" for b in "éêëåäöõðñòóô" for c in ("", "n", "ng", "i")) * 2000,
    "old words": lambda: b"th\xe9 " * (SIZE // 4),
    "bytes": lambda: b"\x80" * SIZE,
}  # fmt: skip


def effort(raw: bytes) -> float:
    """Measure the processor time of decoding these bytes."""
    start = time.process_time()
    decode(raw, "content/a.md")
    return time.process_time() - start


@pytest.fixture(scope="module")
def ordinary_effort() -> float:
    """Return what five megabytes of articles cost, in each of which one word calls for a closer look."""
    article = f"{PROSE}\nMüller\n".encode()
    return min(effort(article * (SIZE // len(article))) for _ in range(3))


@pytest.mark.parametrize("name", HOSTILE)
def test_case_24_five_megabytes_of_malice_cost_at_most_five_times_as_much_as_articles(name, ordinary_effort):
    """So the effort grows with the size alone, on any machine; where others disturb one try, the next ones count."""
    text = HOSTILE[name]()
    raw = text.encode() if isinstance(text, str) else text
    assert any(effort(raw) < 5 * ordinary_effort for _ in range(3))
