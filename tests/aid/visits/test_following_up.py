"""回访: a call after the payment leads to the follow-up of the case, and the follow-up shows what it rests on."""

from datetime import date

import pytest
from django.urls import reverse

from aid.models import AidCase, Disbursement
from portal.desk.todos import waiting_for
from tests import builders
from tests.aid.cases import versioned
from tests.aid.visiting import aided, call
from tests.forms import create_address, opened, send
from tests.reports import builders as make

pytestmark = pytest.mark.django_db
PAID_ON = date(2014, 6, 20)
NO_VISIT = "还没有走访或电话回访的记录"


@pytest.fixture
def case(district, campaign):
    """Approved, and paid on 20 June."""
    case = aided(district, name="曾小丽")
    make.payment(district, case=case, paid_on=PAID_ON)
    return case


def offered(client, visit) -> list[AidCase]:
    return list(client.get(reverse("visit_detail", args=[visit.pk])).context["to_follow_up"])


def test_call_that_is_saved_leads_to_the_follow_up_at_one_press(client_of, clerk, case):
    client = client_of(clerk)
    address = create_address("visit", child=case.child)
    page = client.get(send(client, address, by_telephone="是", needs="已收到").url)
    (told,) = page.context["to_follow_up"]
    visit = page.context["record"]
    assert (told, f'value="电话回访 {visit.number}"' in page.text) == (case, True)
    move = reverse("case_move", args=[case.pk, "follow_up"])
    assert f'action="{move}"' in page.text
    assert 'name="received_in_full"' in page.text
    said = {"received_in_full": "no", "received_on": ""}
    assert client.post(move, {"comment": f"电话回访 {visit.number}"} | said).status_code == 302
    case.refresh_from_db()
    event = case.events.get()
    assert (case.status, event.move, event.comment) == ("followed_up", "follow_up", f"电话回访 {visit.number}")
    assert (case.received_in_full, case.received_on) == (False, None)
    assert offered(client, visit) == []


@pytest.mark.parametrize(
    ("in_full", "on", "words"),
    [
        ("yes", "", "足额收到的，请填写收到日期。"),
        ("yes", "2099-01-01", "收到日期不能晚于今天。"),
        ("", "2014-06-21", "填了收到日期，请选择是否足额收到。"),
        ("no", "2014-06-19", "收到日期早于发放日期 2014-06-20，请核对。"),
    ],
)
def test_what_cannot_have_been_said_is_refused(client_of, clerk, case, in_full, on, words):
    move, typed = reverse("case_move", args=[case.pk, "follow_up"]), {"received_in_full": in_full, "received_on": on}
    answer = client_of(clerk).post(move, typed | {"comment": ""})
    assert [words in faults for faults in answer.context["form"].errors.values()] == [True]
    case.refresh_from_db()
    assert (case.status, case.received_on, case.received_in_full) == ("approved", None, None)


def test_only_a_call_after_the_payment_of_an_approved_case_leads_there(client_of, clerk, lead, district, case):
    client, child = client_of(clerk), case.child
    on_the_day = call(district, person=child.person, visited_on=PAID_ON)
    the_day_before = call(district, person=child.person, visited_on=date(2014, 6, 19))
    at_the_door = builders.visit(district, person=child.person, visited_on=PAID_ON)
    to_the_worker = call(district, person=child.household.worker, visited_on=PAID_ON)
    to_another = call(district, person=builders.child(district).person, visited_on=PAID_ON)
    visits = (on_the_day, the_day_before, at_the_door, to_the_worker, to_another)
    assert [offered(client, visit) for visit in visits] == [[case], [], [], [case], []]
    assert offered(client_of(lead), on_the_day) == []  # who keeps no records
    Disbursement.objects.update(status="pending")
    assert offered(client, on_the_day) == []


def follow_up_page(client, case):
    return client.get(reverse("case_move", args=[case.pk, "follow_up"]))


def test_follow_up_shows_the_visits_since_the_payment(client_of, clerk, district, foreign_district, case):
    person = case.child.person
    builders.visit(district, person=person, visited_on=date(2014, 6, 19))
    seen = builders.visit(district, person=person, visited_on=PAID_ON)
    called = call(district, person=case.child.household.worker, visited_on=date(2014, 7, 2))
    builders.visit(foreign_district, person=person, visited_on=date(2014, 7, 3))
    page = follow_up_page(client_of(clerk), case)
    assert list(page.context["visits"]) == [called, seen]
    assert NO_VISIT not in page.text


def test_without_a_visit_a_call_is_offered_first(client_of, clerk, case):
    client = client_of(clerk)
    page = follow_up_page(client, case)
    address = f"{reverse('visit_create')}?child={case.child_id}&by=telephone"
    assert (list(page.context["visits"]), page.context["visit_url"]) == ([], address)
    assert NO_VISIT in page.text
    assert opened(client, address)["by_telephone"] == "是"
    assert opened(client, f"{reverse('visit_create')}?child={case.child_id}")["by_telephone"] == "否"


def test_call_to_a_child_that_moved_away_is_not_offered(client_of, clerk, foreign_district, case):
    child = versioned(case).child
    child.place_in(foreign_district)
    child.save()
    assert follow_up_page(client_of(clerk), case).context["visit_url"] == ""


def test_other_moves_ask_for_no_visits(client_of, clerk, case):
    assert "visits" not in client_of(clerk).get(reverse("case_move", args=[case.pk, "withdraw"])).context


def test_clerk_is_told_what_is_paid_and_not_followed_up(client_of, clerk, lead, foreign_clerk, district, case):
    aided(district)  # not paid
    pending = aided(district)
    make.payment(district, case=pending, status="pending")
    done = aided(district)
    make.payment(district, case=done)
    AidCase.objects.filter(pk=done.pk).update(status="followed_up")
    label = "已发放、尚未回访的申请"
    (todo,) = [todo for todo in waiting_for(clerk) if str(todo.label) == label]
    page = client_of(clerk).get(todo.url)
    rows = page.context["listing"].page.records
    assert (todo.count, rows) == (1, [case])
    for other in (lead, foreign_clerk):
        assert label not in [str(todo.label) for todo in waiting_for(other)]
