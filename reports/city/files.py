"""The city's tables as files: of what was accepted, of a consolidation as it was kept, or of the records as they stand.

Each names the units that are missing.
"""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.models import Campaign, Union
from reports.beside.years import years_until
from reports.city.consolidation import City, accepted_city, kept_city, live_city
from reports.city.contact import contact_of
from reports.models import Consolidation
from reports.render.city import CityForms, CityPrint
from reports.render.filled import FORM_NUMBERS
from reports.render.formats import Format
from reports.review.late import late_words


@dataclass(frozen=True)
class Source:
    """Which figures of the city are asked for; without anything, those of the accepted reports."""

    kept: int | None = None
    live: bool = False
    as_of: str = ""

    def city(self, campaign: Campaign) -> City:
        """Raises Consolidation.DoesNotExist for a consolidation that is none, or another campaign's."""
        if self.kept:
            made = Consolidation.objects.select_related("campaign").get(pk=self.kept, campaign=campaign)
            return kept_city(made)
        if self.live:
            return live_city(campaign, datetime.date.fromisoformat(self.as_of) if self.as_of else None)
        return accepted_city(campaign)

    @property
    def name(self) -> str:
        """What a print of it is called."""
        if self.kept:
            return _("全市汇总表（已保存）")
        return _("全市实时统计表") if self.live else _("全市汇总表")


def filled_of(city: City, union: Union) -> CityForms:
    """The city's forms; `union` is the root of the tree, whose name they bear."""
    return CityForms(city.campaign, union, city.cut_off, city.figures.total, contact_of(city.campaign))


def city_file(city: City, union: Union, kind: Format, *, with_units: bool) -> bytes:
    """The city's forms, who is missing and, `with_units`, the forms of every unit; in a workbook also the matrix and
    the years before. Raises PdfUnavailableError."""
    missing = [str(missing) for missing in city.missing_units]
    years = years_until(city.campaign) if kind.name == "xlsx" else None
    late = [f"{unit.code} {unit.name} {late_words(days)}" for unit, days in city.late.items()]
    also = CityPrint(missing, years, with_units, city.lacks, late)
    return kind.city(filled_of(city, union), city.figures, FORM_NUMBERS, also)


def described(city: City, source: Source, file_name: str) -> dict:
    """What the audit log says of a file of the city."""
    return {
        "campaign": city.campaign.year,
        "file": file_name,
        "kept": source.kept,
        "units": len(city.figures.units),
        "missing": [unit.code for unit in city.missing],
    }
