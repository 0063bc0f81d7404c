"""Counts for one person of a 填报单位, kept until a record of the unit is written; those of a city, kept of each unit.

Whoever opens a page again is answered by what is kept, and no question need be put together.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.forms.models import model_to_dict
from django.utils.timezone import localdate

from portal.access import path_range
from portal.desk.counting import Question, counted
from portal.kept.counts import Kept
from portal.kept.units import unit_paths
from portal.models import Campaign, User
from portal.models.owned import unit_path
from portal.models.union import REPORTING_DEPTH, REPORTING_PATH_LENGTH


def may_keep(user: User) -> bool:
    """Whether anything is kept for `user`: not of who sees several units, nor before there is any campaign."""
    return user.union.depth >= REPORTING_DEPTH and Campaign.objects.current() is not None


def kept_counts(name: str, user: User, questions: Mapping[str, Callable[[User], Question]]) -> dict[str, int]:
    """The answers to questions that hang on the records of the unit alone, the person, the campaign and the day.

    Only for whom something is kept.
    """
    campaign = Campaign.objects.current()
    if not questions or campaign is None:
        return {}

    def count() -> dict[str, int]:
        found = counted({key: ask(user) for key, ask in questions.items()})
        return {key: number for key, number in found.items() if number}

    found: dict[str, int] = _kept_of_person(name, user, campaign, count, sorted(questions))
    return dict.fromkeys(questions, 0) | found


def kept_keys(name: str, user: User, find: Callable[[], Iterable[int]]) -> list[int]:
    """The keys of the first rows of a list that hangs on the same; found anew where nothing is kept for `user`."""
    campaign = Campaign.objects.current()
    if campaign is None or not may_keep(user):
        return list(find())
    keys: list[int] = _kept_of_person(f"first_{name}", user, campaign, lambda: list(find()), [])
    return keys


def _kept_of_person(name: str, user: User, campaign: Campaign, count: Callable[[], Any], asked: list[str]) -> Any:
    """What `count` says to `user` on this day, kept of the person until a record of the unit is written."""
    unit, today = user.union.reporting_path, localdate()
    who = (user.role, user.union.path, today, asked)
    kept = Kept(
        f"{name}_{user.pk}",
        question=lambda campaign: repr((who, model_to_dict(campaign, exclude=["forms"]), campaign.version)),
        count=lambda *_asked: {unit: count()},
        days=lambda _campaign: (),  # the day is part of the question: most of them ask what is over by today
        nothing=None,
    )
    return kept.of_units(campaign, today, [unit])[unit]


def kept_over_units(name: str, user: User, questions: Mapping[str, QuerySet]) -> dict[str, int]:
    """The answers for who sees several units: the sum of what is kept of each, the same for all who have the role.

    Only of questions as `kept_counts` wants them, of records of unions; and where there is a campaign.
    """
    campaign = Campaign.objects.current()
    if not questions or campaign is None:
        return {}
    who = (user.role, user.union.path, localdate(), sorted(questions))

    def count(_campaign: Campaign, _day: object, path: str | None) -> dict[str, dict[str, int]]:
        return _by_unit(questions) if path is None else {path: counted(_within(questions, path))}

    kept = Kept(
        f"{name}_{user.role}",
        question=lambda campaign: repr((who, model_to_dict(campaign, exclude=["forms"]), campaign.version)),
        count=count,
        days=lambda _campaign: (),
        nothing={},
    )
    found = kept.of_units(campaign, localdate(), unit_paths(user.union)).values()
    return {key: sum(numbers.get(key, 0) for numbers in found) for key in questions}


def _by_unit(questions: Mapping[str, QuerySet]) -> dict[str, dict[str, int]]:
    """Every question asked of all units at once; a query each."""
    found: dict[str, dict[str, int]] = {}
    for key, rows in questions.items():
        by_unit = rows.order_by().annotate(unit_asked=unit_path()).values_list("unit_asked")
        for unit, number in by_unit.annotate(number=Count("pk")):
            found.setdefault(unit, {})[key] = number
    return found


def _within(questions: Mapping[str, QuerySet], path: str) -> dict[str, QuerySet]:
    """The same of one unit and what is below it, or of the city's own records. One query counts them all."""
    is_unit = len(path) >= REPORTING_PATH_LENGTH
    here = path_range(path) if is_unit else Q(union_path=path)
    return {key: rows.filter(here) for key, rows in questions.items()}
