"""The days to a due date. The app that knows what is due declares it; `settings.DUE_DATES` names where."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string

from portal.models import User


@dataclass(frozen=True)
class Due:
    """What is due of a year's report, and how many days are left. `state` in words once nothing is due any more."""

    year: int
    due_on: datetime.date
    today: datetime.date
    url: str = ""
    state: str = ""
    is_extended: bool = False

    @property
    def days_left(self) -> int:
        return (self.due_on - self.today).days

    @property
    def days_over(self) -> int:
        return -self.days_left


def due_for(user: User) -> list[Due]:
    """What `user` is told on the home page, the most urgent first."""
    return sorted(import_string(settings.DUE_DATES)(user), key=lambda due: due.due_on)
