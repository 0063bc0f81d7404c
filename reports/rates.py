"""Success rates of Sunshine Employment, as the federation computes them.

Need = graduates − self-placed − further study. Help rate = placed ÷ need. Employment rate = (placed + self-placed +
further study) ÷ graduates. Sources: the 2009 Shanghai sheet (5 005 graduates of whom 2 614 need help) and the national
figures beside it (19.2 万 graduates, 3.3 万 signed or studying on, 14.1 万 placed: 88.7 % and 90.6 %).
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext_lazy as _

from reports.derive import Values
from reports.figures.funnel import FURTHER_STUDY, PLACED, SELF_PLACED, TRACKED

RATE_LABELS = (_("需要帮扶率"), _("帮扶成功率"), _("就业率"))
UNKNOWN = "—"
TENTH = Decimal("0.1")
Number = int | Decimal


@dataclass(frozen=True)
class Rates:
    """Four numbers of one union, all persons or all 万人. `placed` are of those who need help."""

    graduates: Number
    self_placed: Number
    further_study: Number
    placed: Number

    @classmethod
    def of(cls, values: Values) -> "Rates":
        return cls(*(values[figure.slug] for figure in (TRACKED, SELF_PLACED, FURTHER_STUDY, PLACED)))

    @property
    def need(self) -> Number:
        return self.graduates - self.self_placed - self.further_study

    @property
    def need_share(self) -> Decimal | None:
        """Per cent of the graduates who need help."""
        return per_cent(self.need, self.graduates)

    @property
    def help_rate(self) -> Decimal | None:
        """Per cent of those in need who were placed."""
        return per_cent(self.placed, self.need)

    @property
    def employment_rate(self) -> Decimal | None:
        """Per cent of the graduates who were placed, found work themselves or study on."""
        return per_cent(self.placed + self.self_placed + self.further_study, self.graduates)

    @property
    def texts(self) -> tuple[str, str, str]:
        """The three rates as printed, in the order of `RATE_LABELS`."""
        return tuple(printed(rate) for rate in (self.need_share, self.help_rate, self.employment_rate))


def per_cent(part: Number, whole: Number) -> Decimal | None:
    """Rounded half up to a tenth, as in the official sheets; None of nothing."""
    return (Decimal(part) * 100 / Decimal(whole)).quantize(TENTH, ROUND_HALF_UP) if whole else None


def printed(rate: Decimal | None) -> str:
    return UNKNOWN if rate is None else f"{rate}%"
