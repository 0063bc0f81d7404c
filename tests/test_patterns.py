"""No text makes a pattern of the source slow: 100 KB of the worst take less than a tenth of a second."""

import re
import signal
import time

import pytest

from tests.patterns import Asked, asked, worst

LENGTH = 100_000
LIMIT = 0.1  # seconds of the processor
TRIES = 5
# Patterns made at run time, each with why no text that somebody sends is long or tangled enough to matter.
MADE = {
    ("portal/workbook/cells/codes.py", "convert"): "the one character that divides the words of a cell",
    ("reports/campaign/campaigns.py", "_forms_of_next"): "a year before 年, in the wording of a form",
}


class TooLongError(Exception):
    pass


@pytest.fixture
def _alarm():
    """Whoever asks for more of the processor than it may is stopped: a bad pattern would take hours."""

    def stop(_signal, _frame):
        raise TooLongError

    before = signal.signal(signal.SIGVTALRM, stop)
    yield
    signal.signal(signal.SIGVTALRM, before)


def seconds(pattern: re.Pattern, method: str, text: str | bytes) -> float:
    """What the answer costs of the processor; the limit where it takes longer."""
    ask = getattr(pattern, method)
    signal.setitimer(signal.ITIMER_VIRTUAL, 2 * LIMIT)
    begun = time.thread_time()
    try:
        ask(text)
    except TooLongError:
        return LIMIT
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.thread_time() - begun


def takes_long(one: Asked, text: str | bytes) -> bool:
    """Each time: what others want of the machine makes some of them slow, a bad pattern all."""
    return all(seconds(one.pattern, one.method, text) >= LIMIT for _time in range(TRIES))


def is_slow(one: Asked) -> bool:
    return any(takes_long(one, text) for text in worst(one.pattern, LENGTH))


@pytest.mark.usefixtures("_alarm")
def test_worst_text_of_every_pattern_takes_no_time():
    found, made = asked()
    assert made == set(MADE)
    assert len(found) > 150
    assert [(one.file, one.method, one.pattern.pattern) for one in found if is_slow(one)] == []


SLOW = [
    (r"\s*(·)\s*", "findall"),
    (r"[(]([^)]*)[)]", "search"),
    (r"(?:a+)+b", "fullmatch"),
    (r"x(\w*\d*)*;", "match"),
    (r"要[^不]*帮", "search"),
    (r"(a|a)*$", "match"),
]


@pytest.mark.parametrize(("pattern", "method"), SLOW)
@pytest.mark.usefixtures("_alarm")
def test_slow_pattern_is_found(pattern, method):
    assert is_slow(Asked("", re.compile(pattern), method))
