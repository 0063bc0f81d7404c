"""Histories name whom and what a record refers to, as who looks may know it, in Chinese words."""

import re

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from aid.models import Household, Visit
from employment.models import Enquiry
from portal.models import UnionOwned
from portal.records.references import is_named
from portal.records.versions import is_told, told_of, versions
from tests import builders
from tests.aid.paying import case_to_pay, raised, released
from tests.reports import builders as make

pytestmark = pytest.mark.django_db
CHINESE = re.compile("[\u4e00-\u9fff]")
VERSIONED = [model for model in apps.get_models() if hasattr(model, "history") and issubclass(model, UnionOwned)]


def keep(record, actor, **changes):
    """Change a record as the services do, with a version."""
    for name, value in changes.items():
        setattr(record, name, value)
    record._history_user = actor
    record.__dict__.pop("skip_history_when_saving", None)
    record.save()


def told(record, user) -> dict[str, tuple]:
    """The changes of the newest version, by label."""
    newest = versions(record, user)[0]
    return {change.label: (change.told, change.old, change.new) for change in newest.changes}


@pytest.fixture
def visit(district, clerk):
    visit = builders.visit(district)
    keep(visit, clerk)
    return visit


@pytest.mark.parametrize("model", VERSIONED, ids=lambda model: model._meta.label)
def test_every_field_of_a_history_has_a_chinese_name(model):
    fields = list(told_of(model.history.model))
    assert fields
    assert [field.name for field in fields if not CHINESE.search(str(field.verbose_name))] == []


def test_history_of_a_batch_says_who_released_it(client_of, campaign, district, clerk, lead):
    raised(district, 9000)
    batch = released(campaign, clerk, lead, [case_to_pay(district)])
    assert told(batch, clerk)["复核人"] == (True, "", "李审核")
    page = client_of(clerk).get(reverse("paymentbatch_detail", args=[batch.pk])).text
    assert re.search("复核人：— → 李审核", page)


def test_people_of_other_units_are_not_named(campaign, district, clerk, lead, foreign_clerk):
    raised(district, 9000)
    batch = released(campaign, clerk, lead, [case_to_pay(district)])
    keep(batch, clerk, released_by=foreign_clerk)
    assert told(batch, clerk) == {"复核人": (True, "李审核", "其他单位人员")}


def test_records_are_named_within_the_scope_only(district, foreign_district, clerk):
    payment = make.payment(district)
    keep(payment, clerk)
    first, second, foreign = payment.case, make.case(district), make.case(foreign_district)
    keep(payment, clerk, case=second)
    assert told(payment, clerk) == {"助学申请": (True, first.number, second.number)}
    keep(payment, clerk, case=foreign)
    assert told(payment, clerk) == {"助学申请": (True, second.number, "（不在本单位）")}


def test_campaigns_and_unions_are_named(grassroots, district, clerk):
    case = make.case(grassroots)
    keep(case, clerk)
    keep(case, clerk, campaign=make.campaign(2013), union=district, union_path=district.path)
    assert told(case, clerk) == {"活动年度": (True, "2014", "2013"), "所属工会": (True, grassroots.name, district.name)}


def test_people_on_file_stay_behind_their_numbers(visit, clerk):
    keep(visit, clerk, person=make.person())
    assert told(visit, clerk) == {"走访对象": (False, "", "")}
    assert not is_named(Visit._meta.get_field("person"))
    assert not is_told(Household._meta.get_field("bank_card"))


def test_names_are_asked_for_once_for_all_versions(district, clerk):
    payment = make.payment(district)
    keep(payment, clerk)

    def queries() -> int:
        keep(payment, clerk, case=make.case(district))
        with CaptureQueriesContext(connection) as captured:
            versions(payment, clerk)
        return len(captured)

    assert queries() == queries() == queries()


def test_what_an_enquiry_became_has_a_name():
    fields = {field.name: str(field.verbose_name) for field in told_of(Enquiry.history.model)}
    assert (fields["household"], fields["case"], fields["graduate"]) == ("困难职工家庭", "助学申请", "高校毕业生")
