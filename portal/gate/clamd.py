"""The virus scanner of the house, ClamAV's clamd, asked through its socket: each file is sent to it, none by its name.

The protocol is that of clamd(8): a command between z and a NUL; after INSTREAM the file in pieces, each behind its
length in four bytes, the last one empty.
"""

import socket
import struct
from contextlib import closing, suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

PIECE = 256 * 1024
LONGEST_ANSWER = 4096
PING_SECONDS = 2


class ScannerSilentError(Exception):
    """The scanner is configured, and gives no answer that says whether the file is clean."""


def is_infected(content: bytes) -> bool:
    """Whether clamd finds something; False where none is configured (CLAMD_SOCKET). Raises ScannerSilentError."""
    if not settings.CLAMD_SOCKET:
        return False
    pieces = (content[start : start + PIECE] for start in range(0, len(content), PIECE))
    sent = b"".join(struct.pack("!L", len(piece)) + piece for piece in pieces) + struct.pack("!L", 0)
    answer = _asked(b"zINSTREAM\0" + sent, settings.CLAMD_SECONDS)
    if answer.endswith(" FOUND"):
        return True
    if answer != "stream: OK":
        raise ScannerSilentError(answer)
    return False


@dataclass(frozen=True)
class Scanner:
    """How the scanner stands, for the administrator's page."""

    configured: bool
    answers: bool = False
    version: str = ""


def scanner() -> Scanner:
    """Asks clamd for its version and the day of its signatures."""
    if not settings.CLAMD_SOCKET:
        return Scanner(configured=False)
    try:
        return Scanner(configured=True, answers=True, version=_asked(b"zVERSION\0", PING_SECONDS))
    except ScannerSilentError:
        return Scanner(configured=True)


def _asked(question: bytes, seconds: float) -> str:
    try:
        with closing(_connected(seconds)) as connection:
            # It stops listening once a file is too large for it, and says so.
            with suppress(BrokenPipeError, ConnectionResetError):
                connection.sendall(question)
            return _answer(connection)
    except (OSError, ValueError) as error:
        raise ScannerSilentError(_("病毒检查程序没有应答")) from error


def _connected(seconds: float) -> socket.socket:
    """A connection to `/path/of/a/socket` or `tcp://host:port`."""
    address = urlsplit(settings.CLAMD_SOCKET)
    if address.scheme == "tcp":
        return socket.create_connection((address.hostname or "", address.port or 3310), seconds)
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(seconds)
    try:
        connection.connect(settings.CLAMD_SOCKET)
    except OSError:
        connection.close()
        raise
    return connection


def _answer(connection: socket.socket) -> str:
    said = b""
    while not said.endswith(b"\0") and len(said) < LONGEST_ANSWER:
        piece = connection.recv(LONGEST_ANSWER)
        if not piece:
            break
        said += piece
    if not said:
        raise ConnectionError
    return said.rstrip(b"\0").decode("utf-8", errors="replace")
