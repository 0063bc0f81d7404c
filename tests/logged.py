"""The log of a whole test run, searched for the people of the tests: as it would be written in production."""

import logging
from contextlib import contextmanager

from portal.operating.logs import LONG_NUMBER, JsonLines, NoPersonalData
from tests.builders import ADDRESS, CARD, CAUSE, TELEPHONE

PEOPLE = ("曾建国", "曾小丽", "曾大学", "曾妻", "陈经办", ADDRESS, CAUSE, CARD, TELEPHONE)


class Searched(logging.Handler):
    """Keeps the lines that name somebody."""

    def __init__(self):
        super().__init__(logging.INFO)
        self.lines, self.found = 0, []

    def emit(self, record):
        copy = logging.makeLogRecord(record.__dict__)
        NoPersonalData().filter(copy)
        line = JsonLines().format(copy)
        self.lines += 1
        if LONG_NUMBER.search(copy.getMessage()) or any(words in line for words in PEOPLE):
            self.found.append(line)


@contextmanager
def searched():
    """Search every line that is logged while this holds."""
    handler, root = Searched(), logging.getLogger()
    root.addHandler(handler)
    yield handler
    root.removeHandler(handler)
