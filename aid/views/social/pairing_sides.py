"""结对项目统计: who gives and whom it reaches, per unit and campaign; each number opens its list."""

from django.http import Http404
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from aid.both_sides import BothSides, both_sides
from aid.enums import Programme
from aid.views.payments.overview import campaign_in
from portal.access import Permission
from portal.models import Campaign, Union
from portal.web.base import PortalPage

KINDS = ("sponsor", "child", "household")


class PairingSides(PortalPage):
    """The address names campaign and programme; without them the current one and 百名企业帮助百名学生."""

    permission = Permission.VIEW_RECORDS
    template_name = "aid/sponsor/sides.html"

    def get_context_data(self, **kwargs):
        campaign, programme = campaign_in(self.request), self.request.GET.get("programme") or Programme.ENTERPRISES
        if programme not in Programme.values:
            raise Http404(_("没有这个结对项目。"))
        found = both_sides(self.request.user, programme, campaign) if campaign else []
        names = {union.path: union for union in Union.objects.filter(path__in=[unit.path for unit in found])}
        asked = {"paired": programme, "paired_in": campaign.year if campaign else ""}
        rows = [(names[unit.path].name, self._cells(unit, asked, names[unit.path])) for unit in found]
        total = BothSides("", {kind: sum(unit.numbers.get(kind, 0) for unit in found) for kind in KINDS})
        return super().get_context_data(
            campaign=campaign,
            programme=programme,
            programmes=Programme.choices,
            campaigns=Campaign.objects.order_by("-year"),
            rows=rows,
            total=self._cells(total, asked),
            **kwargs,
        )

    def _cells(self, unit: BothSides, asked: dict, union: Union | None = None) -> list[tuple[int, str]]:
        """The numbers with the addresses of their lists; of the own unit of somebody below it all that is in scope."""
        if union is not None and union.path.startswith(self.request.user.union.path):
            asked = asked | {"union": union.code}
        query = urlencode(asked)
        return [(unit.numbers.get(kind, 0), f"{reverse(f'{kind}_list')}?{query}") for kind in KINDS]
