"""What is said when money that came in is confirmed, and its voucher."""

from django import forms
from django.utils.translation import gettext_lazy as _

from aid.forms.payments import MoneyForm
from portal.documents.file_kinds import LARGEST_SCAN, SCANS
from portal.gate.field import UploadField


class ConfirmForm(MoneyForm):
    """Nothing but the button; where no voucher was scanned, why not."""

    without_voucher = forms.CharField(
        label=_("没有凭证文件的原因"), max_length=200, help_text=_("如：凭证在财务室归档，已核对原件。")
    )

    def __init__(self, *args, has_voucher: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if has_voucher:
            del self.fields["without_voucher"]

    def clean_without_voucher(self):
        return self.told("without_voucher")


class VoucherForm(MoneyForm):
    file = UploadField(
        label=_("凭证"),
        kinds=SCANS,
        largest=LARGEST_SCAN,
        help_text=_("进账单、收据等的扫描件或照片；PDF、JPG 或 PNG，10 MB 以内，按文件的内容检查；加密保存。"),
    )
