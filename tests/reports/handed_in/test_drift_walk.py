"""Random walks of imports, forms, moves of a union, transfers, voidings, payments and returned money.

After every step three things hold that are worked out here from the rows, without the portal's own questions: no ledger
is below zero on any day; the figures are a recount; drift lists exactly what is no longer as it was handed in, names
records that were touched since, and who touched them last. What must be refused is refused.
"""

import itertools
from collections import defaultdict
from contextlib import nullcontext, suppress
from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from aid.editing import CHILD_FORM, HOUSEHOLD_FORM
from aid.enums import FundSource, PaymentState, Stage
from aid.models import AidCase, CarriedFunds, Child, Contribution, Disbursement, Entry, Household
from aid.payments.balances import LEDGER
from aid.payments.contributions import CONTRIBUTION_FORM
from aid.payments.coverage import COVERAGE
from aid.transfers.services import offer_household, take_household
from aid.visits.counts import KeptVisits
from aid.voiding import VOIDING as AID_VOIDING
from employment.assistance.voiding import VOIDING as EMPLOYMENT_VOIDING
from employment.editing.job_event import JOB_EVENT_FORM
from employment.graduates.visit_plan import GROUPS
from employment.models import JobEvent
from employment.workbook import CASE_WORKBOOK
from portal.audit import By
from portal.models.voidable import all_of
from portal.records.editing import RecordRefused, change_record
from portal.records.voiding.services import VoidRefused, agree_to_void, ask_to_void
from portal.unions.loading import UnionListError, UnionRow, load_unions
from portal.workbook.importing.service import import_workbook
from reports.counting.derive import derive_units
from reports.counting.kept import FORM_FIGURES, FUNNEL_FIGURES, TURNING_FIGURES
from reports.handed_in.drift import CAME, CHANGED, CHANGED_COUNTS, WENT, changed_records, drift
from tests.factories import UserFactory
from tests.reports import builders as make
from tests.reports.getting_ready import frozen, ready
from tests.workbook.sheets import EVENT, FUNDS, HEADINGS, PAYMENT, CaseBook, write

WALKS, STEPS = 4, 10
SOCIAL = FundSource.SOCIAL
DAYS = [date(2014, 3, 1), date(2014, 5, 1), date(2014, 7, 1)]
UNITS, TURNS = st.integers(0, 1), st.integers(0, 99)
ANY_DAY, YUAN = st.sampled_from(DAYS), st.integers(1, 400)
VOIDING = AID_VOIDING | EMPLOYMENT_VOIDING
OTHERS = "其他单位人员"
# What is kept of each unit; what is kept for one person is compared in test_todos_kept.
KEPT = (
    *(figures.kept for figures in (FORM_FIGURES, FUNNEL_FIGURES, TURNING_FIGURES)),
    *(KeptVisits(group).kept for group in GROUPS),
    *(COVERAGE, LEDGER, CHANGED_COUNTS),
)


