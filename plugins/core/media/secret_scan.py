"""Find secrets that were pasted by accident: whatever is pushed is read by strangers within minutes."""

from __future__ import annotations

import re

from plugins.core.errors import Problem
from plugins.core.text.patterns import lazy_pattern

#: Kind, as messages name it → marks, of which every secret of the kind has one, and the pattern.
#: Marks are found fifty times faster than patterns, and most texts have none; every repetition
#: is bounded, so that no text can take long.
_KINDS = {
    "khóa riêng": (
        ("PRIVATE KEY", "PuTTY-User-Key-File"),
        r"-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----|PuTTY-User-Key-File-\d",
    ),
    "khóa AWS": (
        ("AKIA", "ASIA", "aws_secret"),
        r"\b(?:AKIA|ASIA)[A-Z2-7]{16}\b|aws_secret_access_key.{0,5}?[=:].{0,3}?[A-Za-z0-9/+]{40}(?![\w/+])",
    ),
    "khóa Google": (
        ("AIza", "GOCSPX-", "ya29."),
        r"\bAIza[\w-]{35}(?![\w-])|\bGOCSPX-[\w-]{28}|\bya29\.[\w-]{30}",
    ),
    "khóa GitHub": (
        ("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"),
        r"\bgh[pousr]_[A-Za-z0-9]{36}|\bgithub_pat_\w{60}",
    ),
    "khóa GitLab": (("gl",), r"\bgl(?:pat|rt|dt|ptt|cbt|soat|agent)-[\w-]{20}"),
    "khóa Slack": (
        ("xox", "hooks.slack.com"),
        r"\bxox[abeoprs]-[\w-]{10}|\bhooks\.slack\.com/services/T\w{6,20}/B\w{6,20}/\w{10}",
    ),
    "khóa Telegram": ((":AA",), r"(?<!\d)\d{8,10}:AA[\w-]{33}(?![\w-])"),
    "khóa dịch vụ": (
        ("k_live_", "sk-", "npm_", "pypi-AgE", "SG.", "hf_", "EAA"),
        r"\b[rs]k_live_[A-Za-z0-9]{20}|\bsk-(?:proj|ant|svcacct)-[\w-]{20}|\bnpm_[A-Za-z0-9]{36}\b"
        r"|\bpypi-AgE[\w-]{20}|\bSG\.[\w-]{22}\.[\w-]{43}|\bhf_[A-Za-z]{34}\b|\bEAA[A-Za-z0-9]{80}",
    ),
    "mật khẩu trong địa chỉ": (("://",), r"://[^\s/:@?#\"'<>]{0,64}:[^\s/:@?#\"'<>]{1,128}@[\w.-]"),
    "khóa trong địa chỉ": (
        ("=",),
        r"[?&;](?:access_token|auth_token|api_?key|client_secret|secret|password|passwd|token)"
        r"=(?=[^\s&#\d]{0,80}\d)[\w.~%+/=-]{16}",
    ),
}
_COMPILED = {kind: lazy_pattern(pattern) for kind, (_, pattern) in _KINDS.items()}
_KIND_BY_MARK = {mark.encode(): kind for kind, (marks, _) in _KINDS.items() for mark in marks}


def _compile_gate(letter: bytes) -> tuple[re.Pattern[bytes], list[bytes]]:
    """Return the marks that contain ``letter``, with a pattern for any of them that skips from ``letter`` to ``letter``."""
    marks = [mark for mark in _KIND_BY_MARK if letter in mark]
    splits = [(mark[: mark.index(letter) + 1], mark[mark.index(letter) + 1 :]) for mark in marks]
    either = b"|".join(b"(?<=%b)%b" % (re.escape(preceding), re.escape(following)) for preceding, following in splits)
    return lazy_pattern(b"%b(?:%b)" % (letter, either)), marks


# Most of the marks contain one of two letters that are rare in texts: these are searched for in one pass.
_GATES = [_compile_gate(b"_"), _compile_gate(b"A")]
_UNGATED_MARKS = [mark for mark in _KIND_BY_MARK if not any(mark in marks for _, marks in _GATES)]


def _kinds_in(raw: bytes) -> set[str]:
    """Return the kinds that have a mark in ``raw``."""
    marks = _UNGATED_MARKS + [mark for gate, gated_marks in _GATES if gate.search(raw) for mark in gated_marks]
    return {_KIND_BY_MARK[mark] for mark in marks if mark in raw}


def secrets_in(text: str) -> list[tuple[int, str]]:
    """Return the line (from 1) and kind of every secret in ``text``, never the secret itself."""
    findings = []
    for kind in _kinds_in(text.encode(errors="replace")):  # bytes are searched ten times faster than text
        line, previous = 1, 0
        for match in _COMPILED[kind].finditer(text):
            line += text.count("\n", previous, match.start())
            previous = match.start()
            findings.append((line, kind))
    return sorted(set(findings))


def find_secrets(text: str, path: str) -> list[Problem]:
    """Return a problem for each secret in the text of a file."""
    advice = "Xóa đi; nếu đã đẩy lên thì coi như đã lộ: thu hồi và tạo cái mới."
    return [Problem(path, line, 0, "SECRET", f"Dòng này có {kind}. {advice}") for line, kind in secrets_in(text)]
