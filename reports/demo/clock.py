"""The clock of the demo: what was done before today is done on its day, by the services that did it then."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time

from django.utils import timezone

OFFICE = time(10)


@contextmanager
def as_of(day: date) -> Iterator[None]:
    """Whatever is done within is done in the morning of `day`, by the clock that the portal asks.

    Of the whole process: for the command that loads the demo, where nobody else asks for the time.
    """
    moment, now = datetime.combine(day, OFFICE, tzinfo=timezone.get_default_timezone()), timezone.now
    timezone.now = lambda: moment
    try:
        yield
    finally:
        timezone.now = now
