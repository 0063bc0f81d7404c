"""Whom the reports of several units count: for the department alone, since it names other units' people."""

from django.utils.functional import cached_property

from portal.access import Permission
from portal.models import Campaign
from portal.web.base import PortalPage
from reports.beside.counted_twice import counted_twice, handed_in, proved_all
from reports.views.review.board import chosen_campaign

SHOWN = 500


class ReviewTwice(PortalPage):
    """Children and graduates counted by more than one unit in what was handed in; of one unit with `?unit=`."""

    permission = Permission.REVIEW_REPORTS
    template_name = "reports/review/twice.html"

    @cached_property
    def campaign(self) -> Campaign | None:
        return chosen_campaign(self.request)

    def get_context_data(self, **kwargs):
        submissions = handed_in(self.campaign) if self.campaign else {}
        proved_all(submissions.values())
        people = counted_twice(self.campaign, submissions) if submissions else []
        code = self.request.GET.get("unit", "")
        if code:
            people = [person for person in people if any(unit.code == code for unit in person.units)]
        return super().get_context_data(
            campaign=self.campaign,
            people=people[:SHOWN],
            count=len(people),
            reports=len(submissions),
            unit=next((unit for unit in submissions if unit.code == code), None),
            **kwargs,
        )
