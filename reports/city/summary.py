"""全市总结报告: drafted from the accepted reports, edited like a unit's, with paragraphs of what units wrote."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import audit
from portal.access import Permission, can
from portal.audit import By
from portal.enums import AuditAction
from portal.models import Campaign, Union
from portal.printouts.content import Printout
from portal.words.on_paper import day_on_paper
from portal.workflow import MoveRefused
from reports.annex.campaign_figures import figures_of
from reports.city.consolidation import accepted_city
from reports.city.units import units_of
from reports.counting.rows import FigureRow, last_of
from reports.enums import SummaryPart
from reports.handed_in.text import frozen_parts, frozen_text_of
from reports.models import CityNarrative, Report
from reports.preparing.narrating import checked, refuse_overtaken, write
from reports.preparing.narrative import title_of
from reports.render.prose import prose_printout
from reports.sealing.proving import prove
from reports.summary.blanks import filled, paragraphs
from reports.summary.drafting import Texts, data_told, headed, or_gap, plans_told, problems_told, work_done
from reports.summary.names import names_of_city
from reports.summary.numbers import Number, Numbers, numbers_of


@dataclass(frozen=True)
class CityTold:
    """The accepted figures of the city with last year's, and every number that its summary may name."""

    campaign: Campaign
    rows: dict[str, FigureRow]
    numbers: Numbers


def city_told(campaign: Campaign, root: Union) -> CityTold:
    """What the city's summary tells: of the forms what was accepted, of all else what the records say now.

    Raises Tampered.
    """
    city, before = accepted_city(campaign), Campaign.objects.filter(year__lt=campaign.year).first()
    last = accepted_city(before) if before else None
    of_then = last.figures.total if last and last.submissions else None
    figures = figures_of(campaign)
    rows = {
        slug: FigureRow(figures[slug], value, last=last_of(figures[slug], of_then))
        for slug, value in city.figures.total.items()
    }
    counts = {"units_accepted": len(city.submissions), "units_missing": len(city.missing)}
    numbers = numbers_of(campaign, root, rows) | {slug: Number.of(count) for slug, count in counts.items()}
    return CityTold(
        campaign, rows, {slug: numbers[slug] for slug in (*names_of_city(campaign), "year") if slug in numbers}
    )


def draft_city(told: CityTold) -> Texts:
    """A text for each part, with blanks for its numbers."""
    reported = _("已接收{units_accepted}个单位的报表，缺报{units_missing}个单位。")
    return {
        SummaryPart.WORK.value: work_done(told.numbers),
        SummaryPart.DATA.value: "\n".join([reported, *data_told(told.campaign, told.rows, told.numbers)]),
        SummaryPart.PROBLEMS.value: or_gap(problems_told(told.numbers)),
        SummaryPart.PLANS.value: or_gap(plans_told(told.numbers)),
    }


@transaction.atomic
def save_city_summary(campaign: Campaign, *, parts: Mapping[str, str], version: int, by: By) -> CityNarrative:
    """Keep the `parts` of the city's summary; `version` is the one that was there when the person began, 0 for none.

    The same saved twice acts once. Writes the text and one audit row. Raises MoveRefused if `by` does not review
    reports, and ValidationError as `save_narrative` does.
    """
    _lock(campaign, by)
    written = checked(parts, names_of_city(campaign))
    kept = CityNarrative.objects.filter(campaign=campaign).select_related("made_by").first()
    if kept and kept.parts == written:
        return kept
    refuse_overtaken(kept, version)
    return _write(kept or CityNarrative(campaign=campaign), written, by)


@dataclass(frozen=True)
class UnitText:
    """What one unit handed in as its summary: the paragraphs of each part, or none where it handed in a file."""

    report: Report
    parts: dict[str, list[str]] | None

    def paragraphs(self, part: str) -> list[str]:
        return self.parts[part] if self.parts else []

    @property
    def has_file(self) -> bool:
        """Whether it handed in a file of its own."""
        return self.parts is None and bool(self.report.submission.content.get("summary"))


