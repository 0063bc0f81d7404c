"""Grids of new records: saved whole or line by line, once, with nothing lost that was typed."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from aid.enums import CaseState
from aid.models import AidCase, Child, Contribution, Visit
from employment.models import Assistance
from portal.enums import AuditAction
from portal.models import AuditEntry, FormDraft, FormReceipt
from tests import grids
from tests.aid import visiting
from tests.reports import builders as make
from tests.workbook.sheets import fresh_id

pytestmark = pytest.mark.django_db

GIFT = {"received_on": "2014-03-01", "source": "社会捐助", "amount": "1000", "donor": "春雨公司"}
MISSING = "必须填写"


@pytest.fixture
def client(client_of, clerk, grassroots):
    return client_of(clerk)


def test_lines_become_records_with_a_version_and_an_audit_row_each(client, clerk, district, grassroots):
    lines = [GIFT | {"union": grassroots.name}, {}, GIFT | {"donor": "", "amount": "2,000.50", "number": "F-7"}]
    answer = grids.send(client, "contribution", *lines)
    assert (answer.status_code, answer.url) == (302, reverse("contribution_list"))
    first, second = Contribution.objects.order_by("pk")
    made = f"F{localdate().year}-000001"
    assert (first.number, first.union, first.donor, first.amount) == (made, grassroots, "春雨公司", Decimal("1000.00"))
    assert (second.number, second.union, second.donor, second.amount) == ("F-7", district, "", Decimal("2000.50"))
    assert {(each.entered_by, each.confirmed_amount) for each in (first, second)} == {(clerk, Decimal(0))}
    assert [record.history.get().history_user for record in (first, second)] == [clerk, clerk]
    audited = AuditEntry.objects.filter(action=AuditAction.RECORD_SAVED).order_by("pk")
    assert [(row.subject, row.union_path, row.actor) for row in audited] == [
        (first.audit_subject, grassroots.path, clerk),
        (second.audit_subject, district.path, clerk),
    ]
    assert grids.told(client.get(answer.url)) == ["已保存 2 条资金筹集。"]


def test_with_one_fault_nothing_is_saved_and_all_that_was_typed_comes_back(client):
    answer = grids.send(client, "contribution", GIFT, GIFT | {"amount": "一千", "donor": "夏雨<公司>"})
    assert answer.status_code == 200
    assert list(grids.faults(answer)) == ["amount-2"]
    assert not Contribution.objects.exists()
    assert not FormReceipt.objects.exists()
    lines = grids.shown(answer)
    assert [lines[f"donor-{number}"] for number in (1, 2, 3)] == ["春雨公司", "夏雨<公司>", ""]
    assert 'id="amount-2" aria-invalid="true" aria-describedby="e-amount-2"' in answer.text
    assert '<a href="#amount-2">第 2 行　金额(元)</a>' in answer.text
    assert "夏雨&lt;公司&gt;" in answer.text


def test_right_lines_are_saved_while_wrong_ones_stay(client, clerk):
    lines = [GIFT, GIFT | {"donor": "夏雨公司", "source": ""}, GIFT | {"donor": "秋雨公司"}]
    answer = grids.send(client, "contribution", *lines, button="rows")
    assert answer.status_code == 200
    assert list(Contribution.objects.order_by("pk").values_list("donor", flat=True)) == ["春雨公司", "秋雨公司"]
    assert grids.faults(answer) == {"source-2": [MISSING]}
    assert grids.told(answer) == ["已保存 2 条资金筹集。", "还有 1 行没有保存，填写的内容都在下面。"]
    numbers = [line.line.number for line in answer.context["table"].lines]
    assert numbers == [2, *range(4, 23)]  # twenty lines, and none with the number of one that is saved
    mended = client.post(reverse("contribution_grid"), grids.shown(answer) | {"source-2": "社会捐助", "all": "1"})
    assert mended.status_code == 302
    assert Contribution.objects.count() == 3
    assert not FormDraft.objects.filter(user=clerk).exists()


def test_what_is_left_waits_as_a_draft(client_of, client, clerk):
    grids.send(client, "contribution", GIFT, GIFT | {"donor": "夏雨公司", "amount": ""}, button="rows")
    again = client_of(clerk).get(reverse("contribution_grid"))
    assert again.context["restored"] is not None
    typed = {name: text for name, text in grids.shown(again).items() if text and name != "form_key"}
    assert typed == {"received_on-2": "2014-03-01", "source-2": "社会捐助", "donor-2": "夏雨公司"}


def test_grid_sent_twice_makes_nothing_twice(client):
    sent = {"form_key": str(uuid4()), "all": "1"} | grids.fields([GIFT, GIFT | {"donor": "夏雨公司"}])
    address = reverse("contribution_grid")
    assert client.post(address, sent).status_code == 302
    again = client.post(address, sent)
    assert again.status_code == 302
    assert Contribution.objects.count() == 2
    assert grids.told(client.get(again.url))[-1] == "2 行此前已经保存过，没有重复登记。"


def test_line_that_says_something_else_by_now_is_told_and_not_saved(client):
    sent = {"form_key": str(uuid4()), "all": "1"} | grids.fields([GIFT])
    address = reverse("contribution_grid")
    client.post(address, sent)
    answer = client.post(address, sent | {"amount-1": "3000"} | grids.fields([GIFT | {"donor": "夏雨公司"}], first=2))
    assert grids.faults(answer) == {
        "1": ["这张表单已经保存过，这次填写的与当时不同，没有再次保存。请到已保存的记录中修改。"]
    }
    assert list(Contribution.objects.values_list("amount", flat=True)) == [Decimal(1000)]


def test_back_opens_lines_that_were_not_saved_yet(client):
    key = str(uuid4())
    grids.send(client, "contribution", GIFT, GIFT | {"donor": "夏雨公司"}, form_key=key)
    page = client.get(reverse("contribution_grid"), {"form": key})
    assert [line.line.number for line in page.context["table"].lines] == list(range(3, 23))


def test_draft_that_arrives_after_its_lines_were_saved_is_not_shown(client):
    sent = {"form_key": str(uuid4()), "all": "1"} | grids.fields([GIFT])
    address = reverse("contribution_grid")
    client.post(address, sent)
    client.post(reverse("draft_keep"), sent | {"draft_page": address})
    page = client.get(address)
    assert page.context["restored"] is None
    assert {name for name, text in grids.shown(page).items() if text} == {"form_key"}


def test_empty_grid_has_twenty_lines_without_a_script_and_more_on_request(client):
    page = client.get(reverse("visit_grid"))
    assert len(page.context["table"].lines) == 20
    assert page.text.count('name="person-') == 20
    more = client.post(reverse("visit_grid"), grids.shown(page) | {"visitor-3": "王干部", "more": "1"})
    assert len(more.context["table"].lines) == 40
    assert grids.shown(more)["visitor-3"] == "王干部"
    assert not Visit.objects.exists()


def test_grid_with_nothing_in_it_says_so(client):
    assert grids.told(grids.send(client, "visit", {"visitor": "  "})) == ["还没有填写任何一行。"]


def test_more_lines_than_a_grid_may_have_are_kept_and_not_saved(client):
    answer = grids.send(client, "contribution", *[GIFT | {"voucher": f"V{place}"} for place in range(201)])
    assert answer.status_code == 200
    assert grids.told(answer) == ["一次最多保存 200 行，现有 201 行，请分次保存。"]
    assert grids.shown(answer)["voucher-201"] == "V200"
    assert not Contribution.objects.exists()


def test_dates_are_read_as_in_other_forms(client, district):
    child = make.child(district)
    today = localdate()
    lines = [{"person": child.person.id_number, "visited_on": text, "ways": "谈心"} for text in ("20140825", "1.2")]
    assert grids.send(client, "visit", *lines).status_code == 302
    days = Visit.objects.order_by("pk").values_list("visited_on", "visitor", "by_telephone")
    last_year = date(today.year, 1, 2) > today
    assert list(days) == [
        (date(2014, 8, 25), "陈经办", False),
        (date(today.year - last_year, 1, 2), "陈经办", False),
    ]


def test_blank_cells_of_a_case_follow_the_child_and_its_last_case(client, district):
    child = make.child(district, stage="senior")
    visiting.sponsor(district, "春雨公司")
    make.case(district, child=child, stage="junior", mode="pairing", sponsor="春雨公司", standard=Decimal(900))
    answer = grids.send(client, "aidcase", {"child": child.person.id_number})
    assert answer.status_code == 302, grids.faults(answer) or grids.doubts(answer)
    case = AidCase.objects.order_by("-pk").first()
    assert (case.campaign.year, case.stage, case.mode, case.sponsor) == (
        localdate().year,
        "senior",
        "pairing",
        "春雨公司",
    )
    assert (case.standard, case.applied_on, case.status) == (Decimal(900), localdate(), CaseState.DRAFT)


def test_child_comes_below_the_family_that_its_line_names(client, district):
    home = make.household(district)
    line = {"household": home.number, "name": "曾 小丽", "person": fresh_id(), "stage": "初中"}
    assert grids.send(client, "child", line).status_code == 302
    child = Child.objects.get()
    assert (child.household, child.name, child.union, child.on_file) == (home, "曾小丽", district, True)


def test_person_typed_twice_is_told_at_the_second_line(client, district):
    home, number = make.household(district), fresh_id()
    line = {"household": home.number, "name": "曾小丽", "person": number, "stage": "初中"}
    answer = grids.send(client, "child", line, line | {"name": "曾小红"}, button="rows")
    assert grids.faults(answer) == {"person-2": ["与第 1 行的身份证号重复，同一工作表中只能出现一次"]}
    assert Child.objects.get().name == "曾小丽"


def test_closed_family_takes_no_child_by_hand(client, district):
    home = make.household(district, closed_on=date(2014, 6, 1), closed_reason="脱困")
    line = {"household": home.number, "name": "曾小丽", "person": fresh_id(), "stage": "初中"}
    (reason,) = grids.faults(grids.send(client, "child", line))["household-1"]
    assert reason == f"档案 {home.number} 已注销，不能再登记子女、家庭成员和收入。请先恢复建档。"


def test_closed_union_takes_nothing_new(client, grassroots):
    grassroots.closed_on = date(2014, 1, 1)
    grassroots.save()
    answer = grids.send(client, "contribution", GIFT | {"union": grassroots.code}, GIFT, button="rows")
    assert grids.faults(answer) == {"union-1": [grassroots.closed_words]}
    assert Contribution.objects.get().union != grassroots


def test_line_says_whose_it_is_once_the_number_is_found(client, district, foreign_district):
    child, other = make.child(district), make.child(foreign_district)
    typed = [{"child": each.person.id_number, "standard": "很多"} for each in (child, other)]
    assert whose(grids.send(client, "aidcase", *typed)) == [child.name, ""]
    visit = {"person": child.person.id_number, "visited_on": "昨天", "needs": "补课"}
    assert whose(grids.send(client, "visit", visit)) == [child.name]
    new = {"household": child.household.number, "name": "曾小丽", "person": "1", "stage": "初中"}
    assert whose(grids.send(client, "child", new)) == [child.household.worker_name]


def whose(answer) -> list[str]:
    """What stands beside the numbers of the lines that came back."""
    assert answer.status_code == 200
    return [line.caption for line in answer.context["table"].lines if not line.line.is_blank]


def test_family_and_child_of_another_unit_are_unknown(client, foreign_district):
    child = make.child(foreign_district)
    line = {"household": child.household.number, "name": "曾小丽", "person": fresh_id(), "stage": "初中"}
    (reason,) = grids.faults(grids.send(client, "child", line))["household-1"]
    assert reason == "在本工作簿和本单位已有的“困难职工家庭”中都找不到"
    assert "child-1" in grids.faults(grids.send(client, "aidcase", {"child": child.person.id_number}))
    assert not AidCase.objects.exists()


def test_equal_lines_are_asked_about_and_saved_when_that_is_confirmed(client):
    asked = grids.send(client, "contribution", GIFT, GIFT, button="rows")
    assert grids.doubts(asked) == {2: ["与第 1 行填写的完全相同，请核对是否重复。"]}
    assert Contribution.objects.count() == 1
    (line,) = [line for line in asked.context["table"].lines if line.doubts]
    sure = {line.sure: line.line.token}
    again = client.post(reverse("contribution_grid"), grids.shown(asked) | sure | {"all": "1"})
    twin = "十分钟内刚登记过一条内容完全相同的记录，请核对是否重复登记。"
    assert grids.doubts(again) == {2: [twin]}  # the first is on file by now: another question
    (line,) = [line for line in again.context["table"].lines if line.doubts]
    assert line.doubts[0].like == Contribution.objects.get()
    sure = {line.sure: line.line.token}
    assert client.post(reverse("contribution_grid"), grids.shown(again) | sure | {"all": "1"}).status_code == 302
    assert Contribution.objects.count() == 2


def test_help_that_seems_to_be_on_file_is_asked_about(client, district):
    graduate = make.graduate(district)
    given = make.assistance(district, graduate=graduate, kind="training", given_on=date(2014, 8, 1), number="J-1")
    line = {"graduate": graduate.person.id_number, "given_on": "2014-08-01", "kind": "职业培训"}
    kind = str(given.get_kind_display())
    asked = grids.send(client, "assistance", line | {"kind": kind})
    assert grids.doubts(asked) == {
        1: [f"该毕业生 2014-08-01 已登记过“{kind}”（J-1）；确属另一次帮扶的，请勾选后再保存。"]
    }
    other = grids.send(client, "assistance", line | {"kind": kind, "given_on": "2014-08-02"})
    assert other.status_code == 302
    assert Assistance.objects.count() == 2


def test_saved_remarks_name_their_lines(client, district):
    child = make.child(district, stage="senior")
    line = {"child": child.person.id_number, "mode": "政策助学", "standard": "1"}
    make.campaign(localdate().year)
    answer = grids.send(client, "aidcase", {}, line)
    assert answer.status_code == 302, grids.faults(answer)
    assert AidCase.objects.get().standard == Decimal(1)


def test_grid_that_was_sent_after_the_session_had_ended_is_given_back(client, clerk):
    address = reverse("contribution_grid")
    sent = {"form_key": str(uuid4()), "all": "1"} | grids.fields([GIFT])
    client.get(address)
    client.cookies.pop("sessionid")
    refused = client.post(address, sent)
    assert refused.status_code == 302
    client.force_login(clerk, backend="portal.accounts.unused.TellingBackend")
    page = client.get(address)
    assert grids.shown(page)["donor-1"] == "春雨公司"
    assert not Contribution.objects.exists()


def test_saving_asks_no_more_for_more_lines(client, django_assert_max_num_queries):
    def lines(count: int, donor: str) -> list[dict]:
        return [GIFT | {"donor": donor, "voucher": f"V{place}"} for place in range(count)]

    with CaptureQueriesContext(connection) as few:
        grids.send(client, "contribution", *lines(2, "春雨公司"))
    with django_assert_max_num_queries(len(few) + 4):  # SQLite writes sixty rows in several goes
        grids.send(client, "contribution", *lines(60, "夏雨公司"))
    assert Contribution.objects.count() == 62
