import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.enums import AuditAction
from portal.models import AuditEntry
from tests import builders
from tests.reports import builders as make


def open_page(client, record):
    return client.get(reverse(f"{record._meta.model_name}_detail", args=[record.pk]))


@pytest.mark.parametrize("name", builders.KIND_NAMES)
def test_page_of_every_kind_opens(client_of, clerk, grassroots, name):
    record = builders.one_of_each(grassroots)[name]
    response = open_page(client_of(clerk), record)
    assert response.status_code == 200
    assert str(record) in response.text
    assert "变更记录" in response.text


@pytest.mark.parametrize("name", builders.KIND_NAMES)
def test_foreign_and_absent_pages_are_404(client_of, clerk, foreign_grassroots, name):
    record = builders.one_of_each(foreign_grassroots)[name]
    client = client_of(clerk)
    assert open_page(client, record).status_code == 404
    assert client.get(reverse(f"{name}_detail", args=[10**17])).status_code == 404


@pytest.mark.parametrize("name", builders.KIND_NAMES)
def test_grassroots_clerk_sees_neither_sibling_nor_parent(client_of, grassroots_clerk, district, sibling, name):
    client = client_of(grassroots_clerk)
    for union in (district, sibling):
        assert open_page(client, builders.one_of_each(union)[name]).status_code == 404
    assert client.get(reverse(f"{name}_list")).context["table"].rows == []


def test_household_shows_the_family_in_one_page(client_of, clerk, grassroots):
    made = builders.one_of_each(grassroots)
    to_worker = builders.visit(grassroots, person=made["household"].worker)
    to_graduate = builders.visit(grassroots, person=made["graduate"].person)
    response = open_page(client_of(clerk), made["household"])
    tables = {section["title"]: section["table"].rows for section in response.context["sections"] if "table" in section}
    firsts = {title: {row[0].text for row in rows} for title, rows in tables.items()}
    assert firsts == {
        "家庭成员": {made["member"].name},
        "子女": {made["child"].name},
        "升学": {made["entry"].number},
        "助学申请": {made["aidcase"].number},
        "助学款发放": {made["disbursement"].number},
        "走访慰问": {made["visit"].number, to_worker.number, to_graduate.number},
        "高校毕业生": {made["graduate"].name},
        "就业帮扶": {made["assistance"].number},
        "结对": set(),
        "部门问询": set(),
    }
    named = {row[0].text: (row[1].text, row[1].url) for row in tables["走访慰问"]}
    assert named[to_worker.number] == ("曾建国", reverse("household_detail", args=[made["household"].pk]))
    assert named[to_graduate.number] == ("曾大学", reverse("graduate_detail", args=[made["graduate"].pk]))


def test_household_masks_what_is_sensitive(client_of, reviewer, district):
    home = builders.household(district)
    page = open_page(client_of(reviewer), home).text
    number = home.worker.id_number
    for secret in (number, builders.CARD, builders.TELEPHONE, builders.ADDRESS, builders.CAUSE):
        assert secret not in page
    for masked in (f"{number[:3]}***********{number[-4:]}", "**** 5702", "138****5702", "******"):
        assert masked in page
    assert "曾建国" in page


def test_page_asks_as_often_for_many_relatives(client_of, clerk, district):
    client = client_of(clerk)
    home = builders.one_of_each(district)["household"]

    def queries():
        with CaptureQueriesContext(connection) as captured:
            open_page(client, home)
        return len(captured)

    open_page(client, home)  # the session keeps what was opened last
    one = queries()
    for _turn in range(4):
        child = builders.child(district, household=home)
        make.payment(district, case=make.case(district, child=child))
        builders.visit(district, person=child.person)
        make.assistance(district, graduate=builders.graduate(district, household=home), kind="training")
    assert queries() == one


def test_related_records_of_another_union_are_left_out(client_of, clerk, district, foreign_district):
    child = builders.child(district)
    foreign = builders.visit(foreign_district, person=child.person, visitor="外单位走访人")
    page = open_page(client_of(clerk), child).text
    assert foreign.number not in page
    assert "外单位走访人" not in page


@pytest.mark.parametrize("name", builders.KIND_NAMES)
def test_opening_data_of_minors_leaves_one_audit_row(client_of, clerk, grassroots, name):
    record = builders.one_of_each(grassroots)[name]
    open_page(client_of(clerk), record)
    rows = AuditEntry.objects.filter(action=AuditAction.VIEWED)
    if name not in {"household", "child", "graduate", "member", "aidcase", "visit"}:
        assert not rows.exists()
        return
    row = rows.get()
    assert (row.actor, row.union_path) == (clerk, grassroots.path)
    assert row.subject.endswith(str(getattr(record, "number", record.pk)))
    assert "曾" not in row.subject


def test_contribution_leads_to_payments_of_its_source(client_of, clerk, district):
    response = open_page(client_of(clerk), make.contribution(district))
    assert f"/disbursements/?union={district.code}&amp;source=union" in response.text


def save_as(user, record, **changes):
    for field, value in changes.items():
        setattr(record, field, value)
    record._history_user = user
    record.skip_history_when_saving = False
    del record.skip_history_when_saving
    record.save()


def test_versions_say_who_and_which_fields_but_no_secret(client_of, clerk, auditor, district):
    home = builders.household(district)
    save_as(clerk, home)
    save_as(clerk, home, family_size=4, worker_category="migrant", telephone="13900001111", bank_card="")
    response = open_page(client_of(auditor), home)
    newest, *_older = response.context["versions"]
    assert (newest.actor, newest.act) == ("陈经办", "修改")
    assert {change.label: (change.told, change.old, change.new) for change in newest.changes} == {
        "家庭人口": (True, "", "4"),
        "职工类别": (True, "困难职工", "困难农民工"),
        "联系电话": (False, "", ""),
        "银行卡号": (False, "", ""),
    }
    assert "13900001111" not in response.text
    assert builders.TELEPHONE not in response.text


def test_versions_of_another_union_are_not_shown(client_of, clerk, foreign_clerk, district, foreign_district):
    home = builders.household(foreign_district, employer="西山水泥厂")
    save_as(foreign_clerk, home)
    home.place_in(district)
    save_as(foreign_clerk, home, employer="东湖纺织厂")
    response = open_page(client_of(clerk), home)
    assert [(version.actor, version.changes) for version in response.context["versions"]] == [("其他单位人员", ())]
    assert "西山" not in response.text


def test_auditor_may_read_and_administrator_may_not(client_of, auditor, admin, district):
    home = builders.household(district)
    assert open_page(client_of(auditor), home).status_code == 200
    assert open_page(client_of(admin), home).status_code == 403
