"""A picture or a consent of an exemplar."""

from django import forms
from django.utils.translation import gettext_lazy as _

from aid.enums import ExemplarFileKind
from aid.forms.household import HouseholdActForm
from aid.sponsors.exemplars import ACCEPTED
from portal.documents.file_kinds import LARGEST_SCAN
from portal.gate.field import UploadField


class ExemplarFileForm(HouseholdActForm):
    kind = forms.ChoiceField(label=_("材料种类"), choices=ExemplarFileKind)
    file = UploadField(
        label=_("文件"),
        kinds=ACCEPTED[ExemplarFileKind.CONSENT],
        largest=LARGEST_SCAN,
        help_text=_("照片为 JPG 或 PNG，同意书也可以是 PDF；10 MB 以内，加密保存。"),
    )
