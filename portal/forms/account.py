"""Accounts, as the system administrator keeps them."""

from functools import partial
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.services import place_fault
from portal.enums import Role
from portal.gate.field import TableField
from portal.models import Union, User
from portal.records.editing.fields import CHOOSE
from portal.unions.choosing.field import UnionChoiceField
from portal.unions.choosing.finding import KnownUnions, NotOneError
from portal.web.layout import form_helper
from portal.workbook.reading.limits import FILE_BYTES

ROLES = {str(role.label): role.value for role in Role if role != Role.SYSTEM}  # in words


class AccountForm(forms.ModelForm):
    """A new account; the first password is made by the portal."""

    union = UnionChoiceField(label=_("所属工会"))

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
        cast("UnionChoiceField", self.fields["union"]).offer(Union.objects.all(), blank=CHOOSE)
        role = cast("Any", self.fields["role"])
        role.choices = [each for each in role.choices if each[0] != Role.SYSTEM]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        role, union = cleaned.get("role"), cleaned.get("union")
        if role and union and (fault := place_fault(role, union)):
            self.add_error("role", fault)
        return cleaned


class KnownUnionField(forms.Field):
    """A union by its code or name, among those that were read beforehand."""

    def __init__(self, known: KnownUnions) -> None:
        super().__init__()
        self.known = known

    def to_python(self, value: Any) -> Union | None:
        try:
            return self.known.named(value) if value else None
        except NotOneError as doubt:
            words = (
                _("有几个工会都叫“%(typed)s”，请填编码。") if doubt.like else _("没有名称或编码为“%(typed)s”的工会。")
            )
            raise forms.ValidationError(words % {"typed": value}, code="invalid_choice") from None


class ListedAccountForm(AccountForm):
    """The same of a row of a list: it asks the database nothing. Whether the user name is taken is asked for all rows.

    `role` is said in words. One form is made for all rows, and takes them one after the other: to make it costs more
    than to ask it.
    """

    def __init__(self, known: KnownUnions) -> None:
        super().__init__({})
        self.fields["union"] = KnownUnionField(known)
        words = _("应为%(roles)s之一。") % {"roles": "、".join(ROLES)}
        self.fields["role"].error_messages["invalid_choice"] = words

    def take(self, row: dict[str, str]) -> None:
        """Hold this row from now on; `errors` and `cleaned_data` are those of it alone."""
        self.data = row | {"role": ROLES.get(row.get("role", ""), row.get("role", ""))}
        self.instance = User()
        self._errors = None

    def _post_clean(self) -> None:
        # No field of the form is in a constraint that its own rules do not keep; Django tries each, for each row.
        self.instance.full_clean = partial(self.instance.full_clean, validate_constraints=False)
        super()._post_clean()  # type: ignore[misc]  # Django's own, without a type

    def _get_validation_exclusions(self) -> set[str]:
        # Their fields found them among what may be chosen; the model would ask the database once more, for each row.
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # Django's own, without a type
        return excluded | {"union", "role"}

    def validate_unique(self) -> None:
        """Asked for all rows at once, by who has them."""


class AccountBatchForm(forms.Form):
    """A list of accounts, as any program of tables saves it."""

    file = TableField(
        label=_("名单文件"),
        accept=(".xlsx", ".xls", ".ods", ".csv"),
        largest=FILE_BYTES,
        help_text=_("Excel、WPS 或 .csv，第一行是列标题。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper()


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
