"""The menu: one table of what stands in it, and the part of it a person may open."""

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from portal.access import Permission, can
from portal.models import Announcement, User


@dataclass(frozen=True)
class NavItem:
    """One line of the menu, shown to those who hold `permission`."""

    label: str | Promise
    url_name: str
    permission: Permission
    icon: str
    group: str | Promise = ""

    @property
    def noun(self) -> str:
        """What the page is about: the detail and the edit pages of a noun belong to its list."""
        return self.url_name.removesuffix("_list")

    @cached_property
    def url(self) -> str:
        """Looked up once: every page draws some forty of them."""
        return reverse(self.url_name)


@dataclass(frozen=True)
class NavLink:
    """A line of the menu as one request sees it. `current` is the value of aria-current, '' elsewhere."""

    label: str | Promise
    url: str
    icon: str
    current: str


@dataclass(frozen=True)
class NavGroup:
    """Lines of the menu under one heading."""

    label: str | Promise
    entries: tuple[NavLink, ...]


P = Permission
_FILES, _MONEY, _JOBS = _("档案"), _("助学资金"), _("就业")
_REPORTS, _SYSTEM = _("统计与数据"), _("管理")

NAVIGATION: tuple[NavItem, ...] = (
    NavItem(_("首页"), "home", P.VIEW_HOME, "house"),
    NavItem(_("困难职工家庭"), "household_list", P.VIEW_RECORDS, "people", _FILES),
    NavItem(_("整户建档"), "family_create", P.KEEP_RECORDS, "house-add", _FILES),
    NavItem(_("子女"), "child_list", P.VIEW_RECORDS, "person", _FILES),
    NavItem(_("升学"), "entry_list", P.VIEW_RECORDS, "mortarboard", _FILES),
    NavItem(_("助学申请"), "aidcase_list", P.VIEW_RECORDS, "file-earmark-text", _FILES),
    NavItem(_("公示单"), "publicnotice_list", P.VIEW_RECORDS, "megaphone", _FILES),
    NavItem(_("走访慰问"), "visit_list", P.VIEW_RECORDS, "door-open", _FILES),
    NavItem(_("走访计划"), "visitplan", P.VIEW_RECORDS, "signpost-2", _FILES),
    NavItem(_("跟进事项"), "followup_list", P.VIEW_RECORDS, "check2-square", _FILES),
    NavItem(_("结对方"), "sponsor_list", P.VIEW_RECORDS, "heart", _FILES),
    NavItem(_("结对关系"), "pairing_list", P.VIEW_RECORDS, "person-hearts", _FILES),
    NavItem(_("典型"), "exemplar_list", P.VIEW_RECORDS, "award", _FILES),
    NavItem(_("档案转移"), "transfer_list", P.VIEW_RECORDS, "arrow-left-right", _FILES),
    NavItem(_("资金台账"), "ledger", P.VIEW_RECORDS, "journal-check", _MONEY),
    NavItem(_("资金筹集"), "contribution_list", P.VIEW_RECORDS, "piggy-bank", _MONEY),
    NavItem(_("发放批次"), "paymentbatch_list", P.VIEW_RECORDS, "stack", _MONEY),
    NavItem(_("助学款发放"), "disbursement_list", P.VIEW_RECORDS, "cash-coin", _MONEY),
    NavItem(_("发放进度"), "coverage", P.VIEW_RECORDS, "graph-up", _MONEY),
    NavItem(_("银行文件格式"), "banklayout_list", P.MANAGE_CAMPAIGNS, "bank", _MONEY),
    NavItem(_("咨询登记"), "enquiry_list", P.VIEW_RECORDS, "telephone-inbound", _JOBS),
    NavItem(_("用人单位"), "employer_list", P.VIEW_RECORDS, "building", _JOBS),
    NavItem(_("社会实践岗位"), "practicepost_list", P.VIEW_RECORDS, "shop", _JOBS),
    NavItem(_("社会实践安排"), "practiceplacement_list", P.VIEW_RECORDS, "person-workspace", _JOBS),
    NavItem(_("拟登记毕业生"), "proposal_list", P.VIEW_RECORDS, "person-plus", _JOBS),
    NavItem(_("高校毕业生"), "graduate_list", P.VIEW_RECORDS, "person-badge", _JOBS),
    NavItem(_("求职进展"), "standing_board", P.VIEW_RECORDS, "kanban", _JOBS),
    NavItem(_("就业帮扶"), "assistance_list", P.VIEW_RECORDS, "briefcase", _JOBS),
    NavItem(_("帮扶承诺"), "promise_list", P.VIEW_RECORDS, "bookmark-check", _JOBS),
    NavItem(_("就业活动与岗位"), "jobevent_list", P.VIEW_RECORDS, "calendar-event", _JOBS),
    NavItem(_("活动签到"), "attendance_list", P.VIEW_RECORDS, "person-check", _JOBS),
    NavItem(_("就业全程"), "funnel", P.VIEW_FIGURES, "funnel", _JOBS),
    NavItem(_("招聘岗位"), "vacancy_list", P.VIEW_RECORDS, "card-checklist", _JOBS),
    NavItem(_("岗位推荐"), "referral_list", P.VIEW_RECORDS, "send-check", _JOBS),
    NavItem(_("稳岗回访"), "retention_list", P.VIEW_RECORDS, "telephone-outbound", _JOBS),
    NavItem(_("统计表"), "annex", P.VIEW_FIGURES, "table", _REPORTS),
    NavItem(_("审核"), "review_board", P.REVIEW_REPORTS, "clipboard-check", _REPORTS),
    NavItem(_("汇总"), "consolidation", P.EXPORT_CITY, "columns-gap", _REPORTS),
    NavItem(_("报表"), "report_list", P.VIEW_REPORTS, "send", _REPORTS),
    NavItem(_("导入 Excel 清单"), "list_upload", P.IMPORT_WORKBOOK, "file-earmark-spreadsheet", _REPORTS),
    NavItem(_("待补正"), "held_list", P.IMPORT_WORKBOOK, "pencil-square", _REPORTS),
    NavItem(_("导入记录"), "import_list", P.IMPORT_WORKBOOK, "clock-history", _REPORTS),
    NavItem(_("导入工作簿"), "workbook_upload", P.IMPORT_WORKBOOK, "box-arrow-in-down", _REPORTS),
    NavItem(_("待复核的导入"), "workbook_waiting", P.APPROVE_CASES, "clipboard-check", _REPORTS),
    NavItem(_("导出工作簿"), "workbook_export", P.EXPORT_WORKBOOK, "box-arrow-up", _REPORTS),
    NavItem(_("后台任务"), "job_list", P.EXPORT_ANNEX, "hourglass-split", _REPORTS),
    NavItem(_("活动年度与表式"), "campaign_list", P.MANAGE_CAMPAIGNS, "sliders", _SYSTEM),
    NavItem(_("最低生活保障标准"), "minimumincome_list", P.KEEP_STANDARDS, "rulers", _SYSTEM),
    NavItem(_("年度帮扶标准"), "aidstandard_list", P.VIEW_RECORDS, "cash-stack", _SYSTEM),
    NavItem(_("工作日历"), "calendar_show", P.VIEW_HOME, "calendar3", _SYSTEM),
    NavItem(_("工会名录"), "union_list", P.VIEW_UNIONS, "diagram-3", _SYSTEM),
    NavItem(_("账号"), "account_list", P.MANAGE_ACCOUNTS, "person-gear", _SYSTEM),
    NavItem(_("运行状态"), "state_show", P.VIEW_STATE, "activity", _SYSTEM),
    NavItem(_("审计日志"), "audit_log", P.VIEW_AUDIT, "journal-text", _SYSTEM),
)


def items_for(user: User | AnonymousUser) -> list[NavItem]:
    """The lines of the menu that `user` may open."""
    return [item for item in NAVIGATION if can(user, item.permission)]


def _link(item: NavItem, here: str) -> NavLink:
    current = "page" if here == item.url_name else "true" if here.startswith(f"{item.noun}_") else ""
    return NavLink(item.label, item.url, item.icon, current)


def _groups(request: HttpRequest) -> list[NavGroup]:
    here = (request.resolver_match and request.resolver_match.url_name) or ""
    return [
        NavGroup(label, tuple(_link(item, here) for item in items))
        for label, items in groupby(items_for(request.user), key=lambda item: item.group)
    ]


def navigation(request: HttpRequest) -> dict:
    """Context processor: the menu of the person who asks, and how many announcements wait for that person.

    Both are empty for those who are not signed in or not yet let in, and cost nothing where they are not drawn.
    """
    if not hasattr(request, "user") or not getattr(request, "let_in", False):
        return {"navigation": [], "unread": 0}
    return {
        "navigation": SimpleLazyObject(lambda: _groups(request)),
        "unread": SimpleLazyObject(Announcement.objects.unread_by(request.user).count),
    }
