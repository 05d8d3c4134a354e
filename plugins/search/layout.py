"""Cut the index into files that are small enough to be loaded for one question (docs/tim-kiem.md).

A file is named as below ``FOLDER``, without its ending. Each begins with its stamp of four bytes, and another file says
which stamp it has to have: the root those of shards and tables, a table those of cards. So a browser that has files of
two releases before it sees it, and asks anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count

import msgspec
from msgspec import Struct

from plugins.core.site import addresses
from plugins.search.postings import Position

FOLDER = f"{addresses.SEARCH}chi-muc/"
ROOT, VOCABULARY = "goc", "tu/tat-ca"
STAMP_BYTES = 4

_DOCUMENTS_PER_SHARD = 8
_MIN_BITS, _MAX_BITS = 8, 12  # of a term of 40 bits the shard says these, and the key in it the other 32
_MANY_DOCUMENTS = (5_000, 2_000, 1_000)  # from each on, half as many days share a file of cards
_TABLE_DAYS = 6  # as a power of two

#: The name of a file → the digest of what it holds.
Digests = Mapping[str, bytes]

encode = msgspec.json.Encoder().encode


class Layout(Struct, frozen=True, array_like=True):
    """How an index is cut into files, which depends on how many documents it has."""

    bits: int
    """The logarithm of how many shards there are."""

    days: int
    """How many days, as a power of two, share a file of cards."""

    @classmethod
    def of(cls, count: int) -> Layout:
        """Return the layout of an index of ``count`` documents."""
        bits = min(max(_MIN_BITS, (count // _DOCUMENTS_PER_SHARD).bit_length()), _MAX_BITS)
        days = next((days for days, least in enumerate(_MANY_DOCUMENTS) if count >= least), 4)
        return cls(bits, days)

    def group(self, position: Position) -> str:
        """Return the name of the cards that have a document's: those of some days, of each the same four."""
        return f"bai/{position[0] >> self.days}.{position[1] >> 2}"

    def table(self, day: int) -> str:
        """Return the name of the table that has the stamps of a day's cards."""
        return f"bang/{day >> self.days << self.days >> _TABLE_DAYS}"

    def encode_table(self, name: str, digests: Digests) -> bytes:
        """Say the stamps of the cards that belong to a table; nothing where there are none."""
        stamps = {group.removeprefix("bai/"): _number(digests[group]) for group in self._groups(name, digests)}
        return encode(stamps) if stamps else b""

    def _groups(self, table: str, digests: Digests) -> Iterator[str]:
        first = int(table.removeprefix("bang/")) << _TABLE_DAYS >> self.days
        for days in range(first, first + (1 << _TABLE_DAYS >> self.days)):
            for four in count():
                if (group := f"bai/{days}.{four}") not in digests:
                    break
                yield group

    def encode_root(self, documents: int, digests: Digests) -> bytes:
        """Say how the index is laid out, and the stamps of its shards, of its tables and of the vocabulary."""
        tables = sorted(name for name in digests if name.startswith("bang/"))
        return encode(
            {
                "bits": self.bits,
                "days": self.days,
                "count": documents,
                "words": _number(digests[VOCABULARY]),
                "tables": {name.removeprefix("bang/"): _number(digests[name]) for name in tables},
                "shards": [_number(digests[shard_name(number)]) for number in range(1 << self.bits)],
            }
        )


def shard_name(number: int) -> str:
    """Return the name of a shard."""
    return f"tu/{number:x}"


def by_output_path(digests: Digests) -> dict[str, bytes]:
    """Return the digests by the paths of the files from the output folder."""
    folder = FOLDER[1:]
    return {f"{folder}{name}.bin": digest for name, digest in digests.items()}


def file_name(path: str) -> str:
    """Return the name of the file that has a path from the output folder."""
    return path[len(FOLDER) - 1 : -len(".bin")]


def stamp(digest: bytes) -> bytes:
    """Return the stamp of what has a digest: three bytes of it, which the root has to list for all shards, and a zero."""
    return digest[: STAMP_BYTES - 1] + b"\0"


def _number(digest: bytes) -> int:
    """Return a stamp as scripts read it."""
    return int.from_bytes(stamp(digest), "little")
