"""The register of call-backs: printed with masked telephones, or whole for a reason that is logged with the list."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from aid.audit_words import CALL_BACK_REGISTER
from aid.printouts.call_back import MOST, call_back_register, to_call
from aid.views.payments.overview import campaign_in
from portal import audit
from portal.access import Permission, can, require
from portal.audit import By
from portal.documents.pdf import PdfUnavailableError
from portal.enums import AuditAction
from portal.printouts.kind import REASONS
from portal.printouts.views import PrintoutPage
from portal.records.views.reveal import RevealForm


class CallBackRegister(PrintoutPage):
    """Who is to be called of one campaign. Leaves one audit row with the numbers of the families."""

    def get(self, request, *args, **kwargs):
        return self._answer()

    def post(self, request, *args, **kwargs):
        require(request.user, Permission.REVEAL_ALONE)
        form = RevealForm(request.POST)
        if not form.is_valid():
            messages.error(request, " ".join(form.errors["reason"]))
            return redirect(request.get_full_path())
        return self._answer(form.cleaned_data["reason"])

    def _answer(self, reason: str = ""):
        campaign, asked, ending = campaign_in(self.request), self.asked(reason), self.ending
        cases = list(to_call(asked, campaign)[: MOST + 1]) if campaign else []
        if not cases or len(cases) > MOST:
            words = _("现在没有要回访的家庭。") if not cases else _("要回访的超过 %d 户，请由下级工会分别打印。") % MOST
            messages.info(self.request, words)
            return redirect(f"{reverse('aidcase_list')}?todo=to_follow_up")
        sheet = call_back_register(campaign, cases, asked)
        try:
            answer = self.handed_out([sheet], f"{sheet.title}.{ending}") if ending else self._page(sheet, reason)
        except PdfUnavailableError as error:
            messages.error(self.request, str(error))
            return redirect(self.request.path)
        self._record(cases, reason, ending)
        return answer

    def _page(self, sheet, reason: str):
        may_reveal = can(self.request.user, Permission.REVEAL_ALONE)
        return self.shown(
            [sheet],
            title=sheet.title,
            back_url=f"{reverse('aidcase_list')}?todo=to_follow_up",
            file_url=self.request.get_full_path(),
            reason=reason,
            reasons=REASONS if may_reveal and not reason else (),
            reveals=[_("电话")],
        )

    def _record(self, cases, reason: str, ending: str) -> None:
        told = {"act": str(CALL_BACK_REGISTER), "count": len(cases)} | ({"format": ending} if ending else {})
        if reason:
            told |= {"reason": reason, "households": sorted({case.child.household.number for case in cases})}
        action = AuditAction.REVEALED if reason else AuditAction.EXPORTED
        audit.record(action, by=By.of(self.request), subject=str(CALL_BACK_REGISTER), **told)
