"""What waits for those who look after the portal: the log for the auditor, accounts and calendar for its keeper."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from portal.access import SECOND_FACTOR_ROLES, Permission, can
from portal.calendar.work_calendar import missing_years
from portal.desk.counting import Question
from portal.desk.first_steps import FirstStep
from portal.desk.todos import Todo
from portal.desk.ways import Step, Way
from portal.enums import AuditAction, Duty, Role
from portal.forms.filters import ACCOUNT_STATES, AccountFilter, AuditFilter
from portal.models import (
    AccountRequest,
    AuditEntry,
    DeskHandover,
    EvidenceLink,
    FactorChange,
    Job,
    RevealRequest,
    Union,
    User,
)
from portal.operating.duties import standing

P = Permission
WEEK = timedelta(days=6)  # before today: seven days in all
LOOKED_AT = (
    AuditAction.LOGIN_FAILED,
    AuditAction.REFUSED,
    AuditAction.LIMITED,
    AuditAction.REVEALED,
    AuditAction.EXPORTED,
    AuditAction.ACCOUNT_CHANGED,
)


def of_the_week(action: AuditAction) -> tuple[Callable[[User], QuerySet], Callable[[User], str]]:
    """The rows of the log that tell of `action` in these seven days, and the log filtered so."""

    def asked() -> dict[str, str]:
        return {"action": str(action), "since": (localdate() - WEEK).isoformat()}

    def rows(user: User) -> QuerySet:
        found: QuerySet = AuditFilter(asked(), queryset=AuditEntry.objects.visible_to(user)).qs
        return found

    return rows, lambda _user: f"{reverse('audit_log')}?{urlencode(asked())}"


def accounts_that_are(state: str) -> QuerySet:
    found: QuerySet = AccountFilter({"state": state}, queryset=User.objects.people()).qs
    return found


def accounts_url(state: str) -> str:
    return f"{reverse('account_list')}?{urlencode({'state': state})}"


def first_passwords(_user: User) -> QuerySet:
    return accounts_that_are("first")


def first_passwords_url(_user: User) -> str:
    return accounts_url("first")


def suspended_accounts(_user: User) -> QuerySet:
    return accounts_that_are("suspended")


def suspended_accounts_url(_user: User) -> str:
    return accounts_url("suspended")


def expired_passwords(_user: User) -> QuerySet:
    return accounts_that_are("expired")


def expired_passwords_url(_user: User) -> str:
    return accounts_url("expired")


def handed_over(user: User) -> QuerySet:
    """Whose work came to this person lately."""
    return DeskHandover.objects.lately_to(user)


def evidence_unproved(_user: User) -> int:
    """1 where the last proof of the evidence failed, or none went well for two days."""
    last = standing(Duty.EVIDENCE)
    return int(bool(last.problem) or (last.overdue and EvidenceLink.objects.exists()))


def evidence_url(_user: User) -> str:
    return reverse("audit_evidence")


def state_url(_user: User) -> str:
    return reverse("state_show")


def years_unknown(_user: User) -> int:
    return len(missing_years())


def first_year_unknown(_user: User) -> str:
    return f"{reverse('calendar_show')}?year={missing_years()[0]}"


def account_requests(user: User) -> QuerySet:
    """What waits for the second person."""
    return AccountRequest.objects.for_second(user)


def account_requests_url(user: User) -> str:
    return _list_or_page(account_requests(user), user)


def passwords_url(user: User) -> str:
    return _list_or_page(passwords_to_fetch(user), user)


def _list_or_page(requests: QuerySet, user: User) -> str:
    """Where `requests` are settled: the list of accounts that they are of, the lists, or the page of single ones."""
    batches = set(requests.values_list("batch", flat=True))
    if not batches or None in batches or not can(user, P.MANAGE_ACCOUNTS):
        return reverse("accountrequest_list")
    return reverse("accountbatch_show", args=[*batches]) if len(batches) == 1 else reverse("accountbatch_list")


def reveals_asked(user: User) -> QuerySet:
    return RevealRequest.objects.for_second(user)


def reveals_url(_user: User) -> str:
    return reverse("revealrequest_list")


def reveals_agreed(user: User) -> QuerySet:
    return RevealRequest.objects.open_to(user)


def agreed_url(user: User) -> str:
    """Where the record is shown that was agreed to last."""
    return RevealRequest.objects.open_to(user).latest("decided_at").address


def jobs_broken_off(user: User) -> QuerySet:
    """What the person started, broke off by itself, and was not looked at since."""
    return Job.objects.of(user).news()


def passwords_to_fetch(user: User) -> QuerySet:
    """What others agreed to, of which this person has not fetched the secret."""
    return AccountRequest.objects.to_hand_over(user)


def own_factor_changes(user: User) -> Question:
    """What was done to one's own second factor lately."""
    return FactorChange.objects.of(user) if user.role in SECOND_FACTOR_ROLES else 0


def factor_changes(user: User) -> QuerySet:
    return FactorChange.objects.told_to_second(user)


