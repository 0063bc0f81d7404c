"""The first page after log-in."""

from django.utils import timezone

from portal.access import Permission
from portal.models import Campaign
from portal.views.base import PortalPage


class HomePage(PortalPage):
    """Greeting, the days left until the report is due, and where one may go."""

    permission = Permission.VIEW_HOME
    template_name = "portal/home/show.html"

    def get_context_data(self, **kwargs):
        campaign = Campaign.objects.first()
        days = (campaign.due_on - timezone.localdate()).days if campaign else None
        return super().get_context_data(
            campaign=campaign, days_left=days, days_over=-days if days is not None else None, **kwargs
        )
