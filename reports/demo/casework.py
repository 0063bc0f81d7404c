"""This year's casework of one unit in the middle of its season: standards, cases, a notice, payment batches.

Everything is done by the services behind the pages, by the people who would, today.
"""

import io
import uuid
from decimal import Decimal

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from openpyxl import Workbook

from aid.casework.moving import Why, move_case
from aid.casework.notices import Details, days_asked, post_notice, proposed_last_day
from aid.casework.objections import raise_objection
from aid.casework.policies import Answer, answer_policies, set_standards
from aid.casework.shares import Share, set_shares
from aid.editing import CASE_FORM, CHILD_FORM, HOUSEHOLD_FORM
from aid.enums import (
    AidMode,
    CardKind,
    CaseReason,
    FundSource,
    GrantLevel,
    NoticeKind,
    PayeePerson,
    PaymentMethod,
    Policy,
    PolicyOutcome,
    Stage,
)
from aid.models import AidCase, BankLayout, Child, NoticedCase, PaymentBatch
from aid.payments.bank.layouts import PLAIN
from aid.payments.bank.outgoing import send_batch
from aid.payments.bank.returns import take_return
from aid.payments.batches import add_cases, cancel_batch, open_batch
from aid.payments.dues import payable
from aid.payments.handing_over import hand_over
from aid.payments.release import release_batch
from portal.audit import By
from portal.models import Campaign, User
from portal.records.editing import change_record
from reports.demo.numbers import card_number
from reports.demo.typing import typed
from reports.demo.unit import STANDARDS

NONE_APPLIES = [Answer(policy, PolicyOutcome.NOT_APPLICABLE) for policy in Policy]
READY = 3
KEPT_CASES = 5  # new ones, of children without one
SIZES = (3, 2, 1, 2, 1)  # cases of the batches, in the order of their states
BOUNCED = "账户已销户"
DONATED = Decimal(400)  # of a case granted from two sources
OWN_CARD = 800  # the number of a card, far from those of the families and of the pictures


def set_up_standards(campaigns: tuple[Campaign, ...], reviewer: User) -> None:
    """What each stage gets, the same in every year."""
    amounts = {stage: Decimal(STANDARDS.get(str(stage.label), STANDARDS["本科"])) for stage in Stage}
    for campaign in campaigns:
        set_standards(campaign, amounts, by=By(reviewer))


def keep_cases(campaign: Campaign, clerk: User, lead: User) -> None:
    """New cases: one returned, one submitted, one checked, the rest on a running notice, against one an objection.

    Of those that came in on notice some have their policies answered, so that a lead finds something to decide.
    """
    over = AidCase.objects.visible_to(clerk).filter(campaign=campaign, noticed=None).notice_over()
    for case in over.order_by("pk")[:READY]:
        answer_policies(case, NONE_APPLIES, by=By(clerk))
    children = without_case(campaign, clerk)[:KEPT_CASES]
    new = [submitted(child, clerk, is_shared=place == 1) for place, child in enumerate(children)]
    returned, waiting, passed, *shown = new
    why = Why(reason=CaseReason.values[0], comment=_("请补充学校开具的在读证明。"))
    move_case(returned, "return", by=By(lead), why=why)
    move_case(waiting, "return", by=By(lead), why=why)
    move_case(waiting, "submit", by=By(clerk))
    for case in (passed, *shown):
        move_case(case, "check", by=By(lead), why=Why(comment=_("材料齐全，家庭情况属实。")))
    _put_on_notice(shown, clerk)


def without_case(campaign: Campaign, clerk: User) -> list[Child]:
    """The children for whom nothing was applied for in that campaign."""
    children = Child.objects.visible_to(clerk).filter(household__closed_on=None).exclude(cases__campaign=campaign)
    return list(children.select_related("union", "person", "household").order_by("pk"))


