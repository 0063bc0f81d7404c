"""社会实践安排: a sheet that no workbook carries, and the rule that joins it with the posts."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from aid.models import PracticePlacement, PracticePost
from aid.workbook.columns import NUMBER_LENGTH, number_column
from aid.workbook.practice_posts import PracticePostSheet
from aid.workbook.schooling import child_column
from portal.record_rules import Fault, Party
from portal.workbook.cells import DateCell, TextCell
from portal.workbook.importing.book import Book
from portal.workbook.importing.sheet import ImportedSheet, cached
from portal.workbook.sheets import Column

TIMES = frozenset({"post", "starts_on", "ends_on"})


def most_at_once(periods: Iterable[tuple[date, date]]) -> int:
    """How many of `periods`, first and last day included, share a day at most."""
    periods = list(periods)
    return max((sum(first <= day <= last for first, last in periods) for day, _last in periods), default=0)


def _others(post: PracticePost, placement: PracticePlacement | None = None) -> list[tuple[date, date]]:
    others = PracticePlacement.objects.filter(post=post).exclude(pk=placement.pk if placement else None)
    return list(others.values_list("starts_on", "ends_on"))


def more_students_than_posts(book: Book) -> Iterator[Fault]:
    """On no day more students than posts: neither by one student more nor by fewer posts."""
    for row in book.records_of(PracticePlacement):
        placed = row.record
        if row.faulty & TIMES or placed.ends_on < placed.starts_on:
            continue
        during = [(a, b) for a, b in _others(placed.post, placed) if a <= placed.ends_on and b >= placed.starts_on]
        if most_at_once([*during, (placed.starts_on, placed.ends_on)]) > placed.post.posts:
            message = _("这一岗位共 %(posts)d 个，这段时间已排满")
            yield Fault(message, (Party(placed, "post", TIMES),), {"posts": placed.post.posts})
    for row in book.records_of(PracticePost):
        taken = most_at_once(_others(row.record)) if not row.is_new and "posts" not in row.faulty else 0
        if taken > row.record.posts:
            message = _("已有 %(taken)d 名学生同时在岗，岗位数不能少于此数")
            yield Fault(message, (Party(row.record, "posts", frozenset({"posts"})),), {"taken": taken})


class PracticePostFormSheet(PracticePostSheet):
    """The workbook's columns, held against the students who took the posts."""

    set_rules = (more_students_than_posts,)


class PracticePlacementSheet(ImportedSheet):
    """Below a child; stays with the union of the posts."""

    title = "社会实践安排"
    model = PracticePlacement
    related = ("post__union", "child__person", "child__household__worker", "child__union")
    set_rules = (more_students_than_posts,)

    number = number_column()
    child = child_column()
    post = Column(
        "社会实践岗位", "post", TextCell(NUMBER_LENGTH), required=True, refers=("社会实践岗位",), path="post__number"
    )
    starts_on = Column("上岗日期", "starts_on", DateCell(future=True), required=True)
    ends_on = Column("离岗日期", "ends_on", DateCell(future=True), required=True)

    def complete(self, record, row):
        post = cached(record, "post")
        if post is not None:
            record.place_with(post)
