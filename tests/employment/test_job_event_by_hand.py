"""Events and offered posts entered by hand as by workbook; the season and the place, which only the browser knows."""

import pytest

from employment.models import JobEvent
from employment.workbook import CASE_WORKBOOK
from portal.workbook.importing.service import import_workbook
from tests.forms import create_address, edit_address, errors, send
from tests.lists import shown
from tests.workbook.sheets import EVENT, valid_book, write

pytestmark = pytest.mark.django_db

FIELDS = {column.heading: column.attribute for column in CASE_WORKBOOK.by_title[EVENT].columns}
FAIR = {"kind": "招聘会", "title": "春季招聘会", "held_on": "2014-03-15", "posts": "120", "union": "310001"}


def test_events_by_hand_as_by_workbook(client_of, clerk, district, grassroots, tmp_path):
    book = valid_book()
    assert import_workbook(write(book, tmp_path / "0.xlsx"), workbook=CASE_WORKBOOK, unit=district).errors == []
    values = ("number", "union", "union_path", "held_on", "kind", "title", "channel", "posts", "season", "place")
    by_workbook = list(JobEvent.objects.order_by("number").values_list(*values))
    assert len(by_workbook) == len(book[EVENT]) == 3
    JobEvent.objects.all().delete()
    client = client_of(clerk)
    for row in book[EVENT]:
        typed = {FIELDS[name]: str(cell) for name, cell in row.items() if cell is not None}
        assert send(client, create_address("jobevent"), **typed).status_code == 302
    assert list(JobEvent.objects.order_by("number").values_list(*values)) == by_workbook


def test_season_and_place_are_kept_and_found(client_of, clerk, district):
    client = client_of(clerk)
    assert send(client, create_address("jobevent"), **FAIR, season="春季职场", place="工人文化宫").status_code == 302
    made = JobEvent.objects.get()
    assert (made.season, made.place, made.union) == ("spring", "工人文化宫", district)
    assert shown(client, "jobevent", season="spring") == {made.number}
    assert shown(client, "jobevent", season="autumn") == set()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"kind": "岗位提供"}, "channel"),
        ({"kind": "招聘会", "channel": "劳模企业"}, "channel"),
        ({"kind": "其他就业服务活动", "channel": "劳模企业"}, "channel"),
        ({"kind": "岗位提供", "channel": "劳模企业", "season": "春季职场"}, "season"),
        ({"posts": "-1"}, "posts"),
        ({"posts": ""}, "posts"),
        ({"title": ""}, "title"),
        ({"held_on": "2014-02-30"}, "held_on"),
        ({"union": "310002"}, "union"),
    ],
)
def test_what_is_refused_is_said_beside_its_field(typed, field, client_of, clerk, district, foreign_district):
    answer = send(client_of(clerk), create_address("jobevent"), **FAIR | typed)
    assert answer.status_code == 200
    assert list(errors(answer)) == [field]
    assert not JobEvent.objects.exists()


def test_offer_of_a_channel_is_no_event(client_of, clerk, district):
    client = client_of(clerk)
    offer = FAIR | {"kind": "岗位提供", "channel": "劳模企业"}
    assert send(client, create_address("jobevent"), **offer).status_code == 302
    made = JobEvent.objects.get()
    assert send(client, edit_address(made), channel="社会爱心企业").status_code == 302
    assert JobEvent.objects.get().channel == "caring_enterprise"


def test_offer_that_becomes_a_fair_keeps_no_channel(client_of, clerk, district):
    client = client_of(clerk)
    send(client, create_address("jobevent"), **FAIR | {"kind": "岗位提供", "channel": "劳模企业"})
    made = JobEvent.objects.get()
    answer = send(client, edit_address(made), kind="招聘会")
    assert errors(answer) == {"channel": ["只有岗位提供才有渠道；类型为招聘会或其他活动的，请清空渠道"]}
    assert send(client, edit_address(made), kind="招聘会", channel="").status_code == 302
    made.refresh_from_db()
    assert (made.kind, made.channel) == ("job_fair", "")


def test_workbook_may_name_the_channel_of_a_fair(district, grassroots, tmp_path):
    book = valid_book()
    book[EVENT][0] |= {"类型": "招聘会", "渠道": "劳模企业"}
    assert import_workbook(write(book, tmp_path / "0.xlsx"), workbook=CASE_WORKBOOK, unit=district).errors == []
