"""Counts for one person of a 填报单位, kept until a record of the unit is written.

Whoever opens a page again is answered by what is kept, and no question need be put together.
"""

from collections.abc import Callable, Mapping

from django.forms.models import model_to_dict
from django.utils.timezone import localdate

from portal.desk.counting import Question, counted
from portal.kept.counts import Kept
from portal.models import Campaign, User
from portal.models.union import REPORTING_DEPTH


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
    unit, today = user.union.reporting_path, localdate()
    who = (user.role, user.union.path, today, sorted(questions))

    def count(*_asked: object) -> dict[str, dict[str, int]]:
        found = counted({key: ask(user) for key, ask in questions.items()})
        return {unit: {key: number for key, number in found.items() if number}}

    kept = Kept(
        f"{name}_{user.pk}",
        question=lambda campaign: repr((who, model_to_dict(campaign, exclude=["forms"]), campaign.version)),
        count=count,
        days=lambda _campaign: (),  # the day is part of the question: most of them ask what is over by today
        nothing={},
    )
    found: dict[str, int] = kept.of_units(campaign, today, [unit])[unit]
    return dict.fromkeys(questions, 0) | found
