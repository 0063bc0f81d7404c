"""The units the annexes are printed in, and how a figure in each of them is written exactly."""

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

WAN_EXPONENT = 4  # 1 万元 = 10 000 yuan
LEAST_PLACES = 2


class Unit(models.TextChoices):
    """What stands in brackets after a blank (annexes.md, column "unit"). Money is kept in yuan whatever its unit."""

    PERSONS = "persons", _("人")
    PERSON_TIMES = "person_times", _("人次")
    EMPLOYERS = "employers", _("家")
    POSTS = "posts", _("个")
    EVENTS = "events", _("场")
    WAN_YUAN = "wan_yuan", _("万元")
    YUAN = "yuan", _("元")

    @property
    def is_money(self) -> bool:
        return self in {Unit.WAN_YUAN, Unit.YUAN}

    @property
    def number_format(self) -> str:
        """The spreadsheet format that shows every digit `format` prints."""
        return {Unit.WAN_YUAN: "0.00####", Unit.YUAN: "0.00"}.get(self, "0")

    def shown(self, value: int | Decimal) -> int | Decimal:
        """A derived value (yuan, or a whole number) in this unit, exactly: shifting the point rounds nothing."""
        if not self.is_money:
            return int(value)
        return Decimal(value).scaleb(-WAN_EXPONENT) if self is Unit.WAN_YUAN else Decimal(value)

    def format(self, value: int | Decimal) -> str:
        """A derived value as the form prints it.

        Never rounded: money has two decimals and as many more, up to six for 万元, as exactness needs (annexes.md,
        "Words used below").
        """
        shown = self.shown(value)
        if not self.is_money:
            return str(shown)
        whole, _point, places = f"{shown:f}".partition(".")
        return f"{whole}.{places.rstrip('0').ljust(LEAST_PLACES, '0')}"
