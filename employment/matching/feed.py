"""The feed of open vacancies for the 工会就业服务网: everybody may read it, so each field is named here.

No contact person, no telephone, nothing of a graduate: neither of them is read.
"""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.timezone import localdate

from aid.models import Employer
from employment.enums import EventKind
from employment.matching.publishing import may_be_read_by_all
from employment.models import JobEvent, Referral, Vacancy
from portal.text import without_formula

PAGE_SIZE = 200


@dataclass(frozen=True)
class FeedField:
    """One field: its name in JSON and its column in the .csv, what it means (for docs/feed.md), where it is read."""

    name: str
    meaning: str
    read: Callable[[Vacancy], Any]


def _channel(event: JobEvent) -> str:
    """Whatever a workbook said of a fair, only offered posts come by a channel."""
    return event.get_channel_display() if event.kind == EventKind.OFFER else ""


FIELDS = (
    FeedField("id", "whole number, never used again; the feed is in its order", lambda each: each.pk),
    FeedField("number", "岗位编号, by which applications that come back name it", lambda each: each.number),
    FeedField("title", "岗位名称", lambda each: each.title),
    FeedField("employer", "用人单位, its name", lambda each: each.employer.name),
    FeedField("union", "the union that offers it, its name", lambda each: each.union.name),
    FeedField("channel", "渠道 in words; empty for posts of a job fair", lambda each: _channel(each.event)),
    FeedField("posts", "招聘人数, at least 1", lambda each: each.posts),
    FeedField("trade_code", "行业: the letter of GB/T 4754-2017; may be empty", lambda each: each.trade),
    FeedField("trade", "the same in words", lambda each: each.get_trade_display()),
    FeedField("district", "工作区县; may be empty", lambda each: each.district),
    FeedField("degree_code", "最低学历: college, bachelor, postgraduate; empty: any", lambda each: each.degree),
    FeedField("degree", "the same in words", lambda each: each.get_degree_display()),
    FeedField("wage_from", "月薪下限, whole yuan; null (empty in the .csv) if not known", lambda each: each.wage_from),
    FeedField("wage_to", "月薪上限, whole yuan; null (empty in the .csv) if not known", lambda each: each.wage_to),
    FeedField("requirements", "岗位要求; may be empty", lambda each: each.requirements),
    FeedField("offered_on", "发布日期, YYYY-MM-DD, included", lambda each: each.offered_on.isoformat()),
    FeedField("closes_on", "截止日期, YYYY-MM-DD, included", lambda each: each.closes_on.isoformat()),
)


@dataclass(frozen=True)
class FeedPage:
    """Rows in the order of their id, and the id after which the next page begins; None on the last page."""

    rows: list[dict[str, Any]]
    after: int | None


def feed_page(after: int = 0, vacancies: QuerySet[Vacancy] | None = None) -> FeedPage:
    """What is published and open today, of `vacancies` if given, from the id `after` on. One query.

    What names a contact after all (it was entered before a rule forbade it) stays at home, and the page is shorter.
    """
    found = (
        (Vacancy.objects.all() if vacancies is None else vacancies)
        .published()
        .open_on(localdate())
        .filter(pk__gt=after)
    )
    found = list(found.select_related("employer", "event", "union").order_by("pk")[: PAGE_SIZE + 1])
    told = filter(may_be_read_by_all, found[:PAGE_SIZE])
    rows = [{field.name: field.read(each) for field in FIELDS} for each in told]
    return FeedPage(rows, found[PAGE_SIZE - 1].pk if len(found) > PAGE_SIZE else None)


def changed_at() -> datetime:
    """Since when the feed is what it is, at the latest: the last change of what it is read from, or the day's begin."""
    read = (Vacancy, Referral, Employer, JobEvent)
    moments = [model.objects.aggregate(last=Max("updated_at"))["last"] for model in read]
    today = timezone.make_aware(datetime.combine(localdate(), time.min))
    return max([today, *filter(None, moments)])


def as_json(page: FeedPage, following: str | None) -> bytes:
    """`following` is the address of the next page."""
    return json.dumps({"next": following, "vacancies": page.rows}, ensure_ascii=False, indent=1).encode()


def as_csv(page: FeedPage) -> bytes:
    """UTF-8 with a mark by which spreadsheets know it; text that one would take for a formula begins with `'`."""
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow(field.name for field in FIELDS)
    writer.writerows([_plain(row[field.name]) for field in FIELDS] for row in page.rows)
    return lines.getvalue().encode("utf-8-sig")


def _plain(value: Any) -> Any:
    return without_formula(value) if isinstance(value, str) else value
