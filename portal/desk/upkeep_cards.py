"""What those who look after the portal find on the first page and on their areas, besides numbers: the facts.

Who lets people in: what waits for a second person, which units nobody can work for. Who keeps the portal running:
whether everything that must be done was done. The auditor: the last entries of the log.
"""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.timezone import localdate, localtime, make_aware
from django.utils.translation import gettext as _

from portal.access import Permission, can
from portal.calendar.work_calendar import missing_years
from portal.desk.cards import Card, Place
from portal.desk.shortlists import DRAWN, Told, tagged, told
from portal.desk.upkeep import WEEK
from portal.desk.ways import ways_of
from portal.enums import AuditAction, Role
from portal.models import AccountRequest, AuditEntry, Import, Union, User
from portal.operating import state
from portal.operating.duties import standings
from portal.operating.readiness import disk_has_room
from portal.records.lists.table import TableCell
from portal.records.tone import Tone
from portal.web.navigation import ACCOUNTS, FAMILIES, HOME, OVERSIGHT, UNIONS, UPKEEP

ROWS, ENTRIES, IMPORTS = 8, 14, 5


def moment(at: Any) -> str:
    return f"{localtime(at):%Y-%m-%d %H:%M}" if at else "—"


def requests_asked(user: User) -> dict[str, Any] | None:
    """What waits for the person's consent, and what the person asked for and another has to agree to."""
    waiting = AccountRequest.objects.visible_to(user).waiting().told()[:ROWS]
    headings = [_("用户名"), _("事项"), _("所属工会"), _("申请人"), _("申请时间"), _("等谁")]
    return told(_("账号申请"), reverse("accountrequest_list"), headings, (_asked(each, user) for each in waiting))


def _asked(asked: AccountRequest, user: User) -> tuple[Told, ...]:
    page = reverse("accountrequest_show", args=[asked.pk])
    whom = _("另一位安全管理员或单位审核人") if asked.asked_by_id == user.pk else _("您")
    facts = (asked.get_act_display(), asked.union.name, asked.asked_by.name, moment(asked.asked_at), whom)
    return ((asked.username, page), *facts)


def units_without_people(user: User) -> dict[str, Any] | None:
    """The 填报单位 of which nobody can enter records, or nobody can approve and hand in."""
    people = User.objects.filter(union=OuterRef("pk"), is_active=True)
    units = Union.objects.reporting().open_on(localdate())
    lacking = units.annotate(
        clerk=Exists(people.filter(role=Role.CLERK)), lead=Exists(people.filter(role=Role.LEAD))
    ).exclude(clerk=True, lead=True)
    rows = ((unit.name, unit.code, "、".join(_lacks(unit))) for unit in lacking.order_by("path")[:ROWS])
    page = reverse("account_create" if can(user, Permission.MANAGE_ACCOUNTS) else "union_list")
    return told(_("缺人的填报单位"), page, [_("填报单位"), _("编码"), _("还没有")], rows)


def _lacks(unit: Any) -> Iterator[str]:
    if not unit.clerk:
        yield str(Role.CLERK.label)
    if not unit.lead:
        yield str(Role.LEAD.label)


def accounts_at_rest(_user: User) -> dict[str, Any] | None:
    """Who is suspended, since when, and whose password has expired: by name, for who may ask them."""
    suspended = User.objects.suspended().select_related("union").order_by("-suspended_at", "pk")[:ROWS]
    expired = User.objects.with_expired_password().select_related("union").order_by("password_set_at", "pk")[:ROWS]
    rows = [_at_rest(each, _("已暂停"), each.suspended_at) for each in suspended]
    rows += [_at_rest(each, _("密码已过期"), each.password_set_at) for each in expired]
    headings = [_("姓名"), _("岗位"), _("所属工会"), _("情况"), _("暂停或设密码的时间"), _("最近登录")]
    return told(_("暂停的账号和过期的密码"), reverse("account_list"), headings, rows[:ROWS])


def _at_rest(account: User, state: str, at: Any) -> tuple[Told, ...]:
    page = reverse("account_edit", args=[account.pk])
    facts = (account.get_role_display(), account.union.name, state, moment(at), moment(account.last_login))
    return (account.name, page), *facts


def own_ways(slug: str) -> Any:
    """The ways of that area, for the first page."""
    return lambda user: {"ways": ways_of((slug,), user)}


def whether_it_runs(_user: User) -> dict[str, Any] | None:
    """How each duty stands, the jobs of the week, room and calendar; the page of the state tells and costs more."""
    return told(_("运行情况"), reverse("state_show"), [_("项目"), _("情况"), _("说明")], _running())


