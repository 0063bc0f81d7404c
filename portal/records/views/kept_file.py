"""How a file that is kept with a record is handed out: whole, so to who may see the record in full."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header

from portal import audit
from portal.access import Permission
from portal.audit import By
from portal.enums import AuditAction
from portal.gate.thumbnail import thumbnail
from portal.models import UnionOwned, User
from portal.models.upload import KeptFile
from portal.records.consent import may_see
from portal.refusals.lookup import get_object_or_404
from portal.web.base import PortalView, SignedInRequest

GUARDED = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'"}


def hand_out(
    request: SignedInRequest,
    file: Any,
    *,
    about: Any,
    act: Any,
    within: Iterable[UnionOwned] = (),
    inline: bool = False,
    **told: Any,
) -> HttpResponse:
    """The file as an answer, and one audit row about the record it is kept with, that says who had it.

    Who needs a second person's consent to see any of `within`, else `about`, in full is led to where it is asked for.
    Whether shown `inline` or saved, no page of ours is drawn from what it holds. Asked for `small` it is a stamp that
    nobody can read, drawn by a page whose own opening is logged: that leaves no row.
    """
    shown_by = [*within] or [about]
    if not may_see(request.user, *shown_by):
        return _unseen(request, shown_by[0])
    if "small" in request.GET:
        return _small(file)
    audit.record(AuditAction.EXPORTED, by=By.of(request), about=about, act=str(act), **told)
    headers = GUARDED | {"Content-Disposition": content_disposition_header(not inline, file.file_name)}
    return HttpResponse(bytes(file.content), content_type=file.content_type, headers=headers)


def _unseen(request: SignedInRequest, record: UnionOwned) -> HttpResponse:
    """Nothing of the file: the way to ask for it; in place of a stamp, no stamp."""
    if "small" in request.GET:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return redirect("revealrequest_ask", record._meta.model_name, record.pk)


def _small(file: Any) -> HttpResponse:
    """Nothing, which is no error, where there is no picture to be made small."""
    content = thumbnail(bytes(file.content), file.content_type)
    if content is None:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return HttpResponse(content, content_type="image/jpeg", headers=GUARDED)


class KeptFileShow(PortalView):
    """A file of `model`, through scope only; every opening leaves an audit row that says `act`, about its `owner`.

    `owner` is the field that names what the file is kept with. It is shown `inline` where it is a picture, else saved.
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

    def within(self, file: Any) -> Iterable[UnionOwned]:
        """The records of which the consent to see one in full opens this file; what is asked for is the first."""
        return [getattr(file, self.owner)]

    def is_inline(self, file: Any) -> bool:
        """Whether this one is shown where it is opened."""
        return self.inline

    def get(self, request: SignedInRequest, pk: int) -> HttpResponse:
        files = self.get_queryset(request.user).select_related(f"{self.owner}__union")
        file = get_object_or_404(files, pk=pk)
        about = getattr(file, self.owner)
        within, inline = self.within(file), self.is_inline(file)
        return hand_out(request, file, about=about, act=self.act, within=within, inline=inline, **self.told(file))
