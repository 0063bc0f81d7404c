"""Who takes a desk over."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.models import User
from portal.web.layout import form_helper


class HandoverForm(forms.Form):
    """The successor of `predecessor`, chosen by `actor`."""

    successor = forms.ModelChoiceField(
        queryset=User.objects.none(),
        label=_("接收人"),
        empty_label=_("请选择"),
        help_text=_("同一工会、同一岗位、在用的账号。没有合适的，请先新建账号。"),
    )

    def __init__(self, *args: Any, predecessor: User, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper()
        field = cast("Any", self.fields["successor"])
        field.queryset = User.objects.may_succeed(predecessor, actor)
        field.label_from_instance = lambda user: f"{user.name}（{user.username}）"
