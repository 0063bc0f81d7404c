"""The zip archive around a workbook: its table checked first, its parts unpacked with a bound. Free of Django."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO

from portal.workbook.reading import limits
from portal.workbook.reading.refusal import RefusedError

CHUNK = 64 * 1024
LOCAL_HEADER = struct.Struct("<4s5H3L2H")
LOCAL_MAGIC = b"PK\x03\x04"
ENCRYPTED = 0x1
FORBIDDEN_PARTS = ("vbaproject", "externallinks/", "embeddings/", "activex/")


def part_name(name: str) -> str:
    """The name of a part as it is found by: some programs write backslashes, or capitals where others do not."""
    return name.replace("\\", "/").removeprefix("/").lower()


def checked_entries(file: BinaryIO) -> list[zipfile.ZipInfo]:
    """The entries of the archive, none of which has been unpacked."""
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error):
        raise RefusedError("damaged") from None
    size = file.seek(0, 2)
    _check_names(entries)
    _check_sizes(entries, size)
    _check_places(file, entries, size)
    return [entry for entry in entries if not entry.is_dir()]


def _check_names(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > limits.ENTRIES:
        raise RefusedError("too_many_parts")
    names = [part_name(entry.filename) for entry in entries]
    if len(set(names)) < len(names):
        raise RefusedError("damaged")
    if any(".." in PurePosixPath(name).parts or "\0" in name for name in names):
        raise RefusedError("damaged")
    if any(part in name for name in names for part in FORBIDDEN_PARTS):
        raise RefusedError("active_content")


def _check_sizes(entries: list[zipfile.ZipInfo], size: int) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > limits.UNPACKED_BYTES or unpacked > limits.RATIO * max(size, limits.RATIO_FREE_BYTES // limits.RATIO):
        raise RefusedError("unpacks_too_large")
    for entry in entries:
        if entry.file_size > max(limits.RATIO_FREE_BYTES, limits.RATIO * entry.compress_size):
            raise RefusedError("unpacks_too_large")


def _check_places(file: BinaryIO, entries: list[zipfile.ZipInfo], size: int) -> None:
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise RefusedError("damaged")
        end = data_offset(file, entry) + entry.compress_size
    if end > size:
        raise RefusedError("damaged")


def data_offset(file: BinaryIO, entry: zipfile.ZipInfo) -> int:
    """Where the packed bytes begin. The local header says it, in lengths that may differ from the central ones."""
    if entry.flag_bits & ENCRYPTED:
        raise RefusedError("encrypted")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise RefusedError("damaged")
    file.seek(entry.header_offset)
    header = file.read(LOCAL_HEADER.size)
    if len(header) < LOCAL_HEADER.size or not header.startswith(LOCAL_MAGIC):
        raise RefusedError("damaged")
    *_others, name_length, extra_length = LOCAL_HEADER.unpack(header)
    return entry.header_offset + LOCAL_HEADER.size + int(name_length) + int(extra_length)


def unpacked(file: BinaryIO, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of an entry in chunks, exactly as many as the table promised.

    zipfile itself stops in silence at the size the table names, while other readers go on.
    """
    file.seek(data_offset(file, entry))
    left, count = entry.compress_size, 0
    inflate = zlib.decompressobj(-zlib.MAX_WBITS) if entry.compress_type == zipfile.ZIP_DEFLATED else None
    pending = b""
    while left or pending:
        if not pending:
            pending = file.read(min(left, CHUNK))
            if not pending:
                raise RefusedError("damaged")
            left -= len(pending)
        chunk, pending = _inflated(inflate, pending)
        count += len(chunk)
        if count > entry.file_size:
            raise RefusedError("damaged")
        yield chunk
    if count != entry.file_size or (inflate and not inflate.eof):
        raise RefusedError("damaged")


def _inflated(inflate: "zlib._Decompress | None", packed: bytes) -> tuple[bytes, bytes]:
    if inflate is None:
        return packed, b""
    try:
        chunk = inflate.decompress(packed, CHUNK)
    except zlib.error:
        raise RefusedError("damaged") from None
    if inflate.unused_data:
        raise RefusedError("damaged")
    return chunk, inflate.unconsumed_tail
