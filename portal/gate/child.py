"""The process that opens a file nobody has looked at yet. Free of Django, for a quick start.

`pdf`, `picture` and `office` are run as modules and hand their look to `run`. The file comes in through the standard
input, so that it never lies on a disk. What is said is one line of JSON: ["fine"], ["refused", code], or ["rewritten"]
with the new file behind it.
"""

import json
import resource
import sys
from collections.abc import Callable

from portal.gate import limits
from portal.workbook.reading.refusal import RefusedError


def run(look: Callable[[bytes], bytes | None]) -> None:
    """Let `look` have the file: it gives the one to be kept instead, or None for as it came, or raises RefusedError."""
    bound()
    try:
        written = look(sys.stdin.buffer.read())
    except RefusedError as refused:
        _say(["refused", refused.code])
    except MemoryError:
        _say(["refused", "too_heavy"])
    else:
        _say(["fine"] if written is None else ["rewritten"])
        sys.stdout.buffer.write(written or b"")
        sys.stdout.buffer.flush()


def bound() -> None:
    """No more memory and time than the limits say, no file written, no core dumped."""
    for kind, limit in (
        (resource.RLIMIT_AS, limits.MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (limit, limit))
    # A hard limit as low would end it like a system short of memory does, and the parent tells the two apart.
    resource.setrlimit(resource.RLIMIT_CPU, (limits.CPU_SECONDS, limits.CPU_SECONDS + 2))


def _say(message: list[str]) -> None:
    sys.stdout.buffer.write(json.dumps(message).encode() + b"\n")
