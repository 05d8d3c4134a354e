"""The manifest tells of each file how it was written, whichever version of ours kept it."""

import msgspec
import pytest

from plugins.core.incremental.manifest import SIGNATURE_BYTES, stat_signatures

A, B, C = (bytes([number]) * SIGNATURE_BYTES for number in range(3))


@pytest.mark.parametrize(
    "files",
    [
        {"files": {"b": B + b"print"}, "section_files": {"c": C + b"print"}},
        {"files": {"b": [[b"print"], B, []]}, "section_files": {"c": [[b"print"], C, []]}},  # before December 2026
        {"files": {"b": [[b"print"], B, []], "c": [[b"print"], C, []]}},  # before sections had files
    ],
)
def test_the_stat_signature_of_every_file_is_told(files):
    manifest = {"version": "unknown", "pages": {"a": [[b"print"], A, ["body"]]}, **files}
    assert stat_signatures(msgspec.msgpack.encode(manifest)) == {"a": A, "b": B, "c": C}


def test_of_what_is_no_manifest_nothing_is_told():
    assert stat_signatures(b"") == stat_signatures(msgspec.msgpack.encode({"pages": 1})) == {}
