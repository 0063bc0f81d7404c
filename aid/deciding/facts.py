"""What the decider of a case has to know: of many cases it takes as many queries as of one."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, Sum
from django.utils.functional import cached_property

from aid.casework.departures import Departure, departures
from aid.casework.posted import without_photo
from aid.deciding.changes import changed_since_notice
from aid.deciding.twice import Shared, named_twice
from aid.enums import CaseState, DocumentKind, PaymentState, Policy, PolicyOutcome
from aid.households.papers import missing
from aid.models import AidCase, CaseEvent, Disbursement, Document, Income, MinimumIncome, Objection, PolicyAid
from aid.models.casework.case_lists import APPROVED_STATES, UNDER_WAY
from aid.models.casework.passing import BEFORE, check_that_stands
from aid.standards.granted import Usual, granted
from portal.models import User
from portal.unions.home_city import home_city

UNDECIDED_YET = (CaseState.DRAFT, *UNDER_WAY)
LIVE = (*APPROVED_STATES, *UNDECIDED_YET)
FEN = Decimal("0.01")
RELATED = ("campaign", "union", "child__household", "child__person")


@dataclass(frozen=True)
class IncomeFacts:
    """Yuan a head and month, and the line it is held against: that of the year, or the latest before; None for none."""

    per_head: Decimal
    line: Decimal | None
    line_year: int

    @property
    def is_over(self) -> bool:
        return self.line is not None and self.per_head > self.line


@dataclass(frozen=True)
class PolicyFacts:
    """How many policies nobody has answered, how many were granted, the yuan they gave, and of these 民政教育救助.

    `kept` is what need not be paid back: all but loans.
    """

    unanswered: int
    granted: int
    amount: Decimal
    relief: Decimal = Decimal()
    kept: Decimal = Decimal()


@dataclass(frozen=True)
class PaperFacts:
    """The kinds of papers that are on file or were seen, and the words for what the checklist still asks for."""

    kinds: frozenset[str]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class CaseFacts:
    """One case with all that bears on it.

    `before` are the child's cases of other campaigns, `siblings` those of other children of the family, newest campaign
    first; `paid` is what the family was paid by campaign year, this case included. `shared` names other families with
    the same card or telephone; `changed` are the fields that were changed since the notice began, or since the check
    of a case that has no notice. `check` is the move by which it passed 初审, `usual` what the table that holds grants.
    """

    case: AidCase
    income: IncomeFacts | None
    before: tuple[AidCase, ...]
    siblings: tuple[AidCase, ...]
    paid: dict[int, Decimal]
    policies: PolicyFacts
    papers: PaperFacts
    shared: Shared
    changed: tuple[str, ...]
    departure: Departure | None
    usual: Usual | None
    has_photo: bool
    objections: tuple[Objection, ...]
    check: CaseEvent | None

    @cached_property
    def siblings_this_year(self) -> list[AidCase]:
        """Other children of the family with a case in the same campaign that was not turned down."""
        year = self.case.campaign_id
        return [case for case in self.siblings if case.campaign_id == year and case.status in LIVE]

    @property
    def others(self) -> list[AidCase]:
        """The child's other cases, and those of its brothers and sisters."""
        return [*self.before, *self.siblings]

    @property
    def paid_before(self) -> Decimal:
        """Yuan paid to the family in earlier campaigns."""
        year = self.case.campaign.year
        return sum((amount for paid_in, amount in self.paid.items() if paid_in < year), Decimal())


def facts_of(cases: Iterable[AidCase], user: User) -> list[CaseFacts]:
    """The facts of each of `cases`, in their order; read them `select_related(*RELATED)`.

    Of other cases and families `user` learns what the own scope holds, of a shared card or telephone the unit besides.
    """
    cases = list(cases)
    homes = {case.child.household_id for case in cases}
    incomes, kin, paid = _incomes(cases), _kin(cases, homes, user), _paid(homes, user)
    policies, papers, objections, checks = _policies(cases), _papers(homes), _objections(cases), _checks(cases)
    shared, changed = named_twice(cases, user), changed_since_notice(cases, user)
    tables = granted(cases)
    apart = {departure.case.pk: departure for departure in departures(cases, tables)}
    unseen = {case.pk for case in without_photo(cases)}
    return [
        CaseFacts(
            case=case,
            income=incomes.get(case.pk),
            before=tuple(
                other for other in kin[case.child.household_id] if other.person_id == case.person_id and other != case
            ),
            siblings=tuple(other for other in kin[case.child.household_id] if other.person_id != case.person_id),
            paid=paid[case.child.household_id],
            policies=policies[case.pk],
            papers=papers[case.child.household_id],
            shared=shared[case.child.household_id],
            changed=changed.get(case.pk, ()),
            departure=apart.get(case.pk),
            usual=tables.of(case),
            has_photo=case.pk not in unseen,
            objections=tuple(objections[case.pk]),
            check=check_that_stands(checks[case.pk]),
        )
        for case in cases
    ]


