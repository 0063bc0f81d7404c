"""Consolidating: the city's tables are the sum of the accepted reports as they were frozen (domain.md, Report)."""

import datetime
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.db import transaction
from django.db.models.fields.json import KT
from django.utils.translation import gettext as _

from portal import audit
from portal.access import Permission, can
from portal.audit import By
from portal.enums import AuditAction
from portal.models import Campaign, Union
from portal.workflow import MoveRefused
from reports.annex.campaign_figures import figures_of
from reports.beside.counted_twice import counted_twice
from reports.beside.reported import Lack, lacks, reported_values, sum_reported
from reports.city.units import units_of
from reports.counting.derive import CityFigures
from reports.counting.kept import FORM_FIGURES
from reports.enums import ReportState
from reports.models import Consolidation, Report, Submission
from reports.review.late import days_late
from reports.sealing.proving import Tampered, is_proved

CHUNK = 20  # submissions in memory at a time


@dataclass(frozen=True)
class MissingUnit:
    """A unit that the city's tables miss, and how its report stands, in words; '' where that was not kept."""

    unit: Union
    state: str = ""

    def __str__(self):
        name = f"{self.unit.code} {self.unit.name}"
        return f"{name}（{self.state}）" if self.state else name


@dataclass(frozen=True)
class City:
    """The figures of a campaign by unit with their total, and the units whose report has not been accepted.

    `days_late` is known of the units in `submissions`.
    A figure that the form of a report did not have is neither in its unit's values nor counted in the total.
    """

    campaign: Campaign
    cut_off: datetime.date
    figures: CityFigures
    missing_units: list[MissingUnit]
    submissions: dict[Union, Submission]
    days_late: dict[Union, int] = field(default_factory=dict)

    @property
    def late(self) -> dict[Union, int]:
        """The units that handed in late what is added up here, with the days."""
        return {unit: days for unit, days in self.days_late.items() if days}

    @property
    def missing(self) -> list[Union]:
        return [missing.unit for missing in self.missing_units]

    @cached_property
    def lacks(self) -> list[Lack]:
        """Figures of the forms as they are now that accepted reports have not got."""
        return lacks(self.figures.units, figures_of(self.campaign))


def accepted_city(campaign: Campaign) -> City:
    """The accepted reports of `campaign` and their sum; a supplementary report stands for the one before it.

    The number of queries does not depend on the number of units.
    """
    submissions, missing = _accepted(campaign, units_of(campaign))
    return _city_of(campaign, submissions, missing, _late(campaign, submissions))


def live_city(campaign: Campaign, as_of: datetime.date | None = None) -> City:
    """The records of every unit as they stand now, up to `as_of` (else today).

    The units without an accepted report are named all the same.
    """
    accepted, missing = _accepted(campaign, units := list(units_of(campaign)))
    derived, late = FORM_FIGURES.of_units(campaign, as_of, units=units), _late(campaign, accepted)
    return City(campaign, campaign.cut_off(as_of), derived, missing, accepted, late)


def kept_city(made: Consolidation) -> City:
    """A consolidation as it was kept: the same submissions and forms, whatever was accepted or reworded since."""
    codes = {each["code"]: each["unit"] for each in made.submissions}
    found = Submission.objects.defer("content").filter(code__in=codes).in_bulk(field_name="code")
    units = _named([*made.submissions, *made.missing])
    submissions = {units[unit]: found[code] for code, unit in codes.items()}
    missing = [MissingUnit(units[each["unit"]]) for each in made.missing]
    late = {units[each["unit"]]: each["days_late"] for each in made.submissions if "days_late" in each}
    return _city_of(campaign_as_kept(made), submissions, missing, late)


def campaign_as_kept(made: Consolidation) -> Campaign:
    """The campaign with the forms it had when `made` was kept, to read and print by; not to be saved."""
    campaign = made.campaign
    campaign.forms = made.forms or {}
    return campaign


def _named(kept: Iterable[dict]) -> dict[str, Union]:
    """The unions of a consolidation by code, with the names that they had then."""
    names = {each["unit"]: each["name"] for each in kept}
    found = Union.objects.filter(code__in=names).in_bulk(field_name="code")
    for code, union in found.items():
        union.name = names[code]
    return found


def _late(campaign: Campaign, units: Iterable[Union]) -> dict[Union, int]:
    """How many days late each of `units` handed in."""
    known = days_late(campaign)
    return {unit: known.get(unit.pk, 0) for unit in units}


