"""Charts of 就业全程: the stages of one campaign, and the rates year by year."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from portal.words.shares import printed
from reports.beside.funnel import YearRow
from reports.charts.columns import line
from reports.charts.marks import Chart, Series
from reports.charts.ranked import ranked
from reports.counting.derive import Values
from reports.counting.rates import RATE_LABELS
from reports.figures.funnel import STAGES
from reports.figures.registry import Figure


def stages_chart(values: Values, stages: Sequence[Figure] = STAGES) -> Chart:
    """How many reach each of `stages`, as a campaign calls them; of those who need help from the second on."""
    numbers = [values[stage.slug] for stage in stages]
    series = Series(_("人数"), [Decimal(number) for number in numbers], [str(number) for number in numbers])
    return ranked(_("就业全程（人）"), _("阶段"), [str(stage) for stage in stages], series)


def rate_charts(years: Sequence[YearRow]) -> list[Chart]:
    """Help rate and employment rate of each year, in per cent."""
    names = [str(row.campaign.year) for row in years]
    helped, employed = [row.rates.help_rate for row in years], [row.rates.employment_rate for row in years]
    _share, *labels = RATE_LABELS
    return [
        line(f"{label}（%）", _("年度"), names, Series(str(label), rates, [printed(rate) for rate in rates]))
        for label, rates in zip(labels, (helped, employed), strict=True)
    ]
