"""What is typed to pay: the terms of a batch, reasons, files of the bank, receipts, layouts."""

import contextlib
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.enums import BatchReason, FundSource, LineResult, PaymentMethod
from aid.models import BankLayout, BatchItem
from aid.payments.bank.layouts import BLANKS, CONSTANT, REQUIRED_VALUES, VALUES, constant
from aid.payments.receipts import lacking_with
from portal.forms.bounded import DayField, YuanField
from portal.gate.field import TableField
from portal.identity import IdentityError, clean_text
from portal.models import Campaign
from portal.records.editing.fields import CHOOSE
from portal.web.layout import form_helper
from portal.words.contacts import is_sensitive
from portal.workbook.cells.numbers import CENT, LIMIT
from portal.workbook.reading import limits

CELL = re.compile("[A-Z]{1,2}[1-9][0-9]?")
SEPARATOR = "="
QUOTED = re.compile('[“"](.*)[”"]')


def in_words(value: str) -> str:
    """What a column holds, as it is typed: a word, or between quotation marks what every line has."""
    fixed = constant(value)
    return str(VALUES[value]) if fixed is None else f"“{fixed}”"


LONGEST = 150  # characters of an explanation


class MoneyForm(forms.Form):
    """A form drawn by crispy, whose texts hold no card or identity number: they go into the audit log."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper()

    def told(self, name: str) -> str:
        try:
            text = clean_text(self.cleaned_data.get(name, ""))
        except IdentityError as error:
            raise ValidationError(str(error)) from None
        if is_sensitive(text):
            raise ValidationError(_("不要填写身份证号、银行卡号或电话号码。"))
        return text


def day_field(label, **kwargs) -> DayField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return DayField(label=label, widget=widget, initial=localdate, **kwargs)


class BatchForm(MoneyForm):
    campaign = forms.ModelChoiceField(
        label=gettext_lazy("活动年度"), queryset=Campaign.objects.all(), to_field_name="year", empty_label=None
    )
    source = forms.ChoiceField(label=gettext_lazy("资金来源"), choices=FundSource)
    method = forms.ChoiceField(label=gettext_lazy("发放方式"), choices=PaymentMethod)
    purpose = forms.CharField(
        label=gettext_lazy("用途"),
        max_length=50,
        initial=gettext_lazy("金秋助学款"),
        help_text=gettext_lazy("写在银行文件的每一行和签领表上。"),
    )

    def clean_purpose(self):
        return self.told("purpose")


class AmountsForm(forms.Form):
    """What each of some items of a draft gets; the service knows the limits.

    The page carries each amount as it was shown, so that only what was typed over is sent on.
    """

    def __init__(self, *args, items: list[BatchItem], **kwargs):
        super().__init__(*args, **kwargs)
        self.items = items
        for item in items:
            self.fields[self.name(item)] = YuanField(
                label=_("%(case)s：金额") % {"case": item.case.number},
                initial=f"{item.amount:.2f}",
                most=LIMIT - CENT,
                show_hidden_initial=True,
                widget=forms.TextInput(attrs={"class": "form-control number", "inputmode": "decimal"}),
            )

    @staticmethod
    def name(item: BatchItem) -> str:
        return f"amount_{item.pk}"

    def rows(self) -> Iterator[tuple[BatchItem, forms.BoundField]]:
        for item in self.items:
            yield item, self[self.name(item)]

    def amounts(self) -> dict[int, Decimal]:
        """What was typed over, by key."""
        changed = set(self.changed_data)
        return {item.pk: self.cleaned_data[self.name(item)] for item in self.items if self.name(item) in changed}

    def shown(self) -> dict[int, Decimal]:
        """What the page showed when it was typed over; without those that cannot be read."""
        shown = {}
        for item in self.items:
            with contextlib.suppress(ValidationError):
                text = self.data.get(self.add_initial_prefix(self.name(item)))
                shown[item.pk] = self.fields[self.name(item)].to_python(text)
        return shown

    def show(self, faults: Mapping[int, str]) -> None:
        """Put the sentences of the service beside the amounts they are about; what is shown now is as it is now."""
        self.data = self.data.copy()
        for item in self.items:
            self.data[self.add_initial_prefix(self.name(item))] = f"{item.amount:.2f}"
            if item.pk in faults:
                self.add_error(self.name(item), faults[item.pk])


class ReturnForm(MoneyForm):
    """Why a batch goes back to who made it."""

    reason = forms.ChoiceField(label=gettext_lazy("退回的原因"), choices=[("", CHOOSE), *BatchReason.choices])
    comment = forms.CharField(label=gettext_lazy("说明"), max_length=LONGEST, required=False)


class ReasonForm(MoneyForm):
    """Why something of a batch is taken back: chosen, with words where none fits. `reason` comes out in words."""

    reason = forms.ChoiceField(label=gettext_lazy("原因"), choices=[("", CHOOSE), *BatchReason.choices])
    comment = forms.CharField(label=gettext_lazy("说明"), max_length=LONGEST, required=False)

    def clean_comment(self):
        return self.told("comment")

    def clean(self):
        cleaned = super().clean()
        reason, comment = cleaned.get("reason", ""), cleaned.pop("comment", "")
        if reason == BatchReason.OTHER and not comment and "comment" not in self.errors:
            self.add_error("comment", _("选了“其他原因”，请写明是什么原因。"))
        if reason:
            label = "" if reason == BatchReason.OTHER else str(BatchReason(reason).label)
            cleaned["reason"] = "：".join(filter(None, (label, comment)))
        return cleaned


class ReleaseForm(MoneyForm):
    """The doubts of the pre-flight, if there are any, must be confirmed."""

    confirmed = forms.BooleanField(label=gettext_lazy("上述提醒已逐项核对，可以发放"))

    def __init__(self, *args, has_doubts: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not has_doubts:
            del self.fields["confirmed"]


class BankFileForm(MoneyForm):
    layout = forms.ModelChoiceField(
        label=gettext_lazy("银行文件格式"), queryset=BankLayout.objects.all(), empty_label=None
    )
    reason = forms.CharField(
        label=gettext_lazy("下载用途"),
        min_length=2,
        max_length=100,
        initial=gettext_lazy("送银行代发"),
        help_text=gettext_lazy("文件中有完整的银行卡号，下载人、时间和用途记入审计日志。"),
    )

    def clean_reason(self):
        return self.told("reason")


class ReturnFileForm(MoneyForm):
    layout = forms.ModelChoiceField(
        label=gettext_lazy("银行文件格式"), queryset=BankLayout.objects.all(), empty_label=None
    )
    file = TableField(
        label=gettext_lazy("回盘文件"),
        accept=(".xlsx", ".xls", ".ods", ".csv"),
        largest=limits.FILE_BYTES,
        help_text=gettext_lazy(".xlsx、.xls、.ods 或 .csv，最大 10 MB。表头须有账号、金额和回盘结果各列。"),
    )
    paid_on = day_field(gettext_lazy("银行入账日期"))
    voucher = forms.CharField(label=gettext_lazy("凭证号"), max_length=50, required=False)

    def clean_voucher(self):
        return self.told("voucher")


class SignForm(MoneyForm):
    """What became of the payments that are ticked."""

    result = forms.ChoiceField(
        label=gettext_lazy("结果"),
        choices=[(LineResult.PAID, gettext_lazy("已签领")), (LineResult.FAILED, gettext_lazy("未领"))],
    )
    on = day_field(gettext_lazy("日期"))
    voucher = forms.CharField(
        label=gettext_lazy("凭证号（已签领的必填）"),
        max_length=50,
        required=False,
        help_text=gettext_lazy("签领表或转账回单的编号。"),
    )
    reason = forms.CharField(label=gettext_lazy("未领的原因（未领的必填）"), max_length=200, required=False)

    def clean_voucher(self):
        return self.told("voucher")

    def clean_reason(self):
        return self.told("reason")

    def clean(self):
        """Beside the field what the service refuses as well."""
        data = super().clean()
        said = {name: data.get(name) or "" for name in ("voucher", "reason")}
        lacking = lacking_with(data.get("result"), **said)
        if lacking and lacking[0] not in self.errors:
            self.add_error(*lacking)
        return data


class SignPaymentForm(MoneyForm):
    on = day_field(gettext_lazy("签领日期"))
    voucher = forms.CharField(
        label=gettext_lazy("凭证号"), max_length=50, help_text=gettext_lazy("签领表或转账回单的编号。")
    )

    def clean_voucher(self):
        return self.told("voucher")


class LayoutForm(forms.ModelForm):
    """A bank's layout; columns and cells are typed one a line."""

    columns = forms.CharField(
        label=gettext_lazy("列"),
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=gettext_lazy(
            "每行一列，写作“标题=内容”，从左到右。内容可以是：序号、户名、账号、开户行、金额、用途、复核发放日期、空白；"
            "每一行都相同的内容写在引号里，如 币种=“RMB”、付款账号=“1001…”。"
        ),
    )
    head = forms.CharField(
        label=gettext_lazy("表头单元格"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        help_text=gettext_lazy("每行一格，如“B2={sum}”。{sum} 是总金额，{count} 是总笔数，{title} 是用途。"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = BankLayout
        fields = [
            "name",
            "columns",
            "head",
            "first_row",
            "result_heading",
            "reason_heading",
            "paid_words",
            "failed_words",
        ]

    def __init__(self, *args, instance: BankLayout | None = None, like: BankLayout | None = None, **kwargs):
        """`like` is a layout that a new one begins with."""
        typed = {"version": instance.version if instance else 0}
        if shown := instance or like:
            typed["columns"] = "\n".join(f"{heading}{SEPARATOR}{in_words(value)}" for heading, value in shown.columns)
            typed["head"] = "\n".join(SEPARATOR.join(pair) for pair in shown.head)
        if like:
            typed |= {"name": like.name, "first_row": like.first_row}
        super().__init__(*args, instance=instance, initial=typed, **kwargs)
        self.helper = form_helper()

    def _pairs(self, name: str) -> list[list[str]]:
        pairs = []
        for number, line in enumerate(self.cleaned_data[name].splitlines(), start=1):
            if not line.strip():
                continue
            left, found, right = line.partition(SEPARATOR)
            if not (found and left.strip() and right.strip()):
                raise ValidationError(_("第 %(row)d 行应写作“左边=右边”。") % {"row": number})
            pairs.append([clean_text(left), clean_text(right)])
        return pairs

    def clean_columns(self):
        by_word = {str(word): value for value, word in VALUES.items()}
        columns = [
            [heading, self._fixed(heading, word) or by_word.get(word) or word]
            for heading, word in self._pairs("columns")
        ]
        strange = [word for _heading, word in columns if word not in VALUES and constant(word) is None]
        if strange:
            raise ValidationError(_("不认识的内容：%(words)s。") % {"words": "、".join(strange)})
        missing = [str(VALUES[value]) for value in REQUIRED_VALUES if value not in dict(map(reversed, columns))]
        if missing or len({heading for heading, _value in columns}) < len(columns):
            raise ValidationError(_("各列的标题不能重复，并且必须有户名、账号和金额。"))
        return columns

    @staticmethod
    def _fixed(heading: str, word: str) -> str:
        """The constant that stands between quotation marks; '' if there are none."""
        quoted = QUOTED.fullmatch(word)
        if not quoted:
            return ""
        if not quoted[1].strip():
            words = _("“%(heading)s”的固定内容还没有填写；整列不填的，请写“空白”。")
            raise ValidationError(words % {"heading": heading})
        return CONSTANT + quoted[1].strip()

    def clean_head(self):
        pairs = self._pairs("head")
        for cell, text in pairs:
            blank = text.startswith("{")
            if not CELL.fullmatch(cell) or (blank and text.strip("{}") not in BLANKS):
                raise ValidationError(_("“%(cell)s”不是可以填写的单元格或内容。") % {"cell": f"{cell}={text}"})
        return pairs

    def clean_first_row(self):
        row = self.cleaned_data["first_row"]
        if not 2 <= row <= 30:
            raise ValidationError(_("明细应从第 2 至第 30 行开始。"))
        return row

    def clean(self):
        data = super().clean()
        for cell, _text in data.get("head") or ():
            if int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) >= data.get("first_row", 0) - 1:
                self.add_error("head", _("表头单元格应在标题行之上。"))
        return data
