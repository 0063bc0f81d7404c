"""招聘岗位: a sheet that no workbook carries, and the rules that join it with its event and its referrals."""

import re
from collections.abc import Iterator

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from aid.enums import Trade
from aid.workbook.columns import NUMBER_LENGTH, number_column
from aid.workbook.practice_posts import MOST_POSTS, POSTS_WORDS
from employment.enums import Degree, ReferralState
from employment.matching.publishing import PUBLISHING_RULES
from employment.models import JobEvent, Referral, Vacancy
from portal.record_rules import Fault, Party, Rule
from portal.workbook.cells import CodeCell, DateCell, TextCell, WholeCell, YesNoCell
from portal.workbook.importing.book import Book
from portal.workbook.importing.chunks import in_chunks
from portal.workbook.importing.sheet import ImportedSheet, cached, changed_pks
from portal.workbook.sheets import Column, TwoInOne

MOST_WAGE = 1_000_000
TITLE_WORDS = ("岗位", "招聘岗位", "职位", "职位名称", "工种", "招聘职位")
WAGE_WORDS = ("月薪", "薪资", "薪资待遇", "工资", "工资待遇", "月工资", "薪酬", "月薪范围", "待遇", "薪酬待遇")
NUMBERS = re.compile("[0-9]{3,}")
TO_BE_AGREED = ("面议", "面谈", "另议")
SHORT_DEGREE = {"不限": "", "无要求": "", "专科": "大专", "大学本科": "本科", "硕士": "研究生"}
BELOW_ALL = frozenset({"初中", "高中", "中专", "中职", "中技", "职高", "技校"})
AND_MORE = "()（）及或含其以上学历"  # what stands behind the degree: 本科及以上, 大专（含）以上学历
SHARE = frozenset({"event", "posts"})

VACANCY_RULES = (
    Rule(
        ("closes_on", "offered_on"),
        lambda vacancy: vacancy.closes_on < vacancy.offered_on,
        _("截止日期不能早于发布日期"),
    ),
    Rule(
        ("wage_to", "wage_from"),
        lambda vacancy: bool(vacancy.wage_from and vacancy.wage_to) and vacancy.wage_to < vacancy.wage_from,
        _("月薪上限不能低于下限"),
    ),
    *PUBLISHING_RULES,
)


def vacancies_beyond_the_event(book: Book) -> Iterator[Fault]:
    """The vacancies of an event never have more posts than the event."""
    for row in book.records_of(Vacancy):
        vacancy = row.record
        if row.faulty & SHARE:
            continue
        others = Vacancy.objects.filter(event=vacancy.event).exclude(pk=vacancy.pk)
        taken = others.aggregate(posts=Sum("posts"))["posts"] or 0
        if taken + vacancy.posts > vacancy.event.posts:
            words = {"posts": vacancy.event.posts, "taken": taken, "left": max(0, vacancy.event.posts - taken)}
            message = _("该活动共 %(posts)d 个岗位，其他招聘岗位已占 %(taken)d 个，这里最多填 %(left)d")
            yield Fault(message, (Party(vacancy, "posts", SHARE),), words)


def event_below_its_vacancies(book: Book) -> Iterator[Fault]:
    """The same from the other side: an event does not shrink below its vacancies."""
    events = {row.record.pk: row for row in book.records_of(JobEvent) if "posts" not in row.faulty}
    for chunk in in_chunks(changed_pks(book, JobEvent, "posts")):
        offered = Vacancy.objects.filter(event__in=chunk).order_by().values("event")
        for event, posts in offered.annotate(offered=Sum("posts")).values_list("event", "offered"):
            row = events.get(event)
            if row is not None and posts > row.record.posts:
                message = _("该活动的招聘岗位已登记 %(posts)d 个，岗位数不能少于此数")
                yield Fault(message, (Party(row.record, "posts", frozenset({"posts"})),), {"posts": posts})


