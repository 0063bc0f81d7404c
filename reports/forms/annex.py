"""What a unit fills in to have a filled-in annex workbook read."""

from django import forms
from django.utils.translation import gettext_lazy

from portal.gate.field import TableField
from portal.workbook.reading.limits import FILE_BYTES
from reports.forms.preparation import PreparationForm
from reports.models import Adjustment


class AnnexUploadForm(PreparationForm):
    file = TableField(
        label=gettext_lazy("填好的统计表"),
        accept=(".xlsx",),
        largest=FILE_BYTES,
        help_text=gettext_lazy("从本平台下载的附件（.xlsx），在下划线处填数，不超过 10 MB。"),
    )
    reason = forms.CharField(
        label=gettext_lazy("调整原因"),
        max_length=Adjustment._meta.get_field("reason").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        initial=gettext_lazy("本单位不在平台建档，按填报的统计表报送。"),
        help_text=gettext_lazy("与按记录统计的数不同的，都按此原因记为调整。"),
    )


class AnnexConfirmForm(PreparationForm):
    """Nothing to fill in: the button is the answer. `read` is what the workbook said, signed."""

    read = forms.CharField(widget=forms.HiddenInput)
