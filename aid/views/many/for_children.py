"""What is written down of many children at once: those ticked in their list, or all that its filters find."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from aid.models import Child
from portal.access import Permission
from portal.records.kind import RecordKind
from portal.records.lists.left import way_back
from portal.records.lists.selection import Selection, selection_of
from portal.web.chosen_page import ChosenPage
from portal.workflow import MoveRefused

LARGEST = 200


class ForChildren(ChosenPage):
    """First the children and the form, then what became of it."""

    chosen_in = "child_list"
    permission = Permission.KEEP_RECORDS
    kind: RecordKind | None = None
    form_class: type

    def write(self, form, children: list[int]) -> str:
        """Write what `form` says of `children` (keys); what was done, in words. May raise MoveRefused."""
        raise NotImplementedError

    @cached_property
    def chosen(self) -> Selection:
        return selection_of(self.request, self.kind, LARGEST)

    @cached_property
    def children(self) -> list[Child]:
        found = Child.objects.visible_to(self.request.user).filter(pk__in=self.chosen.pks)
        return list(found.select_related("union").order_by("initials", "pk"))

    @property
    def back_url(self) -> str:
        return way_back(self.request, self.kind, filters=self.chosen.filters)

    def post(self, request, *args, **kwargs):
        if not self.children or len(self.chosen.pks) > LARGEST:
            words = _("请先在列表中勾选子女。")
            if self.children:
                words = _("一次最多登记 %(limit)d 人，请先筛选。") % {"limit": LARGEST}
            messages.error(request, words)
            return redirect(self.back_url)
        form = self.form_class(request.POST if request.POST.get("confirmed") == "1" else None, user=request.user)
        if form.is_valid() and self._saved(form):
            return redirect(self.back_url)
        shown = {"form": form, "children": self.children, "back_url": self.back_url}
        shown |= {"filters": self.chosen.filters, "pks": self.chosen.pks}
        return self.render_to_response(self.get_context_data(**shown), status=400 if form.errors else 200)

    def _saved(self, form) -> bool:
        try:
            done = self.write(form, [child.pk for child in self.children])
        except MoveRefused as refused:
            form.add_error(None, str(refused))
            return False
        messages.success(self.request, done)
        return True
