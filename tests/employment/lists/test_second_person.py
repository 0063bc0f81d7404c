"""Four eyes on a list: rows that decide a case or change a card wait for a lead, who sees just these."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from aid.models import AidCase, Child, Contribution, Household
from employment.lists.kinds import LIST_KINDS
from portal.audit import By
from portal.desk.todos import waiting_for
from portal.enums import AuditAction
from portal.models import AuditEntry, HeldRow, Import, ListUpload
from portal.workbook.lists.steps.held import KEPT
from portal.workbook.lists.steps.second import agree_to_list
from portal.workflow import MoveRefused
from tests.employment.lists.browsing import go_on_from_columns, say, upload
from tests.employment.lists.test_steps import HEADINGS, LI, RIGHT_NUMBER, SAID, WANG, WRONG, checked, confirm, file_of

OF_CASES = (
    *HEADINGS,
    "子女姓名",
    "子女身份证号",
    "学段",
    "申请金额",
    "公示开始日期",
    "公示结束日期",
    "审批日期",
    "审批结果",
)
DAYS = ("2026-03-02", "2026-03-10", "2026-03-12")
DECIDED = (*WANG, "王小明", "310109200601203017", "初中", "2000", *DAYS, "通过")
OTHER_CARD = "6228480000000010033"


@pytest.fixture
def page(client_of, clerk, grassroots):
    return client_of(clerk)


@pytest.fixture
def second(client_of, lead):
    """What a lead answers to a list, on the page that shows the rows; the page itself without an answer."""

    def second(sent: ListUpload, **given):
        client, address = client_of(lead), reverse("list_second", args=[sent.pk])
        shown = client.get(address)
        return client.post(address, {"digest": shown.context["digest"]} | given, follow=True) if given else shown

    return second


@pytest.fixture
def with_case(page) -> ListUpload:
    """A list confirmed with one decided case, and one family that nobody has to look at."""
    upload(page, file_of(DECIDED, LI + ("",) * 8, headings=OF_CASES), "甲.csv")
    sent = ListUpload.objects.get()
    said = SAID | {"活动年度": "2026", "助学方式": "社会助学", "申请日期": "2026-03-01"}
    go_on_from_columns(page, sent.pk, **say(page, sent.pk, said))
    check = page.get(reverse("list_check", args=[sent.pk])).text
    assert "须复核：决定助学申请" in page.get(reverse("list_check", args=[sent.pk]) + "?fate=waits").text
    assert "导入 1 行，1 行送审核人复核" in check
    assert "1 行已送单位审核人复核" in confirm(page, sent).text
    return sent


@pytest.fixture
def with_card(page) -> ListUpload:
    """A list confirmed that changes the card of 王建国 and his category, and brings another family."""
    confirm(page, checked(page, WANG))
    sent = checked(page, (*WANG[:2], "低保边缘", "否", OTHER_CARD), LI)
    confirm(page, sent)
    return sent


def wang() -> tuple[str, str]:
    home = Household.objects.get(worker_name="王建国")
    return home.bank_card, home.hardship_category


def test_case_on_notice_past_the_check_waits_as_a_decided_one_does(page, second, clerk):
    upload(page, file_of((*DECIDED[:-2], "", ""), headings=OF_CASES), "甲.csv")
    sent = ListUpload.objects.get()
    said = SAID | {"活动年度": "2026", "助学方式": "社会助学", "申请日期": "2026-03-01"}
    go_on_from_columns(page, sent.pk, **say(page, sent.pk, said))
    assert "须复核：不经初审公示助学申请" in page.get(reverse("list_check", args=[sent.pk]) + "?fate=waits").text
    confirm(page, sent)
    assert not AidCase.objects.exists()
    assert [row.why for row in second(sent).context["rows"]] == ["不经初审公示助学申请"]
    second(sent, answer="agree")
    case = AidCase.objects.get()
    assert (case.status, case.history.get().history_user) == ("on_notice", clerk)


def test_decided_case_comes_in_with_its_family_once_a_lead_agrees(with_case, second, page, clerk, lead):
    assert list(Household.objects.values_list("worker_name", flat=True)) == ["李建华"]
    assert waiting_for(lead)[0].count == 1
    shown = second(with_case)
    assert [(row.sheet, row.row, row.key, row.why) for row in shown.context["rows"]] == [
        ("助学申请", 2, "王建国 王小明", "决定助学申请")
    ]
    assert DECIDED[6] not in shown.text
    assert second(with_case, answer="agree").status_code == 200
    case = AidCase.objects.get()
    assert (case.decision, case.child.household.worker_name, Child.objects.count()) == ("approved", "王建国", 1)
    assert case.history.get().history_user == clerk
    assert not HeldRow.objects.exists()
    assert [each.weighty for each in Import.objects.order_by("made_at")] == [0, 1]
    told = AuditEntry.objects.filter(action=AuditAction.MOVED).order_by("pk").values_list("actor", "detail__act")
    assert list(told) == [(clerk.pk, "送审核人复核导入"), (lead.pk, "复核同意导入")]
    assert second_is_gone(page, with_case)


def second_is_gone(client, sent: ListUpload) -> bool:
    sent.refresh_from_db()
    return (sent.waiting, sent.sent_by) == ("", None)


def test_changed_card_waits_with_the_rest_of_its_row(with_card, second, page):
    assert wang() == (WANG[4], "minimum_income")
    assert Household.objects.filter(worker_name="李建华").exists()
    assert page.get(reverse("held_rows", args=[with_card.pk])).status_code == 404
    assert "有 1 行等待单位审核人复核" in page.get(reverse("list_check", args=[with_card.pk])).text
    assert OTHER_CARD not in second(with_card).text
    assert OTHER_CARD not in second(with_card, answer="agree").text
    assert wang() == (OTHER_CARD, "near_minimum_income")


def test_refused_rows_are_back_with_the_clerk_and_not_sent_again_untouched(with_card, second, page):
    assert "请写明不同意的原因" in second(with_card, answer="refuse").text
    second(with_card, answer="refuse", reason="卡号与存折不符")
    address = reverse("held_rows", args=[with_card.pk])
    assert "卡号与存折不符" in page.get(address).text
    page.post(address, {})
    assert second_is_gone(page, with_card)
    assert "第 2 行复核没有同意，还没有改过" in page.post(address, {"all": "1"}, follow=True).text
    page.post(address, {"cell-2-@4": WANG[4]})
    assert wang() == (WANG[4], "near_minimum_income")
    assert not HeldRow.objects.exists()


def test_row_that_is_completed_into_one_that_weighs_is_sent(page, second):
    confirm(page, checked(page, WANG))
    sent = checked(page, WRONG, (*WANG[:2], "不明", "否", OTHER_CARD), LI)
    confirm(page, sent)
    assert not ListUpload.objects.get(pk=sent.pk).waiting
    answer = page.post(
        reverse("held_rows", args=[sent.pk]), {"cell-2-@1": RIGHT_NUMBER, "cell-3-@2": "低保"}, follow=True
    )
    assert "1 行已送单位审核人复核" in answer.text
    assert Household.objects.filter(worker_name="赵建民").exists()
    second(sent, answer="agree")
    assert wang() == (OTHER_CARD, "minimum_income")


def test_rows_that_changed_since_they_were_sent_are_shown_again(with_card, second):
    home = Household.objects.get(worker_name="王建国")
    home.bank_card = LI[4]
    home.save()
    assert "请重新核对" in second(with_card, answer="agree").text
    assert wang() == (LI[4], "minimum_income")
    second(with_card, answer="agree")
    assert wang() == (OTHER_CARD, "near_minimum_income")


def test_nobody_agrees_to_what_they_sent_or_did_not_see(with_card, clerk, lead):
    given = {"kinds": LIST_KINDS, "digest": ""}
    with pytest.raises(MoveRefused, match="岗位"):
        agree_to_list(with_card, **given, by=By(clerk))
    with pytest.raises(MoveRefused, match="请重新核对"):
        agree_to_list(with_card, **given, by=By(lead))
    ListUpload.objects.filter(pk=with_card.pk).update(sent_by=lead)
    with pytest.raises(MoveRefused, match="须由另一人复核"):
        agree_to_list(with_card, **given, by=By(lead))
    assert wang() == (WANG[4], "minimum_income")


def test_rows_that_wait_are_neither_dropped_nor_swept(with_card, page):
    page.post(reverse("held_drop", args=[with_card.pk]), {"row": "2"})
    long_ago = timezone.now() - KEPT
    HeldRow.objects.update(held_at=long_ago)
    ListUpload.objects.update(uploaded_at=long_ago)
    call_command("sweep_jobs", verbosity=0)
    assert HeldRow.objects.get().upload == with_card


def test_list_that_is_taken_back_waits_for_nobody(with_card, page, lead):
    made = Import.objects.get(upload=with_card)
    page.post(reverse("import_take_back", args=[made.pk]))
    assert second_is_gone(page, with_card)
    assert not ListUpload.objects.awaiting(lead).exists()


def test_money_of_a_list_is_confirmed_by_a_second_person(page, clerk):
    """Like money typed in: one clerk alone cannot make it usable."""
    rows = file_of(
        ("2026-05-08", "示例基金会", "社会捐赠", "1000"), headings=("到账日期", "捐赠单位", "资金来源", "金额")
    )
    upload(page, rows, "捐款.csv")
    sent = ListUpload.objects.get()
    go_on_from_columns(page, sent.pk)
    confirm(page, sent)
    assert list(Contribution.objects.values_list("entered_by", "confirmed_by", "confirmed_amount")) == [
        (clerk.pk, None, 0)
    ]
