"""What of a public page is shown: decided by the unit's lead for the unit, by the department for all units."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from portal.access import Permission
from portal.audit import By
from portal.models import Union
from portal.web.base import PortalPage
from reports.enums import PublicPart
from reports.forms.openness import PublicPageForm
from reports.models import PublicPage
from reports.openness.pages import city_page, open_page
from reports.openness.setting import set_public_page
from reports.views.preparing.preparation import is_overtaken, show_refusal


class Openness(PortalPage):
    """The parts with their switches, and the unit's own words for how to complain."""

    permission = Permission.SET_PUBLIC_PAGE
    template_name = "reports/openness/setting.html"

    @cached_property
    def union(self) -> Union:
        union = self.request.user.union
        if not (union.is_reporting or union.is_city):
            raise Http404(_("只有填报单位有公开页面。"))
        return union

    def kept(self) -> PublicPage | None:
        return PublicPage.objects.filter(union=self.union).select_related("set_by").first()

    def fresh(self) -> dict:
        kept = self.kept()
        return {"version": kept.version if kept else 0}

    def get_context_data(self, form: PublicPageForm | None = None, **kwargs):
        kept, city = self.kept(), None if self.union.is_city else city_page()
        by_city = [PublicPart(part).label for part in city.switched_off] if city else []
        has_page = not self.union.is_city and open_page(self.union.code)
        url = reverse("public_page", args=[self.union.code]) if has_page else reverse("public_index")
        return super().get_context_data(
            form=form or PublicPageForm(union=self.union, initial=self._initial(kept)),
            kept=kept,
            union=self.union,
            by_city=by_city,
            has_page=has_page,
            url=url,
            **kwargs,
        )

    def _initial(self, kept: PublicPage | None) -> dict:
        shown = kept.shown if kept else frozenset(PublicPart)
        words = {"shown": [part.value for part in shown], "complaint": kept.complaint if kept else ""}
        return words | self.fresh()

    def post(self, request):
        form = PublicPageForm(request.POST, union=self.union)
        if form.is_valid():
            try:
                set_public_page(self.union, **form.cleaned_data, by=By.of(request))
            except ValidationError as refused:
                show_refusal(form, refused)
                if is_overtaken(refused):
                    form.renew(**self.fresh())
            else:
                messages.success(request, _("已保存。"))
                return redirect("openness")
        return self.render_to_response(self.get_context_data(form=form))
