"""Taking away a file that was given by mistake."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from portal.access import Permission
from portal.audit import By
from portal.keeping import take_away
from portal.models import RemovableFile
from portal.records.attribute import record_url
from portal.records.editing import lock_unit
from portal.refusals.lookup import get_object_or_404
from portal.web.base import PortalView, SignedInRequest
from portal.workflow import MoveRefused


class KeptFileRemove(PortalView):
    """The button that takes away a file given by mistake; who keeps records does it, about whatever they see."""

    permission = Permission.KEEP_RECORDS
    http_method_names = ["post", "options"]
    model: type[RemovableFile]
    owner: str
    act: Any

    def post(self, request: SignedInRequest, pk: int) -> HttpResponse:
        files = self.model.everything.visible_to(request.user).select_related(f"{self.owner}__union").defer("content")
        file = get_object_or_404(files, pk=pk)
        about = getattr(file, self.owner)
        try:
            with transaction.atomic():
                lock_unit(about.union)
                take_away(file, about=about, act=str(self.act), by=By.of(request))
        except MoveRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("已撤去，不再显示；如仍需要，请重新上传。"))
        return redirect(record_url(about))
