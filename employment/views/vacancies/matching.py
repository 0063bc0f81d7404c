"""Vacancies and graduates side by side, best first."""

from collections import defaultdict
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import cached_property

from employment.enums import OPEN_REFERRALS
from employment.matching.matches import best_graduates, best_vacancies, findings, published_elsewhere
from employment.models import Graduate, Referral, Vacancy
from portal.access import Permission, can
from portal.records.attribute import record_url
from portal.records.lists.paging import Keyset, turn_to
from portal.refusals.lookup import get_object_or_404
from portal.second_lock.across import Across
from portal.second_lock.scope import whole_city
from portal.web.base import PortalPage

BEST_FIRST = Keyset("score", descending=True)
MOST_ELSEWHERE = 20


class MatchPage(PortalPage):
    """One record, and page by page those of the other kind that suit it."""

    permission = Permission.VIEW_RECORDS
    model = None

    @cached_property
    def record(self):
        visible = self.model.objects.visible_to(self.request.user).select_related("union")
        return get_object_or_404(visible, pk=self.kwargs["pk"])

    def found(self):
        raise NotImplementedError

    def pair(self, row) -> tuple[Graduate, Vacancy]:
        raise NotImplementedError

    def match(self, row) -> dict:
        """A row of the table."""
        graduate, vacancy = self.pair(row)
        return {
            "record": row,
            "url": record_url(row),
            "score": row.score,
            "findings": findings(row, graduate, vacancy),
            "refer_url": self._refer_url(graduate, vacancy) if can(self.request.user, Permission.KEEP_RECORDS) else "",
        }

    @staticmethod
    def _refer_url(graduate: Graduate, vacancy: Vacancy) -> str:
        query = urlencode({"graduate": graduate.pk, "vacancy": vacancy.number})
        return f"{reverse('referral_create')}?{query}"

    def get_context_data(self, **kwargs):
        found = self.found()
        page = turn_to(self.request.GET, found, found, BEST_FIRST)
        places = {"first": page.first, "previous": page.previous, "next": page.next, "last": page.last}
        return super().get_context_data(
            record=self.record,
            back_url=record_url(self.record),
            matches=[self.match(row) for row in page.records],
            page=page,
            pages={name: self._address(place) for name, place in places.items() if place is not None},
            **kwargs,
        )

    def _address(self, place: dict[str, str]) -> str:
        return "?" + "&".join(f"{name}={value}" for name, value in place.items())


class GraduatesForVacancy(MatchPage):
    """Graduates who seek work, for one vacancy."""

    model = Vacancy
    template_name = "employment/matching/graduates.html"

    def found(self):
        return best_graduates(self.record, self.request.user).select_related("union")

    def pair(self, row):
        return row, self.record

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        offers = open_offers([match["record"] for match in context["matches"]])
        for match in context["matches"]:
            match["offers"] = offers[match["record"].pk]
        return context


def open_offers(graduates: list[Graduate]) -> dict[int, list[Referral]]:
    """The other vacancies that each has been passed and not yet refused or been refused by. One query."""
    found = Referral.objects.filter(graduate__in=graduates, state__in=OPEN_REFERRALS).select_related("vacancy")
    offers = defaultdict(list)
    for referral in found.order_by("pk"):
        offers[referral.graduate_id].append(referral)
    return offers


class VacanciesForGraduate(MatchPage):
    """Open vacancies for one graduate, those of the own unit first; below them what other units made public."""

    model = Graduate
    template_name = "employment/matching/vacancies.html"

    def found(self):
        return best_vacancies(self.record, self.request.user).select_related("employer", "union")

    def pair(self, row):
        return self.record, row

    def get_context_data(self, **kwargs):
        elsewhere = BEST_FIRST.sort(published_elsewhere(self.record, self.request.user)).select_related(
            "employer", "union"
        )
        with whole_city(Across.PUBLISHED):
            rows = [self.match(row) | {"url": "", "refer_url": ""} for row in elsewhere[:MOST_ELSEWHERE]]
        return super().get_context_data(elsewhere=rows, **kwargs)
