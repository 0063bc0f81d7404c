"""跟进事项 of many settled at once: the rows ticked in the list, or all that its filters find."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from aid.forms.many.follow_up_many import FinishManyForm
from aid.models import FollowUp
from aid.visits.services import finish_follow_ups
from portal.access import Permission
from portal.audit import By
from portal.records.kind import RecordKind
from portal.records.lists.left import way_back
from portal.records.lists.selection import Selection, selection_of
from portal.web.chosen_page import ChosenPage

LARGEST = 100  # lines of one form


class FollowUpMany(ChosenPage):
    """First the form for those chosen that are open, then what became of it. The chosen travel with the form."""

    chosen_in = "followup_list"
    permission = Permission.KEEP_RECORDS
    template_name = "aid/followup/many.html"
    kind: RecordKind | None = None

    @cached_property
    def chosen(self) -> Selection:
        return selection_of(self.request, self.kind, LARGEST)

    @cached_property
    def follow_ups(self) -> list[FollowUp]:
        """The chosen in scope that are open; all of them when the form was sent, for it may be sent twice."""
        found = FollowUp.objects.visible_to(self.request.user).filter(pk__in=self.chosen.pks)
        if self.is_first:
            found = found.filter(done_on__isnull=True)
        return list(found.select_related("union", "visit").order_by("asked_on", "pk"))

    @property
    def is_first(self) -> bool:
        return "outcome" not in self.request.POST

    @property
    def back_url(self) -> str:
        return way_back(self.request, self.kind, filters=self.chosen.filters)

    def post(self, request, *args, **kwargs):
        if not self.follow_ups or len(self.chosen.pks) > LARGEST:
            words = _("请先在列表中勾选要办结的跟进事项。")
            if self.follow_ups:
                words = _("一次最多办结 %(limit)d 条，请先筛选。") % {"limit": LARGEST}
            messages.error(request, words)
            return redirect(self.back_url)
        form = FinishManyForm(None if self.is_first else request.POST, follow_ups=self.follow_ups)
        if self.is_first or not form.is_valid():
            status = 200 if self.is_first else 400
            return self.render_to_response(self.get_context_data(form=form), status=status)
        done = finish_follow_ups(form.told(), by=By.of(request))
        messages.success(request, _("已办结 %(count)d 条跟进事项。") % {"count": done})
        return redirect(self.back_url)

    def get_context_data(self, **kwargs):
        shown = {"filters": self.chosen.filters, "pks": self.chosen.pks, "back_url": self.back_url}
        return super().get_context_data(**shown, **kwargs)
