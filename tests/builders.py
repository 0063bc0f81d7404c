"""Records of all kinds for tests of pages, on the builders of the figures' tests."""

import hashlib
from datetime import date
from decimal import Decimal

from aid.models import Document, Income, Member, Transfer, Visit
from portal.kept.revisions import raising
from portal.words.pinyin import initials
from tests.factories import UserFactory
from tests.reports import builders as make

CARD = "6222021001116245702"
TELEPHONE = "13816245702"
ADDRESS = "示范路 16245 弄"
CAUSE = "患病一六二四五"


def visit(union, **fields) -> Visit:
    who = fields.pop("person", None) or make.person()
    values = {"number": make.number("W"), "visited_on": date(2014, 7, 20), "visitor": "走访人甲", "ways": "talk,books"}
    record = Visit(person=who, **values | fields)
    record.place_in(union)
    with raising([record]):
        record.save()
    return record


def household(union, name: str = "曾建国", **fields):
    """A household with every sensitive field filled."""
    sensitive = {"bank_card": CARD, "telephone": TELEPHONE, "address": ADDRESS, "cause": CAUSE}
    return make.household(union, **{"worker_name": name, "worker_initials": initials(name)} | sensitive | fields)


def child(union, name: str = "曾小丽", **fields):
    return make.child(union, **{"name": name, "initials": initials(name)} | fields)


def graduate(union, name: str = "曾大学", **fields):
    return make.graduate(union, **{"name": name, "initials": initials(name)} | fields)


def member(union, home, name: str = "曾妻") -> Member:
    made = Member(household=home, name=name, relation="配偶")
    made.place_in(union)
    made.save()
    return made


def income(union, home, year: int = 2013, **fields) -> Income:
    made = Income(household=home, year=year, amount=Decimal(20000), people=3, **fields)
    made.place_in(union)
    made.save()
    return made


def document(home, kind: str = "identity", name: str = "身份证.pdf", content: bytes = b"%PDF-1.4 %%EOF") -> Document:
    uploader = UserFactory(union=home.union, name="上传人")
    digest = hashlib.sha256(content).hexdigest()
    values = {"file_name": name, "content_type": "application/pdf", "content": content, "digest": digest}
    return Document.objects.create(household=home, kind=kind, size=len(content), uploaded_by=uploader, **values)


def transfer(home, to, state: str = "offered") -> Transfer:
    made = Transfer(household=home, to_union=to, to_path=to.path, state=state, begun_by=UserFactory(union=home.union))
    made.place_with(home)
    made.save()
    return made


def one_of_each(union, mark: str = "") -> dict:
    """A family with everything, by url name; `mark` stands in every text that names somebody or something."""
    home = household(union, f"{mark}曾建国", employer=f"{mark}纺织厂", cause=f"{mark}{CAUSE}")
    daughter = child(union, f"{mark}曾小丽", household=home, school=f"{mark}中学")
    son = graduate(union, f"{mark}曾大学", household=home, school=f"{mark}大学")
    case = make.case(union, child=daughter, number=make.number(f"{mark}A"), sponsor=f"{mark}结对方")
    return {
        "household": home,
        "child": daughter,
        "graduate": son,
        "aidcase": case,
        "entry": make.entry(union, child=daughter, number=make.number(f"{mark}E")),
        "disbursement": make.payment(union, case=case, number=make.number(f"{mark}D"), voucher=f"{mark}V1"),
        "contribution": make.contribution(union, number=make.number(f"{mark}F"), donor=f"{mark}出资方"),
        "visit": visit(union, person=daughter.person, number=make.number(f"{mark}W"), visitor=f"{mark}走访人"),
        "practicepost": make.practice_post(union, number=make.number(f"{mark}P"), employer=f"{mark}机械厂"),
        "assistance": make.assistance(
            union, graduate=son, number=make.number(f"{mark}J"), kind="training", provider=f"{mark}培训中心"
        ),
        "member": member(union, home, f"{mark}曾妻"),
        "income": income(union, home, note=f"{mark}打零工"),
        "jobevent": make.event(union, number=make.number(f"{mark}V"), title=f"{mark}招聘会"),
    }


KIND_NAMES = (
    "household",
    "child",
    "graduate",
    "aidcase",
    "entry",
    "disbursement",
    "contribution",
    "visit",
    "practicepost",
    "assistance",
    "jobevent",
    "member",
    "income",
)