class Walk(RuleBasedStateMachine):
    """Two units with a union each, and a street that goes from one to the other."""

    cast: dict = {}

    def __init__(self):
        super().__init__()
        self.block = transaction.atomic()
        self.block._from_testcase = True  # results are kept in it, as they are outside of a transaction
        self.block.__enter__()
        self.units = [self.cast["district"], self.cast["foreign_district"]]
        self.street, self.home = self.cast["grassroots"], 0  # where the street is now
        self.clerks, self.leads = self.cast["clerks"], self.cast["leads"]
        self.refresh()
        self.serial = itertools.count(1)
        self.acts: list[tuple] = []  # serial, (model, pk), the field that was changed or "", who
        self.sent: dict[int, tuple] = {}  # by unit: submission, serial, facts
        for union, clerk in ((self.street, self.clerks[0]), (self.cast["theirs"], self.clerks[1])):
            self.family(union, clerk)
        for unit in (0, 1):
            self.send(unit)

    def refresh(self):
        """The unions as the database has them: a walk before, or a move, left them elsewhere."""
        for union in (self.street, *self.units, *(person.union for person in (*self.clerks, *self.leads))):
            union.refresh_from_db()

    def family(self, union, clerk):
        """One that is paid, one that may be transferred, and money."""
        case = make.case(union, standard=Decimal(10**6))
        child = make.child(union)
        entry = make.entry(union, child=child, entered_on=DAYS[1], stage=Stage.SENIOR)
        money = make.contribution(union, source=SOCIAL, amount=Decimal(500), received_on=DAYS[0])
        paid = make.payment(union, case=case, source=SOCIAL, amount=Decimal(100), paid_on=DAYS[1])
        for record in (case.child.household, case.child, case, child.household, child, entry, money, paid):
            make.change(record, clerk)

    def teardown(self):
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    # What the model knows without asking the portal.

    def unit_of(self, record) -> int:
        if record.union_id == self.street.pk:
            return self.home
        return 0 if record.union_id == self.units[0].pk else 1

    def of(self, model, unit) -> list:
        found = all_of(model).select_related("union").order_by("pk")
        return [r for r in found if self.unit_of(r) == unit and not getattr(r, "voided_at", None)]

    def one(self, model, unit, turn):
        found = self.of(model, unit)
        return found[turn % len(found)] if found else None

    def ledgers(self) -> dict:
        """By unit and source the days with what came in and went out."""
        found = defaultdict(lambda: defaultdict(Decimal))
        for unit in (0, 1):
            for raised in self.of(Contribution, unit):
                found[unit, raised.source][raised.received_on] += raised.confirmed_amount
            for paid in self.of(Disbursement, unit):
                if paid.status == PaymentState.PAID:
                    found[unit, paid.source][paid.paid_on] -= paid.amount
            for carried in self.of(CarriedFunds, unit):
                found[unit, carried.source][carried.carried_on] += carried.amount
        return found

    def is_short(self, *more: tuple) -> bool:
        """Whether some ledger would be below zero on some day with `more`: unit, source, day, amount."""
        found = self.ledgers()
        for unit, source, day, amount in more:
            found[unit, source][day] += amount
        return any(
            total < 0
            for days in found.values()
            for total in itertools.accumulate(amount for _day, amount in sorted(days.items()))
        )

    def facts(self, unit) -> dict:
        """What counts for a unit in 2014, and what stands in its lists; None for the name of a child elsewhere."""
        found = {}
        for each in self.of(Contribution, unit):
            found["contributions", each.pk] = (each.number, each.received_on, each.source, each.amount)
        for each in self.of(JobEvent, unit):
            found["events", each.pk] = (each.number, each.held_on, each.kind, each.title, each.posts)
        for each in self.of(Entry, unit):
            found["entries", each.pk] = (each.number, each.stage, each.entered_on, self.name_of(each.child, unit))
        for each in self.of(Disbursement, unit):
            if each.status == PaymentState.PAID:
                name = self.name_of(each.case.child, unit)
                found["disbursements", each.pk] = (each.number, each.paid_on, each.amount, name)
                found["cases", each.case_id] = (each.case.number, name)
        return found

    def name_of(self, child, unit):
        return child.name if self.unit_of(child) == unit else None

    def touch(self, record, who, field=""):
        """That `who` changed `field` of `record`, or made, moved or took the whole of it."""
        self.acts.append((next(self.serial), (type(record), record.pk), field, who))

    # What people do.

    def attempt(self, refused: bool, act, *errors):  # noqa: FBT001  the model's answer
        """Do `act`, which must be refused exactly if the model says so; whether it was done."""
        if refused:
            with pytest.raises(errors), transaction.atomic():
                act()
            return False
        act()
        return True

    def bring(self, unit, title, *cells):
        number = f"W{next(self.serial)}" if cells[0] is None else cells[0]
        book = CaseBook({title: [dict(zip(HEADINGS[title], (number, *cells[1:]), strict=True))]})
        path = write(book, self.cast["folder"] / f"{number}.xlsx")
        return number, import_workbook(path, workbook=CASE_WORKBOOK, unit=self.units[unit], by=By(self.clerks[unit]))

    @rule(unit=UNITS, day=ANY_DAY, amount=YUAN, fair=st.booleans())
    def import_rows(self, unit, day, amount, fair):
        code = self.units[unit].code
        cells = (
            (EVENT, None, code, day, "招聘会", "招聘会", None, amount)
            if fair
            else (FUNDS, None, code, day, "社会捐助", amount, None, None)
        )
        number, outcome = self.bring(unit, *cells)
        assert outcome.errors == []
        self.touch((JobEvent if fair else Contribution).objects.get(number=number), self.clerks[unit])

    @rule(unit=UNITS, turn=TURNS, day=ANY_DAY, amount=YUAN)
    def pay(self, unit, turn, day, amount):
        if (case := self.one(AidCase, unit, turn)) is None:
            return
        short = self.is_short((unit, SOCIAL, day, -amount))
        number, outcome = self.bring(unit, PAYMENT, None, case.number, day, amount, "社会捐助", "现金", "已发放", None)
        assert bool(outcome.errors) == short
        if not short:
            self.touch(Disbursement.objects.get(number=number), self.clerks[unit])

    @rule(unit=UNITS, turn=TURNS)
    def money_comes_back(self, unit, turn):
        paid = [each for each in self.of(Disbursement, unit) if each.status == PaymentState.PAID]
        if not paid:
            return
        each = paid[turn % len(paid)]
        cells = (each.case.number, each.paid_on, each.amount, "社会捐助", "现金", "发放失败", None)
        _number, outcome = self.bring(unit, PAYMENT, each.number, *cells)
        assert outcome.errors == []
        self.touch(each, self.clerks[unit], "状态")

    @rule(unit=UNITS, turn=TURNS, amount=YUAN, lead=st.booleans())
    def correct_by_form(self, unit, turn, amount, lead):
        raised = self.one(Contribution, unit, turn)
        if raised is None or raised.amount == amount:
            return
        who = self.clerks[unit]
        short = self.is_short((unit, SOCIAL, raised.received_on, min(0, amount - raised.confirmed_amount)))
        change = {"values": {"amount": Decimal(amount)}, "by": By(who)}
        if self.attempt(short, lambda: change_record(CONTRIBUTION_FORM, raised, **change), RecordRefused):
            self.touch(raised, who, "金额(元)")

    @rule(unit=UNITS, turn=TURNS, posts=YUAN, name=st.sampled_from(["王小明", "王大明", "李明"]))
    def mend_by_form(self, unit, turn, posts, name):
        event, child = self.one(JobEvent, unit, turn), self.one(Child, unit, turn)
        if event and event.posts != posts:
            change_record(JOB_EVENT_FORM, event, values={"posts": posts}, by=By(self.clerks[unit]))
            self.touch(event, self.clerks[unit], "岗位数")
        if child and child.name != name:
            change_record(CHILD_FORM, child, values={"name": name}, by=By(self.clerks[unit]))
            self.touch(child, self.clerks[unit], "姓名")

    @rule(with_funds=st.booleans(), name=st.sampled_from(["东湖纺织厂工会", "纺织厂工会"]), goes=st.booleans())
    def move_or_rename(self, with_funds, name, goes):
        target = 1 - self.home if goes else self.home
        row = UnionRow(2, self.street.code, name, "grassroots", self.units[target].code)
        moving = [each for model in RECORDS for each in all_of(model).filter(union=self.street)]
        self.home, before = target, self.home
        short = goes and not with_funds and self.is_short()
        self.home = before
        act = lambda: load_unions([row], with_funds=with_funds, by=By(self.cast["admin"]))  # noqa: E731
        if self.attempt(short, act, UnionListError):
            self.home = target
            for record in moving if goes else ():
                self.touch(record, self.cast["admin"])
        self.refresh()

    @rule(unit=UNITS, turn=TURNS)
    def transfer(self, unit, turn):
        paid = set(AidCase.objects.values_list("child__household", flat=True))
        homes = [home for home in self.of(Household, unit) if home.pk not in paid]
        if not homes:
            return
        home, taker = homes[turn % len(homes)], self.clerks[1 - unit]
        offered = offer_household(home, to=taker.union, reason="职工调动", by=By(self.clerks[unit]))
        goes = [home, *all_of(Child).filter(household=home), *all_of(Entry).filter(child__household=home)]
        take_household(offered, union=taker.union, number="", editing=HOUSEHOLD_FORM, by=By(taker))
        for record in goes:
            if all_of(type(record)).get(pk=record.pk).union_id != record.union_id:  # what is void stays
                self.touch(record, taker)

    @rule(unit=UNITS, turn=TURNS, model=st.sampled_from([JobEvent, Contribution, Entry]))
    def void(self, unit, turn, model):
        record = self.one(model, unit, turn)
        if record is None:
            return
        is_money = model is Contribution
        short = is_money and self.is_short((unit, record.source, record.received_on, -record.confirmed_amount))
        with suppress(VoidRefused) if short else transaction.atomic(), transaction.atomic():
            asked = ask_to_void(record, VOIDING[model], reason="duplicate", by=By(self.clerks[unit]))
            if is_money:
                agree_to_void(asked, VOIDING[model], by=By(self.leads[unit]))
            self.touch(record, self.leads[unit] if is_money else self.clerks[unit], "作废时间")
            assert not short

    @rule(unit=UNITS)
    def hand_in(self, unit):
        self.send(unit)

    def send(self, unit):
        submission = frozen(ready(self.cast["campaign"], self.units[unit]))
        self.sent[unit] = submission, next(self.serial), self.facts(unit)

    # What must hold.

    @invariant()
    def no_ledger_is_below_zero(self):
        assert not self.is_short()

    @invariant()
    def figures_are_a_recount(self):
        counted = derive_units(self.cast["campaign"]).units
        for unit, union in enumerate(self.units):
            rows = defaultdict(list)
            for (name, _pk), row in self.facts(unit).items():
                rows[name].append(row)
            values = counted[union]
            assert values["raised"] == values["raised_social"] == sum(row[3] for row in rows["contributions"])
            assert values["paid"] == sum(row[2] for row in rows["disbursements"])
            assert values["aided"] == len(rows["cases"])
            assert values["advanced"] == len(rows["entries"])
            assert values["job_events"] == len(rows["events"])
            assert values["event_posts"] == sum(row[4] for row in rows["events"])

    @invariant()
    def what_is_kept_is_what_is_counted_anew(self):
        campaign, paths = self.cast["campaign"], [unit.path for unit in self.units]
        for kept in KEPT:
            counted = kept.count(campaign, campaign.ends_on, None)
            told = {path: counted.get(path, kept.nothing) for path in paths}
            assert kept.of_units(campaign, campaign.ends_on, paths) == told, kept.what

    @invariant()
    def drift_is_what_changed_and_by_whom(self):
        for unit, (submission, serial, then) in self.sent.items():
            now, found = self.facts(unit), drift(submission)
            kinds = {key: kind for key in {**then, **now} if (kind := _kind(then.get(key), now.get(key)))}
            assert {(each.fact.name, each.pk): each.kind for each in found} == kinds
            assert changed_records(self.cast["campaign"], [submission.pk]) == {submission.pk: len(kinds)}
            for each in found:
                assert each.causes
                for cause in each.causes:
                    for field in cause.fields or [""]:
                        assert cause.by in self.hands(cause, field, serial, unit), (each, cause, field)

    def hands(self, cause, field, since, unit) -> list[str]:
        """Who may be named: the last who changed the field, or anybody who made, moved or took the record."""
        done = [act for act in self.acts if act[0] > since and act[1:3] == ((cause.model, cause.pk), field)]
        return [self.shown(who, unit) for *_what, who in (done[-1:] if field else done)]

    def shown(self, who, unit) -> str:
        """The name of those within the unit or above it."""
        return who.name if who.union.is_city or who in (self.clerks[unit], self.leads[unit]) else OTHERS


