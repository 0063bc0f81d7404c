"""What comes first in an empty portal, ticked as it is done; each floor declares its own (`settings.FIRST_STEPS`)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from portal.access import Permission, can
from portal.desk.counting import Question, counted
from portal.models import User


@dataclass(frozen=True)
class FirstStep:
    """Something to begin with, for those who hold `permission`; done once `rows` has any. `last` ends the beginning:
    once it is done nobody is told of the others any more."""

    label: str | Promise
    hint: str | Promise
    permission: Permission
    url: Callable[[User], str]
    rows: Callable[[User], Question]
    is_last: bool = False


@dataclass(frozen=True)
class StepToDo:
    """A first step as one person sees it."""

    label: str | Promise
    hint: str | Promise
    url: str
    is_done: bool


@cache
def all_first_steps() -> tuple[FirstStep, ...]:
    return tuple(step for path in settings.FIRST_STEPS for step in import_string(path))


def first_steps_for(user: User) -> list[StepToDo]:
    """The first steps of `user`; none once they are done, or the work has begun. One query then, two before."""
    asked = [step for step in all_first_steps() if can(user, step.permission)]
    if any(counted({step: step.rows(user) for step in asked if step.is_last}).values()):
        return []
    counts = counted({step: step.rows(user) for step in asked})
    if all(counts.values()):
        return []
    return [StepToDo(step.label, step.hint, step.url(user), bool(counts[step])) for step in asked]