def submitted(child: Child, clerk: User, *, is_shared: bool = False) -> AidCase:
    """A new case of the child, its policies answered, handed to the lead; if `is_shared` granted from two sources."""
    case = typed(CASE_FORM, clerk, child, mode=str(AidMode.SOCIAL.label), programme="", sponsor="")
    if is_shared:
        donated = Share(GrantLevel.SOCIAL, FundSource.SOCIAL, DONATED)
        set_shares(case, [Share(GrantLevel.UNIT, FundSource.UNION, case.standard - DONATED), donated], by=By(clerk))
    answer_policies(case, NONE_APPLIES, by=By(clerk))
    return move_case(case, "submit", by=By(clerk))


def _put_on_notice(cases: list[AidCase], clerk: User) -> None:
    keys, today = [case.pk for case in cases], localdate()
    last = proposed_last_day(today, days_asked(keys))
    details = Details(NoticeKind.EMPLOYER, _("东江纺织厂大门公告栏"), today, last, "021-63211939")
    post_notice(keys, details, by=By(clerk), key=uuid.uuid4())
    noticed = NoticedCase.objects.select_related("notice", "case").filter(case=cases[0]).get()
    text = _("有职工反映该户另有一套住房出租，请核实家庭收入。")
    raise_objection(noticed, raised_on=today, text=text, by=By(clerk))


def give_own_cards(campaign: Campaign, clerk: User) -> None:
    """Of those that are to be paid next one child has a card of its own; of one the money goes to its mother's."""
    own, other = payable(clerk, campaign).order_by("pk").select_related("child__household__union")[:2]
    card = {"bank_card": card_number(OWN_CARD), "bank_name": _("农业银行东江支行"), "card_kind": CardKind.GRANT}
    change_record(CHILD_FORM, own.child, values=card, by=By(clerk))
    named = {"payee_person": PayeePerson.SPOUSE, "payee_name": _("周秀兰"), "card_kind": CardKind.MEMBER}
    change_record(HOUSEHOLD_FORM, other.child.household, values=named, by=By(clerk))


def pay(campaign: Campaign, clerk: User, lead: User) -> None:
    """A batch in every state; of the settled one a payment bounced."""
    give_own_cards(campaign, clerk)
    settled, sent, released, _draft, cancelled = _batches(campaign, clerk)
    layout = BankLayout.objects.get(name=PLAIN["name"])
    for batch in (settled, sent, released):
        release_batch(batch, by=By(lead), confirmed=True)
    for batch in (settled, sent):
        send_batch(batch, layout=layout, reason=_("送银行代发"), by=By(clerk))
    answer, name = return_file(settled, layout, failing=1), _("回盘.xlsx")
    take_return(settled, content=answer, name=name, layout=layout, paid_on=localdate(), voucher="H002", by=By(clerk))
    cancel_batch(cancelled, reason=_("资金来源选错，重新编制"), by=By(clerk))


def _batches(campaign: Campaign, clerk: User) -> list[PaymentBatch]:
    """Drafts of so many cases each; the third is paid in cash."""
    keys = list(payable(clerk, campaign).order_by("pk").values_list("pk", flat=True))
    batches = []
    for number, cases in enumerate([keys.pop(0) for _turn in range(size)] for size in SIZES):
        method = PaymentMethod.CASH if number == 2 else PaymentMethod.CARD
        batches.append(batch_of(cases, campaign, clerk, method))
    return batches


def batch_of(
    cases: list[int], campaign: Campaign, clerk: User, method: PaymentMethod, source: FundSource = FundSource.UNION
) -> PaymentBatch:
    """A draft of these cases, handed to the lead."""
    batch = open_batch(campaign=campaign, by=By(clerk), source=source, method=method, purpose=_("金秋助学款"))
    add_cases(batch, cases, by=By(clerk))
    return hand_over(batch, by=By(clerk))


def return_file(batch: PaymentBatch, layout: BankLayout, *, failing: int | None) -> bytes:
    """What the bank sends back: the line of number `failing` failed, all others are paid."""
    book, file = Workbook(), io.BytesIO()
    headings = [heading for heading, _value in layout.columns]
    book.active.append([*headings, layout.result_heading, layout.reason_heading])
    for line in batch.lines.order_by("number"):
        cells = [getattr(line, value) for _heading, value in layout.columns]
        failed = line.number == failing
        book.active.append([*cells, _("失败") if failed else _("成功"), BOUNCED if failed else None])
    book.save(file)
    return file.getvalue()
