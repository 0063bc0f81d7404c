"""What was accepted of a year, to be shown where the portal keeps no case of it: earlier years (domain.md, Report)."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.models import Campaign, Union
from reports.city.consolidation import accepted_city
from reports.enums import ReportState
from reports.models import Report
from reports.render.filled import Filled, Stamp
from reports.render.frozen import FrozenForms
from reports.sealing.proving import prove


@dataclass(frozen=True)
class AcceptedForms(Filled):
    """The sum of what units reported."""

    @property
    def stamp(self) -> Stamp:
        return Stamp(_("各单位已接收的报送数之和。"))


@dataclass(frozen=True)
class Reported:
    """The forms as they were accepted, and the page where they stand with all that belongs to them."""

    filled: Filled
    url: str

    def records_url(self, slug: str) -> str:
        """Where the records behind a figure of one unit are listed; '' for the city."""
        forms = self.filled
        return reverse("submission_records", args=[forms.submission.pk, slug]) if isinstance(forms, FrozenForms) else ""


def reported(campaign: Campaign, union: Union) -> Reported | None:
    """What was accepted of `union`, of the city the sum of its units; None if nothing was. Raises Tampered."""
    return _of_city(campaign, union) if union.is_city else _of_unit(campaign, union)


def _of_city(campaign: Campaign, union: Union) -> Reported | None:
    city = accepted_city(campaign)
    if not city.submissions:
        return None
    url = f"{reverse('consolidation')}?{urlencode({'campaign': campaign.year})}"
    return Reported(AcceptedForms(campaign, union, city.cut_off, city.figures.total), url)


def _of_unit(campaign: Campaign, union: Union) -> Reported | None:
    accepted = Report.objects.filter(campaign=campaign, union=union, state=ReportState.ACCEPTED)
    latest = accepted.select_related("submission__report__campaign", "union").order_by("-number").first()
    if latest is None:
        return None
    prove(latest.submission)
    url = reverse("submission_show", args=[latest.submission_id])
    return Reported(FrozenForms.of(latest.submission), url)
