"""Lines of the log as JSON, each with the request it belongs to, and without anybody's personal data."""

import contextvars
import datetime
import json
import logging
import re
import traceback
from types import TracebackType

request_id: contextvars.ContextVar[str] = contextvars.ContextVar("request_id", default="")

# Identity numbers, card numbers and telephones: 11 to 19 digits that are no part of a longer word, as a digest is.
# The end of a uuid, the number of a job, is none.
LONG_NUMBER = re.compile(r"(?<![0-9A-Za-z])(?<!-[0-9a-f]{4}-)\d{11,19}[Xx]?(?![0-9A-Za-z])")
QUERY = re.compile(r"\?[^\s\"']*")  # what was searched for
MASK = "***"
LINE_ENDS = str.maketrans({end: repr(end)[1:-1] for end in "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"})
PLAIN = ("status", "ms", "page", "method", "user")  # what a line may carry besides its words
FRAMES = 30


def scrubbed(text: str) -> str:
    """`text` in one line, without long numbers and without the query of any address in it.

    What somebody sent begins no line of its own: it could pass for one of ours.
    """
    return LONG_NUMBER.sub(MASK, QUERY.sub("?" + MASK, text)).translate(LINE_ENDS)


class NoPersonalData(logging.Filter):
    """Scrub the words of a record before any handler writes them, and name the request they belong to.

    The message of an exception is not written at all: it may repeat a value of somebody's record in any shape. Its
    kind and the lines that led to it are.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = scrubbed(record.getMessage()), None
        record.request_id = request_id.get()
        _kind, error, trace = record.exc_info or (None, None, None)
        if error is not None:
            record.msg += f" [{type(error).__name__}]"
            record.exc_text = where(trace)
        return True


def where(trace: TracebackType | None) -> str:
    """The lines that led to an error, without its message."""
    return "".join(traceback.format_tb(trace, limit=-FRAMES)).rstrip()


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, who says it, words, request, and for an error the lines that led to it."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.datetime.fromtimestamp(record.created, datetime.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "name": record.name,
            "message": record.getMessage(),
            "request": getattr(record, "request_id", ""),
        }
        line |= {key: getattr(record, key) for key in PLAIN if hasattr(record, key)}
        if record.exc_text:
            line["where"] = record.exc_text
        return json.dumps(line, ensure_ascii=False, default=str)
