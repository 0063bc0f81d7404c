"""Consolidating: the city's tables are the sum of the accepted reports as they were frozen (domain.md, Report)."""

import datetime
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from portal import audit
from portal.access import Permission, can
from portal.enums import AuditAction
from portal.models import Campaign, Union, User
from portal.workflow import MoveRefused
from reports.campaign_figures import figures_of
from reports.comparison import reported_values
from reports.derive import CityFigures, derive_units, total
from reports.enums import ReportState
from reports.models import Consolidation, Report, Submission


@dataclass(frozen=True)
class City:
    """The figures of a campaign by unit with their total, and the units whose report has not been accepted."""

    campaign: Campaign
    cut_off: datetime.date
    figures: CityFigures
    missing: list[Union]
    submissions: dict[Union, Submission]


def accepted_city(campaign: Campaign) -> City:
    """The accepted reports of `campaign` and their sum; a supplementary report stands for the one before it.

    The number of queries does not depend on the number of units.
    """
    units = list(Union.objects.reporting())
    submissions = _accepted(campaign, units)
    registry = figures_of(campaign)
    values = reported_values((submission.pk for submission in submissions.values()), registry)
    by_unit = {unit: values[submission.pk] for unit, submission in submissions.items()}
    cut_offs = [submission.cut_off for submission in submissions.values()]
    missing = [unit for unit in units if unit not in submissions]
    figures = CityFigures(by_unit, total(by_unit.values(), registry))
    return City(campaign, max(cut_offs, default=campaign.cut_off()), figures, missing, submissions)


def live_city(campaign: Campaign) -> City:
    """The records of every unit as they stand now; the units without an accepted report are named all the same."""
    accepted = _accepted(campaign, units := list(Union.objects.reporting()))
    missing = [unit for unit in units if unit not in accepted]
    return City(campaign, campaign.cut_off(), derive_units(campaign, units=units), missing, accepted)


def _accepted(campaign: Campaign, units: Iterable[Union]) -> dict[Union, Submission]:
    """What was accepted of each of `units`, in their order."""
    reports = Report.objects.filter(campaign=campaign, state=ReportState.ACCEPTED).order_by("number")
    latest = dict(reports.values_list("union", "submission"))
    found = Submission.objects.defer("content").in_bulk(latest.values())
    return {unit: found[latest[unit.pk]] for unit in units if unit.pk in latest}


@transaction.atomic
def consolidate(campaign: Campaign, *, actor: User, address: str | None = None) -> Consolidation:
    """Keep the sum of the reports accepted so far.

    Made again while nothing else was accepted, it is the one already kept: pressed twice it acts once. Writes the
    consolidation and one audit row. Raises MoveRefused if `actor` does not review reports, or nothing is accepted.
    """
    if not can(actor, Permission.REVIEW_REPORTS):
        raise MoveRefused(_("您的岗位不能汇总报表。"))
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    city = accepted_city(campaign)
    if not city.submissions:
        raise MoveRefused(_("还没有已接收的报表，不能汇总。"))
    content = content_of(city)
    digest = digest_of(campaign, content)
    latest = campaign.consolidations.first()
    if latest and latest.digest == digest:
        return latest
    made = Consolidation.objects.create(campaign=campaign, made_by=actor, digest=digest, **content)
    audit.record(
        AuditAction.CONSOLIDATED,
        actor=actor,
        address=address,
        subject=str(campaign),
        digest=digest,
        units=len(city.submissions),
        missing=len(city.missing),
    )
    return made


def content_of(city: City) -> dict:
    """What a consolidation keeps."""
    return {
        "submissions": [
            {"unit": unit.code, "name": unit.name, "code": submission.code, "digest": submission.digest}
            for unit, submission in city.submissions.items()
        ],
        "missing": [{"unit": unit.code, "name": unit.name} for unit in city.missing],
        "totals": {slug: f"{value:.2f}" for slug, value in city.figures.total.items()},
    }


def digest_of(campaign: Campaign, content: dict) -> str:
    """SHA-256 over the canonical JSON of the year and `content`."""
    everything = {"campaign": campaign.year, **content}
    canonical = json.dumps(everything, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
