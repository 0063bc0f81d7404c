"""求职申请 that come back from 工会就业服务网: referrals, with what came of them as the net tells it."""

from collections.abc import Iterator

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from aid.workbook.employers import EmployerSheet
from employment.enums import OPEN_REFERRALS, ReferralState
from employment.models import Referral
from employment.workbook import CASE_WORKBOOK
from employment.workbook.referrals import PAIR, REFERRAL_RULES, ReferralSheet, offers_that_cannot_be_passed_on
from employment.workbook.vacancies import VacancySheet
from portal.record_rules import Fault, Party, Rule
from portal.workbook.cells import CodeCell
from portal.workbook.importing.book import Book
from portal.workbook.importing.chunks import in_chunks
from portal.workbook.sheets import Column, Workbook

# A placement writes the help that annex 2 counts, and is made on the page; a withdrawal says why.
ANSWERED = frozenset({ReferralState.ACCEPTED, ReferralState.DECLINED, ReferralState.NOT_TAKEN})
COMES_IN = ANSWERED | {ReferralState.PASSED}
SHORT_RESULT = {
    "已投递": "已推荐，待答复",
    "投递成功": "已推荐，待答复",
    "待处理": "已推荐，待答复",
    "待答复": "已推荐，待答复",
    "已查看": "已推荐，待答复",
    "待面试": "毕业生接受",
    "邀请面试": "毕业生接受",
    "已面试": "毕业生接受",
    "接受": "毕业生接受",
    "放弃": "毕业生谢绝",
    "谢绝": "毕业生谢绝",
    "毕业生放弃": "毕业生谢绝",
    "未录用": "单位未录用",
    "不合适": "单位未录用",
    "不录用": "单位未录用",
    "录用": "已录用",
}


def applied_before(book: Book) -> Iterator[Fault]:
    """A graduate is passed to a post once: neither twice by these rows, nor beside a referral that is open."""
    rows = [row for row in book.records_of(Referral) if row.is_new and not row.faulty & PAIR]
    graduates = {row.record.graduate_id for row in rows}
    on_file = {
        (referral.graduate_id, referral.vacancy_id): referral.number
        for chunk in in_chunks(graduates)
        for referral in Referral.objects.filter(graduate__in=chunk, state__in=OPEN_REFERRALS)
    }
    first: dict[tuple[int, int], int] = {}
    for row in rows:
        pair = (row.record.graduate_id, row.record.vacancy_id)
        party = (Party(row.record, "vacancy", PAIR),)
        if pair in on_file:
            yield Fault(_("这位毕业生已推荐过这一岗位（%(number)s），不重复登记"), party, {"number": on_file[pair]})
        elif first.setdefault(pair, row.number) != row.number:
            yield Fault(_("与第 %(row)d 行是同一人的同一岗位"), party, {"row": first[pair]})


def referrals_that_stand(book: Book) -> Iterator[Fault]:
    """What became of a referral on file is said on its page, where its next step is chosen."""
    for row in book.records_of(Referral):
        if not row.is_new and row.changed:
            party = Party(row.record, "state", frozenset(row.changed), as_changed=True)
            yield Fault(_("这条推荐已登记，内容和结果请在推荐的页面修改、登记"), (party,))


class ApplicationSheet(ReferralSheet):
    """A referral as the net tells of it: who applied for which post, when, and with what result."""

    rules = (
        *REFERRAL_RULES,
        Rule(
            ("state",),
            lambda referral: referral._state.adding and referral.state not in COMES_IN,
            _("录用要登记实现就业：请按“毕业生接受”导入，再在推荐的页面点“录用”；已撤回的不用导入"),
        ),
    )
    set_rules = (offers_that_cannot_be_passed_on, applied_before, referrals_that_stand)

    state = Column(
        "应聘结果",
        "state",
        CodeCell(ReferralState, short=SHORT_RESULT),
        synonyms=("结果", "投递结果", "处理结果", "投递状态", "推荐结果", "状态"),
    )

    def complete(self, record, row):
        super().complete(record, row)
        if row is not None and row.is_new:
            record.state = record.state or ReferralState.PASSED
            record.answered_on = localdate() if record.state in ANSWERED else None


# What the interface checks applications with.
APPLICATION_WORKBOOK = Workbook((*CASE_WORKBOOK.sheets, EmployerSheet(), VacancySheet(), ApplicationSheet()))
