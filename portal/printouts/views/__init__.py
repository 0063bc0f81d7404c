"""The pages of sheets: to be printed, or taken away as .docx and .pdf; of one record, or of many together."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from portal.access import Permission, can, require
from portal.audit import By
from portal.documents.pdf import PdfUnavailableError
from portal.jobs.starting import start
from portal.printouts.content import Printout
from portal.printouts.jobs import PRINTING
from portal.printouts.kind import MADE_AT_ONCE, MOST, REASONS, SHOWN_AT_ONCE, Asked, NotPrinted, PrintoutKind
from portal.printouts.making import FORMATS, contents_of, file_of, record_printing
from portal.printouts.paged import style_sheets
from portal.records.kind import RecordKind
from portal.records.lists.selection import keys_of, selection_of
from portal.records.views.reveal import RevealForm
from portal.refusals.lookup import MissedError
from portal.web.base import PortalPage, SignedInRequest, given

__all__ = ["PrintoutManyShow", "PrintoutPage", "PrintoutShow"]


class PrintoutPage(PortalPage):
    """What every page of sheets shares: sheets come as a page of their own, or as a file if `as` names its kind."""

    permission = Permission.VIEW_RECORDS
    template_name = "portal/printout/show.html"
    request: SignedInRequest

    def asked(self, reason: str = "") -> Asked:
        return Asked(self.request.user, self.request.build_absolute_uri("/").rstrip("/"), reason)

    @property
    def ending(self) -> str:
        """The kind of file that is asked for; '' for the page. Raises Http404 for one there is not."""
        wanted = (self.request.POST if self.request.method == "POST" else self.request.GET).get("as", "")
        if wanted and wanted not in FORMATS:
            raise Http404(_("没有这种格式。"))
        return wanted

    def shown(self, printouts: Sequence[Printout], **context: Any) -> HttpResponse:
        """The page with the sheets."""
        sheets = style_sheets(is_wide=printouts[0].is_wide)
        return self.render_to_response(self.get_context_data(printouts=printouts, styles=sheets, **context))

    def handed_out(self, printouts: Sequence[Printout], name: str) -> HttpResponse:
        """The file with the sheets. Raises PdfUnavailableError."""
        content = file_of(printouts, self.ending)
        headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name)}
        return HttpResponse(content, content_type=FORMATS[self.ending].content_type, headers=headers)


class PrintoutShow(PrintoutPage):
    """The sheet of the record that the address names. Leaves an audit row.

    One that can tell whole numbers shows them masked until a reason is sent.
    """

    kind: PrintoutKind = given()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(self.request.user, self.permission)
        require(self.request.user, self.kind.permission)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._answer()

    def post(self, request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """With whole numbers, for the reason that is sent."""
        if not self.kind.reveals:
            return self.http_method_not_allowed(request, *args, **kwargs)
        require(request.user, Permission.REVEAL_ALONE)
        records, form = self.records(), RevealForm(request.POST)
        if not form.is_valid():
            messages.error(request, " ".join(map(str, form.errors["reason"])))
            return redirect(self.address(records))
        return self._answer(form.cleaned_data["reason"])

    def records(self) -> list[Any]:
        """Those whose sheets are asked for. Foreign or absent: 404."""
        found = list(self.kind.records(self.request.user).filter(pk=self.kwargs["pk"]))
        if not found:
            raise MissedError(self.kind.model, {"pk": self.kwargs["pk"]})
        return found

    def address(self, records: Sequence[Any]) -> str:
        return reverse(self.kind.name, args=[records[0].pk])

    def back(self, records: Sequence[Any]) -> str:
        return self.kind.back(records[0])

    def _answer(self, reason: str = "") -> HttpResponse:
        records, ending = self.records(), self.ending
        try:
            return self._made(records, reason, ending)
        except (NotPrinted, PdfUnavailableError) as error:
            messages.error(self.request, str(error))
            return redirect(self.back(records))

    def _made(self, records: Sequence[Any], reason: str, ending: str) -> HttpResponse:
        kind, by = self.kind, By.of(self.request)
        printed, printouts, refusals = contents_of(kind, records, self.asked(reason))
        if ending:
            answer = self.handed_out(printouts, kind.file_name(printed, ending))
        else:
            answer = self.shown(printouts, refusals=refusals, **self._offers(records, reason))
        record_printing(kind, printed, by=by, reason=reason, ending=ending)
        return answer

    def _offers(self, records: Sequence[Any], reason: str) -> dict[str, Any]:
        may_reveal = bool(self.kind.reveals) and can(self.request.user, Permission.REVEAL_ALONE)
        return {
            "title": self.kind.title,
            "back_url": self.back(records),
            "file_url": self.address(records),
            "reason": reason,
            "reasons": REASONS if may_reveal else (),
            "reveals": self.kind.reveals,
        }


class PrintoutManyShow(PrintoutShow):
    """The sheets of the records whose keys are sent as `ids`, in one file; too many for one breath are a job's work.

    `listed` is the kind in whose list they are ticked.
    """

    listed: RecordKind = given()

    @cached_property
    def keys(self) -> set[int]:
        """Of the address, and what is ticked in the list or all that its filters find."""
        ticked = selection_of(self.request, self.listed, MOST).pks if self.request.method == "POST" else ()
        return {*keys_of(self.request.GET, "ids"), *ticked}

    def records(self) -> list[Any]:
        keys = self.keys
        if len(keys) > MOST:
            raise PermissionDenied(_("一次最多打印 %(most)d 份，请分几次打印。") % {"most": MOST})
        found = list(self.kind.records(self.request.user).filter(pk__in=keys).order_by("pk"))
        if not found:
            raise MissedError(self.kind.model, {"pk__in": keys})
        return found

    def address(self, records: Sequence[Any]) -> str:
        keys = "&".join(f"ids={record.pk}" for record in records)
        return f"{reverse(self.kind.name + '_many')}?{keys}"

    def back(self, records: Sequence[Any]) -> str:
        return reverse(f"{self.kind.model._meta.model_name}_list")

    def _made(self, records: Sequence[Any], reason: str, ending: str) -> HttpResponse:
        if len(records) <= (MADE_AT_ONCE if ending else SHOWN_AT_ONCE):
            return super()._made(records, reason, ending)
        if self.request.method != "POST" or not (ending or reason):
            offers = self._offers(records, reason) | {"styles": style_sheets(is_wide=False), "count": len(records)}
            return self.render_to_response(self.get_context_data(**offers))
        keys = [record.pk for record in records]
        asked = {"printout": self.kind.name, "ids": keys, "ending": ending or "pdf", "reason": reason}
        return redirect("job_show", start(PRINTING, self.request.user, site=self.asked().site, **asked).pk)

    def post(self, request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """With whole numbers, for the reason that is sent; or many, which a job makes."""
        if self.kind.reveals and "reason" in request.POST:
            return super().post(request, *args, **kwargs)
        if not self.keys:
            messages.info(request, _("请先勾选要打印的记录。"))
            return redirect(f"{self.kind.model._meta.model_name}_list")
        return self._answer()
