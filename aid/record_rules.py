"""Rules of Golden Autumn's records (workbook.md, rules across cells). The first field is the one to name.

A rule says what a record may not be, whichever way it comes: the importer and every form check it, of history and of
today. What may not be *done* now, and by whom, is asked by the guards of the moves (`aid.guards`), which know the actor
and the clock. Where both speak of one thing the guard asks more, never less. Decided on the last day of the notice: the
rule accepts it, because history kept days and no hours, and because a case rejected while its notice hangs ends it
that day; the guard of an approval refuses, because until midnight an objection may come. A day earlier both refuse.
"""

from django.utils.translation import gettext_lazy as _

from aid.enums import Decision
from portal.record_rules import Rule, not_ahead
from portal.workbook.importing.sheet import cached

PAYEE_RULES = (
    Rule(
        ("payee_name", "payee_person"),
        lambda payee: payee.account_person != payee.own_person and not payee.payee_name,
        _("收款人不是本人时，请填写户名"),
    ),
)

HOUSEHOLD_RULES = (
    *PAYEE_RULES,
    Rule(
        ("closed_on", "filed_on"),
        lambda household: bool(household.closed_on) and household.closed_on < household.filed_on,
        _("注销日期不能早于建档日期"),
    ),
)

CHILD_RULES = (
    *PAYEE_RULES,
    Rule(
        ("bank_card", "payee_person", "payee_name", "bank_name", "card_kind"),
        lambda child: (
            not child.bank_card and bool(child.payee_person or child.payee_name or child.bank_name or child.card_kind)
        ),
        _("子女没有自己的银行卡号时，收款人、户名、开户银行和银行卡种类都不填，助学款发到家庭的银行卡"),
    ),
    Rule(
        ("person", "household__worker"),
        lambda child: child.person.id_number == child.household.worker.id_number,
        _("这是该户职工本人的证件号码，职工不能登记为自己的子女"),
    ),
)

NEEDS_NOTICE = _("审批通过的申请必须填写公示开始日期")


def _may_lack_notice(case) -> bool:
    """Neither day is given, and its campaign has continued cases approved so, or it stands approved so already.

    Who is continued is asked of all cases at once (`aid.workbook.casework.unposted`).
    """
    if case.notice_from or case.notice_to:
        return False
    campaign = cached(case, "campaign") or (case.campaign_id and case.campaign)
    return case.stands_unposted or bool(campaign and campaign.renewed_without_notice)


CASE_RULES = (
    Rule(
        ("applied_on", "child__household__filed_on"),
        lambda case: case.applied_on < case.child.household.filed_on,
        _("申请日期不能早于该户的建档日期"),
    ),
    Rule(
        ("applied_on", "child__household__closed_on"),
        lambda case: bool(case.child.household.closed_on) and case.applied_on > case.child.household.closed_on,
        _("申请日期不能晚于该户的注销日期"),
    ),
    Rule(
        ("notice_to", "notice_from"),
        lambda case: bool(case.notice_from and case.notice_to) and case.notice_to < case.notice_from,
        _("公示结束日期不能早于公示开始日期"),
    ),
    Rule(
        ("decided_on", "notice_to"),
        lambda case: bool(case.decided_on and case.notice_to) and case.decided_on < case.notice_to,
        _("审批日期不能早于公示结束日期"),
    ),
    Rule(
        ("decided_on", "notice_from"),
        lambda case: (
            bool(case.decided_on and case.notice_from) and not case.notice_to and case.decided_on < case.notice_from
        ),
        _("审批日期不能早于公示开始日期"),
    ),
    Rule(
        ("decided_on", "decision"),
        lambda case: bool(case.decision) and not case.decided_on,
        _("填了审批结果，审批日期也必须填写"),
    ),
    Rule(
        ("decision", "decided_on"),
        lambda case: bool(case.decided_on) and not case.decision,
        _("填了审批日期，审批结果也必须填写"),
    ),
    Rule(
        ("notice_from", "decision"),
        lambda case: case.decision == Decision.APPROVED and not case.notice_from and not _may_lack_notice(case),
        NEEDS_NOTICE,
    ),
    Rule(
        ("notice_to", "decision"),
        lambda case: case.decision == Decision.APPROVED and not case.notice_to and not _may_lack_notice(case),
        _("审批通过的申请必须填写公示结束日期"),
    ),
)

DISBURSEMENT_RULES = (
    Rule(
        ("case", "status", "case__decision"),
        lambda payment: payment.is_paid and payment.case.decision != Decision.APPROVED,
        _("该申请尚未审批通过，不能有已发放的助学款"),
    ),
    Rule(
        ("paid_on", "status", "case__decided_on"),
        lambda payment: (
            payment.is_paid
            and payment.case.decision == Decision.APPROVED
            and bool(payment.case.decided_on)
            and payment.paid_on < payment.case.decided_on
        ),
        _("发放日期不能早于该申请的审批日期"),
    ),
    not_ahead("paid_on", lambda payment: payment.is_paid, _("已发放的助学款，发放日期不能晚于今天"), "status"),
)
