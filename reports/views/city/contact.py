"""Who stands on the city's own forms."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from portal.access import Permission
from portal.audit import By
from portal.models import Campaign
from portal.web.base import PortalPage
from reports.city.contact import set_city_contact
from reports.forms.review import CityContactForm
from reports.models import CityContact
from reports.views.city.city import CityView
from reports.views.preparing.preparation import show_refusal
from reports.views.selection import campaign_of


class ConsolidationContact(CityView, PortalPage):
    """填报人 and 联系电话, printed on every file of the city's forms."""

    permission = Permission.REVIEW_REPORTS
    template_name = "reports/consolidation/contact.html"

    @cached_property
    def campaign(self) -> Campaign:
        return self.union and campaign_of(self.kwargs["year"])

    @property
    def back_url(self) -> str:
        return f"{reverse('consolidation')}?campaign={self.campaign.year}"

    def get_context_data(self, form: CityContactForm | None = None, **kwargs):
        kept = CityContact.objects.filter(campaign=self.campaign).first()
        initial = {"name": kept.name, "telephone": kept.telephone} if kept else {}
        shown = {"campaign": self.campaign, "form": form or CityContactForm(initial=initial)}
        return super().get_context_data(back_url=self.back_url, **shown, **kwargs)

    def post(self, request, **_kwargs):
        campaign, form = self.campaign, CityContactForm(request.POST)
        if form.is_valid():
            try:
                set_city_contact(campaign, **form.cleaned_data, by=By.of(request))
            except ValidationError as refused:
                show_refusal(form, refused)
            else:
                messages.success(request, _("已保存。"))
                return redirect(self.back_url)
        return self.render_to_response(self.get_context_data(form=form))
