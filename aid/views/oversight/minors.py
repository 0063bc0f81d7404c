"""The year's report on the use of what is kept about children."""

from collections import Counter

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.oversight.minors import USES, Use, uses_of_minors_data, years
from portal.access import Permission
from portal.records.exporting.resource import ExportColumn
from portal.text import as_year
from portal.views.exporting import WholeListExport
from portal.views.listing import export_address
from portal.web.base import PortalPage


class MinorsUse(PortalPage):
    """A line for each month: how often it was looked at, seen in full, taken away."""

    permission = Permission.VIEW_AUDIT
    template_name = "aid/oversight/minors.html"

    @cached_property
    def year(self) -> int:
        """The year that the address names, else this one."""
        named = self.request.GET.get("year", "")
        year = as_year(named) if named else localdate().year
        if year is None:
            raise Http404(_("没有这一年。"))
        return year

    def get_rows(self) -> list[Use]:
        return uses_of_minors_data(self.request.user, self.year)

    def get_context_data(self, **kwargs):
        times: Counter = Counter()
        for use in self.get_rows():
            times[use.month, use.action] += use.times
        months = sorted({month for month, _action in times})
        return super().get_context_data(
            year=self.year,
            years=years(self.request.user),
            actions=[action.label for action in USES],
            rows=[(month, [times[month, str(action.label)] for action in USES]) for month in months],
            export_url=export_address(self.request, "minors_use_export"),
            **kwargs,
        )


class MinorsUseExport(WholeListExport, MinorsUse):
    """A line for each month, unit, kind, action and ground."""

    title = gettext_lazy("未成年人信息使用情况")
    list_name = "minors_use"
    columns = (
        ExportColumn(gettext_lazy("月份"), lambda use: f"{use.month:%Y-%m}"),
        ExportColumn(gettext_lazy("填报单位"), lambda use: use.unit),
        ExportColumn(gettext_lazy("信息"), lambda use: use.kind),
        ExportColumn(gettext_lazy("事项"), lambda use: use.action),
        ExportColumn(gettext_lazy("用途"), lambda use: use.ground),
        ExportColumn(gettext_lazy("次数"), lambda use: use.times),
        ExportColumn(gettext_lazy("记录数（没有记明的按 1 计）"), lambda use: use.records),
    )

    def subject(self) -> str:
        return f"{self.title} {self.year}"