def _city_of(
    campaign: Campaign, submissions: dict[Union, Submission], missing: list[MissingUnit], late: dict[Union, int]
) -> City:
    """What `submissions` reported and its sum."""
    registry = figures_of(campaign)
    values = reported_values((submission.pk for submission in submissions.values()), registry)
    by_unit = {unit: values[submission.pk] for unit, submission in submissions.items()}
    cut_offs = [submission.cut_off for submission in submissions.values()]
    figures = CityFigures(by_unit, sum_reported(by_unit.values(), registry))
    return City(campaign, max(cut_offs, default=campaign.cut_off()), figures, missing, submissions, late)


def _accepted(campaign: Campaign, units: Iterable[Union]) -> tuple[dict[Union, Submission], list[MissingUnit]]:
    """What was accepted of each of `units`, in their order and under the names of then, and the units that owe it."""
    latest, states = {}, {}
    reports = Report.objects.filter(campaign=campaign).order_by("number")
    for union, state, submission in reports.values_list("union", "state", "submission"):
        states[union] = state
        if state == ReportState.ACCEPTED:
            latest[union] = submission
    named = Submission.objects.annotate(unit_name=KT("content__unit_name")).defer("content")
    found = named.in_bulk(latest.values())
    accepted, missing = {}, []
    for unit in units:
        if unit.pk in latest:
            submission = accepted[unit] = found[latest[unit.pk]]
            unit.name = submission.unit_name or unit.name
        elif not unit.is_closed:
            missing.append(MissingUnit(unit, _words(states.get(unit.pk))))
    return accepted, missing


def _words(state: str | None) -> str:
    """How the report of a missing unit stands."""
    if state in {ReportState.SUBMITTED, ReportState.UNDER_REVIEW}:
        return _("已报送，未接收")
    return _("已退回") if state == ReportState.RETURNED else _("未报送")


@transaction.atomic
def consolidate(campaign: Campaign, *, by: By) -> Consolidation:
    """Keep the sum of the reports accepted so far.

    Made again while nothing else was accepted, it is the one already kept: pressed twice it acts once. Writes the
    consolidation and one audit row. Raises MoveRefused if `by` does not review reports, or nothing is accepted, and
    Tampered if something accepted is no longer what was frozen.
    """
    if not can(by.actor, Permission.REVIEW_REPORTS):
        raise MoveRefused(_("您的岗位不能汇总报表。"))
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    city = accepted_city(campaign)
    if not city.submissions:
        raise MoveRefused(_("还没有已接收的报表，不能汇总。"))
    _prove_whole(city.submissions.values())
    content = content_of(city) | {"counted_twice": len(counted_twice(campaign, city.submissions))}
    digest = digest_of(campaign, content)
    latest = campaign.consolidations.first()
    if latest and latest.digest == digest:
        return latest
    made = Consolidation.objects.create(campaign=campaign, made_by=by.actor, digest=digest, **content)
    audit.record(
        AuditAction.CONSOLIDATED,
        by=by,
        subject=str(campaign),
        digest=digest,
        units=len(city.submissions),
        missing=len(city.missing),
    )
    return made


def _prove_whole(submissions: Iterable[Submission]) -> None:
    """Records and all: what is kept for good is proved once in full. Raises Tampered, naming all that are not whole."""
    whole = Submission.objects.select_related("report__campaign", "report__union")
    found = whole.filter(pk__in=[each.pk for each in submissions]).order_by("pk").iterator(chunk_size=CHUNK)
    if broken := [submission for submission in found if not is_proved(submission)]:
        raise Tampered(broken)


def content_of(city: City) -> dict:
    """What a consolidation keeps."""
    return {
        "submissions": [
            {
                "unit": unit.code,
                "name": unit.name,
                "code": submission.code,
                "digest": submission.digest,
                "days_late": city.days_late.get(unit, 0),
            }
            for unit, submission in city.submissions.items()
        ],
        "missing": [{"unit": unit.code, "name": unit.name} for unit in city.missing],
        "totals": {slug: f"{value:.2f}" for slug, value in city.figures.total.items()},
        **({"forms": city.campaign.forms} if city.campaign.forms else {}),
    }


def digest_of(campaign: Campaign, content: dict) -> str:
    """SHA-256 over the canonical JSON of the year and `content`."""
    everything = {"campaign": campaign.year, **content}
    canonical = json.dumps(everything, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
