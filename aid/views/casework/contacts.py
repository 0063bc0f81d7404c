"""联系方式: telephones and addresses of the cases of a list, opened by one press that says what for."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from aid.models import AidCase
from aid.records import AID_CASE
from portal import audit
from portal.access import Permission, can
from portal.audit import By
from portal.enums import AuditAction, RevealReason
from portal.records.attribute import Attribute
from portal.records.lists.selection import Selection, selection_of
from portal.records.views.reveal import RevealForm
from portal.web.base import PortalPage

MOST = 300
REASONS = (RevealReason.CALL, RevealReason.VISIT, RevealReason.CHECK, RevealReason.PAYMENT)
HOME = "child.household"


class CaseContacts(PortalPage):
    """Whom to call or to visit about the cases that were ticked, else about the whole list. Logged once, as a list.

    A family whose file has gone to another unit tells nothing.
    """

    permission = Permission.KNOW_FAMILIES
    template_name = "aid/aidcase/contacts.html"
    http_method_names = ["post", "options"]

    @cached_property
    def selection(self) -> Selection:
        return selection_of(self.request, AID_CASE, MOST, none_is_all=True)

    def post(self, request, *args, **kwargs):
        form, count = RevealForm(request.POST), len(self.selection.pks)
        if not form.is_valid() or not 0 < count <= MOST:
            words = _("请先在列表中勾选申请。") if not count else _("一次最多查看 %(most)d 户。") % {"most": MOST}
            messages.error(request, words if form.is_valid() else " ".join(form.errors["reason"]))
            return redirect(f"{reverse('aidcase_list')}?{self.selection.filters}")
        return self.render_to_response(self._revealed(form.cleaned_data["reason"]))

    @transaction.atomic
    def _revealed(self, reason: str) -> dict:
        cases = AidCase.objects.visible_to(self.request.user).filter(pk__in=self.selection.pks)
        cases = cases.select_related("child__household", "union").order_by("union__code", "number", "pk")
        rows = [self._row(case) for case in cases]
        audit.record(
            AuditAction.REVEALED,
            by=By.of(self.request),
            subject=_("助学申请联系方式"),
            reason=reason,
            count=len(rows),
            case="、".join(row["case"].number for row in rows),
        )
        return self.get_context_data(rows=rows, reason=reason, filters=self.selection.filters)

    def _row(self, case: AidCase) -> dict:
        scope = self.request.user.union.path
        names = ("worker_name", "telephone", "other_contact", "address")
        told = {name: Attribute(f"{HOME}.{name}").text(case, scope) for name in names}
        is_here = case.child.union_path.startswith(scope) and can(self.request.user, Permission.KEEP_RECORDS)
        url = f"{reverse('visit_create')}?child={case.child_id}&by=telephone" if is_here else ""
        return told | {"case": case, "visit_url": url}
