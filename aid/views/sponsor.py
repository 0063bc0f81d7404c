"""The pages of sponsors, pairings and practice placements."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from aid.forms.sponsor import PairingForm, PlacementForm
from aid.models import Sponsor
from aid.sponsoring import letter_of_thanks, reach
from portal import audit
from portal.access import Permission
from portal.enums import AuditAction
from portal.file_kinds import DOCX
from portal.records.attribute import as_text
from portal.records.views import RecordCreate, RecordDetail, RecordEdit
from portal.views.base import PortalView


class PairingCreate(RecordCreate):
    form_class = PairingForm


class PairingEdit(RecordEdit):
    form_class = PairingForm


class PlacementCreate(RecordCreate):
    form_class = PlacementForm


class PlacementEdit(RecordEdit):
    form_class = PlacementForm


class SponsorDetail(RecordDetail):
    """What the sponsor gave and whom it reached."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        found = reach(context["record"], self.request.user)
        return context | {"given": as_text(found.given), "children": found.children}


class SponsorLetter(PortalView):
    """The letter of thanks, masked. Writes one audit row."""

    permission = Permission.EXPORT_WORKBOOK

    def get(self, request, pk: int):
        sponsor = get_object_or_404(Sponsor.objects.visible_to(request.user).select_related("union"), pk=pk)
        content = letter_of_thanks(sponsor, request.user)
        subject = f"{sponsor._meta.verbose_name} {sponsor.number}"
        audit.record(AuditAction.EXPORTED, request=request, union=sponsor.union, subject=subject, format="docx")
        headers = {"Content-Disposition": f'attachment; filename="letter-{sponsor.pk}.docx"'}
        return HttpResponse(content, content_type=DOCX.content_type, headers=headers)
