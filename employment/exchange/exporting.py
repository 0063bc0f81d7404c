"""Which records leave in a union's case workbook."""

from django.db.models import Q, QuerySet

from aid.models import AidCase, Child, Contribution, Disbursement, Entry, Household, PracticePost, Visit
from employment.models import Assistance, Graduate, JobEvent
from employment.workbook import CASE_WORKBOOK
from portal.models import Campaign, Union
from portal.workbook.export import write_workbook


def export_workbook(union: Union, file, *, campaign: Campaign | None = None) -> int:
    """Write the records of `union` and below to `file` as a case workbook that imports again; how many they are.

    With `campaign`: its cases and payments, what is dated in its window, and whatever these refer to.
    """
    records = records_of(union, campaign)
    write_workbook(CASE_WORKBOOK, {title: queryset.order_by("pk") for title, queryset in records.items()}, file)
    return sum(queryset.count() for queryset in records.values())


def records_of(union: Union, campaign: Campaign | None) -> dict[str, QuerySet]:
    """Records by the title of their sheet."""
    chosen = {
        sheet.model: sheet.model.objects.in_union(union).select_related("union", *sheet.related)
        for sheet in CASE_WORKBOOK.sheets
    }
    if campaign is not None:
        chosen = _of_campaign(chosen, campaign)
    return {sheet.title: chosen[sheet.model] for sheet in CASE_WORKBOOK.sheets}


def _of_campaign(everything: dict, campaign: Campaign) -> dict:
    window = (campaign.starts_on, campaign.ends_on)
    dated = {
        Contribution: "received_on",
        Entry: "entered_on",
        Visit: "visited_on",
        PracticePost: "contacted_on",
        Assistance: "given_on",
        JobEvent: "held_on",
    }
    chosen = {model: everything[model].filter(**{f"{day}__range": window}) for model, day in dated.items()}
    chosen[Disbursement] = everything[Disbursement].filter(Q(case__campaign=campaign) | Q(paid_on__range=window))
    chosen[AidCase] = everything[AidCase].filter(Q(campaign=campaign) | Q(pk__in=chosen[Disbursement].values("case")))
    visited = chosen[Visit].values("person")
    chosen[Graduate] = everything[Graduate].filter(
        Q(pk__in=chosen[Assistance].values("graduate")) | Q(person__in=visited)
    )
    chosen[Child] = everything[Child].filter(
        Q(pk__in=chosen[AidCase].values("child")) | Q(pk__in=chosen[Entry].values("child")) | Q(person__in=visited)
    )
    chosen[Household] = everything[Household].filter(
        Q(pk__in=chosen[Child].values("household"))
        | Q(pk__in=chosen[Graduate].values("household"))
        | Q(worker__in=visited)
    )
    return chosen
