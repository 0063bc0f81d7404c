"""招聘岗位: a sheet that no workbook carries, and the rules that join it with its event and its referrals."""

from collections.abc import Iterator

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from aid.enums import Trade
from aid.workbook.columns import NUMBER_LENGTH, number_column
from aid.workbook.practice_posts import MOST_POSTS
from employment.enums import Degree, ReferralState
from employment.matching.publishing import PUBLISHING_RULES
from employment.models import JobEvent, Referral, Vacancy
from portal.rules import Fault, Party, Rule
from portal.workbook.cells import CodeCell, DateCell, TextCell, WholeCell, YesNoCell
from portal.workbook.importing.book import Book
from portal.workbook.importing.chunks import in_chunks
from portal.workbook.importing.sheet import ImportedSheet, cached, changed_pks
from portal.workbook.sheets import Column

MOST_WAGE = 1_000_000
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


class VacancySheet(ImportedSheet):
    """Below an event; goes where the event goes."""

    title = "招聘岗位"
    model = Vacancy
    related = ("event__union", "employer__union")
    rules = VACANCY_RULES
    set_rules = (vacancies_beyond_the_event, posts_below_the_placed)

    number = number_column()
    event = Column(
        "活动编号",
        "event",
        TextCell(NUMBER_LENGTH),
        required=True,
        refers=("就业活动与岗位",),
        path="event__number",
    )
    employer = Column(
        "用人单位", "employer", TextCell(NUMBER_LENGTH), required=True, refers=("用人单位",), path="employer__number"
    )
    title_ = Column("岗位名称", "title", TextCell(100), required=True)
    posts = Column("招聘人数", "posts", WholeCell(1, MOST_POSTS), required=True)
    trade = Column("行业", "trade", CodeCell(Trade))
    district = Column("工作区县", "district", TextCell(50))
    degree = Column("最低学历", "degree", CodeCell(Degree), note=_("留空为不限。"))
    wage_from = Column("月薪下限(元)", "wage_from", WholeCell(1, MOST_WAGE))
    wage_to = Column("月薪上限(元)", "wage_to", WholeCell(1, MOST_WAGE))
    offered_on = Column("发布日期", "offered_on", DateCell(future=True), required=True)
    closes_on = Column("截止日期", "closes_on", DateCell(future=True), required=True, note=_("当天仍可应聘。"))
    requirements = Column("岗位要求", "requirements", TextCell(200))
    published = Column("对外发布", "published", YesNoCell(), required=True)

    def complete(self, record, row):
        event = cached(record, "event")
        if event is not None:
            record.place_with(event)

    def followers(self, book):
        for chunk in in_chunks(changed_pks(book, JobEvent, "union")):
            yield Vacancy.objects.filter(event__in=chunk)
