"""Which office is asked, and the paper with which it answered."""

from django.utils.translation import gettext_lazy as _

from aid.forms.household import HouseholdActForm
from aid.forms.sponsor import MOST_OFFERED, ChoosingForm
from aid.models import Office
from portal.documents.file_kinds import LARGEST_SCAN, SCANS
from portal.gate.field import UploadField


class OfficeQuestionForm(ChoosingForm):
    chosen = "office"

    def offered(self, user):
        known = Office.objects.visible_to(user).order_by("kind", "name", "pk")
        return ((each.number, f"{each.name}（{each.get_kind_display()}）") for each in known[: MOST_OFFERED + 1])


class OfficePaperForm(HouseholdActForm):
    file = UploadField(
        label=_("答复材料"),
        kinds=SCANS,
        largest=LARGEST_SCAN,
        help_text=_("扫描件或照片，PDF、JPG 或 PNG；10 MB 以内，加密保存。"),
    )
