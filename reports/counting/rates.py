"""Success rates of Sunshine Employment, as the federation computes them.

Need = graduates − self-placed − further study. Help rate = placed ÷ need. Employment rate = (placed + signed by
themselves + self-placed + further study) ÷ graduates: who signed a contract is employed, with the union's help or
without it. Sources: the 2009 Shanghai sheet (5 005 graduates of whom 2 614 need help) and the national figures beside
it (19.2 万 graduates, 3.3 万 signed or studying on, 14.1 万 placed: 88.7 % and 90.6 %).
"""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from portal.words.shares import Number, per_cent, printed
from reports.counting.derive import Values
from reports.figures.funnel import FURTHER_STUDY, PLACED, SELF_PLACED, SIGNED, TRACKED

RATE_LABELS = (_("需要帮扶率"), _("帮扶成功率"), _("就业率"))


@dataclass(frozen=True)
class Rates:
    """Five numbers of one union, all persons or all 万人. `placed` and `signed` are of those who need help: whom the
    union placed, and who signed a contract without being placed.
    """

    graduates: Number
    self_placed: Number
    further_study: Number
    placed: Number
    signed: Number = 0

    @classmethod
    def of(cls, values: Values) -> "Rates":
        return cls(*(values[figure.slug] for figure in (TRACKED, SELF_PLACED, FURTHER_STUDY, PLACED, SIGNED)))

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
        """Per cent of the graduates who were placed, signed or found work themselves, or study on."""
        return per_cent(self.placed + self.signed + self.self_placed + self.further_study, self.graduates)

    @property
    def texts(self) -> tuple[str, str, str]:
        """The three rates as printed, in the order of `RATE_LABELS`."""
        return printed(self.need_share), printed(self.help_rate), printed(self.employment_rate)
