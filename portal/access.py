"""Who may do what, and on whose records: roles, permissions, the one table that joins them, and the scope."""

import enum
from typing import Any, Self

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.enums import Role

PATH_END = "~"  # sorts after every character of a tree path


class Permission(enum.Enum):
    """What a page asks for. Menus, views and the access matrix all read this list."""

    VIEW_HOME = _("查看首页")
    VIEW_RECORDS = _("查看档案和业务记录")
    KNOW_FAMILIES = _("在经办的家庭和申请的页面上查看致困原因、健康、住址和电话")
    REVEAL_SENSITIVE = _("查看完整的证件号码、银行卡号、电话和住址")
    REVEAL_ALONE = _("不经第二人同意查看完整信息")
    CONFIRM_REVEALS = _("作为第二人同意查看完整信息")
    KEEP_RECORDS = _("登记和修改档案与业务记录")
    PREPARE_PAYMENTS = _("编制发放批次")
    RELEASE_PAYMENTS = _("复核发放")
    APPROVE_CASES = _("初审和审批助学申请")
    IMPORT_WORKBOOK = _("导入工作簿")
    IMPORT_LISTS = _("导入 Excel 清单")
    HAND_DOWN_ENQUIRIES = _("登记、下派全市的热线咨询，回复热线")
    EXPORT_WORKBOOK = _("导出工作簿")
    EXPORT_LISTS = _("导出列表（敏感信息隐去）")
    GIVE_COPIES = _("向家庭提供其信息的副本")
    EXPORT_PACKS = _("导出助学申请的审计资料包（敏感信息隐去）")
    DRAW_SAMPLES = _("随机抽取助学申请，导出审计资料包")
    VIEW_FIGURES = _("查看统计表和数字背后的记录")
    EXPORT_ANNEX = _("导出统计表")
    EXPORT_CITY = _("导出全市统计表")
    KEEP_STANDARDS = _("维护最低生活保障标准")
    KEEP_CODE_LISTS = _("维护代码表")
    VIEW_REPORTS = _("查看报表")
    PREPARE_REPORT = _("填报报表")
    SUBMIT_REPORT = _("确认并报送报表")
    REVIEW_REPORTS = _("审核报表")
    MANAGE_CAMPAIGNS = _("设置活动年度和表式")
    SEND_ANNOUNCEMENTS = _("发布通知")
    SET_PUBLIC_PAGE = _("决定公开页面的内容")
    VIEW_NOTES = _("查看市总保障部的内部备注")
    VIEW_AUDIT = _("查看审计日志")
    MANAGE_ACCOUNTS = _("管理账号")
    HAND_OVER = _("办理账号交接")
    CONFIRM_ACCOUNTS = _("作为第二人同意账号的新建、授权和重置")
    MANAGE_CALENDAR = _("维护工作日历")
    VIEW_UNIONS = _("查看工会名录")
    MANAGE_UNIONS = _("设立、更名、合并和撤销工会")
    VIEW_STATE = _("查看运行状态")
    MANAGE_SYSTEMS = _("管理外部系统的接口")
    USE_JOBS = _("使用后台任务")


P = Permission
_READING = frozenset(
    {P.VIEW_HOME, P.VIEW_RECORDS, P.VIEW_FIGURES, P.EXPORT_LISTS, P.EXPORT_PACKS, P.EXPORT_ANNEX, P.VIEW_REPORTS}
    | {P.USE_JOBS}
)
_UNIT = _READING | {P.REVEAL_SENSITIVE, P.REVEAL_ALONE, P.EXPORT_WORKBOOK, P.VIEW_UNIONS}

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.CLERK: _UNIT
    | {P.KNOW_FAMILIES, P.KEEP_RECORDS, P.PREPARE_PAYMENTS, P.IMPORT_WORKBOOK, P.PREPARE_REPORT}
    | {P.IMPORT_LISTS, P.GIVE_COPIES},
    Role.LEAD: _UNIT
    | {P.KNOW_FAMILIES, P.APPROVE_CASES, P.RELEASE_PAYMENTS, P.PREPARE_REPORT, P.SUBMIT_REPORT}
    | {P.CONFIRM_ACCOUNTS, P.HAND_OVER, P.CONFIRM_REVEALS, P.SET_PUBLIC_PAGE, P.GIVE_COPIES},
    Role.REVIEWER: _UNIT
    | {P.EXPORT_CITY, P.REVIEW_REPORTS, P.MANAGE_CAMPAIGNS, P.SEND_ANNOUNCEMENTS, P.VIEW_NOTES, P.KEEP_STANDARDS}
    | {P.CONFIRM_REVEALS, P.IMPORT_LISTS, P.HAND_DOWN_ENQUIRIES, P.SET_PUBLIC_PAGE, P.KEEP_CODE_LISTS},
    Role.AUDITOR: _READING
    | {P.VIEW_AUDIT, P.VIEW_NOTES, P.REVEAL_SENSITIVE, P.EXPORT_CITY, P.VIEW_UNIONS, P.DRAW_SAMPLES},
    Role.ADMIN: frozenset({P.VIEW_HOME, P.MANAGE_CALENDAR, P.VIEW_UNIONS, P.MANAGE_UNIONS, P.VIEW_STATE})
    | {P.KEEP_STANDARDS, P.KEEP_CODE_LISTS},
    # Whoever lets people and systems in keeps nothing of what they work with, and the other way round.
    Role.SECURITY: frozenset(
        {P.VIEW_HOME, P.VIEW_UNIONS, P.MANAGE_ACCOUNTS, P.CONFIRM_ACCOUNTS, P.HAND_OVER, P.MANAGE_SYSTEMS}
        | {P.USE_JOBS}
    ),
    # The most that a token can be given; each is given a part of it.
    Role.SYSTEM: frozenset({P.VIEW_RECORDS, P.IMPORT_WORKBOOK, P.PREPARE_PAYMENTS, P.VIEW_FIGURES, P.VIEW_REPORTS}),
}

# A role that approves, pays, reviews or administers signs in with a second factor (domain.md, who works in it).
SECOND_FACTOR_ROLES = frozenset({Role.LEAD, Role.REVIEWER, Role.ADMIN, Role.SECURITY})

# Whoever has one of these is let in, and gets it, by two people: they decide, pay, review, oversee or administer.
DECIDING_ROLES = SECOND_FACTOR_ROLES | {Role.AUDITOR}


def can(user: Any, permission: Permission) -> bool:
    """Whether `user` holds `permission`. A role that the table lacks raises KeyError."""
    if not user.is_authenticated or not user.is_active:
        return False
    return permission in ROLE_PERMISSIONS[Role(user.role)]


def require(user: Any, permission: Permission) -> None:
    """Raise PermissionDenied, with the reason in words, unless `user` holds `permission`."""
    if not can(user, permission):
        message = _("您的岗位（%(role)s）不能%(act)s。") % {"role": user.get_role_display(), "act": permission.value}
        raise PermissionDenied(message)


def path_range(path: str, field: str = "union_path") -> models.Q:
    """The records of the union at `path` and of every union below it."""
    return models.Q(**{f"{field}__gte": path, f"{field}__lt": path + PATH_END})


class ScopedQuerySet(models.QuerySet):
    """The only way to records that belong to a union."""

    path_field = "union_path"

    def in_union(self, union: Any) -> Self:
        """Records of `union` and of every union below it."""
        return self.filter(path_range(union.path, self.path_field))

    def visible_to(self, user: Any) -> Self:
        """Records `user` may see: none without the right to see records, else those of the own union and below."""
        if not can(user, Permission.VIEW_RECORDS):
            return self.none()
        return self.in_union(user.union)
