"""社会助学项目: contract, budget, payments; volunteers, hours; acceptance; what the children got; in no figure."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import localdate

from aid.enums import Acceptance
from aid.models import Project, ProjectGain, ProjectPayment
from aid.social.giving import Gift, record_given
from aid.social.moving import ProjectTold, move_project
from aid.voiding import VOIDING
from portal.audit import By
from portal.models import AuditEntry
from portal.workflow import MoveRefused
from reports.counting.derive import derive
from tests import builders
from tests.aid.visiting import organisation, project, project_gain, project_payment
from tests.forms import create_address, edit_address, errors, send
from tests.portal.records.test_detail import open_page
from tests.reports import builders as make

pytestmark = pytest.mark.django_db
PASSED = ProjectTold(accepted_on=date(2014, 8, 31), acceptance=Acceptance.PASSED, accepted_by="保障部、街道工会")
BOOKS = Gift("书包和文具一套", Decimal("120.50"))


@pytest.fixture
def bought(district):
    return project(district)


@pytest.fixture
def by(clerk):
    return By(clerk)


def test_purchase_is_typed_with_contract_and_budget_and_begins(client_of, clerk, district):
    runs = organisation(district)
    client = client_of(clerk)
    typed = {"title": "暑期课业辅导", "way": "购买服务", "starts_on": "2014-07-01", "union": district.code}
    assert send(client, f"{create_address('project')}?organisation={runs.pk}", **typed).status_code == 302
    made = Project.objects.get()
    assert (made.organisation, made.state, made.number[0]) == (runs, "project_planned", "M")
    refused = client.get(reverse("project_move", args=[made.pk, "begin"])).text
    assert "购买服务要先填写合同编号、合同签订日期和预算。" in refused
    contract = {"contract_number": "HT-2014-07", "contract_on": "2014-06-01", "budget": "50000"}
    assert send(client, edit_address(made), **contract).status_code == 302
    client.post(reverse("project_move", args=[made.pk, "begin"]), {"words": ""})
    made.refresh_from_db()
    assert (made.state, made.budget) == ("project_running", Decimal(50000))
    assert "新建项目付款" in open_page(client, made).text


def test_what_is_still_to_come_has_not_begun_and_has_no_hours(client_of, clerk, lead, district, bought, by):
    client, tomorrow = client_of(clerk), localdate() + timedelta(days=1)
    planned = project(district, way="volunteer_project", state="project_planned", starts_on=tomorrow)
    with pytest.raises(MoveRefused, match="还没有到；提前开始的，请先修改项目开始日期"):
        move_project(planned, "begin", by=by)
    ahead = errors(send(client, edit_address(planned), volunteers="12", hours="96.5"))
    assert ahead == {"starts_on": ["志愿者人数和服务时数是做过的；项目还没有开始的，请先不填"]}
    assert send(client, edit_address(planned), starts_on="2014-07-01", volunteers="12").status_code == 302
    begun = errors(send(client, edit_address(bought), starts_on=tomorrow.isoformat()))
    assert begun == {"starts_on": ["项目已经开始实施，项目开始日期不能晚于今天"]}
    late = ProjectTold("", tomorrow, Acceptance.PASSED, "保障部")
    with pytest.raises(MoveRefused, match="不能晚于今天"):
        move_project(bought, "accept", told=late, by=By(lead))


def test_volunteer_project_has_no_contract_and_no_payment(client_of, clerk, district):
    made = project(district, way="volunteer_project", state="project_planned")
    client = client_of(clerk)
    assert "只有购买服务的项目有合同和预算" in send(client, edit_address(made), budget="100").text
    assert client.get(create_address("projectpayment", project=made)).status_code == 403


def test_payments_stay_within_the_budget_and_the_budget_above_them(client_of, clerk, bought):
    client, address = client_of(clerk), create_address("projectpayment", project=bought)
    assert send(client, address, paid_on="2014-07-10", amount="30000").status_code == 302
    more = send(client, address, paid_on="2014-08-10", amount="20000.01")
    assert errors(more) == {
        "amount": ["预算 50,000.00 元，其他付款共 30,000.00 元，最多还能付 20,000.00 元"],
    }
    assert send(client, address, paid_on="2014-08-10", amount="20000").status_code == 302
    assert errors(send(client, edit_address(bought), budget="49999.99")) == {
        "budget": ["已付款 50,000.00 元，预算不能少于此数"],
    }
    first = ProjectPayment.objects.get(amount=30000)
    assert "amount" in errors(send(client, edit_address(first), amount="30000.01"))
    assert "付款日期不能早于合同签订日期" in send(client, edit_address(first), paid_on="2014-05-31").text
    listed = Project.objects.as_listed().get()
    assert (listed.paid, listed.unpaid) == (Decimal(50000), Decimal(0))


def test_accepted_by_the_lead_then_the_balance_is_paid_and_it_is_closed(client_of, clerk, lead, bought, by):
    with pytest.raises(MoveRefused, match="岗位"):
        move_project(bought, "accept", told=PASSED, by=by)
    with pytest.raises(MoveRefused, match="日期、结果和验收人"):
        move_project(bought, "accept", by=By(lead))
    early = ProjectTold(date(2014, 6, 30).isoformat(), date(2014, 6, 30), Acceptance.PASSED, "保障部")
    with pytest.raises(MoveRefused, match="不能早于"):
        move_project(bought, "accept", told=early, by=By(lead))
    move_project(bought, "accept", told=PASSED, by=By(lead))
    bought.refresh_from_db()
    assert (bought.state, bought.accepted_on, bought.acceptance, bought.accepted_by) == (
        "project_accepted", date(2014, 8, 31), "up_to_standard", "保障部、街道工会",
    )  # fmt: skip
    client = client_of(clerk)
    assert client.get(edit_address(bought)).status_code == 403
    assert send(client, create_address("projectpayment", project=bought), amount="1").status_code == 302
    move_project(bought, "close", by=by)
    assert client.get(create_address("projectpayment", project=bought)).status_code == 403
    move_project(bought, "resume", told=ProjectTold("合同有变更"), by=By(lead))
    bought.refresh_from_db()
    assert (bought.state, bought.accepted_on, bought.accepted_by) == ("project_running", None, "")
    assert [row.history_change_reason for row in bought.history.order_by("history_id")][1:] == [
        "登记验收", "结项", "恢复实施",
    ]  # fmt: skip
    assert AuditEntry.objects.filter(subject=f"社会助学项目 {bought.number}", action="moved").count() == 3


def test_what_failed_is_not_paid_nor_closed_but_stopped_for_a_reason(client_of, clerk, lead, bought, by):
    failed = ProjectTold(accepted_on=date(2014, 8, 31), acceptance=Acceptance.FAILED, accepted_by="保障部")
    move_project(bought, "accept", told=failed, by=By(lead))
    assert client_of(clerk).get(create_address("projectpayment", project=bought)).status_code == 403
    with pytest.raises(MoveRefused, match="不合格"):
        move_project(bought, "close", by=by)
    with pytest.raises(MoveRefused, match="原因"):
        move_project(bought, "stop", by=by)
    move_project(bought, "stop", told=ProjectTold("机构注销"), by=by)
    bought.refresh_from_db()
    assert (bought.state, bought.state_note, bought.acceptance) == ("project_closed", "机构注销", "not_up_to_standard")


def test_volunteer_project_is_accepted_with_people_and_hours(client_of, lead, district):
    made = project(district, way="volunteer_project")
    with pytest.raises(MoveRefused, match="志愿者人数和服务时数"):
        move_project(made, "accept", told=PASSED, by=By(lead))
    Project.objects.filter(pk=made.pk).update(volunteers=12, hours=Decimal("96.5"))
    address, tomorrow = reverse("project_move", args=[made.pk, "accept"]), localdate() + timedelta(1)
    typed = {"accepted_on": "2014-08-31", "acceptance": "excellent", "accepted_by": "团委"}
    client = client_of(lead)
    assert "accepted_on" in errors(client.post(address, typed | {"accepted_on": tomorrow.isoformat()}))
    assert client.post(address, typed).status_code == 302
    page = open_page(client, made).text
    assert all(words in page for words in ("12", "96.50", "优秀", "团委"))


def test_children_ticked_in_their_list_got_something_once_each(
    client_of, clerk, district, foreign_district, bought, by
):
    pupils = [builders.child(district, name) for name in ("王小明", "李小红")]
    stranger = builders.child(foreign_district, "周小康")
    client, address = client_of(clerk), reverse("project_gave")
    chosen = {"ids": [child.pk for child in (*pupils, stranger)]}
    asked = client.post(address, chosen)
    assert list(asked.context["form"].fields["project"].queryset) == [bought]
    assert client.post(address, chosen | {"confirmed": "1", "project": bought.pk}).status_code == 400
    typed = {"confirmed": "1", "project": bought.pk, "what": BOOKS.what, "value": "120.50"}
    assert "已登记项目受益的子女 2 人。" in client.post(address, chosen | typed, follow=True).text
    assert record_given(bought, [child.pk for child in pupils], BOOKS, by=by) == 0
    assert record_given(bought, [pupils[0].pk], Gift("辅导 10 次"), by=by) == 1
    got = set(ProjectGain.objects.values_list("child__name", "what", "value"))
    assert got == {
        ("王小明", BOOKS.what, Decimal("120.50")),
        ("李小红", BOOKS.what, Decimal("120.50")),
        ("王小明", "辅导 10 次", None),
    }
    assert Project.objects.as_listed().get().children_aided == 2
    assert "书包和文具一套" in open_page(client, pupils[0]).text
    assert "辅导 10 次" in open_page(client, bought).text


def test_nobody_gets_anything_of_what_does_not_run(clerk, lead, district, by):
    child = builders.child(district)
    with pytest.raises(MoveRefused, match="计划中"):
        record_given(project(district, state="project_planned"), [child.pk], BOOKS, by=by)
    with pytest.raises(MoveRefused, match="岗位"):
        record_given(project(district), [child.pk], BOOKS, by=By(lead))
    assert not ProjectGain.objects.exists()


def test_what_was_accepted_stands_until_the_lead_takes_the_project_up_again(client_of, clerk, lead, bought, by):
    paid = project_payment(bought.union, project=bought, amount=Decimal(20000))
    gain = project_gain(bought.union, project=bought)
    move_project(bought, "accept", told=PASSED, by=By(lead))
    with pytest.raises(MoveRefused, match="已验收"):
        record_given(bought, [builders.child(bought.union).pk], BOOKS, by=by)
    assert VOIDING[ProjectPayment].against(paid) == ""
    assert "请单位审核人先恢复实施" in VOIDING[ProjectGain].against(refreshed(gain))
    move_project(bought, "close", told=ProjectTold(), by=by)
    for record in (bought, paid, gain):
        assert "请单位审核人先恢复实施" in VOIDING[type(record)].against(refreshed(record))
    move_project(bought, "resume", told=ProjectTold(words="漏了一笔"), by=By(lead))
    assert [VOIDING[type(record)].against(refreshed(record)) for record in (paid, gain)] == ["", ""]


def refreshed(record):
    return type(record).objects.get(pk=record.pk)


def test_contract_stays_once_the_project_runs_and_organisation_is_of_the_same_union_or_below(
    client_of, clerk, bought, grassroots
):
    client, gone = client_of(clerk), {"contract_number": "", "contract_on": "", "budget": "50000"}
    told = "已开始实施的购买服务项目，合同编号、合同签订日期和预算不能空着"
    assert told in errors(send(client, edit_address(bought), **gone))["contract_number"][0]
    wrong = errors(send(client, edit_address(bought), union=grassroots.code))
    assert wrong["organisation"] == ["社会组织由上级或其他工会登记，项目请登记在同一工会"]
    bought.refresh_from_db()
    assert (bought.contract_number, bought.union.code) == ("HT-2014-07", "310001")


def test_page_says_what_a_project_waits_for_and_who_accepts_it(client_of, clerk, district):
    waits = project(district, state="project_planned", contract_number="", contract_on=None, budget=None)
    assert "购买服务要先填写合同编号、合同签订日期和预算。" in open_page(client_of(clerk), waits).text
    runs = project(district)
    assert "合同编号、合同签订日期和预算" not in open_page(client_of(clerk), runs).text
    refused = client_of(clerk).get(reverse("project_move", args=[runs.pk, "accept"]))
    assert (refused.status_code, "请单位审核人办理" in refused.text) == (403, True)


def test_no_project_begins_with_an_organisation_that_stopped_before(client_of, clerk, district):
    over = organisation(district, closed_on=date(2014, 6, 30))
    typed = {"title": "辅导", "way": "志愿者项目", "starts_on": "2014-07-01", "organisation": over.number}
    answer = send(client_of(clerk), create_address("project"), union=district.code, **typed)
    assert "这个社会组织在项目开始前已停止合作" in answer.text


@pytest.mark.parametrize(
    "wrong",
    [
        {"budget": Decimal(0)},
        {"way": "volunteer_project"},
        {"ends_on": date(2014, 6, 30)},
        {"state": "project_accepted"},
        {"accepted_on": date(2014, 8, 1)},
        {"volunteers": 0},
    ],
)
def test_database_forbids_what_no_project_may_be(bought, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Project.objects.filter(pk=bought.pk).update(**wrong)


def test_no_figure_of_the_forms_counts_a_project(campaign, district, bought):
    before = derive(campaign, district, make.AS_OF)
    project_payment(district, project=bought)
    project_gain(district, project=bought)
    assert derive(campaign, district, make.AS_OF) == before
    assert not any(before.values())
