"""How a file that is kept with a record is handed out."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from portal import audit
from portal.access import Permission
from portal.audit import By
from portal.enums import AuditAction
from portal.keeping import take_away
from portal.models import RemovableFile, User
from portal.models.upload import KeptFile
from portal.records.attribute import record_url
from portal.records.editing import lock_unit
from portal.web.base import PortalView, SignedInRequest
from portal.workflow import MoveRefused


class KeptFileShow(PortalView):
    """A file of `model`, through scope only; every opening leaves an audit row that says `act`, about its `owner`.

    `owner` is the field that names what the file is kept with. It is shown `inline` where it is a picture, else saved;
    in either case no page of ours is drawn from what it holds.
    """

    permission = Permission.VIEW_RECORDS
    model: type[KeptFile]
    owner: str
    act: Any
    inline = False

    def get_queryset(self, user: User) -> QuerySet[Any]:
        """The files that `user` may open."""
        visible: QuerySet[Any] = self.model.objects.visible_to(user)  # type: ignore[attr-defined]  # a UnionOwned
        return visible

    def told(self, file: Any) -> dict[str, Any]:
        """What the audit row says of the file, its name apart, which may hold a person's."""
        return {"digest": file.digest}

    def get(self, request: SignedInRequest, pk: int) -> HttpResponse:
        files = self.get_queryset(request.user).select_related(f"{self.owner}__union")
        file = get_object_or_404(files, pk=pk)
        about = getattr(file, self.owner)
        audit.record(AuditAction.EXPORTED, by=By.of(request), about=about, act=str(self.act), **self.told(file))
        headers = {
            "Content-Disposition": content_disposition_header(not self.inline, file.file_name),
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
        }
        return HttpResponse(bytes(file.content), content_type=file.content_type, headers=headers)


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
