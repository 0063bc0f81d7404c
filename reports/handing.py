"""What of the reports somebody leaves unfinished: those that came back."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.handover.parts import HandoverPart
from portal.models import User
from reports.todos import returned


def returned_reports(predecessor: User) -> QuerySet:
    """Those of the union itself."""
    return returned(predecessor)


PARTS = (HandoverPart(_("被退回更正的报表"), returned_reports, lambda _predecessor: reverse("report_list")),)
