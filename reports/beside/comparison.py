"""A report beside last year's and those of the other units (domain.md, Report)."""

import statistics
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.models import Campaign, Union
from portal.words.shares import half_up
from reports.annex.campaign_figures import figures_of
from reports.beside.last_year import last_year
from reports.beside.reported import reported_where_proved
from reports.counting.derive import Values
from reports.counting.rows import FigureRow, frozen_figure_rows
from reports.figures.registry import Figure
from reports.models import Report, Submission

# A figure stands out that lies further from the median than 3.5 scaled MADs (Iglewicz and Hoaglin's limit); 1.4826
# makes the MAD of a normal distribution its standard deviation. Where more than half of the units have the same number
# the MAD is 0, and they recommend the mean absolute deviation instead, which 1.2533 makes a standard deviation.
OUTLYING, MAD_SCALE, MEAN_SCALE = Decimal("3.5"), Decimal("1.4826"), Decimal("1.2533")
HUNDREDTH = Decimal("0.01")
LEAST_ALIKE = 5  # units of one kind that make an average; units beside which a figure can stand out at all


def current_values(campaign: Campaign) -> dict[int, Values]:
    """What each unit handed in last for `campaign`, by its id; a supplementary report stands for the one before it.

    A report that is no longer what was frozen is compared with none.
    """
    reports = Report.objects.filter(campaign=campaign, submission__isnull=False).order_by("number")
    latest = dict(reports.values_list("union", "submission"))
    values = reported_where_proved(latest.values(), figures_of(campaign))
    return {union: values[submission] for union, submission in latest.items() if submission in values}


def comparable_values(report: Report) -> list[Values]:
    """What the other units of the same kind (区县, 局, 产业) handed in; where they are few, what all others did."""
    values = current_values(report.campaign)
    values.pop(report.union_id, None)
    same = Union.objects.filter(pk__in=values, kind=report.union.kind).values_list("pk", flat=True)
    alike = [values[union] for union in same]
    return alike if len(alike) >= LEAST_ALIKE else list(values.values())


@dataclass(frozen=True)
class Peers:
    """One figure in the reports of the other units. `stands_out` is said of the unit compared with them."""

    count: int
    mean: Decimal | None = None
    median: Decimal | None = None
    mad: Decimal | None = None
    stands_out: bool = False

    @classmethod
    def of(cls, value: int | Decimal, others: Iterable[int | Decimal]) -> "Peers":
        """`value` beside `others`: marked when it lies too far from their median, and they are not too few to tell."""
        value, others = Decimal(value), [Decimal(other) for other in others]
        if not others:
            return cls(0)
        median = statistics.median(others)
        mad = statistics.median(abs(other - median) for other in others)
        spread = MAD_SCALE * mad or MEAN_SCALE * _mean_deviation([*others, value], median)
        stands_out = len(others) >= LEAST_ALIKE and abs(value - median) > OUTLYING * spread
        return cls(len(others), sum(others) / len(others), median, mad, stands_out)

    @property
    def are_few(self) -> bool:
        """Whether nothing can be said beside them."""
        return self.count < LEAST_ALIKE


def _mean_deviation(values: list[Decimal], median: Decimal) -> Decimal:
    """Of the whole sample, as they define it: the other units alone may all have the same number."""
    return sum(abs(value - median) for value in values) / len(values)


@dataclass(frozen=True)
class Compared:
    """One figure of a submission, with all that it is compared with."""

    row: FigureRow
    peers: Peers
    records_url: str

    @property
    def figure(self) -> Figure:
        return self.row.figure

    @property
    def average(self) -> str:
        """The mean in the unit of the form; no figure of the form, so that it may be rounded."""
        if self.peers.mean is None:
            return ""
        return self._rounded(self.peers.mean)

    @property
    def warning(self) -> str:
        """That the figure stands out, and on which side of the other units; '' when it does not."""
        if not self.peers.stands_out:
            return ""
        above = self.row.reported > self.peers.median
        words = _("明显高于其他单位（中位数 %(median)s）") if above else _("明显低于其他单位（中位数 %(median)s）")
        return words % {"median": self._rounded(self.peers.median)}

    def _rounded(self, value: Decimal) -> str:
        unit = self.figure.unit
        return f"{half_up(value.scaleb(-4), HUNDREDTH) if unit == unit.WAN_YUAN else half_up(value)}"


def compared(submission: Submission) -> list[Compared]:
    """The figures of `submission` in the order of the forms. The number of queries does not depend on that of units."""
    report = submission.report
    others = comparable_values(report)
    rows = frozen_figure_rows(submission, last_year(report))
    return [
        Compared(
            row,
            Peers.of(row.reported, [other[slug] for other in others if slug in other]),
            records_url(submission, slug),
        )
        for slug, row in rows.items()
    ]


def records_url(submission: Submission, slug: str) -> str:
    """Where the frozen records behind a figure are listed."""
    return reverse("submission_records", args=[submission.pk, slug])
