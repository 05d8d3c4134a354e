"""``python -m scripts upload kho:cong``: copy what was built to storage elsewhere, by rclone."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from plugins.core.errors import MachineError
from scripts.errors import RefusedError
from scripts.publishing.outcome import Exit, ReleaseError
from scripts.publishing.remote import files_below, upload


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("address", help="nơi chép đến, như rclone gọi: kho:cong")
    parser.add_argument("-o", "--output", default="output", type=Path, help="thư mục đã dựng bằng make publish")


def run(arguments: Namespace) -> int:
    """Copy the output. Returns 3 where the storage or the network failed: run again then."""
    try:
        upload(files_below(arguments.output), arguments.address)
    except ReleaseError as error:
        if error.code == Exit.ENVIRONMENT:
            print(error)
            return MachineError.exit_code
        raise RefusedError(str(error)) from error
    return 0
