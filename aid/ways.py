"""The way of the work in Golden Autumn: families, applications, money and visits, as steps with counts."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aid.enums import BatchState, CaseState
from aid.models import AidCase, BatchItem, Contribution, FollowUp, Household, PaymentBatch
from aid.payments.reissues import to_reissue
from aid.payments.workflow import PAYMENT_WORKFLOW
from aid.visits.plan import AIDED, STATES
from aid.workflow import AID_CASE_WORKFLOW
from portal.access import Permission, can
from portal.desk.ways import Step, Way
from portal.models import Campaign, User

# What is waited for in a state, by the lists of AidCaseQuerySet, and the move that is waited for. A list may hold what
# stands in another state: submitted cases are put on notice at once where the campaign does without a check.
PARTS = {
    CaseState.SUBMITTED: (("to_check", _("待初审"), "check"),),
    CaseState.CHECKED: (("to_post", _("待公示"), "put_on_notice"),),
    CaseState.ON_NOTICE: (("on_show", _("公示中"), ""), ("to_decide", _("待审批"), "approve")),
    CaseState.APPROVED: (("to_pay", _("待发放"), ""), ("to_follow_up", _("待回访"), "follow_up")),
}
FAMILIES = (("lacking_documents", _("材料不全")), ("unverified", _("一年未核实")), ("never_aided", _("未帮扶过")))


def listed(name: str, **asked: str | int) -> str:
    return f"{reverse(name)}?{urlencode(asked)}"


def family_steps(user: User) -> Iterator[Step]:
    homes = Household.objects.visible_to(user)
    yield Step(_("在档"), homes.unclosed(), listed("household_list", open="yes"))
    for name, label in FAMILIES:
        keeps = can(user, Permission.KEEP_RECORDS)
        yield Step(label, getattr(homes, name)(), listed("household_list", todo=name), keeps)


def case_steps(user: User) -> Iterator[Step]:
    """The states of the workflow on the way to the end, of the campaign that runs."""
    campaign = Campaign.objects.current()
    if campaign is None:
        return
    cases = AidCase.objects.visible_to(user).filter(campaign=campaign)
    for state in AID_CASE_WORKFLOW.way:
        asked = {"campaign": campaign.year}
        if state not in PARTS:
            here, is_next = cases.filter(status=state), AID_CASE_WORKFLOW.next_by(state, user)
            yield Step(CaseState(state).label, here, listed("aidcase_list", **asked, status=state), is_next)
        for name, label, move in PARTS.get(state, ()):
            if move == "check" and not campaign.check_first:
                continue
            is_next = bool(move) and can(user, AID_CASE_WORKFLOW.by_name[move].permission)
            yield Step(label, getattr(cases, name)(), listed("aidcase_list", **asked, todo=name), is_next)


def money_steps(user: User) -> Iterator[Step]:
    """What was raised and waits to be confirmed, the batches by the states of their workflow, what came back."""
    receipts, batches = Contribution.objects.visible_to(user), PaymentBatch.objects.visible_to(user)
    confirms, prepares = can(user, Permission.RELEASE_PAYMENTS), can(user, Permission.PREPARE_PAYMENTS)
    yield Step(_("待复核资金"), receipts.to_confirm(), listed("contribution_list", confirmed="no"), confirms)
    for state in PAYMENT_WORKFLOW.way:
        label = _("批次：%(state)s") % {"state": BatchState(state).label}
        is_next = PAYMENT_WORKFLOW.next_by(state, user)
        yield Step(label, batches.filter(state=state), listed("paymentbatch_list", state=state), is_next)
    failed = to_reissue(BatchItem.objects.visible_to(user))
    yield Step(_("失败待重发"), failed, listed("batchitem_list", result="failed", reissued="no"), prepares)


def visit_steps(user: User) -> Iterator[Step]:
    """This year's plan of visits by what was done, and what the visits left to do."""
    keeps, campaign = can(user, Permission.KEEP_RECORDS), Campaign.objects.current()
    if campaign is not None:
        people = AIDED.people(user, campaign)
        for state, label in STATES:
            url = listed("visitplan", campaign=campaign.year, group=AIDED.slug, state=state)
            yield Step(label, people.filter(state=state), url, keeps and state == "due")
    follow_ups = FollowUp.objects.visible_to(user)
    yield Step(_("待跟进"), follow_ups.filter(done_on__isnull=True), listed("followup_list", open="yes"), keeps)
    yield Step(_("跟进已办结"), follow_ups.filter(done_on__isnull=False), listed("followup_list", open="no"))


WAYS = (
    Way("families", _("家庭档案"), Permission.VIEW_RECORDS, family_steps, in_order=False, kept=True),
    Way("aid", _("本年度助学申请"), Permission.VIEW_RECORDS, case_steps, kept=True),
    Way("money", _("资金和发放批次"), Permission.VIEW_RECORDS, money_steps, kept=True),
    Way("care", _("暑期走访"), Permission.VIEW_RECORDS, visit_steps, in_order=False, kept=True),
)
