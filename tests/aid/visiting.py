"""Follow-ups, photos, sponsors, placements and exemplars for tests."""

import hashlib
import itertools
from datetime import date
from decimal import Decimal

from stdnum.cn import uscc

from aid.models import (
    Activity,
    Exemplar,
    ExemplarFile,
    FollowUp,
    Organisation,
    Pairing,
    Participation,
    PracticePlacement,
    Project,
    ProjectGain,
    ProjectPayment,
    Sponsor,
    Visit,
    VisitPhoto,
)
from portal.models import Union
from tests import builders
from tests.factories import UserFactory
from tests.papers import PNG
from tests.reports import builders as make


def call(union: Union, **fields) -> Visit:
    return builders.visit(union, by_telephone=True, **fields)


def follow_up(visit: Visit, kind: str = "update_file", asked_on: date = date(2014, 7, 20)) -> FollowUp:
    made = FollowUp(visit=visit, person=visit.person, kind=kind, asked_on=asked_on)
    made.place_with(visit)
    made.save()
    return made


def photo(visit: Visit, content: bytes = PNG) -> VisitPhoto:
    uploader = UserFactory(union=visit.union)
    digest = hashlib.sha256(content).hexdigest()
    values = {"file_name": "门口.png", "content_type": "image/png", "content": content, "digest": digest}
    made = VisitPhoto(visit=visit, uploaded_by=uploader, **values)
    made.place_with(visit)
    made.save()
    return made


def follow_up_in(union: Union) -> dict:
    return {"pk": follow_up(builders.visit(union)).pk}


def photo_in(union: Union) -> dict:
    return {"pk": photo(builders.visit(union), b"photo").pk}


def aided(union: Union, home=None, **fields):
    """An approved case of 2014 of a child of `home`."""
    home = home or builders.household(union)
    return make.case(union, child=builders.child(union, household=home, **fields))


def _placed(record, union: Union):
    record.place_in(union)
    record.save()
    return record


def sponsor(union: Union, name: str = "春雨公司", **fields) -> Sponsor:
    values = {"number": make.number("X"), "kind": "enterprise", "name": name, "telephone": builders.TELEPHONE}
    return _placed(Sponsor(**values | fields), union)


def sponsor_of_its_own(union: Union) -> Sponsor:
    """Whose name no other sponsor has: names are unique in a unit."""
    return sponsor(union, make.number("春雨"))


def pairing(union: Union, **fields) -> Pairing:
    giver = fields.pop("sponsor", None) or sponsor_of_its_own(union)
    child = None if fields.get("household") else fields.pop("child", None) or builders.child(union)
    values = {"number": make.number("J"), "programme": "enterprises", "starts_on": date(2014, 3, 1)}
    return _placed(Pairing(sponsor=giver, child=child, **values | fields), union)


def placement(union: Union, **fields) -> PracticePlacement:
    post = fields.pop("post", None) or make.practice_post(union)
    child = fields.pop("child", None) or builders.child(union)
    values = {"number": make.number("B"), "starts_on": date(2014, 7, 1), "ends_on": date(2014, 7, 31)}
    return _placed(PracticePlacement(post=post, child=child, **values | fields), union)


def activity(union: Union, **fields) -> Activity:
    values = {"number": make.number("Y"), "kind": "tutoring_class", "title": "数学补习", "place": "东湖街道活动室"}
    return _placed(Activity(**values | {"held_on": date(2014, 7, 7), "hours": Decimal(2)} | fields), union)


def participation(union: Union, **fields) -> Participation:
    values = {"number": make.number("C"), "activity": activity(union), "child": builders.child(union)} | fields
    return _placed(Participation(**values), union)


def organisation(union: Union, **fields) -> Organisation:
    values = {"number": make.number("S"), "kind": "social_service", "name": make.number("晨曦社工服务中心")}
    return _placed(Organisation(**values | {"credit_code": credit_code()} | fields), union)


def project(union: Union, **fields) -> Project:
    runs = fields.pop("organisation", None) or organisation(union)
    values = {"number": make.number("K"), "title": "暑期课业辅导", "way": "purchased_service", "organisation": runs}
    bought = {"contract_number": "HT-2014-07", "contract_on": date(2014, 6, 1), "budget": Decimal(50000)}
    values |= {} if fields.get("way") == "volunteer_project" else bought
    return _placed(Project(**values | {"starts_on": date(2014, 7, 1), "state": "project_running"} | fields), union)


def project_payment(union: Union, **fields) -> ProjectPayment:
    of = fields.pop("project", None) or project(union)
    values = {"number": make.number("Q"), "project": of, "paid_on": date(2014, 7, 10), "amount": Decimal(20000)}
    return _placed(ProjectPayment(**values | fields), union)


def project_gain(union: Union, **fields) -> ProjectGain:
    values = {"number": make.number("E"), "what": "课业辅导 10 次"} | fields
    values["project"] = values.get("project") or project(union)
    values["child"] = values.get("child") or builders.child(union)
    return _placed(ProjectGain(**values), union)


_registered = itertools.count(310000001)


def credit_code() -> str:
    """A registration number that nobody had yet, of a 社会服务机构, with its check character."""
    body = f"52310000{next(_registered):09d}"
    return body + uscc.calc_check_digit(body)


def exemplar(union: Union, **fields) -> Exemplar:
    values = {"number": make.number("T"), "kind": "caring_company", "name": "春雨公司", "title": "十年如一日"}
    return _placed(Exemplar(**values | {"story": "每年资助十名学生。"} | fields), union)


def exemplar_file(of: Exemplar, kind: str = "picture", content: bytes = PNG) -> ExemplarFile:
    values = {"file_name": "照片.png", "content_type": "image/png", "content": content}
    digest = hashlib.sha256(content).hexdigest()
    uploader = UserFactory(union=of.union)
    return _placed(ExemplarFile(exemplar=of, kind=kind, digest=digest, uploaded_by=uploader, **values), of.union)


def public_exemplar_in(union: Union) -> dict:
    return {"pk": exemplar(union, consent_on=date(2014, 6, 1), published_on=date(2014, 6, 2)).pk}


def exemplar_file_in(union: Union) -> dict:
    return {"pk": exemplar_file(exemplar(union), content=b"picture").pk}
