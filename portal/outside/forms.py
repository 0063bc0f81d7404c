"""Outside systems, as the system administrator keeps them."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.api.resource import all_resources
from portal.enums import WebhookEvent
from portal.forms.bounded import DayField
from portal.models import ApiToken, Union, User, Webhook
from portal.outside.posting import AddressRefused, checked_address
from portal.outside.systems import LONGEST_LIFE, latest_expiry
from portal.records.editing.fields import CHOOSE
from portal.unions.choosing.field import UnionChoiceField
from portal.web.layout import form_helper

LONGEST_NAME = 50


class SystemForm(forms.ModelForm):
    """A new system; it has no token yet."""

    union = UnionChoiceField(
        label=gettext_lazy("所属工会"), help_text=gettext_lazy("系统只能读写这个工会及其下级工会的记录。")
    )

    class Meta:
        model = User
        fields = ["username", "name", "union"]
        labels = {"username": gettext_lazy("系统代号"), "name": gettext_lazy("系统名称")}
        help_texts = {"username": gettext_lazy("字母、数字和 @ . + - _，写入审计日志，建立后不能修改。")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper()
        cast("UnionChoiceField", self.fields["union"]).offer(Union.objects.all(), blank=CHOOSE)


class TokenForm(forms.Form):
    """A new token of a system: for what, until when, and how often."""

    label = forms.CharField(label=gettext_lazy("令牌名称"), max_length=30, help_text=gettext_lazy("如“正式”“测试”。"))
    resources = forms.MultipleChoiceField(
        label=gettext_lazy("可以使用的资源"), widget=forms.CheckboxSelectMultiple, choices=()
    )
    may_write = forms.BooleanField(
        label=gettext_lazy("可以写入"), required=False, help_text=gettext_lazy("不勾选时只能读取。")
    )
    expires_on = DayField(label=gettext_lazy("有效期至"), widget=forms.DateInput(attrs={"type": "date"}))
    per_minute = forms.IntegerField(label=gettext_lazy("每分钟最多调用次数"), min_value=1, max_value=6000, initial=60)

    def __init__(self, *args: Any, system: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.system, self.helper = system, form_helper()
        resources: Any = self.fields["resources"]
        resources.choices = [(each.name, each.title) for each in all_resources().values()]
        words = _("最长 %(days)d 天，到期前请换新的令牌。") % {"days": LONGEST_LIFE.days}
        self.fields["expires_on"].help_text = words

    def clean_label(self) -> str:
        label: str = self.cleaned_data["label"]
        if ApiToken.objects.filter(system=self.system, label=label).exists():
            raise ValidationError(_("这个系统已有同名的令牌。"))
        return label

    def clean_expires_on(self) -> Any:
        day = self.cleaned_data["expires_on"]
        if not localdate() <= day <= latest_expiry():
            words = _("应在今天至 %(day)s 之间。") % {"day": latest_expiry()}
            raise ValidationError(words)
        return day


class WebhookForm(forms.Form):
    """An address to tell, and of what."""

    address = forms.URLField(
        label=gettext_lazy("接收地址"),
        max_length=300,
        assume_scheme="https",
        help_text=gettext_lazy("以 https:// 开头。"),
    )
    events = forms.MultipleChoiceField(
        label=gettext_lazy("通知的事项"), widget=forms.CheckboxSelectMultiple, choices=WebhookEvent
    )

    def __init__(self, *args: Any, system: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.system, self.helper = system, form_helper()

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"]
        try:
            checked_address(address)
        except AddressRefused as refused:
            raise ValidationError(str(refused)) from None
        if Webhook.objects.filter(system=self.system, address=address, ended_at=None).exists():
            raise ValidationError(_("这个地址已经设立。"))
        return address
