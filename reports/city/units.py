"""Which units a campaign's tables name: those it had, and those it asks; a unit keeps its place after it is closed."""

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from portal.models import Campaign, Union
from reports.models import Report


def units_of(campaign: Campaign) -> QuerySet:
    """The 填报单位 that the campaign had, and whoever handed in a report, also if it was merged since; by code."""
    return _with_reports(campaign, Union.objects.of_campaign(campaign))


def asked_units(campaign: Campaign) -> QuerySet:
    """The 填报单位 that are asked for a report today, and whoever handed one in; by code."""
    return _with_reports(campaign, Union.objects.reporting().open_on(localdate()))


def _with_reports(campaign: Campaign, units: QuerySet) -> QuerySet:
    handed_in = Report.objects.filter(campaign=campaign, submission__isnull=False)
    chosen = Q(pk__in=units.order_by().values("pk")) | Q(pk__in=handed_in.values("union"))
    return Union.objects.filter(chosen).order_by("code")
