"""稳岗回访 of many: the rows ticked in the list, or all that its filters find; one form, all or nothing."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from employment.forms.retention_many import RetentionManyForm
from employment.models import Assistance
from employment.records.retention import RETENTION
from employment.retention.services import RetentionsRefused, check_many, due
from portal.access import Permission
from portal.audit import By
from portal.records.lists.left import way_back
from portal.records.lists.selection import Selection, selection_of
from portal.web.chosen_page import ChosenPage

LARGEST = 100  # lines of one form


class RetentionMany(ChosenPage):
    """First the form for those who were chosen and are due, then what became of it. The chosen travel with the form."""

    chosen_in = "retention_list"
    permission = Permission.KEEP_RECORDS
    template_name = "employment/retention/many.html"

    @cached_property
    def chosen(self) -> Selection:
        return selection_of(self.request, RETENTION, LARGEST)

    @cached_property
    def placements(self) -> list[Assistance]:
        """The chosen in scope that are due; all of them when the form was sent, for it may be sent twice."""
        found = Assistance.objects.visible_to(self.request.user).filter(pk__in=self.chosen.pks)
        months = dict(due(found).values_list("pk", "due_months"))
        placements = list(found.select_related("union", "graduate").order_by("given_on", "pk"))
        for placement in placements:
            placement.due_months = months.get(placement.pk)
            placement.is_here = placement.graduate.union_path.startswith(self.request.user.union.path)
        sent = "asked_on" in self.request.POST
        return [placement for placement in placements if sent or placement.due_months]

    @property
    def back_url(self) -> str:
        return way_back(self.request, RETENTION, filters=self.chosen.filters)

    def post(self, request, *args, **kwargs):
        if not self.placements or len(self.chosen.pks) > LARGEST:
            words = _("请先在列表中勾选要登记回访的就业。")
            if self.placements:
                words = _("一次最多登记 %(limit)d 条，请先筛选。") % {"limit": LARGEST}
            messages.error(request, words)
            return redirect(self.back_url)
        is_first = "asked_on" not in request.POST
        form = RetentionManyForm(None if is_first else request.POST, placements=self.placements)
        if is_first or not self._saved(form):
            return self.render_to_response(self.get_context_data(form=form), status=200 if is_first else 400)
        return redirect(self.back_url)

    def get_context_data(self, **kwargs):
        shown = {"filters": self.chosen.filters, "pks": self.chosen.pks, "back_url": self.back_url}
        return super().get_context_data(**shown, **kwargs)

    def _saved(self, form: RetentionManyForm) -> bool:
        if not form.is_valid():
            return False
        try:
            made = check_many(form.told(), by=By.of(self.request))
        except RetentionsRefused as refused:
            form.refuse(refused.by_placement)
            return False
        messages.success(self.request, _("已登记稳岗回访 %(count)d 条。") % {"count": len(made)})
        return True
