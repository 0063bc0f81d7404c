"""What each figure counts."""

from portal.access import Permission
from portal.web.base import PortalPage
from reports.annex.told import facts_told, forms_told


class FiguresTold(PortalPage):
    """The figures of the notice, in the words of their declarations; a campaign's own stand on its own page."""

    permission = Permission.VIEW_HOME
    template_name = "reports/figure/told.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(facts=facts_told(), forms=list(forms_told()), **kwargs)
