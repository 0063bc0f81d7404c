"""What the administrator says of a union: opened, renamed, closed, merged into another."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from portal.enums import UnionKind
from portal.forms.bounded import DayField
from portal.forms.union import UnionNamedField
from portal.records.editing.fields import DateInput
from portal.web.layout import form_helper

KINDS = [(value, label) for value, label in UnionKind.choices if value != UnionKind.CITY]
DAY = "%Y-%m-%d"


class KeepingForm(forms.Form):
    """A form drawn by crispy; `show` puts the sentences of a service beside the fields they are about."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper()

    def show(self, refused: ValidationError) -> None:
        told = refused.message_dict if hasattr(refused, "error_dict") else {None: refused.messages}
        for name, errors in told.items():
            self.add_error(name if name in self.fields else None, errors)


class UnionOpenForm(KeepingForm):
    code = forms.CharField(label=_("工会编码"), max_length=20, help_text=_("设立后不能修改。"))
    name = forms.CharField(label=_("工会名称"), max_length=100)
    kind = forms.ChoiceField(label=_("类别"), choices=KINDS)
    under = UnionNamedField(label=_("上级工会"), help_text=_("上级工会的全称或编码。"))


class UnionRenameForm(KeepingForm):
    name = forms.CharField(label=_("工会名称"), max_length=100, help_text=_("以前报送的报表仍用当时的名称。"))
    kind = forms.ChoiceField(label=_("类别"), choices=UnionKind)


class UnionCloseForm(KeepingForm):
    on = DayField(
        label=_("撤销日期"),
        required=False,
        widget=DateInput(format=DAY),
        help_text=_("从这一天起不再登记新记录，也不再催报；原有记录和报表仍可查看。留空则恢复使用。"),
    )


class UnionMergeForm(KeepingForm):
    into = UnionNamedField(label=_("并入"), help_text=_("接收工会的全称或编码。"))
    on = DayField(label=_("合并日期"), initial=localdate, widget=DateInput(format=DAY))
    with_funds = forms.BooleanField(
        label=_("资金一并划转"),
        required=False,
        help_text=_("合并后任何一方台账不够的，由另一方划转补足；不计入任何统计表。"),
    )
