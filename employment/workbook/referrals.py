"""岗位推荐: a sheet that no workbook carries, and what must hold when an offer is passed on."""

from collections.abc import Iterator

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from aid.workbook.columns import NUMBER_LENGTH, number_column
from employment.enums import Standing
from employment.graduates.standing import with_standing
from employment.models import Graduate, Referral, Vacancy
from portal.models import REPORTING_PATH_LENGTH
from portal.record_rules import Fault, Party, Rule
from portal.workbook.cells import DateCell, IdNumberCell, TextCell
from portal.workbook.importing.book import Book
from portal.workbook.importing.sheet import ImportedSheet, cached
from portal.workbook.sheets import Column

PAIR = frozenset({"graduate", "vacancy"})

# Who does not seek work, by where the board shows them.
NOT_SEEKING = {
    Standing.UNTRACKED: _("该毕业生已结束跟踪或其家庭档案已注销，不能推荐"),
    Standing.FURTHER_STUDY: _("该毕业生的就业意向是升学及其他，不能推荐；有变化的请先修改毕业生记录"),
    Standing.SIGNED: _(
        "该毕业生已签约、已就业或自谋职业，不能推荐；已离岗的请先登记稳岗回访，意向有变化的请先修改毕业生记录"
    ),
}


REFERRAL_RULES = (
    Rule(
        ("referred_on", "vacancy__offered_on"),
        lambda referral: referral.referred_on < referral.vacancy.offered_on,
        _("推荐日期不能早于岗位的发布日期"),
    ),
    Rule(
        ("referred_on", "graduate__registered_on"),
        lambda referral: referral.referred_on < referral.graduate.registered_on,
        _("推荐日期不能早于毕业生的登记日期"),
    ),
)


def refusal(referral: Referral) -> str:
    """Why this vacancy cannot be passed to this graduate; '' if it can."""
    graduate, vacancy = referral.graduate, referral.vacancy
    if graduate.union_path[:REPORTING_PATH_LENGTH] != vacancy.union_path[:REPORTING_PATH_LENGTH]:
        return _("只能推荐本单位的岗位，其他单位的岗位请与发布的工会联系")
    standing = with_standing(Graduate.objects.filter(pk=graduate.pk)).get().standing
    if standing in NOT_SEEKING:
        return NOT_SEEKING[standing]
    if not Vacancy.objects.open_on(localdate()).filter(pk=vacancy.pk).exists():
        return _("这一岗位今天不在招聘期内，或已经录满")
    return ""


def offers_that_cannot_be_passed_on(book: Book) -> Iterator[Fault]:
    for row in book.records_of(Referral):
        if row.faulty & PAIR or not row.changed & PAIR:
            continue
        if words := refusal(row.record):
            yield Fault(words, (Party(row.record, "vacancy", PAIR),))


class ReferralSheet(ImportedSheet):
    """Below a graduate; stays with the union where the graduate was."""

    title = "岗位推荐"
    model = Referral
    related = ("graduate__person", "graduate__household__worker", "graduate__union", "vacancy__employer")
    rules = REFERRAL_RULES
    set_rules = (offers_that_cannot_be_passed_on,)

    number = number_column()
    graduate = Column(
        "毕业生身份证号",
        "graduate",
        IdNumberCell(),
        required=True,
        refers=("高校毕业生",),
        path="graduate__person__id_number",
    )
    vacancy = Column(
        "招聘岗位", "vacancy", TextCell(NUMBER_LENGTH), required=True, refers=("招聘岗位",), path="vacancy__number"
    )
    referred_on = Column("推荐日期", "referred_on", DateCell(), required=True)
    note = Column("说明", "note", TextCell(200))

    def complete(self, record, row):
        graduate = cached(record, "graduate")
        if row is not None and row.is_new and graduate is not None:
            record.place_with(graduate)
