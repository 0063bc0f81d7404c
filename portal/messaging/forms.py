"""One way by which a person is reached outside the portal."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from portal.enums import MessageChannel
from portal.messaging.ways import checked_address
from portal.web.layout import form_helper

LABELS = {
    MessageChannel.EMAIL: gettext_lazy("电子邮箱"),
    MessageChannel.SMS: gettext_lazy("手机号"),
    MessageChannel.WECOM: gettext_lazy("企业微信账号"),
}


class MessageWayForm(forms.Form):
    """The number or name at `channel`, which the template sends along."""

    address = forms.CharField(max_length=254, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def __init__(self, channel: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"id_{channel}_%s", **kwargs})
        self.channel = channel
        self.helper = form_helper()
        self.fields["address"].label = LABELS[MessageChannel(channel)]

    @property
    def name(self) -> str:
        """What the channel is called."""
        return str(MessageChannel(self.channel).label)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "address" in cleaned:
            try:
                cleaned["address"] = checked_address(self.channel, cleaned["address"])
            except ValidationError as error:
                self.add_error("address", error)
        return cleaned
