"""Every figure by hand: a case that counts, a near miss that does not, and the rules that are easily got wrong."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from aid.enums import CaseState, FundSource, PaymentState, Stage, WorkerCategory
from aid.models import Household
from employment.enums import AssistanceKind, EventKind, Intention, Location, OfferChannel
from portal.models import Campaign, Union
from reports.counting.derive import derive, derive_units
from reports.figures import FIGURES, figure
from tests.reports import builders as make

DAY_AFTER = date(2014, 9, 1)  # one day past the cut-off
LAST_YEAR = date(2013, 12, 31)
MIGRANT = {"category": WorkerCategory.MIGRANT}
MOTHER = {"single_mother": True}
YUAN = Decimal("520.48")

Build = Callable[[Union], object]


@dataclass(frozen=True)
class Worked:
    """A figure, a record that counts, what it counts for, and one like it that does not count."""

    slug: str
    counts: Build
    value: int | Decimal
    misses: Build


def built(builder: Callable, **fields) -> Build:
    return lambda union: builder(union, **fields)


def received(source: FundSource, **fields) -> Build:
    return built(make.contribution, source=source, **fields)


def paid(**fields) -> Build:
    return built(make.payment, **fields)


def help_of(kind: AssistanceKind, **fields) -> Build:
    return built(make.assistance, kind=kind, **fields)


def twice_entered(union: Union) -> None:
    """A child that entered junior and then senior secondary school in one window: the latest entry alone counts."""
    child = make.child(union)
    make.entry(union, child=child, stage=Stage.JUNIOR, entered_on=date(2014, 2, 1))
    make.entry(union, child=child, stage=Stage.SENIOR, entered_on=date(2014, 6, 1))


def same_employer(union: Union) -> None:
    """The same employer again, spelt with full-width characters and a space behind."""
    make.practice_post(union, employer="浦江机械厂（总部） ")
    make.practice_post(union, employer=" 浦江机械厂(总部)")


def offer(**fields) -> Build:
    return built(make.event, kind=EventKind.OFFER, channel=OfferChannel.PUBLIC_WELFARE, **fields)


K = AssistanceKind
WORKED = [
    Worked(
        "raised",
        received(FundSource.SOCIAL),
        Decimal("7979.40"),
        received(FundSource.SOCIAL, received_on=DAY_AFTER),
    ),
    Worked("raised_government", received(FundSource.GOVERNMENT), Decimal("7979.40"), received(FundSource.SOCIAL)),
    Worked("raised_social", received(FundSource.SOCIAL), Decimal("7979.40"), received(FundSource.UNION)),
    Worked(
        "raised_union",
        received(FundSource.UNION, received_on=date(2014, 8, 31)),
        Decimal("7979.40"),
        received(FundSource.UNION, received_on=LAST_YEAR),
    ),
    Worked("paid", paid(paid_on=date(2014, 8, 31)), YUAN, paid(paid_on=DAY_AFTER)),
    Worked("paid_basic", paid(stage=Stage.JUNIOR), YUAN, paid(stage=Stage.SENIOR)),
    Worked("paid_secondary", paid(stage=Stage.VOCATIONAL), YUAN, paid(stage=Stage.COLLEGE)),
    Worked(
        "paid_tertiary",
        paid(stage=Stage.POSTGRADUATE),
        YUAN,
        paid(stage=Stage.POSTGRADUATE, status=PaymentState.FAILED),
    ),
    Worked("advanced", built(make.entry), 1, built(make.entry, entered_on=LAST_YEAR)),
    Worked("advanced_basic", built(make.entry, stage=Stage.PRIMARY), 1, twice_entered),
    Worked(
        "advanced_secondary",
        twice_entered,
        1,
        built(make.entry, stage=Stage.SENIOR, entered_on=DAY_AFTER),
    ),
    Worked("advanced_tertiary", built(make.entry, stage=Stage.COLLEGE), 1, built(make.entry, stage=Stage.SENIOR)),
    Worked("aided", paid(), 1, built(make.case)),
    Worked("aided_basic", paid(stage=Stage.PRIMARY), 1, paid(stage=Stage.PRIMARY, paid_on=DAY_AFTER)),
    Worked("aided_secondary", paid(stage=Stage.SENIOR), 1, paid(stage=Stage.SENIOR, year=2013)),
    Worked("aided_tertiary", paid(stage=Stage.BACHELOR), 1, paid(stage=Stage.JUNIOR)),
    Worked("migrant_aided", paid(**MIGRANT), 1, paid(**MOTHER)),
    Worked("migrant_paid", paid(**MIGRANT), YUAN, paid()),
    Worked("migrant_aided_basic", paid(stage=Stage.JUNIOR, **MIGRANT), 1, paid(stage=Stage.JUNIOR)),
    Worked("migrant_paid_basic", paid(stage=Stage.PRIMARY, **MIGRANT), YUAN, paid(stage=Stage.SENIOR, **MIGRANT)),
    Worked("migrant_aided_secondary", paid(stage=Stage.SENIOR, **MIGRANT), 1, paid(stage=Stage.COLLEGE, **MIGRANT)),
    Worked("migrant_paid_secondary", paid(stage=Stage.VOCATIONAL, **MIGRANT), YUAN, paid(stage=Stage.VOCATIONAL)),
    Worked(
        "migrant_aided_tertiary",
        paid(stage=Stage.COLLEGE, **MIGRANT),
        1,
        paid(stage=Stage.COLLEGE, status=PaymentState.PENDING, **MIGRANT),
    ),
    Worked(
        "migrant_paid_tertiary",
        paid(stage=Stage.BACHELOR, **MIGRANT),
        YUAN,
        paid(stage=Stage.BACHELOR, year=2013, **MIGRANT),
    ),
    Worked("single_mother_aided", paid(**MOTHER), 1, paid(**MIGRANT)),
    Worked("single_mother_paid", paid(**MOTHER), YUAN, paid(paid_on=DAY_AFTER, **MOTHER)),
    Worked("practice_employers", same_employer, 1, built(make.practice_post, employer="别厂", contacted_on=DAY_AFTER)),
    Worked(
        "practice_posts", built(make.practice_post, posts=12), 12, built(make.practice_post, contacted_on=LAST_YEAR)
    ),
    Worked(
        "graduates",
        built(make.graduate, graduated_on=date(2014, 12, 31)),
        1,
        built(make.graduate, graduated_on=date(2015, 1, 1)),
    ),
    Worked(
        "graduates_fresh",
        built(make.graduate, graduated_on=date(2014, 1, 1)),
        1,
        built(make.graduate, graduated_on=LAST_YEAR),
    ),
    Worked(
        "graduates_past",
        built(make.graduate, graduated_on=LAST_YEAR),
        1,
        built(make.graduate, graduated_on=date(2014, 1, 1)),
    ),
    Worked(
        "graduates_self_placed",
        built(make.graduate, intention=Intention.SELF_PLACED),
        1,
        built(make.graduate, intention=Intention.FURTHER_STUDY),
    ),
    Worked(
        "graduates_need_help",
        built(make.graduate, intention=Intention.NEEDS_HELP),
        1,
        built(make.graduate, intention=Intention.NEEDS_HELP, registered_on=DAY_AFTER),
    ),
    Worked("internships", help_of(K.INTERNSHIP), 1, help_of(K.TRAINING)),
    Worked("trainings", help_of(K.TRAINING), 1, help_of(K.CERTIFICATE)),
    Worked("certificates", help_of(K.CERTIFICATE), 1, help_of(K.CERTIFICATE, given_on=DAY_AFTER)),
    Worked("job_events", built(make.event, kind=EventKind.OTHER_EVENT), 1, offer()),
    Worked("event_posts", built(make.event, posts=25), 25, built(make.event, held_on=DAY_AFTER)),
    Worked("employer_posts", offer(posts=8), 8, built(make.event, posts=8)),
    Worked("startup_guidance", help_of(K.STARTUP_GUIDANCE), 1, help_of(K.STARTUP_TRAINING)),
    Worked("startup_trainings", help_of(K.STARTUP_TRAINING), 1, help_of(K.STARTUP_GUIDANCE)),
    Worked("microloans", help_of(K.MICROLOAN, amount=YUAN), 1, help_of(K.JOB_GRANT, amount=YUAN)),
    Worked("microloan_amount", help_of(K.MICROLOAN, amount=YUAN), YUAN, help_of(K.PLACEMENT, amount=YUAN)),
    Worked("policies", help_of(K.POLICY), 1, help_of(K.POLICY, given_on=LAST_YEAR)),
    Worked("placements", help_of(K.PLACEMENT), 1, help_of(K.POLICY)),
    Worked("job_grants", help_of(K.JOB_GRANT, amount=YUAN), 1, help_of(K.MICROLOAN, amount=YUAN)),
    Worked(
        "job_grant_amount",
        help_of(K.JOB_GRANT, amount=YUAN),
        YUAN,
        help_of(K.JOB_GRANT, amount=YUAN, given_on=DAY_AFTER),
    ),
    Worked(
        "fresh_unsigned_local",
        built(make.graduate, origin=Location.ELSEWHERE, contract_on=DAY_AFTER),
        1,
        built(make.graduate, school_location=Location.ELSEWHERE),
    ),
    Worked(
        "past_unemployed",
        built(make.graduate, graduated_on=LAST_YEAR, intention=Intention.SELF_PLACED),
        1,
        built(make.graduate, graduated_on=LAST_YEAR, contract_on=date(2014, 8, 31)),
    ),
]


def derived(campaign: Campaign, union: Union, *slugs: str) -> list:
    values = derive(campaign, union, make.AS_OF, figures=[figure(slug) for slug in slugs])
    return [values[slug] for slug in slugs]


def test_every_figure_is_worked_by_hand():
    assert [worked.slug for worked in WORKED] == [f.slug for f in FIGURES]


@pytest.mark.parametrize("worked", WORKED, ids=lambda worked: worked.slug)
def test_figure_counts_what_it_should_and_nothing_near_it(worked, unit, year_2014):
    assert derived(year_2014, unit, worked.slug) == [figure(worked.slug).measure.value(None)]
    worked.counts(unit)
    assert derived(year_2014, unit, worked.slug) == [worked.value]
    worked.misses(unit)
    assert derived(year_2014, unit, worked.slug) == [worked.value]


@pytest.mark.parametrize(
    ("filed_on", "closed_on", "counted"),
    [
        (date(2013, 3, 1), None, 1),
        (date(2014, 8, 31), None, 1),  # filed on the cut-off
        (date(2014, 9, 1), None, 0),
        (date(2013, 3, 1), date(2014, 5, 1), 1),  # closed in mid-window: stays in
        (date(2013, 3, 1), date(2014, 1, 1), 1),  # closed on the first day
        (date(2013, 3, 1), date(2013, 12, 31), 0),
    ],
)
def test_household_on_file_decides_entries_and_graduates(unit, year_2014, filed_on, closed_on, counted):
    household = make.household(unit, filed_on=filed_on, closed_on=closed_on)
    make.entry(unit, child=make.child(unit, household=household))
    make.graduate(unit, household=household)
    assert derived(year_2014, unit, "advanced", "graduates") == [counted, counted]


@pytest.mark.parametrize(("closed_on", "counted"), [(date(2014, 1, 1), 1), (date(2013, 12, 31), 0)])
def test_graduate_tracked_until_the_window_begins_counts(unit, year_2014, closed_on, counted):
    make.graduate(unit, closed_on=closed_on)
    assert derived(year_2014, unit, "graduates", "fresh_unsigned_local") == [counted, counted]


def test_household_that_changes_after_approval_changes_no_figure(unit, year_2014):
    household = make.household(unit)
    make.payment(unit, child=make.child(unit, household=household))
    Household.objects.filter(pk=household.pk).update(worker_category=WorkerCategory.MIGRANT, closed_on=date(2014, 8, 1))
    assert derived(year_2014, unit, "aided", "paid", "migrant_aided", "migrant_paid") == [1, YUAN, 0, 0]


def test_migrant_single_mother_counts_in_lines_5_and_6(unit, year_2014):
    make.payment(unit, **MIGRANT, **MOTHER)
    slugs = ("migrant_aided", "migrant_paid", "single_mother_aided", "single_mother_paid")
    assert derived(year_2014, unit, *slugs) == [1, YUAN, 1, YUAN]


def test_child_paid_twice_is_one_child(unit, year_2014):
    case = make.case(unit)
    make.payment(unit, case=case)
    make.payment(unit, case=case, amount=Decimal("0.01"))
    assert derived(year_2014, unit, "aided", "paid") == [1, Decimal("520.49")]


def test_payment_this_year_of_last_years_case_counts_in_neither_year(unit, year_2014):
    make.payment(unit, year=2013)
    assert derived(year_2014, unit, "aided", "paid") == [0, 0]
    assert derive(make.campaign(2013), unit)["paid"] == 0


def test_case_rejected_is_not_aided(unit, year_2014):
    make.payment(unit, case=make.case(unit, status=CaseState.WITHDRAWN))
    assert derived(year_2014, unit, "aided", "aided_secondary") == [0, 0]


def test_case_closed_after_follow_up_is_still_aided(unit, year_2014):
    make.payment(unit, case=make.case(unit, status=CaseState.CLOSED))
    assert derived(year_2014, unit, "aided") == [1]


def test_entry_after_the_cut_off_hides_no_earlier_one(unit, year_2014):
    child = make.child(unit)
    make.entry(unit, child=child, stage=Stage.JUNIOR, entered_on=date(2014, 2, 1))
    make.entry(unit, child=child, stage=Stage.SENIOR, entered_on=DAY_AFTER)
    assert derived(year_2014, unit, "advanced", "advanced_basic", "advanced_secondary") == [1, 1, 0]


def test_assistance_counts_of_a_graduate_who_is_not_tracked(unit, year_2014):
    graduate = make.graduate(unit, closed_on=LAST_YEAR)
    make.assistance(unit, graduate=graduate, kind=K.INTERNSHIP)
    assert derived(year_2014, unit, "graduates", "internships") == [0, 1]


def test_past_graduate_who_studies_on_is_past_but_not_unemployed(unit, year_2014):
    make.graduate(unit, graduated_on=LAST_YEAR, intention=Intention.FURTHER_STUDY)
    assert derived(year_2014, unit, "graduates_past", "past_unemployed") == [1, 0]


def test_employer_contacted_by_two_units_counts_in_both(units, year_2014):
    for unit in units:
        make.practice_post(unit)
    city = Union.objects.get(depth=1)
    assert [derived(year_2014, union, "practice_employers") for union in (*units, city)] == [[1], [1], [2]]


def test_employer_contacted_by_two_unions_of_one_unit_counts_once(unit, year_2014):
    below = Union.objects.get(path__startswith=unit.path, depth=3)
    make.practice_post(unit)
    make.practice_post(below)
    assert derived(year_2014, unit, "practice_employers", "practice_posts") == [1, 8]
    assert derived(year_2014, below, "practice_employers", "practice_posts") == [1, 4]


def test_union_counts_itself_and_everything_below(units, year_2014):
    below = Union.objects.get(path__startswith=units[0].path, depth=3)
    make.payment(below)
    assert [derived(year_2014, union, "aided") for union in (below, *units)] == [[1], [1], [0]]


def test_union_beside_the_reporting_units_is_in_no_total(units, year_2014):
    city = Union.objects.get(depth=1)
    outside = Union.objects.add_child(city, {"code": "X", "name": "市直属基层工会", "kind": "grassroots"})
    make.payment(outside)
    make.payment(units[0])
    assert derived(year_2014, city, "aided", "paid") == [1, YUAN]


def test_cut_off_is_never_past_the_end_of_the_campaign(unit, year_2014):
    make.contribution(unit, received_on=date(2014, 12, 31))
    make.contribution(unit, received_on=date(2015, 1, 1))
    assert derive(year_2014, unit, date(2015, 6, 30))["raised"] == Decimal("7979.40")


def test_window_before_the_campaign_is_empty(unit, year_2014):
    make.contribution(unit)
    assert derive(year_2014, unit, date(2013, 6, 30))["raised"] == 0


def test_sums_are_exact_over_many_amounts(unit, year_2014):
    for _turn in range(30):
        make.contribution(unit, amount=Decimal("0.10"))
    make.contribution(unit, amount=Decimal("999999999999.99"))
    assert derived(year_2014, unit, "raised") == [Decimal("1000000000002.99")]


def test_derive_units_agrees_with_derive(units, year_2014):
    for position, unit in enumerate(units):
        for worked in WORKED[position::2]:
            worked.counts(unit)
    city = derive_units(year_2014, make.AS_OF)
    assert list(city.units) == units
    for unit in units:
        assert city.units[unit] == derive(year_2014, unit, make.AS_OF)
    assert city.total == derive(year_2014, Union.objects.get(depth=1), make.AS_OF)
    assert city.total == {f.slug: city.units[units[0]][f.slug] + city.units[units[1]][f.slug] for f in FIGURES}


def test_derive_units_of_some_units_only(units, year_2014):
    for unit in units:
        make.payment(unit)
    city = derive_units(year_2014, make.AS_OF, units=units[1:])
    assert list(city.units) == units[1:]
    assert city.total["aided"] == 1
