"""How far the notice's aim is reached (沪工总保〔2014〕156号, 一（二）3): paid on time, in full, all by bank card.

On time and in full twice: as promised, by the due day of the campaign and the amount granted, and as the families said
when they were called back. A number and the list behind it come from one condition on the case.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.db import connection
from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from aid.enums import CardKind, PaymentMethod, PaymentState
from aid.models import AidCase, Disbursement
from aid.models.casework.case_lists import APPROVED_STATES, HALF_A_FEN
from aid.models.payee import of_payee
from aid.payments.ledger import MONEY, NOTHING
from portal.access import Permission, can, path_range
from portal.kept.counts import Kept
from portal.models import Campaign, Union, User
from portal.models.owned import unit_path
from portal.models.union import REPORTING_DEPTH
from portal.words.shares import per_cent


@dataclass(frozen=True)
class CoverageGroup:
    """Cases of a campaign that have something in common; `of` names the group it is a share of, `part` its table."""

    slug: str
    label: str
    condition: Q
    of: str = ""
    aim: str = ""
    part: str = "paid"


IN_FULL = Q(paid__gt=F("standard") - HALF_A_FEN)
SOME = Q(paid__gt=0)
BY_CARD = SOME & Q(paid_by_card__gt=F("paid") - HALF_A_FEN)
ASKED = SOME & Q(received_in_full__isnull=False)
SAID_IN_FULL = SOME & Q(received_in_full=True)
PARTS = {
    "paid": _("各单位发放进度"),
    "cards": _("发到哪一种银行卡"),
    "asked": _("回访时家庭怎么说"),
}

GROUPS = (
    CoverageGroup("approved", _("审批通过的申请"), Q()),
    CoverageGroup("in_full", _("已足额发放"), IN_FULL, "approved", _("足额")),
    CoverageGroup(
        "on_time", _("按时足额发放"), Q(paid_by_due__gt=F("standard") - HALF_A_FEN), "approved", _("按时、足额")
    ),
    CoverageGroup("partly", _("部分发放"), SOME & ~IN_FULL, "approved"),
    CoverageGroup("unpaid", _("尚未发放"), ~SOME, "approved"),
    CoverageGroup("paid", _("已有发放的申请"), SOME),
    CoverageGroup("by_card", _("全部发到银行卡"), BY_CARD, "paid", _("银行卡全覆盖")),
    CoverageGroup("off_card", _("有现金或转账"), SOME & ~Q(paid_by_card__gt=F("paid") - HALF_A_FEN), "paid"),
    *(
        CoverageGroup(kind.value, kind.label, BY_CARD & Q(card_kind=kind), "by_card", part="cards")
        for kind in (CardKind.GRANT, CardKind.MEMBER)
    ),
    CoverageGroup("other_card", _("其他银行卡"), BY_CARD & Q(card_kind=CardKind.OTHER), "by_card", part="cards"),
    CoverageGroup("unknown_card", _("没有登记种类"), BY_CARD & Q(card_kind=""), "by_card", part="cards"),
    CoverageGroup("asked", _("回访问过是否收到"), ASKED, "paid", part="asked"),
    CoverageGroup("received", _("说按时足额收到"), SAID_IN_FULL & Q(received_by_due=True), "asked", part="asked"),
    CoverageGroup(
        "received_late", _("说足额、晚于期限"), SAID_IN_FULL & Q(received_by_due=False), "asked", part="asked"
    ),
    CoverageGroup("received_short", _("说没有足额收到"), SOME & Q(received_in_full=False), "asked", part="asked"),
)
BY_SLUG = {group.slug: group for group in GROUPS}


@dataclass(frozen=True)
class Coverage:
    """The counts of one unit, or of several together."""

    counts: dict[str, int]

    def share(self, group: CoverageGroup) -> Decimal | None:
        """Per cent of the whole that the group is a share of; None for a group that is none, or of nothing."""
        return per_cent(self.counts[group.slug], self.counts[group.of]) if group.of else None

    def is_whole(self, group: CoverageGroup) -> bool:
        """Whether the group is all of what it is a share of: 99.96 % is printed as 100, and is not."""
        return self.counts[group.slug] == self.counts[group.of] > 0

    def __add__(self, other: "Coverage") -> "Coverage":
        return Coverage({slug: count + other.counts[slug] for slug, count in self.counts.items()})


NONE = Coverage(dict.fromkeys(BY_SLUG, 0))


def covered(user: User, campaign: Campaign) -> QuerySet:
    """Approved cases of `campaign` in the scope of `user`, each with what was paid, in time, and by which card."""
    cases = AidCase.objects.visible_to(user).filter(campaign=campaign, status__in=APPROVED_STATES)
    return cases.annotate(
        **_of_case(campaign),
        paid=_paid(),
        paid_by_due=_paid(paid_on__lte=campaign.due_on),
        paid_by_card=_paid(method=PaymentMethod.CARD),
    )


def _of_case(campaign: Campaign) -> dict[str, Case]:
    """What the groups ask of a case besides its payments. The kind of card is that which stands on file now."""
    in_time = When(received_on__lte=campaign.due_on, then=Value(True))  # noqa: FBT003  a value of the database
    return {
        "card_kind": of_payee("child", F("child__card_kind"), F("child__household__card_kind")),
        "received_by_due": Case(in_time, default=Value(False)),  # noqa: FBT003
    }


def _paid(**conditions) -> Coalesce:
    payments = Disbursement.objects.filter(case=OuterRef("pk"), status=PaymentState.PAID, **conditions).order_by()
    total = payments.values("case").annotate(total=Sum("amount")).values("total")
    return Coalesce(Subquery(total), NOTHING, output_field=MONEY)


def coverage(user: User, campaign: Campaign) -> dict[str, Coverage]:
    """By unit path: the counts of every 填报单位 in the scope of `user`, those that have none left out.

    Kept of each unit; of a union within one they are counted.
    """
    top = user.union
    if not can(user, Permission.VIEW_RECORDS):
        return {}
    if top.depth > REPORTING_DEPTH:
        found = _counted(campaign, top.path)
    else:
        units = Union.objects.in_union(top).filter(depth__lte=REPORTING_DEPTH).values_list("path", flat=True)
        found = COVERAGE.of_units(campaign, campaign.ends_on, units)
    return {path: Coverage({**NONE.counts, **counts}) for path, counts in found.items() if counts}


def _counted(campaign: Campaign, path: str | None = None) -> dict[str, dict[str, int]]:
    """By unit path the counts by slug, of all or of the records at `path` and below. One query, one pass over each."""
    sql, params = _asked(campaign, path)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return {unit: dict(zip(BY_SLUG, counts, strict=True)) for unit, *counts in cursor}


def _asked(campaign: Campaign, path: str | None) -> tuple[str, tuple]:
    """Payments joined to the cases and added up for each, then the cases of each unit counted by group."""
    cases = AidCase.objects.filter(campaign=campaign, status__in=APPROVED_STATES)
    if path is not None:
        cases = cases.filter(path_range(path))
    added = (
        cases.order_by()
        .annotate(unit=unit_path(), **_of_case(campaign))
        .values("pk", "unit", "standard", "card_kind", "received_in_full", "received_by_due")
        .annotate(
            paid=_added(),
            paid_by_due=_added(paid_on__lte=campaign.due_on),
            paid_by_card=_added(method=PaymentMethod.CARD),
        )
        .annotate(**{f"in_{slug}": _one_if(group.condition) for slug, group in BY_SLUG.items()})
    )
    sql, params = added.query.get_compiler(connection=connection).as_sql()
    counts = ", ".join(f'SUM("in_{slug}")' for slug in BY_SLUG)
    return f'SELECT "unit", {counts} FROM ({sql}) AS added GROUP BY "unit"', params  # noqa: S608  names of ours


def _added(**conditions) -> Coalesce:
    """The same sum as `_paid`, over payments that are joined."""
    chosen = {"status": PaymentState.PAID, **conditions}
    those = Q(**{f"disbursements__{lookup}": value for lookup, value in chosen.items()})
    return Coalesce(Sum("disbursements__amount", filter=those), NOTHING, output_field=MONEY)


def _one_if(condition: Q) -> Case | Value:
    return Case(When(condition, then=Value(1)), default=Value(0)) if condition else Value(1)


def _question(campaign: Campaign) -> str:
    return repr(_asked(campaign, None))


COVERAGE = Kept(
    "coverage",
    question=_question,
    count=lambda campaign, _day, path: _counted(campaign, path),
    days=lambda _campaign: (),  # nothing is compared with the day on which one asks
    nothing={},
)


def count_ahead(campaign: Campaign) -> None:
    """Bring up to date what is kept of every unit."""
    COVERAGE.of_units(campaign, campaign.ends_on, Union.objects.reporting().values_list("path", flat=True))


def cases_of(user: User, campaign: Campaign, group: CoverageGroup) -> QuerySet:
    """The list behind a number."""
    return covered(user, campaign).filter(group.condition)


def total(found: dict[str, Coverage]) -> Coverage:
    return sum(found.values(), NONE)