def _incomes(cases: list[AidCase]) -> dict[int, IncomeFacts]:
    """By case the income of the latest year up to its campaign, else what the file says of a month."""
    homes = {case.child.household_id for case in cases}
    yearly = defaultdict(list)
    for income in Income.objects.filter(household__in=homes).order_by("-year"):
        yearly[income.household_id].append(income)
    lines = dict(MinimumIncome.objects.filter(city=home_city()).values_list("year", "monthly"))
    found = {}
    for case in cases:
        home, year = case.child.household, case.campaign.year
        known = next((income for income in yearly[home.pk] if income.year <= year), None)
        if known:
            found[case.pk] = _against_line(known.per_head, known.year, lines)
        elif home.monthly_income is not None and home.family_size:
            per_head = (home.monthly_income / home.family_size).quantize(FEN)
            found[case.pk] = _against_line(per_head, year, lines)
    return found


def _against_line(per_head: Decimal, year: int, lines: dict[int, Decimal]) -> IncomeFacts:
    known = max((each for each in lines if each <= year), default=year)
    return IncomeFacts(per_head, lines.get(known), known)


def _kin(cases: list[AidCase], homes: set[int], user: User) -> dict[int, list[AidCase]]:
    """By household all cases of its children, and of the persons of `cases` wherever the child was on file then."""
    home_of = {case.person_id: case.child.household_id for case in cases}
    wanted = Q(child__household__in=homes) | Q(person__in=list(home_of))
    others = AidCase.objects.visible_to(user).filter(wanted).select_related("campaign", "child").with_payment()
    found = defaultdict(list)
    for other in others.order_by("-campaign__year", "pk"):
        home = other.child.household_id
        found[home if home in homes else home_of[other.person_id]].append(other)
    return found


def _paid(homes: set[int], user: User) -> dict[int, dict[int, Decimal]]:
    found: dict[int, dict[int, Decimal]] = defaultdict(dict)
    paid = Disbursement.objects.visible_to(user).filter(case__child__household__in=homes, status=PaymentState.PAID)
    by_year = paid.order_by().values_list("case__child__household", "case__campaign__year").annotate(Sum("amount"))
    for home, year, amount in by_year:
        found[home][year] = amount
    return found


def _policies(cases: list[AidCase]) -> dict[int, PolicyFacts]:
    granted = Q(outcome=PolicyOutcome.GRANTED)
    answers = PolicyAid.objects.filter(case__in=[case.pk for case in cases]).order_by().values_list("case")
    counted = answers.annotate(
        answered=Count("pk"),
        granted=Count("pk", filter=granted),
        given=Sum("amount", filter=granted),
        relief=Sum("amount", filter=granted & Q(policy=Policy.CIVIL_RELIEF)),
        kept=Sum("amount", filter=granted & ~Q(policy=Policy.STUDENT_LOAN)),
    )
    told = {
        case: PolicyFacts(len(Policy) - count, given, *(amount or Decimal() for amount in amounts))
        for case, count, given, *amounts in counted
    }
    return {case.pk: told.get(case.pk, PolicyFacts(len(Policy), 0, Decimal())) for case in cases}


def _papers(homes: set[int]) -> dict[int, PaperFacts]:
    kinds = defaultdict(set)
    for home, kind in Document.objects.filter(household__in=homes).values_list("household", "kind"):
        kinds[home].add(kind)
    return {home: _paper_facts(kinds[home]) for home in homes}


def _paper_facts(kinds: set[str]) -> PaperFacts:
    lacking = missing(kinds, has_children=True)
    return PaperFacts(frozenset(kinds), tuple(str(DocumentKind(kind).label) for kind in lacking))


def _objections(cases: list[AidCase]) -> dict[int, list[Objection]]:
    found = defaultdict(list)
    raised = Objection.objects.filter(noticed__case__in=[case.pk for case in cases]).select_related("noticed")
    for objection in raised.defer("raised_by", "text", "answer").order_by("pk"):
        found[objection.noticed.case_id].append(objection)
    return found


def _checks(cases: list[AidCase]) -> dict[int, list[CaseEvent]]:
    """By case its checks and what makes them void, the latest first."""
    found = defaultdict(list)
    telling = Q(move="check") | Q(state__in=BEFORE)
    events = CaseEvent.objects.filter(telling, case__in=[case.pk for case in cases]).select_related("actor")
    for event in events.order_by("-pk"):
        found[event.case_id].append(event)
    return found
