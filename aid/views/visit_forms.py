"""走访表 for the families of the visit plan: blank sheets with what is known of each, all in one file."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from aid.views.visit_plan import PlanPage
from aid.visits.plan import BY_STREET
from portal.printouts.kind import MOST


class VisitForms(PlanPage):
    """Leads to the sheets of the families of all who are chosen, each family once."""

    def get(self, request, *_args, **_kwargs):
        if self.campaign is None:
            return redirect(self.address())
        people = BY_STREET.sort(self.chosen).values_list(f"{self.group.home}__pk", flat=True)
        homes = list(dict.fromkeys(people))
        if not 0 < len(homes) <= MOST:
            words = _("一次最多打印 %(most)d 户，请先选定街镇或学校。") % {"most": MOST}
            messages.error(request, words if homes else _("没有符合条件的走访对象。"))
            return redirect(self.address())
        return redirect(f"{reverse('household_visit_form_many')}?{urlencode({'ids': homes}, doseq=True)}")
