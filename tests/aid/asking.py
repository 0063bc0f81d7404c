"""Offices, what they were asked and the papers of their answers, for tests."""

import hashlib
import itertools
from datetime import date

from aid.models import Office, OfficePaper, OfficeQuestion
from portal.models import Union
from tests import builders
from tests.factories import UserFactory
from tests.papers import PNG
from tests.reports import builders as make

_named = itertools.count(1)


def office(union: Union, **fields) -> Office:
    values = {"number": make.number("OB"), "kind": "civil_affairs", "name": f"区民政局救助科 {next(_named)}"}
    made = Office(**values | {"telephone": "021-63000000"} | fields)
    made.place_in(union)
    made.save()
    return made


def question(union: Union, **fields) -> OfficeQuestion:
    """Unanswered, about a family's worker unless `fields` say otherwise."""
    values = {"number": make.number("OW"), "subject": "是否享受低保", "asked_on": date(2014, 7, 1)}
    values |= {"due_on": date(2014, 7, 16)} | fields
    values["office"] = values.get("office") or office(union)
    home = values["household"] = values.get("household") or builders.household(union)
    values["person"] = values.get("person") or home.worker
    made = OfficeQuestion(**values)
    made.place_in(union)
    made.save()
    return made


def paper(of: OfficeQuestion, content: bytes = PNG) -> OfficePaper:
    digest = hashlib.sha256(content).hexdigest()
    values = {"file_name": "复函.png", "content_type": "image/png", "content": content, "digest": digest}
    made = OfficePaper(question=of, uploaded_by=UserFactory(union=of.union), **values)
    made.place_with(of)
    made.save()
    return made


def office_in(union: Union) -> dict:
    return {"pk": office(union).pk}


def question_in(union: Union) -> dict:
    return {"pk": question(union).pk}


def paper_in(union: Union) -> dict:
    return {"pk": paper(question(union), b"paper").pk}
