"""The filters of lists that a number of 结对项目统计 opens: the same conditions as the number."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from aid.both_sides import SIDES
from aid.enums import Programme
from portal.records.filters import CampaignFilter, CodeFilter, RecordFilterSet


class PairedFilters(RecordFilterSet):
    """By the programme under which they pair, in one campaign or ever."""

    paired = CodeFilter(label=_("结对项目"), choices=Programme, method="filter_paired")
    paired_in = CampaignFilter(label=_("结对的年度"), method="filter_paired")

    def filter_paired(self, records: QuerySet, _name: str, _value: Any) -> QuerySet:
        """Both filters are one condition: whichever is asked first asks for both."""
        asked = self.form.cleaned_data
        programmes = [asked["paired"]] if asked.get("paired") else Programme.values
        return records.filter(SIDES[self._meta.model](programmes, asked.get("paired_in")))
