"""社会组织: registration number, kind, evaluation, closing; found, listed, exported, taken back like other kinds."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from aid.models import Organisation
from portal.models import AuditEntry
from tests import builders
from tests.aid.visiting import organisation
from tests.forms import confirm, create_address, doubts, edit_address, errors, send
from tests.portal.records.test_detail import open_page

pytestmark = pytest.mark.django_db
CODE = "52310000MJ4920345L"  # GB 32100: the weighted sum is 1530, 1530 mod 31 = 11, and character 31 - 11 = 20 is L


def typed(district, **more) -> dict:
    values = {"kind": "社会服务机构", "name": "晨曦社工服务中心", "credit_code": CODE, "union": district.code}
    return values | {"telephone": builders.TELEPHONE} | more


def test_organisation_is_kept_with_number_qualification_and_evaluation(client_of, clerk, district):
    client = client_of(clerk)
    words = {"qualification": "3A 级以上承接政府购买服务推荐名录", "grade": "4A", "graded_on": "2013-12-01"}
    assert send(client, create_address("organisation"), **typed(district, **words)).status_code == 302
    made = Organisation.objects.get()
    assert (made.kind, made.credit_code, made.grade, made.graded_on) == (
        "social_service", CODE, "grade_4a", date(2013, 12, 1),
    )  # fmt: skip
    assert (made.number[0], AuditEntry.objects.filter(subject=f"社会组织 {made.number}").count()) == ("U", 1)
    page = open_page(client, made).text
    assert "4A" in page
    assert builders.TELEPHONE not in page


def test_wrong_check_character_half_an_evaluation_and_a_second_record_are_refused(client_of, clerk, district):
    client, address = client_of(clerk), create_address("organisation")
    wrong = errors(send(client, address, **typed(district, credit_code=CODE[:-1] + "A")))
    assert "校验不通过" in wrong["credit_code"][0]
    assert "评估等级和评估日期须同时填写。" in send(client, address, **typed(district, grade="4A")).text
    assert send(client, address, **typed(district)).status_code == 302
    again = send(client, address, **typed(district, name="另一个名称"))
    assert "本单位已登记过这个登记证号的社会组织。" in again.text
    assert Organisation.objects.count() == 1


def test_number_of_another_kind_must_be_confirmed(client_of, clerk, district):
    client, address = client_of(clerk), create_address("organisation")
    asked = send(client, address, **typed(district, kind="基金会"))
    assert doubts(asked) == ["登记证号以 52 开头的是社会服务机构，与社会组织类别不符，请核对"]
    assert confirm(client, address, asked).status_code == 302
    assert Organisation.objects.get().kind == "foundation"


def test_it_is_corrected_and_closed_and_lists_tell_which_still_work_with_us(client_of, clerk, foreign_clerk, district):
    running, over = organisation(district, name="甲中心"), organisation(district, name="乙中心")
    client = client_of(clerk)
    assert "停止合作日期也必须填写" in send(client, edit_address(over), closed_why="注销登记").text
    assert send(client, edit_address(over), closed_on="2014-08-01", closed_why="注销登记").status_code == 302
    listed = client.get(reverse("organisation_list"), {"open": "yes"})
    assert [row.pk for row in listed.context["table"].rows] == [running.pk]
    assert over.history.count() == 2
    assert client_of(foreign_clerk).get(reverse("organisation_detail", args=[running.pk])).status_code == 404
    found = client.get(reverse("organisation_list"), {"q": running.credit_code[:12]})
    assert "甲中心" in found.text


@pytest.mark.parametrize("wrong", [{"grade": "grade_5a"}, {"graded_on": date(2014, 1, 1)}, {"closed_why": "注销"}])
def test_database_keeps_the_halves_together(district, wrong):
    made = organisation(district)
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.filter(pk=made.pk).update(**wrong)
