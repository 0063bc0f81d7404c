"""What waits for those who look after the portal: the log for the auditor, accounts and calendar for its keeper."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from portal.access import Permission
from portal.calendar.work_calendar import missing_years
from portal.desk.todos import Todo
from portal.enums import AuditAction
from portal.forms.filters import AccountFilter, AuditFilter
from portal.models import AuditEntry, User

WEEK = timedelta(days=6)  # before today: seven days in all


def of_the_week(action: AuditAction) -> tuple[Callable[[User], int], Callable[[User], str]]:
    """How many rows of the log tell of `action` in these seven days, and the log filtered so."""

    def asked() -> dict[str, str]:
        return {"action": str(action), "since": (localdate() - WEEK).isoformat()}

    def count(user: User) -> int:
        rows: QuerySet = AuditFilter(asked(), queryset=AuditEntry.objects.visible_to(user)).qs
        return rows.count()

    return count, lambda _user: f"{reverse('audit_log')}?{urlencode(asked())}"


FIRST_PASSWORD = {"state": "first"}


def first_passwords(_user: User) -> int:
    accounts: QuerySet = AccountFilter(FIRST_PASSWORD, queryset=User.objects.all()).qs
    return accounts.count()


def first_passwords_url(_user: User) -> str:
    return f"{reverse('account_list')}?{urlencode(FIRST_PASSWORD)}"


def years_unknown(_user: User) -> int:
    return len(missing_years())


def first_year_unknown(_user: User) -> str:
    return f"{reverse('calendar_show')}?year={missing_years()[0]}"


TODOS = (
    Todo(_("近 7 天登录失败的记录"), Permission.VIEW_AUDIT, *of_the_week(AuditAction.LOGIN_FAILED)),
    Todo(_("近 7 天越权被拒的记录"), Permission.VIEW_AUDIT, *of_the_week(AuditAction.REFUSED)),
    Todo(_("近 7 天查看完整信息的记录"), Permission.VIEW_AUDIT, *of_the_week(AuditAction.REVEALED)),
    Todo(_("还没有录入放假安排的年份"), Permission.MANAGE_CALENDAR, years_unknown, first_year_unknown),
    Todo(_("还在用首次密码的账号"), Permission.MANAGE_ACCOUNTS, first_passwords, first_passwords_url),
)
