"""Records of the way from school to work, for tests. Days are in 2014 unless told otherwise."""

from datetime import date

from aid.models import Child, Employer
from employment.models import Attendance, DeclinedProposal, Enquiry, Promise, Referral, RetentionCheck, Vacancy
from portal.models import Union
from portal.words.pinyin import initials
from portal.words.typed_words import claim_words
from tests import builders
from tests.factories import UserFactory
from tests.reports import builders as make


def _placed(record, union: Union):
    record.place_in(union)
    record.save()
    return record


def employer(union: Union, **fields) -> Employer:
    """An employer whose name no other has: names are unique in a unit."""
    values = {"number": make.number("Y"), "name": make.number("浦江机械厂")}
    made = _placed(Employer(**values | fields), union)
    claim_words([made])
    return made


def vacancy(union: Union, **fields) -> Vacancy:
    event = fields.pop("event", None) or make.event(union)
    of = fields.pop("employer", None) or employer(union)
    values = {"number": make.number("Z"), "title": "装配工", "posts": 3}
    values |= {"offered_on": date(2014, 7, 1), "closes_on": date(2014, 9, 30)}
    return _placed(Vacancy(event=event, employer=of, **values | fields), union)


def referral(union: Union, **fields) -> Referral:
    """An offer passed on and not answered."""
    to = fields.pop("graduate", None) or builders.graduate(union)
    of = fields.pop("vacancy", None) or vacancy(union)
    values = {"number": make.number("R"), "referred_on": date(2014, 7, 10)}
    return _placed(Referral(vacancy=of, graduate=to, **values | fields), union)


def retention_check(union: Union, **fields) -> RetentionCheck:
    """That the graduate still works there after three months."""
    placement = fields.pop("placement", None) or make.assistance(union, kind="placement")
    values = {"months": 3, "asked_on": date(2014, 10, 1), "employed": True, "asked_by": UserFactory(union=union)}
    return _placed(RetentionCheck(placement=placement, **values | fields), union)


def promise(union: Union, **fields) -> Promise:
    to = fields.pop("graduate", None) or builders.graduate(union)
    values = {"kind": "training", "promised_on": date(2014, 7, 1), "due_on": date(2014, 9, 30)}
    return _placed(Promise(graduate=to, person=to.person, **values | fields), union)


def attendance(union: Union, **fields) -> Attendance:
    event = fields.pop("event", None) or make.event(union)
    who = fields.pop("graduate", None) or builders.graduate(union)
    values = {"way": "ticked", "recorded_by": UserFactory(union=union)}
    return _placed(Attendance(event=event, graduate=who, **values | fields), union)


def student(union: Union, name: str = "曾毕业", *, year: int = 2014, stage: str = "bachelor", **fields) -> Child:
    """A child whose school ends on 1 July of `year`, with an approved case of that year: put forward as a graduate."""
    values = {"stage": stage, "school": "示例大学", "graduates_on": date(year, 7, 1)}
    child = builders.child(union, name, **values | fields)
    make.case(union, year, child=child, stage=stage)
    return child


def declined(child: Child, *, year: int = 2014, reason: str = "still_studying", text: str = "") -> DeclinedProposal:
    by = UserFactory(union=child.union)
    return _placed(DeclinedProposal(child=child, year=year, reason=reason, text=text, declined_by=by), child.union)


def enquiry(union: Union, name: str = "曾来电", **fields) -> Enquiry:
    """An open one; closed where it has an outcome."""
    values = {"number": make.number("H"), "received_on": date(2014, 7, 20), "channel": "hotline", "kind": "hardship"}
    values |= {"telephone": builders.TELEPHONE, "text": "丈夫患病，孩子上学有困难", "initials": initials(name)}
    if "outcome" in fields:
        values |= {"closed_on": date(2014, 7, 21), "closed_by": UserFactory(union=union)}
    return _placed(Enquiry(name=name, **values | fields), union)


def city_enquiry(city: Union, name: str = "曾来电", **fields) -> Enquiry:
    """One that the city's department took in, to be handed down."""
    waiting = {"outcome": "to_hand_down", "closed_on": None, "closed_by": None, "from_city": True}
    return enquiry(city, name, **waiting | fields)
