"""What was changed in a case, its child or the family's file since the notice of the case began, or its check."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, time
from itertools import pairwise

from django.db.models import Max
from django.utils.timezone import make_aware

from aid.enums import CaseState
from aid.models import AidCase, CaseEvent, Child, Household
from portal.models import User, VersionedRecord
from portal.records.versions import changed_fields

# What a decision rests on. Who verified the file, how a case stands and what is copied at its approval are none of it.
TOLD: dict[type[VersionedRecord], frozenset[str]] = {
    Household: frozenset(
        {"worker", "worker_name", "worker_category", "single_parent", "hardship_category", "cause", "employer"}
        | {
            "main_cause",
            "other_causes",
            "family_size",
            "monthly_income",
            "bank_card",
            "bank_name",
            "payee_person",
            "payee_name",
            "address",
            "closed_on",
        }
    ),
    Child: frozenset(
        {"name", "person", "stage", "school", "grade", "household", "relation"}
        | {"bank_card", "bank_name", "payee_person", "payee_name"}
    ),
    AidCase: frozenset({"stage", "mode", "standard", "programme", "sponsor", "child"}),
}


def changed_since_notice(cases: Iterable[AidCase], user: User) -> dict[int, tuple[str, ...]]:
    """By the key of a case on notice, or checked, what was changed since; two queries for each kind of record."""
    cases = list(cases)
    begun = _begun([case for case in cases if case.notice_from])
    begun |= _checked([case for case in cases if case.status == CaseState.CHECKED])
    found = defaultdict(list)
    owners = {
        AidCase: lambda case: case.pk,
        Child: lambda case: case.child_id,
        Household: lambda case: case.child.household_id,
    }
    for model, owner in owners.items():
        since = {owner(case): at for case, at in begun.items()}
        labels = _changes(model, since)
        for case in begun:
            found[case.pk] += labels.get(owner(case), [])
    return {pk: tuple(dict.fromkeys(labels)) for pk, labels in found.items()}


def _begun(cases: list[AidCase]) -> dict[AidCase, datetime]:
    """When each was put on notice; of one that came in on notice the beginning of its first day."""
    moves = CaseEvent.objects.filter(case__in=[case.pk for case in cases], move="put_on_notice")
    told = dict(moves.order_by().values_list("case").annotate(Max("at")))
    return {case: told.get(case.pk) or make_aware(datetime.combine(case.notice_from, time.min)) for case in cases}


def _checked(cases: list[AidCase]) -> dict[AidCase, datetime]:
    """When each passed 初审; it was submitted before, so that its latest check is the one that stands."""
    moves = CaseEvent.objects.filter(case__in=[case.pk for case in cases], move="check")
    told = dict(moves.order_by().values_list("case").annotate(Max("at")))
    return {case: told[case.pk] for case in cases if case.pk in told}


def _changes(model: type[VersionedRecord], since: dict[int, datetime]) -> dict[int, list[str]]:
    """By record the labels of the fields of `model` that were changed after the moment told of it."""
    if not since:
        return {}
    late = model.history.filter(id__in=list(since), history_date__gt=min(since.values()))
    touched = {pk for pk, at in late.values_list("id", "history_date") if at > since[pk]}
    found: dict[int, list[str]] = defaultdict(list)
    rows = model.history.filter(id__in=touched).order_by("id", "history_date", "history_id") if touched else ()
    for before, row in pairwise(rows):
        if row.id == before.id and row.history_date > since[row.id]:
            found[row.id] += [
                str(each.verbose_name) for each in changed_fields(before, row) if each.name in TOLD[model]
            ]
    return found