RECORDS = (Household, Child, Entry, AidCase, Disbursement, Contribution, JobEvent)


def _kind(before, after) -> str:
    if before is None or after is None:
        return WENT if before else CAME
    both = [(old, new) for old, new in zip(before, after, strict=True) if None not in (old, new)]
    return CHANGED if any(old != new for old, new in both) else ""


@pytest.fixture
def walk(
    tmp_path, year_2014, district, foreign_district, grassroots, foreign_grassroots, clerk, lead, foreign_clerk, admin
):
    """Walk at random; raises what does not hold."""
    Walk.cast = {
        "campaign": year_2014,
        "district": district,
        "foreign_district": foreign_district,
        "grassroots": grassroots,
        "theirs": foreign_grassroots,
        "clerks": [clerk, foreign_clerk],
        "leads": [lead, UserFactory(role="lead", name="赵审核", union=foreign_district)],
        "admin": admin,
        "folder": tmp_path,
    }
    how = settings(
        max_examples=WALKS,
        stateful_step_count=STEPS,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    return lambda: run_state_machine_as_test(Walk, settings=how)


def test_ledger_figures_kept_results_and_drift_hold_whatever_happens_in_whatever_order(walk):
    walk()


def test_the_walk_finds_a_write_that_raises_no_revision(walk, monkeypatch):
    monkeypatch.setattr("portal.keeping.bulk.raising", lambda _records: nullcontext())
    with pytest.raises(AssertionError):
        walk()
