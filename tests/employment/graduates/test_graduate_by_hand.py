"""Graduates by hand as by workbook; helper and wishes; a workbook leaves alone what it does not know."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from aid.models import Household
from employment.models import Graduate
from employment.workbook import CASE_WORKBOOK
from portal.enums import Role
from portal.models import AuditEntry
from portal.workbook.importing.book import state
from portal.workbook.importing.service import import_workbook
from reports.counting.derive import derive
from tests import builders
from tests.factories import UserFactory
from tests.forms import create_address, edit_address, errors, opened, send
from tests.lists import shown
from tests.reports import builders as make
from tests.workbook.sheets import GRADUATE, HELP, valid_book, write

pytestmark = pytest.mark.django_db

FIELDS = {column.heading: column.attribute for column in CASE_WORKBOOK.by_title[GRADUATE].columns}
UNTOLD = {"id", "person_id", "household_id"}


def typed(row: dict) -> dict[str, str]:
    cells = {FIELDS[heading]: value for heading, value in row.items() if heading != "档案编号"}
    return {name: str(value) for name, value in cells.items() if value is not None}


def facts() -> list[dict]:
    return [
        {name: value for name, value in state(graduate).items() if name not in UNTOLD}
        for graduate in Graduate.objects.order_by("name")
    ]


def edit(client, graduate: Graduate, **fields) -> Graduate:
    response = send(client, edit_address(graduate), **fields)
    assert response.status_code == 302, errors(response)
    return Graduate.objects.get(pk=graduate.pk)


def test_graduates_by_hand_as_by_workbook(client_of, clerk, district, grassroots, tmp_path):
    book = valid_book()
    book[HELP] = []
    outcome = import_workbook(write(book, tmp_path / "0.xlsx"), workbook=CASE_WORKBOOK, unit=district)
    assert outcome.errors == []
    by_workbook = facts(), derive(make.campaign(), district, as_of=date(2014, 12, 31))
    assert by_workbook[1]["graduates"] == 1
    Graduate.objects.all().delete()
    client = client_of(clerk)
    for row in book[GRADUATE]:
        home = Household.objects.get(number=row["档案编号"])
        assert send(client, create_address("graduate", household=home), **typed(row)).status_code == 302
    assert (facts(), derive(make.campaign(), district, as_of=date(2014, 12, 31))) == by_workbook


def test_workbook_brought_again_leaves_helper_and_wishes(clerk, district, grassroots, tmp_path):
    outcome = import_workbook(write(valid_book(), tmp_path / "0.xlsx"), workbook=CASE_WORKBOOK, unit=district)
    assert outcome.errors == []
    wishes = {"helper": "陈经办", "wished_trade": "C", "wished_district": "东湖区", "wished_wage": 5000}
    Graduate.objects.filter(name="李小花").update(**wishes)
    book = valid_book()
    book[GRADUATE][0]["毕业院校"] = "改名大学"
    outcome = import_workbook(write(book, tmp_path / "1.xlsx"), workbook=CASE_WORKBOOK, unit=district)
    assert (outcome.errors, outcome.updated[GRADUATE]) == ([], 1)
    graduate = Graduate.objects.get(name="李小花")
    assert {name: getattr(graduate, name) for name in wishes} == wishes
    assert graduate.school == "改名大学"


def test_graduate_gets_a_helper_wishes_and_a_contract(client_of, clerk, district):
    graduate = edit(
        client_of(clerk),
        builders.graduate(district),
        helper="陈经办",
        wished_trade="制造业",
        wished_district="东湖区",
        wished_wage="5000",
        obstacles="专业对口岗位少",
        contract_on="2014-07-10",
        closed_on="2014-08-01",
    )
    assert (graduate.helper, graduate.wished_trade, graduate.wished_district) == ("陈经办", "C", "东湖区")
    assert (graduate.wished_wage, graduate.obstacles) == (5000, "专业对口岗位少")
    assert (graduate.contract_on, graduate.closed_on) == (date(2014, 7, 10), date(2014, 8, 1))
    assert (graduate.version, graduate.history.count()) == (2, 1)
    assert AuditEntry.objects.filter(action="record_saved").count() == 1


def test_helper_is_chosen_from_the_union_and_those_below(client_of, clerk, grassroots_clerk, foreign_clerk, reviewer):
    UserFactory(name="旧经办", role=Role.CLERK, union=clerk.union, is_active=False)
    form = client_of(clerk).get(edit_address(builders.graduate(clerk.union))).context["form"]
    assert [value for value, _label in form.fields["helper"].widget.choices] == ["", "钱基层", "陈经办"]


@pytest.mark.parametrize("name", ["赵西山", "王保障", "没有此人"])
def test_helper_without_an_account_in_the_union_is_refused(client_of, clerk, foreign_clerk, reviewer, name):
    graduate = builders.graduate(clerk.union)
    response = send(client_of(clerk), edit_address(graduate), helper=name, obstacles="路远")
    assert errors(response) == {"helper": ["帮扶责任人应为本单位或下级工会有账号的工作人员"]}
    assert response.context["form"]["obstacles"].value() == "路远"
    assert Graduate.objects.get(pk=graduate.pk).helper == ""


def test_helper_who_left_stays_until_another_is_chosen(client_of, clerk):
    client, graduate = client_of(clerk), builders.graduate(clerk.union, helper="已调离")
    assert "已调离" in client.get(edit_address(graduate)).content.decode()
    assert edit(client, graduate, obstacles="路远").helper == "已调离"


def test_faults_stand_beside_their_fields_and_nothing_is_saved(client_of, clerk):
    graduate = builders.graduate(clerk.union)
    response = send(client_of(clerk), edit_address(graduate), wished_wage="很多", graduated_on="六月", intention="")
    assert set(errors(response)) == {"wished_wage", "graduated_on", "intention"}
    assert response.context["form"]["wished_wage"].value() == "很多"
    assert Graduate.objects.get(pk=graduate.pk).version == 1


def test_form_sent_twice_makes_one_graduate(client_of, clerk):
    home, client = builders.household(clerk.union), client_of(clerk)
    address = create_address("graduate", household=home)
    sent = opened(client, address) | typed(valid_book()[GRADUATE][0])
    assert [client.post(address, sent).status_code for _turn in range(2)] == [302, 302]
    assert Graduate.objects.count() == 1


def test_list_shows_and_filters_by_standing(client_of, clerk):
    builders.graduate(clerk.union, "曾签约", contract_on=date(2014, 6, 1))
    builders.graduate(clerk.union, "曾升学", intention="further_study")
    builders.graduate(clerk.union, "曾待联系")
    client = client_of(clerk)
    assert shown(client, "graduate", standing="signed") == {"曾签约"}
    assert shown(client, "graduate", standing="further_study") == {"曾升学"}
    assert shown(client, "graduate", standing="to_contact") == {"曾待联系"}
    page = client.get(reverse("graduate_list"), {"standing": "signed"})
    assert "已签约或自谋职业" in [cell.text for cell in page.context["table"].rows[0]]


def test_list_filters_by_helper(client_of, clerk, grassroots_clerk, foreign_clerk):
    builders.graduate(clerk.union, "曾归我", helper="陈经办")
    builders.graduate(clerk.union, "曾归他", helper="钱基层")
    builders.graduate(clerk.union, "曾无人")
    client = client_of(clerk)
    assert shown(client, "graduate", helper="mine") == {"曾归我"}
    assert shown(client, "graduate", helper="none") == {"曾无人"}
    assert shown(client, "graduate", helper=str(grassroots_clerk.pk)) == {"曾归他"}
    assert client.get(reverse("graduate_list"), {"helper": foreign_clerk.pk}).status_code == 400


def test_list_filters_fresh_and_past(client_of, clerk):
    year = localdate().year
    for name, when in (("曾往", year - 1), ("曾应", year), ("曾后", year + 1)):
        builders.graduate(clerk.union, name, graduated_on=date(when, 12, 31 if when < year else 1))
    client = client_of(clerk)
    found = {cohort: shown(client, "graduate", cohort=cohort) for cohort in ("fresh", "past", "later")}
    assert found == {"fresh": {"曾应"}, "past": {"曾往"}, "later": {"曾后"}}


def test_child_keeps_when_school_ends_and_entry_how_long_it_takes(client_of, clerk):
    client, child = client_of(clerk), builders.child(clerk.union, stage="bachelor")
    entry = make.entry(clerk.union, child=child, stage="bachelor", entered_on=date(2012, 9, 1))
    assert send(client, edit_address(child), graduates_on="2016-07-01").status_code == 302
    assert send(client, edit_address(entry), course_years="4").status_code == 302
    child.refresh_from_db()
    entry.refresh_from_db()
    assert (child.graduates_on, entry.course_years) == (date(2016, 7, 1), 4)
    refused = send(client, edit_address(entry), course_years="9")
    assert list(errors(refused)) == ["course_years"]


@pytest.mark.parametrize(("day", "reasons"), [("2014-03-01", {}), ("2014-02-28", ["结束跟踪日期不能早于登记日期"])])
def test_tracking_does_not_end_before_it_began(client_of, clerk, district, day, reasons):
    graduate = builders.graduate(district, registered_on=date(2014, 3, 1))
    answer = send(client_of(clerk), edit_address(graduate), closed_on=day)
    if reasons:
        assert errors(answer) == {"closed_on": reasons}
    else:
        assert answer.status_code == 302


def test_workbook_may_end_tracking_before_it_began(district, grassroots, tmp_path):
    """The case workbook's rules do not forbid it."""
    book = valid_book()
    book[GRADUATE][0] |= {"登记日期": "2014-03-01", "结束跟踪日期": "2014-02-28"}
    assert import_workbook(write(book, tmp_path / "0.xlsx"), workbook=CASE_WORKBOOK, unit=district).errors == []