def factor_changes_url(_user: User) -> str:
    return reverse("accountrequest_list")


UNPROVED, LOOK = _("证据核对不符，或两天没有核对"), _("看一看：证据核对不符，或两天没有核对")
TODOS = (
    Todo(UNPROVED, P.VIEW_AUDIT, evidence_unproved, evidence_url, urgent=True, act=LOOK),
    Todo(_("证据核对没有成功"), P.VIEW_STATE, evidence_unproved, state_url, urgent=True, act=LOOK),
    Todo(_("近 7 天登录失败的记录"), Permission.VIEW_AUDIT, *of_the_week(AuditAction.LOGIN_FAILED)),
    Todo(_("近 7 天越权被拒的记录"), Permission.VIEW_AUDIT, *of_the_week(AuditAction.REFUSED)),
    Todo(_("近 7 天超过用量被拦的记录"), Permission.VIEW_AUDIT, *of_the_week(AuditAction.LIMITED)),
    Todo(_("近 7 天查看完整信息的记录"), Permission.VIEW_AUDIT, *of_the_week(AuditAction.REVEALED)),
    Todo(_("还没有录入放假安排的年份"), Permission.MANAGE_CALENDAR, years_unknown, first_year_unknown),
    Todo(
        _("等您同意的账号申请"),
        Permission.CONFIRM_ACCOUNTS,
        account_requests,
        account_requests_url,
        urgent=True,
        act=_("办理 {count} 份账号申请"),
    ),
    Todo(
        _("已经同意，等您取首次密码或令牌"),
        Permission.MANAGE_ACCOUNTS,
        passwords_to_fetch,
        passwords_url,
    ),
    Todo(
        _("近 7 天您的动态口令有变动"),
        Permission.VIEW_HOME,
        own_factor_changes,
        lambda _user: reverse("recovery_codes"),
        urgent=True,
        act=_("看一看：您的动态口令有 {count} 次变动"),
    ),
    Todo(
        _("中断的后台任务"),
        Permission.USE_JOBS,
        jobs_broken_off,
        lambda _user: f"{reverse('job_list')}?news",
        urgent=True,
        act=_("看一看：{count} 个后台任务没有做成"),
    ),
    Todo(_("近 7 天他人的动态口令有变动"), Permission.CONFIRM_ACCOUNTS, factor_changes, factor_changes_url),
    Todo(_("等您同意的查看申请"), Permission.CONFIRM_REVEALS, reveals_asked, reveals_url),
    Todo(_("已同意您查看的记录（24 小时内）"), Permission.VIEW_AUDIT, reveals_agreed, agreed_url),
    Todo(
        _("因长期不用暂停的账号，等您恢复或停用"),
        Permission.MANAGE_ACCOUNTS,
        suspended_accounts,
        suspended_accounts_url,
    ),
    Todo(_("密码已过期的账号"), Permission.MANAGE_ACCOUNTS, expired_passwords, expired_passwords_url),
    Todo(
        _("近 30 天交接给您的工作"),
        Permission.VIEW_HOME,
        handed_over,
        lambda _user: reverse("deskhandover_list"),
    ),
    Todo(_("还在用首次密码的账号"), Permission.MANAGE_ACCOUNTS, first_passwords, first_passwords_url),
)


def log_of_the_week(user: User) -> Iterator[Step]:
    """What the auditor looks at first."""
    for action in LOOKED_AT:
        rows, url = of_the_week(action)
        yield Step(action.label, rows(user), url(user))


TO_MEND = ("first", "unbound", "expired", "suspended", "unused")  # states of accounts that somebody has to see to


def accounts(_user: User) -> Iterator[Step]:
    for state, label in ACCOUNT_STATES:
        yield Step(label, accounts_that_are(state), accounts_url(state), is_next=state in TO_MEND)


def unions(user: User) -> Iterator[Step]:
    found = Union.objects.visible_to(user).open_on(localdate())
    yield Step(_("填报单位"), found.filter(pk__in=Union.objects.reporting()), reverse("union_list"))
    yield Step(_("全部工会"), found, reverse("union_list"))


FIRST_STEPS = (
    FirstStep(
        _("载入工会名录"),
        _("由命令 load_unions 载入，或逐个设立"),
        Permission.MANAGE_UNIONS,
        lambda _user: reverse("union_list"),
        lambda _user: Union.objects.filter(depth__gt=1),
    ),
    FirstStep(
        _("为各单位开设账号"),
        _("每个填报单位一名经办人、一名单位审核人"),
        Permission.MANAGE_ACCOUNTS,
        lambda _user: reverse("account_create"),
        lambda _user: User.objects.filter(role__in=(Role.CLERK, Role.LEAD)),
    ),
)

WAYS = (
    Way("oversight", _("近 7 天的记录"), Permission.VIEW_AUDIT, log_of_the_week, in_order=False),
    Way("accounts", _("账号"), Permission.MANAGE_ACCOUNTS, accounts, in_order=False),
    Way("unions", _("工会"), Permission.MANAGE_UNIONS, unions, in_order=False),
)
