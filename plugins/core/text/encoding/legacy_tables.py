"""Hold the letters of Vietnamese and the tables of its old encodings."""

from __future__ import annotations

from plugins.core.text.vietnamese import ALPHABET

LOWER_LETTERS = "ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
LETTERS = LOWER_LETTERS + LOWER_LETTERS.upper()
"""The 134 Vietnamese letters that ASCII lacks."""

ALL_LETTERS = frozenset(ALPHABET + LOWER_LETTERS)

# How old encodings write LETTERS, in this order: TCVN 5712:1993, RFC 1456, and VNI for Windows.
TCVN3 = "a8a9aeaaabacadb5b6b7b8b9bbbcbdbec6c7c8c9cacbcccecfd0d1d2d3d4d5d6d7d8dcdddedfe1e2e3e4e5e6e7e8e9eaebecedeeeff1f2f3f4f5f6f7f8f9fafbfcfdfea1a2a7a3a4a5a68081828384afbabfc085c1c2c3c4868788898a8bc5cdd9da8c8d8e8f90919293949596dbe0f0ff9798999a9b9c9d9e9f010204050611121314151617"
VISCII = "e5e2f0eaf4bddfe0e4e3e1d5a2c6c7a1a3a5a6e7a4a7e8eba8e9a9abacadaaaeecefeeedb8f2f6f5f3f7b0b1b2afb5b6b7debefef9fcfbfaf8d7d8e6d1f1cfd6dbfddcc5c2d0cad4b4bfc0c4c3c18082020581838586068487c8cb88c9898b8c8d8a8ecc9bcecd98d299a0d39a9091928f939697b39594d99c9dda9ebbbcffbab99f1419dd1e"
_PAIRS = "aê aâ ñ eâ oâ ô ö aø aû aõ aù aï aè aú aü aé aë aà aå aã aá aä eø eû eõ eù eï eà eå eã eá eä ì æ ó í ò oø oû oõ où oï oà oå oã oá oä ôø ôû ôõ ôù ôï uø uû uõ uù uï öø öû öõ öù öï yø yû yõ yù î"
VNI = dict(zip(f"{_PAIRS} {_PAIRS.upper()} {_PAIRS.title()}".split(), LETTERS + LETTERS[67:], strict=True))
_CP1252 = {byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(128, 160)}
UTF8_AS_CP1252 = {char.encode().decode("latin-1").translate(_CP1252): char for char in LETTERS + "‘’“”–—…"}
