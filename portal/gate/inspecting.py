"""The parent's side: what a file is, whether it is infected, and what the child says of its inside."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError

from portal.documents.file_kinds import DOCX, JPEG, LARGEST, PDF, PNG, XLSX, Kind, kind_of
from portal.documents.file_names import own_name
from portal.gate import limits
from portal.gate.clamd import ScannerSilentError, is_infected
from portal.gate.words import INFECTED, NOT_SEARCHED, REASONS

ROOT = Path(__file__).resolve().parents[2]
# The module that looks at a kind, and what it is told besides the file.
LOOKS = {
    PDF: ("portal.gate.pdf",),
    JPEG: ("portal.gate.picture", "jpg"),
    PNG: ("portal.gate.picture", "png"),
    DOCX: ("portal.gate.office",),
    XLSX: ("portal.gate.office",),
}


@dataclass(frozen=True)
class Admitted:
    """A file that may be kept: named as every system takes it; of a picture the pixels alone."""

    name: str
    content: bytes


def admitted(content: bytes, name: str, kinds: Iterable[Kind], *, largest: int = LARGEST) -> Admitted:
    """The file as it may be kept. Raises ValidationError, in words with what to do, and nothing else.

    Its content says which of `kinds` it is.
    """
    name = own_name(name)
    kind = kind_of(content, name, kinds, largest=largest)
    check_for_viruses(content)
    return Admitted(name, _inspected(content, kind))


def check_for_viruses(content: bytes) -> None:
    """Raise ValidationError for a file that is infected, or that could not be searched by the scanner there is."""
    try:
        infected = is_infected(content)
    except ScannerSilentError:
        raise ValidationError(NOT_SEARCHED) from None
    if infected:
        raise ValidationError(INFECTED)


def _command(kind: Kind) -> list[str]:
    return [sys.executable, "-m", *LOOKS[kind]]


def _inspected(content: bytes, kind: Kind) -> bytes:
    try:
        child = subprocess.run(  # noqa: S603  our own interpreter and module, through no shell
            _command(kind),
            cwd=ROOT,
            env={"PYTHONUTF8": "1"},
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.WALL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ValidationError(REASONS["busy"]) from None
    said, _end, written = child.stdout.partition(b"\n")
    match _message(said):
        case ["fine"]:
            return content
        case ["rewritten"] if child.returncode == 0:
            return written
        case ["refused", str(code)] if code in REASONS:
            raise ValidationError(REASONS[code])
    # Killed by a system short of memory, which is not the file's fault.
    raise ValidationError(REASONS["busy" if child.returncode == -signal.SIGKILL else "too_heavy"])


def _message(said: bytes) -> object:
    try:
        return json.loads(said)
    except ValueError:  # fell silent
        return None
