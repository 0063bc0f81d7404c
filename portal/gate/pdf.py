"""A PDF looked at object by object: nothing in it may act, carry a file or reach outside. Free of Django."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import pikepdf

from portal.gate import limits
from portal.gate.child import run
from portal.workbook.reading.refusal import RefusedError

START = b"%PDF-"
BEFORE_START = b"\xef\xbb\xbf \t\r\n"
AFTER_END = b"\0\x1a \t\r\n"
END = b"%%EOF"
LONGEST_TAIL = 16  # behind the last line; some programs leave a few bytes
ACTING = frozenset(
    {
        "/JavaScript",
        "/Launch",
        "/GoToR",
        "/GoToE",
        "/ImportData",
        "/SubmitForm",
        "/Rendition",
        "/Movie",
        "/Sound",
        "/RichMediaExecute",
    }
)
CARRYING = frozenset(["/FileAttachment", "/RichMedia", "/3D", "/Movie", "/Sound", "/Screen"])
ACTIVE_KEYS = frozenset(["/JS", "/JavaScript", "/XFA", "/EF", "/EmbeddedFiles", "/RF", "/OPI", "/FFilter"])
BY_ITSELF = ("/OpenAction", "/AA")  # what happens without anybody pressing anything


def check_pdf(content: bytes) -> None:
    """Raises RefusedError. A link that a reader may press is let through; what happens by itself is not."""
    _check_frame(content)
    try:
        with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as document:
            if document.is_encrypted:
                raise RefusedError("encrypted")
            if not len(document.pages):
                raise RefusedError("damaged")
            _check_objects(document)
    except pikepdf.PasswordError:
        raise RefusedError("encrypted") from None
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError, RecursionError):
        raise RefusedError("damaged") from None


def _check_frame(content: bytes) -> None:
    """Nothing before the first line or behind the last, and no archive around it: it would be two files in one."""
    if not content.lstrip(BEFORE_START).startswith(START):
        raise RefusedError("two_in_one")
    if len(content[content.rindex(END) + len(END) :].strip(AFTER_END)) > LONGEST_TAIL:
        raise RefusedError("two_in_one")
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise RefusedError("two_in_one")


def _check_objects(document: pikepdf.Pdf) -> None:
    left = limits.NODES
    for whole in document.objects:
        waiting = [whole]
        while waiting:
            left -= 1
            if left < 0:
                raise RefusedError("too_heavy")
            waiting.extend(_looked_into(waiting.pop()))


def _looked_into(node: Any) -> Iterator[Any]:
    """What stands in a node itself; what is only named in it is an object of its own."""
    if isinstance(node, pikepdf.Array):
        if len(node) > limits.NODES:
            raise RefusedError("too_heavy")
        held = list(node.as_list())
    elif isinstance(node, pikepdf.Dictionary | pikepdf.Stream):
        entries = dict(node.items())
        _check_entries(entries, is_stream=isinstance(node, pikepdf.Stream))
        held = list(entries.values())
    else:
        return
    for each in held:
        if isinstance(each, pikepdf.Object) and not each.is_indirect:
            yield each


def _check_entries(entries: dict[str, Any], *, is_stream: bool) -> None:
    kind, part = _name(entries.get("/S")), _name(entries.get("/Subtype"))
    if kind in ACTING or ("/Rect" in entries and part in CARRYING) or ACTIVE_KEYS & entries.keys():
        raise RefusedError("active_content")
    if _name(entries.get("/Type")) == "/EmbeddedFile" or (is_stream and "/F" in entries):
        raise RefusedError("active_content")
    if _name(entries.get("/FS")) == "/URL" or "/F" in _entries(entries.get("/Ref")):
        raise RefusedError("active_content")
    for key in BY_ITSELF:
        acts = _entries(entries.get(key))
        if any(_goes_out(act) for act in (acts, *map(_entries, acts.values()))):
            raise RefusedError("active_content")


def _goes_out(action: dict[str, Any]) -> bool:
    following = action.get("/Next")
    chained = following.as_list() if isinstance(following, pikepdf.Array) else [following]
    return _name(action.get("/S")) == "/URI" or any(_name(_entries(act).get("/S")) == "/URI" for act in chained)


def _entries(value: Any) -> dict[str, Any]:
    return dict(value.items()) if isinstance(value, pikepdf.Dictionary | pikepdf.Stream) else {}


def _name(value: Any) -> str:
    return str(value) if isinstance(value, pikepdf.Name) else ""


if __name__ == "__main__":
    run(check_pdf)
