"""The pages of a list of accounts: template, upload, preview, confirmation, and the second person."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from portal.enums import Role
from portal.models import AccountBatch, AccountRequest, User
from tests.factories import UserFactory
from tests.portal.account_lists.lists import CLERK, LEAD, workbook_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(city, security):
    return UserFactory(username="second", name="郑第二", role=Role.SECURITY, union=city)


def upload(client, *rows):
    file = SimpleUploadedFile("各区名单.xlsx", workbook_of(*rows))
    return client.post(reverse("accountbatch_create"), {"file": file}, follow=True)


def press(client, batch, answer, **more):
    return client.post(reverse("accountbatch_show", args=[batch.pk]), {"answer": answer} | more, follow=True)


def test_template_has_roles_and_unions_in_words_and_is_read_again(client_of, security, district):
    browser = client_of(security)
    answer = browser.get(reverse("accountbatch_template"))
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert book.sheetnames == ["账号名单", "岗位", "工会"]
    assert [cell.value for cell in book["账号名单"][1]] == ["用户名*", "姓名*", "岗位*", "所属工会*", "电子邮箱"]
    assert [cell.value for cell in book["岗位"]["A"]][1:] == [role.label for role in Role if role != Role.SYSTEM]
    assert [[cell.value for cell in row] for row in book["工会"].iter_rows(min_row=2)] == [
        ["310000", "示例市总工会"],
        ["310001", "东湖区总工会"],
    ]
    book["账号名单"].append(CLERK)
    file = io.BytesIO()
    book.save(file)
    browser.post(reverse("accountbatch_create"), {"file": SimpleUploadedFile("名单.xlsx", file.getvalue())})
    assert [row["fate"] for row in AccountBatch.objects.get().rows] == ["open"]


def test_preview_survives_and_tells_each_row(client_of, security, district):
    browser = client_of(security)
    upload(browser, CLERK, LEAD, ("bad", "无", "主席", "310001", ""))
    batch = AccountBatch.objects.get()
    address = reverse("accountbatch_show", args=[batch.pk])
    page = browser.get(address).text
    for words in ("确认后开通 2 个账号。", "其中 1 个能审批", "全部 3 行", "不能开通 1", "岗位：应为经办人、"):
        assert words in page
    assert address in browser.get(reverse("accountbatch_list")).text
    only = browser.get(f"{address}?fate=refused").text
    assert ("bad" in only, "sunli" in only) == (True, False)
    assert User.objects.count() == 1


def test_one_confirms_and_the_other_agrees(client_of, security, second, district):
    browser, other = client_of(security), client_of(second)
    upload(browser, CLERK, LEAD)
    batch = AccountBatch.objects.get()
    assert "由上传名单的人确认。" in other.get(reverse("accountbatch_show", args=[batch.pk])).text
    assert "已开通 1 个账号，1 个等另一位安全管理员同意。" in press(browser, batch, "confirm").text
    own = browser.get(reverse("accountbatch_show", args=[batch.pk])).text
    assert ("全部同意" in own, "撤回这些申请" in own) == (False, True)
    assert "没有等您办理的申请" in press(browser, batch, "agree").text
    assert "各区名单.xlsx" in other.get(reverse("accountrequest_list")).text
    assert "全部同意" in other.get(reverse("accountbatch_show", args=[batch.pk])).text
    assert "请写明原因。" in press(other, batch, "refuse").text
    assert "已同意，账号已开通。" in press(other, batch, "agree").text
    assert set(User.objects.values_list("username", flat=True)) == {"secadmin", "second", "sunli", "zhoujie"}
    assert "请选择要办理的事项。" in press(other, batch, "?").text


def test_nobody_signs_in_before_a_password_is_drawn(client_of, client, security, district):
    browser = client_of(security)
    upload(browser, CLERK)
    press(browser, AccountBatch.objects.get(), "confirm")
    for password in ("", "!", User.objects.get(username="sunli").password):
        answer = client.post("/sign-in/", {"username": "sunli", "password": password})
        assert answer.status_code == 200
        assert "_auth_user_id" not in client.session


def test_lead_of_the_unit_sees_what_is_about_the_own_unit_and_no_list(client_of, security, lead, foreign_district):
    browser = client_of(security)
    upload(browser, LEAD, ("li4", "李四", "单位审核人", "310002", ""))
    batch = AccountBatch.objects.get()
    press(browser, batch, "confirm")
    page = client_of(lead).get(reverse("accountrequest_list")).text
    assert ("zhoujie" in page, "li4" in page, "各区名单" in page) == (True, False, False)
    assert client_of(lead).get(reverse("accountbatch_show", args=[batch.pk])).status_code == 403


@pytest.mark.parametrize("person", ["clerk", "lead", "reviewer", "auditor", "admin"])
def test_lists_are_for_security_administrators(request, client_of, person):
    browser = client_of(request.getfixturevalue(person))
    for name in ("accountbatch_list", "accountbatch_create", "accountbatch_template"):
        assert browser.get(reverse(name)).status_code == 403
    assert not AccountBatch.objects.visible_to(request.getfixturevalue(person)).exists()


def test_no_table_is_refused_beside_the_field(client_of, security, district):
    file = SimpleUploadedFile("名单.xlsx", b"PK\x03\x04 nothing")
    page = client_of(security).post(reverse("accountbatch_create"), {"file": file})
    assert page.context["form"].errors["file"]
    assert not AccountBatch.objects.exists()


def test_list_page_asks_as_much_for_three_as_for_one(client_of, security, district):
    browser = client_of(security)
    upload(browser, CLERK)
    browser.get(reverse("accountbatch_list"))
    with CaptureQueriesContext(connection) as one:
        browser.get(reverse("accountbatch_list"))
    upload(browser, CLERK)
    upload(browser, CLERK)
    with CaptureQueriesContext(connection) as three:
        browser.get(reverse("accountbatch_list"))
    assert len(one) == len(three)


def test_requests_of_a_list_stay_out_of_the_list_of_single_ones(client_of, security, second, district):
    browser = client_of(security)
    upload(browser, LEAD)
    press(browser, AccountBatch.objects.get(), "confirm")
    page = client_of(second).get(reverse("accountrequest_list")).text
    assert "zhoujie" not in page
    assert "1 个账号，郑安全 申请" in page
    assert AccountRequest.objects.for_second(second).count() == 1