def _running() -> Iterator[tuple[Told, ...]]:
    queue, well = state.queue(), tagged(_("正常"), Tone.GOOD)
    for duty in standings():
        stands = _ill(_("超过时限")) if duty.overdue else _ill(_("没有成功")) if duty.problem else well
        done = _("最近一次成功：%(at)s") % {"at": moment(duty.done_at)} if duty.done_at else _("从来没有")
        yield duty.duty.label, stands, done
    told_of = {"waiting": queue.waiting, "running": queue.running, "failed": queue.failed}
    words = _("等待 %(waiting)d 个，进行中 %(running)d 个，近 7 天失败 %(failed)d 个") % told_of
    yield _("后台任务"), _ill(_("有失败")) if queue.failed else well, words
    free = state.disk()
    yield (
        _("磁盘空间"),
        well if disk_has_room() else _ill(_("不足")),
        _("可用 %(part)d%%") % {"part": 100 * free.free // free.total},
    )
    years = missing_years()
    lacks = _("还没有：%(years)s") % {"years": "、".join(map(str, years))} if years else _("各年都有")
    yield (_("放假安排"), reverse("calendar_show")), _ill(_("待录入")) if years else well, lacks


def _ill(words: str) -> TableCell:
    return tagged(words, Tone.BAD)


def latest_entries(user: User) -> dict[str, Any] | None:
    """The last entries of the log that the person oversees."""
    headings = [_("时间"), _("人员"), _("事项"), _("对象"), _("来源地址")]
    entries = AuditEntry.objects.visible_to(user).page(before=None, size=ENTRIES)
    rows = (
        (
            moment(each.at),
            each.actor.name if each.actor else "—",
            each.get_action_display(),
            each.subject or "—",
            each.address or "—",
        )
        for each in entries
    )
    return told(_("最新的记录"), reverse("audit_log"), headings, rows)


def refusals_of_the_week(user: User) -> dict[str, Any] | None:
    """Who was refused what in these seven days, and how often; the log filtered so opens."""
    since = localdate() - WEEK
    headings = [_("事项"), _("人员"), _("来源地址"), _("次数"), _("最近一次")]
    begun = make_aware(datetime.combine(since, time.min))
    groups = AuditEntry.objects.visible_to(user).refusals_since(begun)[:ROWS]
    return told(_("近 7 天的拒绝"), reverse("audit_log"), headings, (_refused(each, since) for each in groups))


def _refused(group: dict[str, Any], since: date) -> tuple[Told, ...]:
    asked = {"action": group["action"], "since": since.isoformat()}
    asked |= {name: group[of] for name, of in (("person", "actor__username"), ("address", "address")) if group[of]}
    who = group["actor__name"] or _("未登录")
    label, page = AuditAction(group["action"]).label, f"{reverse('audit_log')}?{urlencode(asked)}"
    return (label, page), who, group["address"] or "—", str(group["times"]), moment(group["last"])


def latest_imports(user: User) -> dict[str, Any] | None:
    """What was brought in last."""
    found = Import.objects.visible_to(user).select_related("made_by", "union").order_by("-made_at")[:IMPORTS]
    rows = (
        ((each.file_name, reverse("import_show", args=[each.pk])), _maker(each), each.union.name, moment(each.made_at))
        for each in found
    )
    return told(_("最近的导入"), reverse("import_list"), [_("文件名"), _("导入人"), _("所属工会"), _("时间")], rows)


def _maker(imported: Import) -> str:
    return imported.made_by.name if imported.made_by else "—"


WAYS_DRAWN = "portal/home/_ways.html"
P = Permission
CARDS = (
    Card(WAYS_DRAWN, P.MANAGE_ACCOUNTS, Place.MAIN, own_ways(ACCOUNTS.slug)),
    Card(DRAWN, P.MANAGE_ACCOUNTS, Place.BELOW, requests_asked),
    Card(DRAWN, P.MANAGE_ACCOUNTS, Place.BELOW, accounts_at_rest, (HOME.slug, ACCOUNTS.slug)),
    Card(DRAWN, P.MANAGE_ACCOUNTS, Place.SIDE, units_without_people, (HOME.slug, ACCOUNTS.slug)),
    Card(DRAWN, P.MANAGE_ACCOUNTS, Place.MAIN, requests_asked, (ACCOUNTS.slug,)),
    Card(DRAWN, P.VIEW_STATE, Place.MAIN, whether_it_runs, (HOME.slug, UPKEEP.slug)),
    Card(WAYS_DRAWN, P.MANAGE_UNIONS, Place.BELOW, own_ways(UNIONS.slug)),
    Card(DRAWN, P.MANAGE_UNIONS, Place.MAIN, units_without_people, (UNIONS.slug,)),
    Card(DRAWN, P.VIEW_AUDIT, Place.BELOW, refusals_of_the_week, (HOME.slug,)),
    Card(DRAWN, P.VIEW_AUDIT, Place.MAIN, refusals_of_the_week, (OVERSIGHT.slug,)),
    Card(DRAWN, P.VIEW_AUDIT, Place.MAIN, latest_entries, (OVERSIGHT.slug,)),
    Card(DRAWN, P.IMPORT_WORKBOOK, Place.MAIN, latest_imports, (FAMILIES.slug,)),
)