def handed_in(campaign: Campaign) -> QuerySet:
    """The latest report of each unit that was handed in, in the order of the units' codes."""
    reports = Report.objects.filter(campaign=campaign, submission__isnull=False)
    latest = {report["union"]: report["pk"] for report in reports.order_by("number").values("union", "pk")}
    chosen = Report.objects.filter(pk__in=latest.values())
    return chosen.select_related("union", "campaign", "submission__report__campaign").order_by("union__code")


def unit_text(report: Report) -> UnitText:
    """As it was frozen. Raises Tampered."""
    prove(report.submission)
    text = frozen_text_of(report.submission)
    parts = {part: paragraphs(words) for part, words in frozen_parts(text).items()} if text else None
    return UnitText(report, parts)


def not_handed_in(campaign: Campaign) -> list[Union]:
    """The units that owe a report and have handed in none."""
    given = set(Report.objects.filter(campaign=campaign, submission__isnull=False).values_list("union", flat=True))
    return [unit for unit in units_of(campaign) if unit.pk not in given and not unit.is_closed]


@transaction.atomic
def pick_paragraphs(
    campaign: Campaign, *, part: str, picked: Iterable[tuple[int, int]], root: Union, by: By
) -> tuple[CityNarrative, int]:
    """Put paragraphs of units' texts at the end of the same part of the city's: (report, place from 0) of each.

    A paragraph that stands there already is not put twice. Where nothing is written yet, the draft is begun with.
    Writes the text and one audit row; returns the text and how many paragraphs came in. Raises MoveRefused,
    ValidationError where nothing of the kind was handed in, and Tampered.
    """
    _lock(campaign, by)
    kept = CityNarrative.objects.filter(campaign=campaign).select_related("made_by").first()
    parts = kept.parts if kept else draft_city(city_told(campaign, root))
    there = set(paragraphs(parts[part]))
    more = [words for words in dict.fromkeys(_said(campaign, part, picked)) if words not in there]
    if not more and kept:
        return kept, 0
    parts[part] = "\n".join([parts[part], *more]).strip("\n")
    written = checked(parts, names_of_city(campaign))
    return _write(kept or CityNarrative(campaign=campaign), written, by), len(more)


def _said(campaign: Campaign, part: str, picked: Iterable[tuple[int, int]]) -> list[str]:
    """The paragraphs, each under the name of its unit; nothing in them is taken for a blank."""
    asked = list(picked)
    texts = {report.pk: unit_text(report) for report in handed_in(campaign).filter(pk__in={pk for pk, _at in asked})}
    said = []
    for pk, at in asked:
        lines = texts[pk].paragraphs(part) if pk in texts else []
        if not 0 <= at < len(lines):
            raise ValidationError(_("要摘的段落已不在单位报送的总结里，请重新打开这一页。"))
        words = lines[at].translate({ord("{"): "（", ord("}"): "）"})
        said.append(_("%(unit)s：%(words)s") % {"unit": texts[pk].report.union.name, "words": words})
    return said


def _lock(campaign: Campaign, by: By) -> None:
    if not can(by.actor, Permission.REVIEW_REPORTS):
        raise MoveRefused(_("您的岗位不能写全市总结报告。"))
    Campaign.objects.select_for_update().get(pk=campaign.pk)


def _write(kept: CityNarrative, written: Texts, by: By) -> CityNarrative:
    write(kept, written, by)
    subject = _("%(year)s 全市总结报告（第 %(version)d 版）") % {"year": kept.campaign, "version": kept.version}
    audit.record(AuditAction.RECORD_SAVED, by=by, subject=subject)
    return kept


def city_printout(kept: CityNarrative, texts: Mapping[str, str], root: Union) -> Printout:
    """The city's text as it is signed, with `texts` in its blanks."""
    parts = {part: filled(text, texts) for part, text in kept.parts.items()}
    day = day_on_paper(timezone.localtime(kept.made_at).date())
    return prose_printout(title_of(kept.campaign), headed(parts), root.name, day)
