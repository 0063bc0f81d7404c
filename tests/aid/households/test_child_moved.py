"""A child entered at the wrong family is put where it belongs, with its case."""

from datetime import date

import pytest
from django.urls import reverse

from aid.casework.moving import Why, move_case
from aid.editing import CHILD_FORM
from aid.enums import CaseState
from aid.households.moving_child import move_child
from portal.audit import By
from portal.identity import mask_name
from portal.records.editing import RecordRefused
from portal.workflow import MoveRefused
from tests.aid import cases as casework
from tests.reports import builders as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def right(district):
    return make.household(district, number="D900", worker_name="王建国")


def test_child_goes_with_its_case_and_comes_back(client_of, clerk, district, grassroots, right):
    child = make.child(grassroots, household=make.household(grassroots, number="D901"))
    entry = make.entry(grassroots, child=child)
    case = casework.case(grassroots, "draft", child=child)
    client, move = client_of(clerk), reverse("child_move", args=[child.pk])
    assert move in client.get(reverse("child_detail", args=[child.pk])).text
    assert f"现在登记在：D901 {child.household.worker_name}。" in client.get(move).text
    assert "没有这个编号的档案，请核对。" in client.post(move, {"number": "D999"}).text
    assert f"已改到“D900 {mask_name(right.worker_name)}”。" in client.post(move, {"number": " D900 "}, follow=True).text
    for record in (child, case, entry):
        record.refresh_from_db()
    assert (child.household, child.union, child.history.latest().history_user) == (right, district, clerk)
    assert (case.child, entry.union) == (child, district)
    assert "该子女就在这一户。" in client.post(move, {"number": "D900"}).text
    client.post(move, {"number": "D901"})
    child.refresh_from_db()
    assert child.household.number == "D901"


def test_child_of_an_approved_case_stays(client_of, clerk, district, right):
    case = casework.case(district, "approved")
    assert case.status == CaseState.APPROVED
    with pytest.raises(MoveRefused, match=f"申请 {case.number} 已按这一户审批通过"):
        move_child(case.child, right, editing=CHILD_FORM, by=By(clerk))
    assert (
        reverse("child_move", args=[case.child.pk])
        not in client_of(clerk).get(reverse("child_detail", args=[case.child.pk])).text
    )


def test_closed_family_takes_no_child(client_of, clerk, district, right):
    closed = make.household(district, number="D903", filed_on=date(2014, 1, 1), closed_on=date(2014, 9, 1))
    child = make.child(district, household=right)
    answer = client_of(clerk).post(reverse("child_move", args=[child.pk]), {"number": "D903"}).text
    assert "档案 D903 已注销，不能再登记子女、家庭成员和收入。请先恢复建档。" in answer
    child.refresh_from_db()
    assert (child.household, child.on_file) == (right, True)
    assert not closed.children.exists()


def test_rules_of_the_import_hold(clerk, district):
    child = make.child(district, household=make.household(district))
    own = make.household(district, worker=child.person)
    with pytest.raises(RecordRefused) as refused:
        move_child(child, own, editing=CHILD_FORM, by=By(clerk))
    assert "职工" in str(refused.value.by_field)
    child.refresh_from_db()
    assert child.household != own


def test_family_of_another_unit_is_nobody(client_of, clerk, district, foreign_district):
    make.household(foreign_district, number="D902")
    child = make.child(district)
    answer = client_of(clerk).post(reverse("child_move", args=[child.pk]), {"number": "D902"}).text
    assert "没有这个编号的档案，请核对。" in answer


def test_child_whose_case_was_withdrawn_can_be_voided_and_the_case_stays_withdrawn(client_of, clerk, district):
    case = casework.case(district, "draft")
    child, client = case.child, client_of(clerk)
    void = reverse("child_void", args=[child.pk])
    given = {"reason": "wrong_person"}
    refused = client.post(void, given, follow=True).text
    assert "还有“助学申请”1 条依附于这条记录，不能作废；请先撤回该子女的助学申请。" in refused
    assert f'<a href="{reverse("aidcase_detail", args=[case.pk])}">助学申请 {case.number}</a>' in refused
    move_case(case, "withdraw", by=By(clerk), why=Why("wrong_facts"))
    assert "子女已作废" in client.post(void, given, follow=True).text
    with pytest.raises(MoveRefused, match="该子女的登记已作废，不能重新办理"):
        move_case(case, "reopen", by=By(clerk))
    assert client.get(reverse("aidcase_detail", args=[case.pk])).status_code == 200
