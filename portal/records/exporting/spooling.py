"""A file held in memory while small, for who reads it to close."""

import tempfile
from collections.abc import Callable
from typing import IO

IN_MEMORY = 5 * 1024 * 1024


def spooled(write: Callable[[IO[bytes]], object]) -> IO[bytes]:
    """What `write` writes, at its beginning. Where that fails, nobody is left to close it: it is closed here."""
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  the response closes it
    try:
        write(file)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file
