"""Accounts, as the system administrator keeps them."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.services import place_fault
from portal.enums import Role
from portal.models import Union, User
from portal.web.layout import form_helper


class UnionCodeField(forms.ModelChoiceField):
    """A union named by its code: a city has thousands, too many for a list to choose from."""

    widget = forms.TextInput
    default_error_messages = {"invalid_choice": _("没有编码为“%(value)s”的工会。请在工会名录中查到编码后填写。")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("所属工会的编码"))
        kwargs.setdefault("help_text", _("工会编码可在“工会名录”中查到。"))
        super().__init__(queryset=Union.objects.all(), to_field_name="code", **kwargs)


class AccountForm(forms.ModelForm):
    """A new account; the first password is made by the portal."""

    union = UnionCodeField()

    class Meta:
        model = User
        fields = ["username", "name", "role", "union", "email"]
        labels = {"username": _("用户名"), "email": _("电子邮箱")}
        help_texts = {
            "username": _("登录用，字母、数字和 @ . + - _，建立后不能修改。"),
            "email": _("可不填。催报通知会同时发到这里。"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper()
        role = cast("Any", self.fields["role"])
        role.choices = [each for each in role.choices if each[0] != Role.SYSTEM]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        role, union = cleaned.get("role"), cleaned.get("union")
        if role and union and (fault := place_fault(role, union)):
            self.add_error("role", fault)
        return cleaned


class AccountEditForm(AccountForm):
    """Changes of an account.

    Administrators do not take their own rights away: somebody must be left to give them back.
    """

    class Meta(AccountForm.Meta):
        fields = ["name", "role", "union", "email", "is_active"]
        labels = AccountForm.Meta.labels | {"is_active": _("启用")}
        help_texts = AccountForm.Meta.help_texts | {"is_active": _("停用后，该账号下一次操作即被退出。")}

    def __init__(self, *args: Any, actor: User, instance: User, **kwargs: Any) -> None:
        kwargs["initial"] = {"union": instance.union} | kwargs.get("initial", {})
        super().__init__(*args, instance=instance, **kwargs)
        self.is_own = instance.pk == actor.pk
        self.was_suspended = instance.suspended_at is not None
        if self.was_suspended:
            self.fields["is_active"].help_text = _(
                "这个账号因长期不用已暂停。打勾保存即恢复；不打勾保存即正式停用，不再列入待办。"
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.is_own and {"role", "union", "is_active"}.intersection(self.changed_data):
            message = _("不能修改自己的岗位和所属工会，也不能停用自己的账号。请由另一位安全管理员办理。")
            raise forms.ValidationError(message)
        return cleaned

    def changes(self) -> dict:
        """The fields that were changed, with their new values; of a suspended account also whether it stays so."""
        fields = {*self.changed_data} | ({"is_active"} if self.was_suspended else set())
        return {field: self.cleaned_data[field] for field in self.fields if field in fields}
