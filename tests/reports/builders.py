"""Case records for the tests of figures: every function makes one record that counts in 2014 unless told otherwise."""

import itertools
from datetime import date
from decimal import Decimal

from aid.enums import (
    AidMode,
    CaseState,
    Decision,
    FundSource,
    HardshipCategory,
    PaymentMethod,
    PaymentState,
    Stage,
    WorkerCategory,
)
from aid.models import AidCase, Child, Contribution, Disbursement, Entry, Household, Person, PracticePost
from employment.enums import Degree, EventKind, Intention, Location
from employment.models import Assistance, Graduate, JobEvent
from portal.identity import ID_CHECK_CHARACTERS, ID_WEIGHTS, clean_text
from portal.kept.revisions import raising
from portal.models import Campaign, Union

AS_OF = date(2014, 8, 31)
IN_WINDOW = date(2014, 7, 1)
_serial = itertools.count(1)


def number(prefix: str) -> str:
    return f"{prefix}{next(_serial):06d}"


def campaign(year: int = 2014) -> Campaign:
    return Campaign.objects.open(year)


def small_city(units: int = 2) -> list[Union]:
    """A city with `units` reporting units, each with one grassroots union; returns the reporting units."""
    city = Union.objects.add_root({"code": number("C"), "name": "测试市总工会", "kind": "city"})
    return [reporting_unit(city) for _turn in range(units)]


def reporting_unit(city: Union, name: str = "测试区总工会") -> Union:
    """A reporting unit of `city` with one grassroots union below it."""
    unit = Union.objects.add_child(city, {"code": number("U"), "name": name, "kind": "district"})
    Union.objects.add_child(unit, {"code": number("G"), "name": "测试基层工会", "kind": "grassroots"})
    return unit


def _saved(record, union: Union | None = None):
    if union is not None:
        record.place_in(union)
    for word in getattr(type(record), "typed_words", ()):
        word.settle([record])
    record.skip_history_when_saving = True
    with raising([record]):
        record.save()
    return record


def change(record, by=None, **values):
    """Save `record` with `values` as a service does: with a version that tells who."""
    for name, value in values.items():
        setattr(record, name, value)
    record._history_user = by
    vars(record).pop("skip_history_when_saving", None)  # the other builders write none
    with raising([record]):
        record.save()
    return record


def person(sex: str = "male") -> Person:
    """A person with a valid identity number of their own."""
    serial = next(_serial)
    digits = f"310101198{serial // 499 % 10}01{serial // 4990 % 28 + 1:02d}{serial % 499 * 2 + (sex == 'male'):03d}"
    total = sum(weight * int(digit) for weight, digit in zip(ID_WEIGHTS, digits, strict=True))
    made = Person.of(digits + ID_CHECK_CHARACTERS[total % 11])
    made.save()
    return made


def household(union: Union, **fields) -> Household:
    values = {
        "number": number("H"),
        "worker_name": "王建国",
        "worker_category": WorkerCategory.WORKER,
        "single_parent": False,
        "hardship_category": HardshipCategory.MINIMUM_INCOME,
        "filed_on": date(2013, 3, 1),
    }
    worker = fields.pop("worker", None) or person(fields.pop("sex", "male"))
    return _saved(Household(worker=worker, **values | fields), union)


def child(union: Union, **fields) -> Child:
    home = fields.pop("household", None) or household(union)
    values = {"name": "王小明", "stage": Stage.SENIOR, "on_file": home.closed_on is None}
    who = fields.pop("person", None) or person()
    return _saved(Child(person=who, household=home, **values | fields), union)


def entry(union: Union, **fields) -> Entry:
    of = fields.pop("child", None) or child(union)
    values = {"number": number("E"), "stage": Stage.SENIOR, "entered_on": IN_WINDOW}
    return _saved(Entry(child=of, **values | fields), union)


def case(union: Union, year: int = 2014, **fields) -> AidCase:
    """An approved case; `stage` is also what it is counted by, `category` and `single_mother` the rest of it."""
    of = fields.pop("child", None) or child(union)
    stage = fields.pop("stage", Stage.SENIOR)
    values = {
        "number": number("A"),
        "mode": AidMode.POLICY,
        "standard": Decimal(1000),
        "applied_on": date(year, 2, 1),
        "decided_on": date(year, 3, 1),
        "decision": Decision.APPROVED,
        "status": CaseState.APPROVED,
        "counted_stage": stage,
        "counted_category": fields.pop("category", WorkerCategory.WORKER),
        "counted_single": fields.get("single_mother", False),
        "counted_single_mother": fields.pop("single_mother", False),
    }
    return _saved(AidCase(child=of, person=of.person, campaign=campaign(year), stage=stage, **values | fields), union)


def payment(union: Union, **fields) -> Disbursement:
    """A paid disbursement of 520.48 yuan; what `case` takes goes to a case of its own."""
    ours = {
        name: fields.pop(name) for name in ("year", "stage", "category", "single_mother", "child") if name in fields
    }
    of = fields.pop("case", None) or case(union, **ours)
    values = {
        "number": number("D"),
        "paid_on": IN_WINDOW,
        "amount": Decimal("520.48"),
        "source": FundSource.UNION,
        "method": PaymentMethod.CARD,
        "status": PaymentState.PAID,
    }
    return _saved(Disbursement(case=of, **values | fields), union)


def contribution(union: Union, **fields) -> Contribution:
    """Confirmed, unless `confirmed_amount` says otherwise."""
    values = {
        "number": number("F"),
        "received_on": IN_WINDOW,
        "source": FundSource.UNION,
        "amount": Decimal("7979.40"),
    }
    values |= fields
    return _saved(Contribution(**{"confirmed_amount": values["amount"]} | values), union)


def practice_post(union: Union, **fields) -> PracticePost:
    """`employer` is brought to one form on entry, as every way into the portal does."""
    values = {"number": number("P"), "contacted_on": IN_WINDOW, "employer": "浦江机械厂", "posts": 4} | fields
    return _saved(PracticePost(**values | {"employer": clean_text(values["employer"])}), union)


def graduate(union: Union, **fields) -> Graduate:
    """A fresh graduate of a local school who needs help and has no contract."""
    home = fields.pop("household", None) or household(union)
    values = {
        "name": "王大学",
        "school_location": Location.LOCAL,
        "origin": Location.LOCAL,
        "degree": Degree.BACHELOR,
        "graduated_on": date(2014, 7, 1),
        "intention": Intention.NEEDS_HELP,
        "registered_on": date(2014, 3, 1),
    }
    who = fields.pop("person", None) or person()
    return _saved(Graduate(person=who, household=home, **values | fields), union)


def assistance(union: Union, **fields) -> Assistance:
    of = fields.pop("graduate", None) or graduate(union)
    values = {"number": number("J"), "given_on": IN_WINDOW}
    return _saved(Assistance(graduate=of, **values | fields), union)


def event(union: Union, **fields) -> JobEvent:
    values = {"number": number("V"), "held_on": IN_WINDOW, "kind": EventKind.JOB_FAIR, "title": "招聘会", "posts": 30}
    return _saved(JobEvent(**values | fields), union)
