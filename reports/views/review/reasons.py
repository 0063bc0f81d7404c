"""Why figures were returned, counted for the reviewers."""

from portal.access import Permission
from portal.models import Campaign
from portal.web.base import PortalPage
from reports.annex.campaign_figures import figures_of
from reports.enums import ReturnReason
from reports.review.hints import reasons_by_figure
from reports.views.review.board import chosen_campaign


class ReviewReasons(PortalPage):
    """The return reasons of one campaign by figure: how many units each concerned."""

    permission = Permission.REVIEW_REPORTS
    template_name = "reports/review/reasons.html"

    def get_context_data(self, **kwargs):
        campaign = chosen_campaign(self.request)
        rows = reasons_by_figure(campaign.year, figures_of(campaign)) if campaign else []
        return super().get_context_data(
            campaign=campaign,
            campaigns=Campaign.objects.all(),
            reasons=[reason.label for reason in ReturnReason],
            rows=rows,
            **kwargs,
        )
