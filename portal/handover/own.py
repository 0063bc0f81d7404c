"""What of the ground floor goes over: forms half typed; imports under way, which whoever works in the union ends."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.audit import By
from portal.handover.parts import HandoverPart
from portal.models import FormDraft, HeldRow, ListUpload, User, WorkbookUpload
from portal.models.lists import ListState
from portal.models.upload import UploadState
from portal.web.drafts import draft_of


def drafts(predecessor: User) -> QuerySet:
    return FormDraft.objects.filter(user=predecessor)


def take_drafts(predecessor: User, successor: User, _by: By) -> int:
    """Give the drafts over, with thirty days from now on; how many. Those of forms that were saved are thrown away.

    Where the successor has begun the same form, that stands, and the other is left where it is.
    """
    for page in list(drafts(predecessor).values_list("page", flat=True)):
        draft_of(predecessor, page)
    begun = FormDraft.objects.filter(user=successor).values("page")
    return (
        drafts(predecessor)
        .exclude(page__in=list(begun.values_list("page", flat=True)))
        .update(user=successor, typed_at=timezone.now())
    )


def lists_under_way(predecessor: User) -> QuerySet:
    held = HeldRow.objects.filter(upload=OuterRef("pk")).to_complete()
    under_way = Q(Exists(held)) | Q(state__in=[ListState.OPEN, ListState.CHECKED])
    return ListUpload.objects.filter(under_way, uploaded_by=predecessor)


def workbooks_under_way(predecessor: User) -> QuerySet:
    states = [UploadState.CHECKED, UploadState.WAITING]
    return WorkbookUpload.objects.filter(uploaded_by=predecessor, state__in=states)


PARTS = (
    HandoverPart(_("填了一半的表单（草稿）"), drafts, lambda _predecessor: "", take_drafts),
    HandoverPart(_("没有办完的清单导入"), lists_under_way, lambda _predecessor: reverse("list_upload")),
    HandoverPart(_("没有办完的工作簿导入"), workbooks_under_way, lambda _predecessor: reverse("workbook_upload")),
)
