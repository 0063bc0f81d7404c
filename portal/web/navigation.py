"""The menu: one table of areas and of what stands in each, and the part of it a person may open.

A role sees at most seven areas. What several areas hold for one role stands in fewer for another: the order of areas
for each role is the second table.
"""

from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.access import ROLE_PERMISSIONS, Permission
from portal.enums import Role

MOST_AREAS = 7


@dataclass(frozen=True)
class NavItem:
    """One page of an area, offered to those who hold `permission`: a tab, or a button if it is an act.

    The pages about its noun belong to it, and those whose url name begins with one of `also`.
    """

    label: str | Promise
    url_name: str
    permission: Permission
    icon: str
    also: tuple[str, ...] = ()
    is_act: bool = False

    @property
    def noun(self) -> str:
        """What the page is about: the detail and the edit pages of a noun belong to its list."""
        return self.url_name.removesuffix("_list")

    def holds(self, url_name: str) -> bool:
        """Whether the page of that name is this one, or one behind it."""
        return url_name == self.url_name or url_name.startswith((f"{self.noun}_", *self.also))

    @cached_property
    def url(self) -> str:
        """Looked up once: every page draws a dozen of them."""
        return reverse(self.url_name)


@dataclass(frozen=True)
class Area:
    """A part of the work: what it is called, and its pages. Without pages it is the page of its own name.

    `joined` are the slugs of areas whose pages stand in this one; `offers` are acts that stand in another area and
    are offered on the first page of this one, too.
    """

    slug: str
    label: str | Promise
    icon: str
    items: tuple[NavItem, ...] = ()
    joined: tuple[str, ...] = ()
    offers: tuple[NavItem, ...] = ()

    @cached_property
    def url(self) -> str:
        return reverse("area", args=[self.slug]) if self.items else reverse(self.slug)

    def open_to(self, permissions: frozenset[Permission]) -> "Area":
        """The area with the pages that these permissions open."""
        return replace(
            self,
            items=tuple(item for item in self.items if item.permission in permissions),
            offers=tuple(item for item in self.offers if item.permission in permissions),
        )

    @property
    def acts(self) -> list[NavItem]:
        """What its first page offers to do."""
        return [*(item for item in self.items if item.is_act), *self.offers]

    def item_of(self, url_name: str) -> NavItem | None:
        """The item to which a page belongs: the one that is it, else the first that holds it."""
        exact = (item for item in self.items if item.url_name == url_name)
        return next(exact, None) or next((item for item in self.items if item.holds(url_name)), None)

    def with_those_of(self, *others: "Area") -> "Area":
        """This area, in which what the others hold stands, too."""
        items = (*self.items, *(item for other in others for item in other.items))
        return replace(self, items=items, joined=tuple(other.slug for other in others))

    @property
    def slugs(self) -> tuple[str, ...]:
        """Its own, and those of the areas that stand in it."""
        return (self.slug, *self.joined)


P = Permission
BY_LIST = NavItem(
    _("导入 Excel 清单"), "list_upload", P.IMPORT_LISTS, "file-earmark-spreadsheet", ("list_",), is_act=True
)
# A list may bring families with their cases, money, visits, graduates: it is offered wherever one looks for these.
HOME = Area("home", _("首页"), "house", offers=(BY_LIST,))

