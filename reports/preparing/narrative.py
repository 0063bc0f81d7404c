"""总结报告正文 of one unit: what its numbers are now, and its draft by the clauses of the notice."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.models import Campaign
from reports.beside.movement import movement
from reports.enums import SummaryPart
from reports.models import Report
from reports.preparing.standing import Standing, standing
from reports.summary.drafting import PLACEHOLDER, Texts, data_told, or_gap, plans_told, problems_told, work_done
from reports.summary.names import DERIVED, DIFFERENCE, check_slug, figure_slug
from reports.summary.numbers import Numbers, numbers_of


@dataclass(frozen=True)
class Told:
    """A report as it stands, with every number that its summary may name."""

    live: Standing
    numbers: Numbers


def told_of(report: Report) -> Told:
    """The report that is being prepared, counted now. Raises Tampered."""
    live = standing(report)
    numbers = numbers_of(report.campaign, report.union, live.rows, moved=movement(report), soft=live.soft)
    return Told(live, numbers)


def title_of(campaign: Campaign) -> str:
    """The heading of the document; it is not part of the text."""
    return _("%(year)d年金秋助学活动和阳光就业行动总结报告") % {"year": campaign.year}


def draft(told: Told) -> Texts:
    """A text for each part, a line for each paragraph, with blanks for its numbers."""
    live, numbers = told.live, told.numbers
    return {
        SummaryPart.WORK.value: work_done(numbers),
        SummaryPart.DATA.value: "\n".join([*data_told(live.report.campaign, live.rows, numbers), *_adjusted(live)]),
        SummaryPart.PROBLEMS.value: or_gap([*_explained(live), *problems_told(numbers)]),
        SummaryPart.PLANS.value: or_gap(plans_told(numbers)),
    }


def _adjusted(live: Standing) -> list[str]:
    return [
        _("%(name)s按记录统计{%(derived)s}，调整{%(difference)s}，报送{%(slug)s}%(unit)s。原因：%(reason)s")
        % {
            "name": row.figure,
            "derived": figure_slug(row.figure, DERIVED),
            "difference": figure_slug(row.figure, DIFFERENCE),
            "slug": row.figure.slug,
            "unit": row.figure.unit.label,
            "reason": _in_line(row.reason),
        }
        for row in live.rows.values()
        if row.difference and row.reason
    ]


def _explained(live: Standing) -> list[str]:
    """What the checks found, with the unit's word on it, or the place for one."""
    return [
        _("{%(found)s}原因：%(text)s")
        % {"found": check_slug(found.check.code), "text": _in_line(live.explanation(found)) or PLACEHOLDER}
        for found in live.soft
    ]


def _in_line(text: str) -> str:
    """In one paragraph, and without what would be taken for a blank."""
    return " ".join(text.split("\n")).translate({ord("{"): "（", ord("}"): "）"})
