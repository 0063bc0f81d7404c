"""Accounts, as the system administrator keeps them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.edit import FormMixin, ProcessFormView

from portal.access import Permission
from portal.accounts.second_person import ask, change_needs_second, opening_needs_second, reset_needs_second
from portal.accounts.services import change_account, create_account, reset_password
from portal.audit import By
from portal.enums import AccountAct
from portal.forms.account import AccountEditForm, AccountForm
from portal.forms.filters import AccountFilter
from portal.models import User
from portal.records.exporting.resource import ExportColumn
from portal.refusals.lookup import get_object_or_404
from portal.views.exporting import ListExport, moment
from portal.views.listing import FilteredList
from portal.web.base import PortalPage, PortalView


def asked_for(request: HttpRequest, act: AccountAct, **what: Any) -> HttpResponse:
    """Ask a second person, and lead to what waits for one."""
    try:
        ask(act, **what, by=By.of(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("已提出申请，由另一位管理员或该单位的审核人同意后生效。"))
    return redirect("accountrequest_list")


class AccountList(FilteredList):
    """Every account, by union and name."""

    permission = Permission.MANAGE_ACCOUNTS
    template_name = "portal/account/list.html"
    filter_class = AccountFilter
    export_name = "account_export"

    def get_queryset(self) -> QuerySet[User]:
        found: QuerySet[User] = User.objects.people().select_related("union").order_by("union__path", "username")
        return found


class AccountExport(ListExport, AccountList):
    """The accounts as they are filtered."""

    title = gettext_lazy("账号")
    list_name = "account_list"
    columns = (
        ExportColumn(gettext_lazy("用户名"), lambda account: account.username),
        ExportColumn(gettext_lazy("姓名"), lambda account: account.name),
        ExportColumn(gettext_lazy("岗位"), lambda account: account.get_role_display()),
        ExportColumn(gettext_lazy("所属工会"), lambda account: account.union.name),
        ExportColumn(gettext_lazy("状态"), lambda account: _("启用") if account.is_active else _("停用")),
        ExportColumn(gettext_lazy("最近登录"), lambda account: moment(account.last_login)),
    )


class AccountCreate(FormMixin, PortalPage, ProcessFormView):
    """Opens an account and shows its first password, once; asks a second person for one that decides."""

    permission = Permission.MANAGE_ACCOUNTS
    template_name = "portal/account/create.html"
    form_class = AccountForm

    def form_valid(self, form: AccountForm) -> HttpResponse:
        given = dict(form.cleaned_data)
        if opening_needs_second(given["role"]):
            name, union = given.pop("username"), given["union"]
            return asked_for(self.request, AccountAct.OPEN, username=name, union=union, fields=given)
        user, password = create_account(**form.cleaned_data, by=By.of(self.request))
        return render(self.request, "portal/account/password.html", {"account": user, "password": password})


class AccountEdit(FormMixin, PortalPage, ProcessFormView):
    """Changes name, role, union, and whether the account is in use."""

    permission = Permission.MANAGE_ACCOUNTS
    template_name = "portal/account/edit.html"
    form_class = AccountEditForm

    @cached_property
    def account(self) -> User:
        account: User = get_object_or_404(User.objects.people().select_related("union"), pk=self.kwargs["pk"])
        return account

    def get_form_kwargs(self) -> dict[str, Any]:
        # A second copy for the form, which writes into its instance even when it refuses.
        instance = User.objects.select_related("union").get(pk=self.account.pk)
        return super().get_form_kwargs() | {"instance": instance, "actor": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(account=self.account, **kwargs)

    def form_valid(self, form: AccountEditForm) -> HttpResponse:
        changes = form.changes()
        if change_needs_second(self.account, changes):
            union = changes.get("union", self.account.union)
            name = self.account.username
            return asked_for(self.request, AccountAct.CHANGE, username=name, union=union, fields=changes)
        if changes:
            change_account(self.account, changes=changes, by=By.of(self.request))
        messages.success(self.request, _("账号“%(name)s”已保存。") % {"name": self.account.username})
        return redirect("account_list")


class AccountPasswordReset(PortalView):
    """Gives an account a new first password and shows it, once."""

    permission = Permission.MANAGE_ACCOUNTS
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        user = get_object_or_404(User.objects.people().select_related("union"), pk=pk)
        if reset_needs_second(user):
            return asked_for(request, AccountAct.RESET, username=user.username, union=user.union, fields={})
        password = reset_password(user, by=By.of(request))
        return render(request, "portal/account/password.html", {"account": user, "password": password})
