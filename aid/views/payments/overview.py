"""Per campaign: on time, in full, by card, against the notice's aim."""

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from aid.payments.coverage import BY_SLUG, GROUPS, PARTS, Coverage, CoverageGroup, cases_of, coverage, total
from aid.payments.path import CHUNK
from aid.records import AID_CASE
from aid.views.payments.batch import BY_NUMBER
from portal import audit
from portal.access import Permission, can
from portal.audit import By
from portal.enums import AuditAction
from portal.models import Campaign, Union
from portal.records.exporting.answer import list_file
from portal.records.exporting.resource import ListResource, columns_of
from portal.records.lists.paging import turn_to
from portal.records.lists.table import table
from portal.refusals.lookup import get_object_or_404
from portal.text import as_year
from portal.views.listing import page_addresses
from portal.views.units.folding import Fold, UnitKind, folded
from portal.web.base import PortalPage, PortalView


def campaign_in(request) -> Campaign | None:
    """The campaign that the address names, else the latest that has begun; None when there is none."""
    year = request.GET.get("campaign", "")
    if year:
        if as_year(year) is None:
            raise Http404(_("没有这一年的活动。"))
        return get_object_or_404(Campaign, year=year)
    return Campaign.objects.current()


class CampaignAsked(PortalView):
    """Whatever is asked of one campaign."""

    permission = Permission.VIEW_RECORDS

    @cached_property
    def campaign(self) -> Campaign:
        return get_object_or_404(Campaign, year=self.kwargs["year"])


class CoveragePage(PortalPage):
    """The counts of every unit in scope; each opens its list."""

    permission = Permission.VIEW_RECORDS
    template_name = "aid/payment/coverage.html"

    def get_context_data(self, **kwargs):
        campaign, user = campaign_in(self.request), self.request.user
        if campaign is None:
            return super().get_context_data(campaign=None, **kwargs)
        found = coverage(user, campaign)
        units = list(Union.objects.in_union(user.union).filter(path__in=found).order_by("code"))
        fold = folded(units, self.request)
        return super().get_context_data(
            campaign=campaign,
            campaigns=Campaign.objects.all(),
            aims=list(self._aims(campaign, total(found))),
            tables=[self._table(campaign, found, fold, part) for part in PARTS],
            fold=fold,
            path_url=reverse("payment_path", args=[campaign.year]),
            **kwargs,
        )

    def _table(self, campaign: Campaign, found: dict[str, Coverage], fold: Fold, part: str) -> dict:
        """One table of the page: the groups of `part`, of each unit or kind where there are several, and of all."""
        groups = [group for group in GROUPS if group.part == part]
        rows = [
            (unit.name, "", self._cells(campaign, found[unit.path], groups, f"?union={unit.code}"))
            for unit in fold.units
        ]
        rows += [
            (kind.label, kind.url, self._cells(campaign, _of_kind(found, kind), groups, None)) for kind in fold.kinds
        ]
        return {
            "title": PARTS[part],
            "groups": groups,
            "rows": rows if len(rows) > 1 or fold.opened else [],
            "cells": self._cells(campaign, total(found), groups, ""),
        }

    def _cells(
        self, campaign: Campaign, counts: Coverage, groups: list[CoverageGroup], query: str | None
    ) -> list[tuple]:
        """Count, share and address of each group; without a `query` no list is of these cases alone."""
        urls = (
            "" if query is None else reverse("coverage_cases", args=[campaign.year, group.slug]) + query
            for group in groups
        )
        return [(counts.counts[g.slug], counts.share(g), url) for g, url in zip(groups, urls, strict=True)]

    def _aims(self, campaign: Campaign, counts: Coverage):
        """What the notice asks for: its words, how far it is, and whether it is reached."""
        for group in GROUPS:
            if group.aim:
                share = counts.share(group)
                url = reverse("coverage_cases", args=[campaign.year, group.slug])
                count, whole = counts.counts[group.slug], counts.counts[group.of]
                yield group.aim, group, share, count, whole, url, counts.is_whole(group)


def _of_kind(found: dict[str, Coverage], kind: UnitKind) -> Coverage:
    return total({union.path: found[union.path] for union in kind.units})


class CoverageAsked(CampaignAsked):
    """The cases behind a number: of the whole scope, or of the union that the address names."""

    @cached_property
    def group(self) -> CoverageGroup:
        if self.kwargs["slug"] not in BY_SLUG:
            raise Http404(_("没有这个数字。"))
        return BY_SLUG[self.kwargs["slug"]]

    @property
    def found(self):
        user = self.request.user
        found = AID_CASE.reading(cases_of(user, self.campaign, self.group).select_related("child", "campaign", "union"))
        if code := self.request.GET.get("union"):
            found = found.in_union(get_object_or_404(Union.objects.visible_to(user), code=code))
        return found


class CoverageCases(CoverageAsked, PortalPage):
    """The list behind a number."""

    template_name = "aid/payment/cases.html"

    def get_context_data(self, **kwargs):
        page = turn_to(self.request.GET, self.found, self.found, BY_NUMBER)
        export = reverse("coverage_export", args=[self.campaign.year, self.group.slug])
        may_export = can(self.request.user, CoverageExport.permission)
        return super().get_context_data(
            campaign=self.campaign,
            group=self.group,
            page=page,
            table=table(AID_CASE.columns, AID_CASE.model, page.records, self.request.user.union.path),
            pages=page_addresses(self.request, page),
            export_url=f"{export}?{self.request.GET.urlencode()}" if may_export else "",
            back_url=f"{reverse('coverage')}?campaign={self.campaign.year}",
            **kwargs,
        )


class CoverageExport(CoverageAsked):
    """The same list as a workbook, all pages. Writes one audit row."""

    permission = Permission.EXPORT_LISTS

    def get(self, request, year: int, slug: str):
        cases = BY_NUMBER.sort(self.found)
        title = f"{self.campaign} {self.group.label}"
        resource = ListResource(self.group.label, columns_of(AID_CASE.columns, AID_CASE.model, request.user.union.path))
        name = f"{title}_{timezone.localdate():%Y%m%d}"
        audit.record(AuditAction.EXPORTED, by=By.of(request), subject=title, count=cases.count())
        return list_file(request, resource, cases.iterator(chunk_size=CHUNK), name=name)
