"""Visits and calls for many: one form, one transaction, a version and an audit row of each, once."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from aid.enums import CaseState
from aid.models import AidCase, Visit
from portal.models import AuditEntry
from tests import builders
from tests.reports import builders as make

URL = "/visits/many/"
AT_THE_DOOR = {
    "visited_on": "2014-07-20",
    "visitor": "陈经办",
    "by_telephone": "否",
    "ways": ["谈心"],
    "needs": "一切正常",
}
CALL = {"visited_on": "2014-07-20", "visitor": "陈经办", "by_telephone": "是", "needs": "已收到助学款"}


def ask(client, records, kind: str, **more):
    return client.post(URL, {"kind": kind, "ids": [record.pk for record in records]} | more)


def send(client, records, kind: str, **typed):
    page = ask(client, records, kind)
    given = {"key": str(page.context["form"]["key"].value()), "filters": ""} | typed
    return ask(client, records, kind, **given)


def made() -> set[tuple]:
    return set(Visit.objects.values_list("person", "visited_on", "by_telephone", "visitor"))


@pytest.fixture
def children(district, grassroots):
    return [
        builders.child(union, name) for union, name in ((district, "甲一"), (district, "乙二"), (grassroots, "丙三"))
    ]


def test_lists_offer_it_to_clerks_alone(client_of, clerk, lead, children):
    builders.graduate(children[0].union)
    make.case(children[0].union, child=children[0])
    for name in ("household", "child", "graduate", "aidcase"):
        address = reverse(f"{name}_list")
        assert URL in client_of(clerk).get(address).text, name
        assert URL not in client_of(lead).get(address).text, name


def test_one_form_visits_all_that_were_ticked(client_of, clerk, children):
    client = client_of(clerk)
    own = {f"needs-{children[1].pk}": "想要书桌"}
    before = AuditEntry.objects.filter(action="record_saved").count()
    answer = send(client, children, "child", **AT_THE_DOOR | own)
    assert answer.url == reverse("child_list")
    assert made() == {(child.person_id, date(2014, 7, 20), False, "陈经办") for child in children}
    told = {visit.person_id: visit.needs for visit in Visit.objects.all()}
    assert told == {
        children[0].person_id: "一切正常",
        children[1].person_id: "想要书桌",
        children[2].person_id: "一切正常",
    }
    assert AuditEntry.objects.filter(action="record_saved").count() == before + 3
    for visit in Visit.objects.all():
        assert visit.history.get().history_user == clerk
        assert visit.union_path == {child.person_id: child.union_path for child in children}[visit.person_id]
        assert AuditEntry.objects.filter(subject=f"走访慰问 {visit.number}").count() == 1


def test_workers_and_graduates_are_visited_too(client_of, clerk, district):
    home, graduate = builders.household(district), builders.graduate(district)
    client = client_of(clerk)
    send(client, [home], "household", **AT_THE_DOOR)
    send(client, [graduate], "graduate", **AT_THE_DOOR)
    assert {visit.person_id for visit in Visit.objects.all()} == {home.worker_id, graduate.person_id}


def test_any_fault_saves_none(client_of, clerk, children):
    refused = send(client_of(clerk), children, "child", **AT_THE_DOOR | {"visited_on": "2099-01-01"})
    assert refused.status_code == 400
    assert refused.context["form"].errors
    assert not Visit.objects.exists()


def test_visit_of_which_nothing_is_told_is_none(client_of, clerk, children):
    silent = {name: value for name, value in AT_THE_DOOR.items() if name not in ("ways", "needs")}
    refused = send(client_of(clerk), children, "child", **silent | {f"needs-{children[0].pk}": "正常"})
    assert "请至少填写慰问方式或需求与反馈" in refused.text
    assert not Visit.objects.exists()


def test_sent_twice_it_is_written_once(client_of, clerk, children):
    client = client_of(clerk)
    typed = CALL | {"key": str(ask(client, children, "child").context["form"]["key"].value()), "filters": ""}
    for _turn in range(2):
        assert ask(client, children, "child", **typed).status_code == 302
    assert Visit.objects.count() == 3
    assert ask(client, children, "child", **typed | {"needs": "别的"}).status_code == 400
    assert Visit.objects.count() == 3


def test_call_about_cases_follows_them_up_all_or_none(client_of, clerk, district):
    paid = [make.payment(district).case for _turn in range(2)]
    unpaid = make.case(district)
    client = client_of(clerk)
    refused = send(client, [*paid, unpaid], "aidcase", **CALL | {"followed": "on"})
    assert f"申请 {unpaid.number} 不能记为已回访" in refused.text
    assert not Visit.objects.exists()
    said = {"received_in_full": "yes", "received_on": "2014-07-19"}
    assert "received_in_full" in send(client, paid, "aidcase", **CALL | said).context["form"].errors  # of no case
    assert send(client, paid, "aidcase", **CALL | said | {"followed": "on"}).status_code == 302
    assert made() == {(case.person_id, date(2014, 7, 20), True, "陈经办") for case in paid}
    followed = AidCase.objects.filter(status=CaseState.FOLLOWED_UP)
    assert set(followed.filter(received_in_full=True, received_on=date(2014, 7, 19))) == set(followed) == set(paid)
    assert AidCase.objects.get(pk=unpaid.pk).status == CaseState.APPROVED


def test_visit_at_the_door_follows_nothing_up(client_of, clerk, district):
    paid = make.payment(district).case
    refused = send(client_of(clerk), [paid], "aidcase", **AT_THE_DOOR | {"followed": "on"})
    assert "上门走访不记为回访" in refused.text
    assert not Visit.objects.exists()


def test_people_of_others_are_left_out(client_of, clerk, children, foreign_district):
    foreign = builders.child(foreign_district)
    send(client_of(clerk), [*children, foreign], "child", **AT_THE_DOOR)
    assert {visit.person_id for visit in Visit.objects.all()} == {child.person_id for child in children}


@pytest.mark.parametrize("kind", ["", "visit", "nothing"])
def test_other_kinds_lead_nowhere(client_of, clerk, children, kind):
    assert ask(client_of(clerk), children, kind).status_code == 404


def test_as_many_queries_for_six_as_for_two(client_of, clerk, district):
    client, counts = client_of(clerk), []
    for many in (2, 6):
        chosen = [builders.child(district) for _turn in range(many)]
        typed = AT_THE_DOOR | {"key": str(ask(client, chosen, "child").context["form"]["key"].value()), "filters": ""}
        with CaptureQueriesContext(connection) as queries:
            assert ask(client, chosen, "child", **typed).status_code == 302
        counts.append(len(queries))
    assert counts[0] == counts[1]
