"""What is asked before a record is saved, and the form that is sent again after Back."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from aid.models import Sponsor, Visit
from tests import builders
from tests.factories import UserFactory
from tests.forms import create_address, doubts, opened, send

TWIN = "十分钟内刚登记过一条内容完全相同的记录，请核对是否重复登记。"
VISIT = {"visited_on": "2014-08-20", "visitor": "张三", "by_telephone": "否", "ways": ["谈心"], "needs": "学费"}


@pytest.fixture
def address(district):
    return create_address("visit", child=builders.child(district))


def test_record_that_equals_one_of_the_last_minutes_is_asked_about(client_of, clerk, address):
    client = client_of(clerk)
    assert send(client, address, **VISIT).status_code == 302
    asked = send(client, address, **VISIT)
    assert (doubts(asked), asked.context["form"].doubts[0].like) == ([TWIN], Visit.objects.get())
    assert 'name="confirmed"' in asked.text
    form = asked.context["form"]
    assert client.post(address, opened(client, address) | VISIT | {"confirmed": form.token}).status_code == 302
    assert Visit.objects.count() == 2


@pytest.mark.parametrize(
    "other", [{"visitor": "李四"}, {"needs": "生活费"}, {"visited_on": "2014-08-21"}, {"ways": ["谈心", "其他"]}]
)
def test_record_that_differs_is_not_asked_about(client_of, clerk, address, other):
    client = client_of(clerk)
    send(client, address, **VISIT)
    assert send(client, address, **VISIT | other).status_code == 302
    assert Visit.objects.count() == 2


def test_record_of_another_person_or_of_long_ago_is_not_asked_about(client_of, clerk, district, address):
    client = client_of(clerk)
    send(client, address, **VISIT)
    assert send(client, create_address("visit", child=builders.child(district)), **VISIT).status_code == 302
    Visit.history.update(history_date=timezone.now() - timedelta(minutes=10, seconds=1))
    assert send(client, address, **VISIT).status_code == 302
    assert Visit.objects.count() == 3


def test_form_sent_again_after_back_answers_with_its_record(client_of, clerk):
    client, address = client_of(clerk), create_address("sponsor")
    key = str(uuid.uuid4())
    again = f"{address}?form={key}"
    sponsor = {"kind": "企业", "name": "春雨公司", "union": clerk.union.code}
    form = opened(client, again)
    assert form["key"] == key
    saved = client.post(again, form | sponsor)
    made = Sponsor.objects.get()
    back = client.get(again)
    assert (back.context["form"]["key"].value(), back.context["saved_before"]) == (key, made)
    assert client.post(again, opened(client, again) | sponsor).url == saved.url
    changed = client.post(again, opened(client, again) | sponsor | {"name": "秋雨公司"})
    assert (changed.status_code, changed.context["saved_before"]) == (200, made)
    assert list(Sponsor.objects.all()) == [made]


def test_key_of_somebody_else_or_none_at_all_opens_a_form_of_its_own(client_of, clerk):
    key = str(uuid.uuid4())
    client, address = client_of(clerk), create_address("sponsor")
    client.post(
        address,
        opened(client, f"{address}?form={key}") | {"kind": "企业", "name": "春雨公司", "union": clerk.union.code},
    )
    assert client_of(UserFactory(union=clerk.union)).get(f"{address}?form={key}").context["saved_before"] is None
    assert client.get(f"{address}?form=x").context["saved_before"] is None


def test_box_beside_the_question_confirms_what_was_asked(client_of, clerk, address):
    client = client_of(clerk)
    send(client, address, **VISIT)
    asked = send(client, address, **VISIT)
    form = asked.context["form"]
    form.data = form.data.copy()
    assert client.post(address, dict(form.data.lists()) | {"confirmed": "x"}).status_code == 200
    assert client.post(address, dict(form.data.lists()) | {"confirmed": form.token}).status_code == 302