def posts_below_the_placed(book: Book) -> Iterator[Fault]:
    """Nor does a vacancy shrink below those whom it took."""
    for row in book.records_of(Vacancy):
        if row.is_new or "posts" in row.faulty:
            continue
        placed = Referral.objects.filter(vacancy=row.record, state=ReferralState.PLACED).count()
        if placed > row.record.posts:
            message = _("这一岗位已录用 %(placed)d 人，招聘人数不能少于此数")
            yield Fault(message, (Party(row.record, "posts", frozenset({"posts"})),), {"placed": placed})


def degree_asked(text: str) -> tuple[str, bool] | None:
    """大专及以上 asks for a 大专; a school below those that graduates come from asks for nothing of theirs."""
    words = text.rstrip(AND_MORE)
    if words in BELOW_ALL:
        return "", True
    label = SHORT_DEGREE.get(words, words)
    return (label, True) if label in {str(degree.label) for degree in Degree} else None


def lowest_and_highest(text: str) -> tuple[str, str]:
    """3000-5000元 → 3000 and 5000; one number is the lowest, 面议 says nothing, anything else is left as it is."""
    numbers = NUMBERS.findall(text.replace(",", ""))
    if not numbers:
        return ("", "") if text.strip() in TO_BE_AGREED else (text, "")
    return (numbers[0], numbers[1] if len(numbers) > 1 else "") if len(numbers) <= 2 else (text, "")


class VacancySheet(ImportedSheet):
    """Below an event; goes where the event goes."""

    title = "招聘岗位"
    model = Vacancy
    related = ("event__union", "employer__union")
    rules = VACANCY_RULES
    set_rules = (vacancies_beyond_the_event, posts_below_the_placed)
    two_in_one = (TwoInOne(WAGE_WORDS, ("wage_from", "wage_to"), lowest_and_highest),)

    number = number_column()
    event = Column(
        "活动编号",
        "event",
        TextCell(NUMBER_LENGTH),
        required=True,
        refers=("就业活动与岗位",),
        path="event__number",
        synonyms=("招聘会编号", "所属活动编号"),
    )
    employer = Column(
        "用人单位", "employer", TextCell(NUMBER_LENGTH), required=True, refers=("用人单位",), path="employer__number"
    )
    title_ = Column("岗位名称", "title", TextCell(100), required=True, synonyms=TITLE_WORDS)
    posts = Column("招聘人数", "posts", WholeCell(1, MOST_POSTS), required=True, synonyms=POSTS_WORDS)
    trade = Column("行业", "trade", CodeCell(Trade))
    district = Column("工作区县", "district", TextCell(50), synonyms=("工作地点", "工作地区", "岗位所在区"))
    degree = Column(
        "最低学历",
        "degree",
        CodeCell(Degree, short=SHORT_DEGREE, grown=degree_asked),
        note=_("留空为不限。"),
        synonyms=("学历要求", "学历"),
    )
    wage_from = Column("月薪下限(元)", "wage_from", WholeCell(1, MOST_WAGE), synonyms=("最低月薪", "薪资下限"))
    wage_to = Column("月薪上限(元)", "wage_to", WholeCell(1, MOST_WAGE), synonyms=("最高月薪", "薪资上限"))
    offered_on = Column("发布日期", "offered_on", DateCell(future=True), required=True, synonyms=("发布时间",))
    closes_on = Column(
        "截止日期",
        "closes_on",
        DateCell(future=True),
        required=True,
        note=_("当天仍可应聘。"),
        synonyms=("截止时间", "招聘截止日期", "有效期至"),
    )
    requirements = Column("岗位要求", "requirements", TextCell(200), synonyms=("要求", "任职要求", "招聘要求", "备注"))
    published = Column("对外发布", "published", YesNoCell(), required=True)

    def complete(self, record, row):
        event = cached(record, "event")
        if event is not None:
            record.place_with(event)

    def followers(self, book):
        for chunk in in_chunks(changed_pks(book, JobEvent, "union")):
            yield Vacancy.objects.filter(event__in=chunk)