FAMILIES = Area(
    "families",
    _("家庭档案"),
    "people",
    (
        NavItem(
            _("困难职工家庭"),
            "household_list",
            P.VIEW_RECORDS,
            "people",
            ("member_", "income_", "document_", "office_", "officequestion_"),
        ),
        NavItem(_("子女"), "child_list", P.VIEW_RECORDS, "person"),
        NavItem(_("升学"), "entry_list", P.VIEW_RECORDS, "mortarboard"),
        NavItem(_("档案转移"), "transfer_list", P.VIEW_RECORDS, "arrow-left-right"),
        NavItem(_("待补正"), "held_list", P.IMPORT_LISTS, "pencil-square"),
        NavItem(_("导入记录"), "import_list", P.IMPORT_WORKBOOK, "clock-history"),
        NavItem(
            _("待复核的导入"),
            "workbook_waiting",
            P.APPROVE_CASES,
            "clipboard-check",
            ("workbook_second", "list_second"),
        ),
        NavItem(_("导入撤回"), "import_asked", P.APPROVE_CASES, "arrow-counterclockwise", ("import_second",)),
        NavItem(_("工会名录"), "union_list", P.VIEW_UNIONS, "diagram-3"),
        NavItem(_("账号申请"), "accountrequest_list", P.CONFIRM_ACCOUNTS, "person-check", ("deskhandover_",)),
        NavItem(_("查看申请"), "revealrequest_list", P.CONFIRM_REVEALS, "eye"),
        NavItem(_("整户建档"), "family_create", P.KEEP_RECORDS, "house-add", ("family_",), is_act=True),
        BY_LIST,
        NavItem(
            _("导入工作簿"), "workbook_upload", P.IMPORT_WORKBOOK, "box-arrow-in-down", ("workbook_",), is_act=True
        ),
        NavItem(_("导出工作簿"), "workbook_export", P.EXPORT_WORKBOOK, "box-arrow-up", is_act=True),
    ),
)
AID = Area(
    "aid",
    _("金秋助学"),
    "mortarboard",
    (
        NavItem(
            _("助学申请"), "aidcase_list", P.VIEW_RECORDS, "file-earmark-text", ("case_", "objection_", "call_back_")
        ),
        NavItem(_("待初审"), "case_check", P.APPROVE_CASES, "clipboard"),
        NavItem(_("待审批"), "case_decide", P.APPROVE_CASES, "clipboard-check"),
        NavItem(_("公示单"), "publicnotice_list", P.VIEW_RECORDS, "megaphone"),
        NavItem(_("社会助学项目"), "project_list", P.VIEW_RECORDS, "diagram-2", ("projectpayment_", "projectgain_")),
        NavItem(_("社会组织"), "organisation_list", P.VIEW_RECORDS, "buildings"),
        NavItem(_("年度帮扶标准"), "aidstandard_list", P.VIEW_RECORDS, "cash-stack", ("unittable_",)),
        NavItem(_("工作日历"), "calendar_show", P.VIEW_HOME, "calendar3", ("calendar_",)),
        NavItem(_("代码表"), "codelist_list", P.VIEW_HOME, "list-columns"),
        NavItem(_("续办"), "case_renewal", P.KEEP_RECORDS, "arrow-repeat", is_act=True),
    ),
    offers=(BY_LIST,),
)
MONEY = Area(
    "money",
    _("资金发放"),
    "cash-coin",
    (
        NavItem(_("资金台账"), "ledger", P.VIEW_RECORDS, "journal-check"),
        NavItem(_("资金筹集"), "contribution_list", P.VIEW_RECORDS, "piggy-bank"),
        NavItem(_("发放批次"), "paymentbatch_list", P.VIEW_RECORDS, "stack"),
        NavItem(_("批次明细"), "batchitem_list", P.VIEW_RECORDS, "list-ol"),
        NavItem(_("助学款发放"), "disbursement_list", P.VIEW_RECORDS, "cash-coin"),
        NavItem(_("发放进度"), "coverage", P.VIEW_RECORDS, "graph-up", ("payment_path",)),
        NavItem(_("银行文件格式"), "banklayout_list", P.VIEW_RECORDS, "bank"),
    ),
    offers=(BY_LIST,),
)
CARE = Area(
    "care",
    _("走访结对"),
    "heart",
    (
        NavItem(_("走访计划"), "visitplan", P.VIEW_RECORDS, "signpost-2"),
        NavItem(_("走访慰问"), "visit_list", P.VIEW_RECORDS, "door-open"),
        NavItem(_("跟进事项"), "followup_list", P.VIEW_RECORDS, "check2-square"),
        NavItem(_("结对方"), "sponsor_list", P.VIEW_RECORDS, "heart"),
        NavItem(_("结对关系"), "pairing_list", P.VIEW_RECORDS, "person-hearts"),
        NavItem(_("结对项目统计"), "pairing_sides", P.VIEW_RECORDS, "bar-chart"),
        NavItem(_("典型"), "exemplar_list", P.VIEW_RECORDS, "award"),
        NavItem(_("助学活动"), "activity_list", P.VIEW_RECORDS, "balloon", ("participation_",)),
        NavItem(_("社会实践岗位"), "practicepost_list", P.VIEW_RECORDS, "shop", ("practiceplacement_",)),
    ),
    offers=(BY_LIST,),
)
JOBS = Area(
    "jobs",
    _("阳光就业"),
    "briefcase",
    (
        NavItem(_("咨询登记"), "enquiry_list", P.VIEW_RECORDS, "telephone-inbound", ("enquirybook_", "hotline_")),
        NavItem(_("下派办理"), "hotline_units", P.VIEW_RECORDS, "telephone-forward", ("hotline_answers",)),
        NavItem(_("拟登记毕业生"), "proposal_list", P.VIEW_RECORDS, "person-plus"),
        NavItem(_("高校毕业生"), "graduate_list", P.VIEW_RECORDS, "person-badge", ("help_many",)),
        NavItem(_("求职进展"), "standing_board", P.VIEW_RECORDS, "kanban"),
        NavItem(_("就业帮扶"), "assistance_list", P.VIEW_RECORDS, "briefcase"),
        NavItem(_("帮扶承诺"), "promise_list", P.VIEW_RECORDS, "bookmark-check"),
        NavItem(_("用人单位"), "employer_list", P.VIEW_RECORDS, "building"),
        NavItem(_("招聘岗位"), "vacancy_list", P.VIEW_RECORDS, "card-checklist"),
        NavItem(_("岗位推荐"), "referral_list", P.VIEW_RECORDS, "send-check"),
        NavItem(_("就业活动与岗位"), "jobevent_list", P.VIEW_RECORDS, "calendar-event"),
        NavItem(_("活动签到"), "attendance_list", P.VIEW_RECORDS, "person-check"),
        NavItem(_("稳岗回访"), "retention_list", P.VIEW_RECORDS, "telephone-outbound"),
        NavItem(_("就业全程"), "funnel", P.VIEW_FIGURES, "funnel"),
    ),
    offers=(BY_LIST,),
)
REPORTS = Area(
    "reports",
    _("统计报送"),
    "table",
    (
        NavItem(_("统计表"), "annex", P.VIEW_FIGURES, "table", ("figure_records",)),
        NavItem(_("报表"), "report_list", P.VIEW_REPORTS, "send", ("submission_", "figure_comments", "review_notes")),
        NavItem(_("核验报表"), "verify", P.VIEW_REPORTS, "patch-check"),
        NavItem(_("公开页面"), "openness", P.SET_PUBLIC_PAGE, "globe"),
        NavItem(_("后台任务"), "job_list", P.USE_JOBS, "hourglass-split"),
    ),
)
REVIEW = Area(
    "review",
    _("审核"),
    "clipboard-check",
    (
        NavItem(_("审核进度"), "review_board", P.REVIEW_REPORTS, "clipboard-check", ("review_",)),
        NavItem(_("跨单位重复"), "review_twice", P.REVIEW_REPORTS, "people"),
        NavItem(_("退回原因"), "review_reasons", P.REVIEW_REPORTS, "arrow-return-left"),
    ),
)
CITY = Area("city", _("汇总"), "columns-gap", (NavItem(_("全市汇总"), "consolidation", P.EXPORT_CITY, "columns-gap"),))
OVERSIGHT = Area(
    "oversight",
    _("监督"),
    "eye",
    (
        NavItem(_("审计日志"), "audit_log", P.VIEW_AUDIT, "journal-text", ("audit_log", "audit_export")),
        NavItem(_("抽样审计"), "case_sample", P.DRAW_SAMPLES, "shuffle"),
        NavItem(_("未成年人信息"), "minors_use", P.VIEW_AUDIT, "person-check"),
        NavItem(_("证据封存"), "audit_evidence", P.VIEW_AUDIT, "shield-lock", ("audit_evidence",)),
    ),
)
SETTINGS = Area(
    "settings",
    _("管理"),
    "sliders",
    (
        NavItem(_("活动年度与表式"), "campaign_list", P.MANAGE_CAMPAIGNS, "sliders"),
        NavItem(_("最低生活保障标准"), "minimumincome_list", P.KEEP_STANDARDS, "rulers"),
        NavItem(_("发布通知"), "announcement_send", P.SEND_ANNOUNCEMENTS, "megaphone", is_act=True),
    ),
)
UNIONS = Area("unions", _("工会"), "diagram-3", (NavItem(_("工会名录"), "union_list", P.VIEW_UNIONS, "diagram-3"),))
ACCOUNTS = Area(
    "accounts",
    _("账号与系统"),
    "person-gear",
    (
        NavItem(_("账号"), "account_list", P.MANAGE_ACCOUNTS, "person-gear", ("deskhandover_",)),
        NavItem(_("账号申请"), "accountrequest_list", P.CONFIRM_ACCOUNTS, "person-check"),
        NavItem(_("账号名单"), "accountbatch_list", P.MANAGE_ACCOUNTS, "people", ("accountbatch_",)),
        NavItem(_("工会名录"), "union_list", P.VIEW_UNIONS, "diagram-3"),
        NavItem(_("外部系统"), "system_list", P.MANAGE_SYSTEMS, "plug", ("token_", "webhook_", "api_")),
        NavItem(_("后台任务"), "job_list", P.USE_JOBS, "hourglass-split"),
    ),
)
UPKEEP = Area(
    "settings",
    _("管理"),
    "sliders",
    (
        NavItem(_("工作日历"), "calendar_show", P.VIEW_HOME, "calendar3", ("calendar_",)),
        NavItem(_("代码表"), "codelist_list", P.VIEW_HOME, "list-columns"),
        NavItem(_("最低生活保障标准"), "minimumincome_list", P.KEEP_STANDARDS, "rulers"),
        NavItem(_("运行状态"), "state_show", P.VIEW_STATE, "activity"),
    ),
)

