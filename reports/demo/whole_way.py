"""Cases that went the whole way this year, and some whose notice is over: each step on a day of its own.

申请, 初审, 公示 with its sheet and photo, 审批, 发放 by a batch that the bank answered, 回访, 结案. Of those that a
workbook brings no more than the days are on file.
"""

import uuid
from datetime import date, timedelta

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from aid.casework.moving import Why, move_case
from aid.casework.notices import Details, attach_photo, days_asked, post_notice, proposed_last_day, take_down
from aid.enums import FundSource, NoticeKind, PaymentMethod
from aid.models import AidCase, BankLayout, Child, PaymentBatch, PublicNotice
from aid.payments.bank.layouts import PLAIN
from aid.payments.bank.outgoing import send_batch
from aid.payments.bank.returns import take_return
from aid.payments.release import release_batch
from portal.audit import By
from portal.models import Campaign, User
from reports.demo.casework import KEPT_CASES, batch_of, return_file, submitted, without_case
from reports.demo.clock import as_of
from reports.demo.papers import photo

LONG_AGO, LATELY = timedelta(days=38), timedelta(days=20)  # before today they were applied for
DAY = timedelta(days=1)
GROUP = 2  # cases that go together


def go_the_whole_way(campaign: Campaign, clerk: User, lead: User) -> None:
    """Two cases called back, of which one is closed, and two that the lead may approve; none in a young year."""
    children = without_case(campaign, clerk)[KEPT_CASES:]
    today, done, waiting = localdate(), children[:GROUP], children[GROUP : 2 * GROUP]
    if today - LONG_AGO >= campaign.starts_on and done:
        notice = _noticed(done, today - LONG_AGO, clerk, lead)
        _settle(notice, _approved(notice, clerk, lead), clerk, lead)
    if today - LATELY >= campaign.starts_on and waiting:
        notice = _noticed(waiting, today - LATELY, clerk, lead)
        with as_of(notice.last_day + DAY):
            take_down(notice, by=By(clerk))


def _noticed(children: list[Child], applied_on: date, clerk: User, lead: User) -> PublicNotice:
    """Applied for, checked the day after, and put on a notice of the days that are asked for on the next."""
    with as_of(applied_on):
        cases = [submitted(child, clerk, is_shared=child == children[0]) for child in children]
    with as_of(applied_on + DAY):
        for case in cases:
            move_case(case, "check", by=By(lead), why=Why(comment=_("材料齐全，家庭情况属实。")))
    first = applied_on + 2 * DAY
    with as_of(first):
        keys = [case.pk for case in cases]
        last = proposed_last_day(first, days_asked(keys))
        details = Details(NoticeKind.EMPLOYER, _("春申食品厂公告栏"), first, last, "021-63211939")
        notice, _outcomes = post_notice(keys, details, by=By(clerk), key=uuid.uuid4())
        attach_photo(notice, name=_("公示照片.png"), content=photo(), by=By(clerk))
    return notice


def _approved(notice: PublicNotice, clerk: User, lead: User) -> list[AidCase]:
    with as_of(notice.last_day + DAY):
        cases = AidCase.objects.filter(noticed__notice=notice).order_by("pk")
        approved = [move_case(case, "approve", by=By(lead)) for case in cases]
        take_down(notice, by=By(clerk))
    return approved


def _settle(notice: PublicNotice, cases: list[AidCase], clerk: User, lead: User) -> None:
    """Paid by the bank, to all, to the first what donors give, too; called back, and the first case closed."""
    released_on, first = notice.last_day + 2 * DAY, cases[0]
    paid_on = released_on + 3 * DAY
    for source, paid, voucher in ((FundSource.UNION, cases, "H001"), (FundSource.SOCIAL, [first], "H003")):
        with as_of(released_on):
            batch = batch_of([case.pk for case in paid], first.campaign, clerk, PaymentMethod.CARD, source)
        _paid_by_bank(batch, paid_on, voucher, clerk, lead)
    with as_of(paid_on + 2 * DAY):
        fresh = AidCase.objects.filter(pk__in=[case.pk for case in cases]).order_by("pk")
        followed = [move_case(case, "follow_up", by=By(clerk)) for case in fresh]
        move_case(followed[0], "close", by=By(clerk))


def _paid_by_bank(batch: PaymentBatch, paid_on: date, voucher: str, clerk: User, lead: User) -> None:
    layout, told = BankLayout.objects.get(name=PLAIN["name"]), {"paid_on": paid_on, "voucher": voucher}
    with as_of(paid_on - 3 * DAY):
        release_batch(batch, by=By(lead), confirmed=True)
        send_batch(batch, layout=layout, reason=_("送银行代发"), by=By(clerk))
    with as_of(paid_on):
        answer, name = return_file(batch, layout, failing=None), _("回盘.xlsx")
        take_return(batch, content=answer, name=name, layout=layout, by=By(clerk), **told)
