"""A figure and the list behind it cannot differ: for random cities, and for every one of the 49."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aid.enums import CaseState, FundSource, PaymentState, Stage, WorkerCategory
from aid.models import AidCase, Contribution, Disbursement, Entry, PracticePost
from employment.enums import KINDS_WITH_AMOUNT, AssistanceKind, EventKind, Intention, Location, OfferChannel
from employment.models import Assistance, Graduate, JobEvent
from portal.models import Union
from reports.counting.derive import derive
from reports.counting.lineage import lineage
from reports.counting.near_misses import UnknownReasonError, key_of, near_misses, reasons, reasons_of
from reports.figures import FIGURES, figure
from reports.figures.measures import Kind
from reports.figures.registry import Figure, Window, every
from tests.reports import builders as make

days = st.integers(0, 730).map(lambda offset: date(2013, 7, 1) + timedelta(days=offset))
maybe_days = st.none() | days
amounts = st.integers(1, 10**7).map(lambda fen: Decimal(fen).scaleb(-2))
numbers = st.integers(0, 50)


def measured(of: Figure, records: Iterable) -> int | Decimal:
    """The figure, worked out from its list in Python."""
    records = list(records)
    if of.measure.kind is Kind.COUNT:
        return len(records)
    values = [getattr(record, of.measure.field) for record in records]
    return len(set(values)) if of.measure.kind is Kind.DISTINCT else sum(values)


def add_family(draw, union: Union) -> None:
    filed_on = draw(days)
    closed_on = draw(maybe_days)
    household = make.household(union, filed_on=filed_on, closed_on=closed_on and max(filed_on, closed_on))
    child = make.child(union, household=household)
    for day in draw(st.sets(days, max_size=3)):
        make.entry(union, child=child, entered_on=day, stage=draw(st.sampled_from(Stage)))
    for year in draw(st.sets(st.sampled_from((2013, 2014)))):
        add_case(draw, union, child, year)
    if draw(st.booleans()):
        add_graduate(draw, union, household)


def add_case(draw, union: Union, child, year: int) -> None:
    case = make.case(
        union,
        year,
        child=child,
        stage=draw(st.sampled_from(Stage)),
        category=draw(st.sampled_from(WorkerCategory)),
        single_mother=draw(st.booleans()),
        status=draw(st.sampled_from((CaseState.APPROVED, CaseState.CLOSED, CaseState.WITHDRAWN))),
    )
    for amount in draw(st.lists(amounts, max_size=3)):
        status = draw(st.sampled_from(PaymentState))
        make.payment(union, case=case, amount=amount, paid_on=draw(days), status=status)


def add_graduate(draw, union: Union, household) -> None:
    graduate = make.graduate(
        union,
        household=household,
        school_location=draw(st.sampled_from(Location)),
        graduated_on=draw(days),
        intention=draw(st.sampled_from(Intention)),
        contract_on=draw(maybe_days),
        registered_on=draw(days),
        closed_on=draw(maybe_days),
    )
    for kind in draw(st.lists(st.sampled_from(AssistanceKind), max_size=3)):
        amount = draw(amounts) if kind in KINDS_WITH_AMOUNT or draw(st.booleans()) else None
        make.assistance(union, graduate=graduate, kind=kind, amount=amount, given_on=draw(days))


def add_rest(draw, union: Union) -> None:
    for _turn in range(draw(st.integers(0, 3))):
        source = draw(st.sampled_from(FundSource))
        make.contribution(union, source=source, amount=draw(amounts), received_on=draw(days))
        employer = draw(st.sampled_from(("甲厂", "乙厂", " 甲厂")))
        make.practice_post(union, employer=employer, posts=draw(numbers), contacted_on=draw(days))
        kind = draw(st.sampled_from(EventKind))
        channel = OfferChannel.CARING_ENTERPRISE if kind == EventKind.OFFER else ""
        make.event(union, kind=kind, channel=channel, posts=draw(numbers), held_on=draw(days))


def empty_city() -> None:
    """Hypothesis runs many cities in one test: each begins with an empty one."""
    for model in (Disbursement, AidCase, Entry, Assistance, Graduate, Contribution, PracticePost, JobEvent):
        model.objects.all().delete()


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_number_equals_the_list_for_random_cities(data, units, year_2014):
    empty_city()
    unions = list(Union.objects.filter(depth__gt=1))
    for union in unions:
        for _turn in range(data.draw(st.integers(0, 3))):
            add_family(data.draw, union)
        add_rest(data.draw, union)
    as_of = data.draw(st.none() | days)
    union = data.draw(st.sampled_from(unions))
    values = derive(year_2014, union, as_of)
    for of in FIGURES:
        counted = list(lineage(of, year_2014, union, as_of))
        missed = list(near_misses(of, year_2014, union, as_of))
        assert values[of.slug] == measured(of, counted), of.slug
        window = Window.of(year_2014, as_of)
        of_kind = of.fact.model.objects.in_union(union).filter(every(of.kinds, window))
        assert sorted(record.pk for record in counted + missed) == sorted(of_kind.values_list("pk", flat=True))
        assert all(len(reasons(record, of, window)) == record.failures > 0 for record in missed)
        told = Counter((record.failures, key_of(record, of)) for record in missed)
        assert [record.failures for record in missed] == sorted(record.failures for record in missed)
        assert told == Counter(
            {(each.missing, each.key): each.count for each in reasons_of(of, year_2014, union, as_of)}
        )


def test_city_list_is_that_of_its_units(units, year_2014):
    city = Union.objects.get(depth=1)
    outside = Union.objects.add_child(city, {"code": "X", "name": "市直属基层工会", "kind": "grassroots"})
    counted = [make.payment(unit) for unit in units]
    make.payment(outside)
    assert set(lineage(figure("paid"), year_2014, city, make.AS_OF)) == set(counted)
    assert list(near_misses(figure("paid"), year_2014, city, make.AS_OF)) == []


def why(slug: str, campaign, union) -> list[list[str]]:
    of, window = figure(slug), Window.of(campaign, make.AS_OF)
    return [reasons(record, of, window) for record in near_misses(of, campaign, union, make.AS_OF)]


def test_near_miss_paid_a_day_late_says_so(unit, year_2014):
    make.payment(unit, paid_on=date(2014, 9, 1))
    assert why("paid", year_2014, unit) == [["日期（2014-09-01）不在统计期 2014-01-01 至 2014-08-31 内"]]


def test_near_misses_with_fewest_faults_come_first(unit, year_2014):
    make.payment(unit, paid_on=date(2014, 9, 1), status=PaymentState.PENDING, stage=Stage.PRIMARY)
    make.payment(unit, stage=Stage.PRIMARY, status=PaymentState.FAILED)
    assert why("paid_tertiary", year_2014, unit) == [
        ["发放失败", "学段不属于“大专以上”"],
        ["待发放", "日期（2014-09-01）不在统计期 2014-01-01 至 2014-08-31 内", "学段不属于“大专以上”"],
    ]


@pytest.mark.parametrize(
    ("slug", "build", "reason"),
    [
        ("paid", lambda u: make.payment(u, year=2013), "所属助学申请不是 2014 年活动的"),
        ("aided", make.case, "统计期 2014-01-01 至 2014-08-31 内没有已发放的助学款"),
        (
            "graduates",
            lambda u: make.graduate(u, graduated_on=date(2015, 7, 1)),
            "毕业日期（2015-07-01）晚于 2014 年",
        ),
        (
            "graduates",
            lambda u: make.graduate(u, household=make.household(u, closed_on=date(2013, 12, 31))),
            "家庭在活动开始日 2014-01-01 之前已注销",
        ),
        (
            "fresh_unsigned_local",
            lambda u: make.graduate(u, contract_on=date(2014, 8, 31)),
            "在统计截止日 2014-08-31 前（含当日）已签约",
        ),
        ("paid", lambda u: make.payment(u, status=PaymentState.FAILED), "发放失败"),
        ("paid", lambda u: make.payment(u, status=PaymentState.PENDING), "待发放"),
        ("aided", lambda u: make.payment(u, status=PaymentState.FAILED).case, "助学款发放失败"),
        ("aided", lambda u: make.payment(u, status=PaymentState.PENDING).case, "助学款待发放"),
    ],
)
def test_near_miss_says_why(slug, build, reason, unit, year_2014):
    build(unit)
    assert why(slug, year_2014, unit) == [[reason]]


def test_case_that_bounced_is_aided_once_paid_again(unit, year_2014):
    bounced = make.payment(unit, status=PaymentState.FAILED)
    make.payment(unit, case=bounced.case)
    assert why("aided", year_2014, unit) == []


@pytest.mark.parametrize(
    ("slug", "other", "alike"),
    [
        (
            "microloans",
            lambda u: make.assistance(u, kind=AssistanceKind.POLICY, given_on=date(2014, 9, 1)),
            lambda u: make.assistance(u, kind=AssistanceKind.MICROLOAN, amount=Decimal(1), given_on=date(2014, 9, 1)),
        ),
        (
            "raised_social",
            lambda u: make.contribution(u, source=FundSource.UNION, received_on=date(2014, 9, 1)),
            lambda u: make.contribution(u, source=FundSource.SOCIAL, received_on=date(2014, 9, 1)),
        ),
        (
            "job_events",
            lambda u: make.event(
                u, kind=EventKind.OFFER, channel=OfferChannel.CARING_ENTERPRISE, held_on=date(2014, 9, 1)
            ),
            lambda u: make.event(u, kind=EventKind.JOB_FAIR, held_on=date(2014, 9, 1)),
        ),
    ],
)
def test_record_of_another_kind_is_no_near_miss(slug, other, alike, unit, year_2014):
    other(unit)
    near = alike(unit)
    assert list(near_misses(figure(slug), year_2014, unit, make.AS_OF)) == [near]


def test_near_misses_stand_by_their_reasons(unit, year_2014):
    """By hand: two bounced, one late, one bounced of another stage; one condition before two."""
    bounced = [make.payment(unit, stage=Stage.COLLEGE, status=PaymentState.FAILED) for _turn in range(2)]
    late = make.payment(unit, stage=Stage.COLLEGE, paid_on=date(2014, 9, 1))
    far = make.payment(unit, stage=Stage.PRIMARY, status=PaymentState.FAILED)
    make.payment(unit, stage=Stage.COLLEGE)
    of = figure("paid_tertiary")
    found = reasons_of(of, year_2014, unit, make.AS_OF)
    assert [(each.missing, each.words, each.count) for each in found] == [
        (1, "发放失败", 2),
        (1, "日期不在统计期 2014-01-01 至 2014-08-31 内", 1),
        (2, "发放失败；学段不属于“大专以上”", 1),
    ]
    assert str(found[2]) == "差 2 项：发放失败；学段不属于“大专以上”"
    assert list(near_misses(of, year_2014, unit, make.AS_OF)) == [*bounced, late, far]
    for each, records in zip(found, (bounced, [late], [far]), strict=True):
        assert list(near_misses(of, year_2014, unit, make.AS_OF, reason=each.key)) == records


@pytest.mark.parametrize("key", ["0", "0000", "9000", "000", "abc", "0٠10", "00100", "-1"])
def test_reason_that_there_is_not_is_refused(key, unit, year_2014):
    with pytest.raises(UnknownReasonError):
        near_misses(figure("paid_tertiary"), year_2014, unit, make.AS_OF, reason=key)


def test_entry_with_a_later_one_says_so(unit, year_2014):
    child = make.child(unit)
    make.entry(unit, child=child, stage=Stage.JUNIOR, entered_on=date(2014, 2, 1))
    make.entry(unit, child=child, stage=Stage.SENIOR, entered_on=date(2014, 6, 1))
    assert why("advanced", year_2014, unit) == [["该子女在统计期内还有更晚的升学记录，只按最后一次计"]]


def test_lists_stay_within_the_scope_of_the_person_who_asks(clerk, foreign_clerk, foreign_district, year_2014):
    make.payment(foreign_district)
    paid = figure("paid")
    for find in (lineage, near_misses):
        assert list(find(paid, year_2014, foreign_district, make.AS_OF, user=clerk)) == []
    assert lineage(paid, year_2014, foreign_district, make.AS_OF, user=foreign_clerk).count() == 1
