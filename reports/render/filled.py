"""What every rendering starts from: one union's values for one campaign and cut-off."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.models import Campaign, Union
from reports.annex.campaign_figures import FORM_NUMBERS, figures_of, form_of
from reports.annex.wording import Form
from reports.counting.derive import Values, derive
from reports.figures.registry import Registry

UNKNOWN = "—"  # of a figure that was not reported
UNIT_SPACE = "填报单位"  # as the wording of the forms names it


@dataclass(frozen=True)
class Stamp:
    """What stands at the foot of a print: the words, and where the code of what was handed in is answered."""

    words: str
    url: str = ""


@dataclass(frozen=True)
class Filled:
    """The figures of `union`, to be printed in the forms of `campaign`."""

    campaign: Campaign
    union: Union
    cut_off: datetime.date
    values: Values

    @classmethod
    def live(
        cls,
        campaign: Campaign,
        union: Union,
        as_of: datetime.date | None = None,
        *,
        forms: Iterable[int] = FORM_NUMBERS,
    ) -> "Filled":
        """The figures of `forms` as the records stand now, up to `as_of` (else today)."""
        figures = [figure for number in forms for figure in figures_of(campaign).of_form(number)]
        return cls(campaign, union, campaign.cut_off(as_of), derive(campaign, union, as_of, figures=figures))

    @property
    def figures(self) -> Registry:
        return figures_of(self.campaign)

    def form(self, number: int) -> Form:
        return form_of(self.campaign, number)

    @property
    def spaces(self) -> dict[str, str]:
        """What is known of the places filled in by hand; the contact comes with the report."""
        return {UNIT_SPACE: self.union.name}

    @property
    def stamp(self) -> Stamp:
        """Figures that still change carry no code."""
        return Stamp(_("尚未报送：按 %(day)s 的记录统计，只供核对，无核验码。") % {"day": self.cut_off})

    def text(self, slug: str) -> str:
        """The figure as printed; a dash for one that the form of a report did not have."""
        return self.figures[slug].unit.format(self.values[slug]) if slug in self.values else UNKNOWN


def texts(values: Values, figures: Registry, forms: Iterable[int] = FORM_NUMBERS) -> dict[str, str]:
    """Every figure of `forms` as printed, in the order of the forms."""
    return {
        figure.slug: figure.unit.format(values[figure.slug]) for number in forms for figure in figures.of_form(number)
    }
