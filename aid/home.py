"""What Golden Autumn has on the first page: the money by source, its days of the year, its first steps."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from aid.enums import FundSource
from aid.models import AidCase, AidStandard, Household, MinimumIncome, PaymentBatch, PublicNotice
from aid.payments.balances import kept_balances
from aid.payments.ledger import Balance, yuan
from portal.access import Permission, can
from portal.desk.cards import Card, Place
from portal.desk.first_steps import FirstStep
from portal.desk.season import SeasonDay
from portal.desk.ways import ways_of
from portal.kept.counts import Kept
from portal.models import Campaign, Import, User

BAR = 200  # length of the longest bar, in units of the drawing
WATCHED = ("aid",)  # areas whose ways are on the first page
MOST_DAYS = 12  # of a kind, on the line of the year


@dataclass(frozen=True)
class SourceDrawn:
    """One source: its numbers as printed, and the bar of what was raised: paid, reserved for a batch, left."""

    label: str
    raised: str
    paid: str
    reserved: str
    left: str
    is_overdrawn: bool
    paid_length: float
    reserved_length: float
    left_length: float

    @property
    def reserved_from(self) -> float:
        return self.paid_length

    @property
    def left_from(self) -> float:
        return round(self.paid_length + self.reserved_length, 1)


def money_by_source(user: User) -> dict[str, Any] | None:
    """The ledger of a 填报单位, drawn, or those of all units of the city together; None for the others."""
    if not user.union.is_reporting and not user.union.is_city:
        return None
    ledgers = kept_balances(user.union).values()
    rows = [sum((kept[source] for kept in ledgers if source in kept), Balance(source)) for source in FundSource]
    longest = max((row.raised + row.carried for row in rows), default=Decimal()) or Decimal(1)
    return {"rows": [_drawn(row, longest) for row in rows], "length": BAR}


def _drawn(row: Balance, longest: Decimal) -> SourceDrawn:
    def length(amount: Decimal) -> float:
        return round(float(max(amount, Decimal()) / longest) * BAR, 1)

    return SourceDrawn(
        str(FundSource(row.source).label),
        yuan(row.raised + row.carried),
        yuan(row.paid),
        yuan(row.reserved),
        yuan(row.left),
        row.is_overdrawn,
        length(row.paid),
        length(row.reserved),
        length(row.left),
    )


def where_the_work_stands(user: User) -> dict[str, Any] | None:
    """The way of applications with its numbers, for those who decide and watch. One query.

    None for who enters records: the page is full of what waits for them, and the areas have the ways.
    """
    return None if can(user, Permission.KEEP_RECORDS) else {"ways": ways_of(WATCHED, user)}


def season_days(user: User, campaign: Campaign) -> Iterator[SeasonDay]:
    """The day school begins, those on which notices end, and those on which batches were released: kept of the unit."""
    yield SeasonDay(campaign.starts_on.replace(year=campaign.year, month=9, day=1), _("开学"))
    if user.union.is_city:
        return
    ending, released = _days_of(user, campaign)
    for day, count in ending:
        words = _("公示期满 %(count)d 份") % {"count": count}
        yield SeasonDay(date.fromisoformat(day), words, reverse("publicnotice_list"))
    for day, count in released:
        words = _("发放 %(count)d 批") % {"count": count}
        yield SeasonDay(date.fromisoformat(day), words, reverse("paymentbatch_list"))


def _days_of(user: User, campaign: Campaign) -> list[list[tuple[str, int]]]:
    """Both kinds of days, as JSON holds them, with how many there are."""
    unit, today = user.union.reporting_path, localdate()

    def count(*_asked: object) -> dict[str, list]:
        notices = PublicNotice.objects.visible_to(user).posted().filter(last_day__range=(today, campaign.ends_on))
        batches = PaymentBatch.objects.visible_to(user).filter(campaign=campaign, released_on__isnull=False)
        return {unit: [_by_day(notices, "last_day"), _by_day(batches, "released_on", latest="-")]}

    kept = Kept(
        f"season_{user.union_id}",
        question=lambda campaign: repr((today, campaign.ends_on, user.union.path)),
        count=count,
        days=lambda _campaign: (),  # today is part of the question
        nothing=[[], []],
    )
    return kept.of_units(campaign, today, [unit])[unit]


def _by_day(rows: QuerySet, field: str, latest: str = "") -> list[tuple[str, int]]:
    days = rows.order_by().values_list(field).annotate(count=Count("pk")).order_by(f"{latest}{field}")
    return [(day.isoformat(), number) for day, number in days[:MOST_DAYS]]


def standards(_user: User):
    return AidStandard.objects.filter(campaign=Campaign.objects.current())


def standards_page(_user: User) -> str:
    campaign = Campaign.objects.current()
    return reverse("aidstandard_edit", args=[campaign.year]) if campaign else reverse("campaign_list")


FIRST_STEPS = (
    FirstStep(
        _("录入本年度最低生活保障标准"),
        _("家庭人均收入和它比较"),
        Permission.KEEP_STANDARDS,
        lambda _user: reverse("minimumincome_list"),
        lambda _user: MinimumIncome.objects.filter(year=localdate().year),
    ),
    FirstStep(
        _("定本年度帮扶标准"),
        _("新申请按学段带出金额"),
        Permission.MANAGE_CAMPAIGNS,
        standards_page,
        standards,
    ),
    FirstStep(
        _("导入已有的 Excel 清单"),
        _("困难职工、子女、助学名单，列名不必改"),
        Permission.IMPORT_WORKBOOK,
        lambda _user: reverse("list_upload"),
        lambda user: Import.objects.filter(union=user.union_id),
    ),
    FirstStep(
        _("或逐户建档"),
        _("一页录完一户：职工、子女、收入、材料"),
        Permission.KEEP_RECORDS,
        lambda _user: reverse("family_create"),
        Household.objects.visible_to,
    ),
    FirstStep(
        _("登记第一份助学申请"),
        _("在子女的页面上新建"),
        Permission.KEEP_RECORDS,
        lambda _user: reverse("child_list"),
        AidCase.objects.visible_to,
        is_last=True,
    ),
)

CARDS = (
    Card("aid/home/_money.html", Permission.VIEW_RECORDS, Place.SIDE, money_by_source),
    Card("portal/home/_ways.html", Permission.VIEW_RECORDS, Place.BELOW, where_the_work_stands),
)