_UNIT = (HOME, FAMILIES, AID, MONEY, CARE, JOBS, REPORTS)
_RECORDS, _AID_AND_MONEY = FAMILIES.with_those_of(CARE), AID.with_those_of(MONEY)

AREAS: dict[Role, tuple[Area, ...]] = {
    Role.CLERK: _UNIT,
    Role.LEAD: _UNIT,
    Role.REVIEWER: (HOME, REVIEW, CITY.with_those_of(REPORTS), _RECORDS, _AID_AND_MONEY, JOBS, SETTINGS),
    Role.AUDITOR: (HOME, OVERSIGHT, _RECORDS, AID, MONEY, JOBS, REPORTS.with_those_of(CITY)),
    Role.ADMIN: (HOME, UNIONS, UPKEEP),
    Role.SECURITY: (HOME, ACCOUNTS, UPKEEP),
    Role.SYSTEM: (),  # it opens no page
}


@cache
def areas_of(role: Role) -> tuple[Area, ...]:
    """The areas of a role, each with the pages that it may open."""
    seen = (area.open_to(ROLE_PERMISSIONS[role]) for area in AREAS[role])
    return tuple(area for area in seen if area.items or area.slug == HOME.slug)


def areas_for(user: Any) -> tuple[Area, ...]:
    """The areas of `user`; none for who is not signed in."""
    return areas_of(Role(user.role)) if user.is_authenticated and user.is_active else ()


def items_for(user: Any) -> list[NavItem]:
    """All pages of the menu that `user` may open."""
    return [item for area in areas_for(user) for item in area.items]


def area_of(areas: tuple[Area, ...], url_name: str) -> Area | None:
    """The area to which a page belongs; None for a page that belongs to none, as that of the own password."""
    exact = (area for area in areas if any(item.url_name == url_name for item in area.items))
    return next(exact, None) or next((area for area in areas if area.item_of(url_name)), None)
