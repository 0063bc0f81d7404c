"""A workbook taken back: with a second person where it decided, paid or changed a card."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from aid.enums import FundSource
from aid.ledger.days import overdrafts
from aid.models import AidCase, Household
from aid.payments.ledger import balance_of
from employment.workbook import CASE_WORKBOOK
from portal.audit import By
from portal.enums import AuditAction
from portal.models import AuditEntry, Import
from portal.records.taking_back.acts import agree_to_take_back, refuse_to_take_back, take_back
from portal.records.taking_back.hindrances import NotTakenBack
from portal.workbook.importing.service import import_workbook
from reports.handed_in.drift import WENT, drift
from tests.employment.lists.test_taking_back import everything
from tests.reports import builders as make
from tests.reports.getting_ready import frozen, ready
from tests.workbook.sheets import PAYMENT, light_book, valid_book, write


@pytest.fixture
def bring_in(tmp_path, district, grassroots, clerk):
    """Import a workbook as the clerk; its import, made some `days` ago."""

    def bring_in(book, days: int = 0) -> Import:
        path = write(book, tmp_path / "一季度.xlsx")
        assert import_workbook(path, workbook=CASE_WORKBOOK, unit=district, by=By(clerk)).errors == []
        made = Import.objects.latest("made_at")
        Import.objects.filter(pk=made.pk).update(made_at=timezone.now() - timedelta(days=days))
        return Import.objects.get(pk=made.pk)

    return bring_in


def test_import_that_decided_and_paid_is_asked_back_and_goes_when_a_lead_agrees(bring_in, clerk, lead):
    before = everything()
    done = bring_in(valid_book())
    written = everything()
    asked = take_back(done, by=By(clerk))
    assert (asked.is_asked_back, asked.asked_by, asked.taken_back_at) == (True, clerk, None)
    assert everything() == written
    with pytest.raises(NotTakenBack, match="正等另一人同意"):
        take_back(asked, by=By(clerk))
    with pytest.raises(NotTakenBack, match="须由申请人以外的单位审核人同意"):
        agree_to_take_back(asked, by=By(clerk))
    gone = agree_to_take_back(asked, by=By(lead))
    assert (gone.asked_by, gone.taken_back_by) == (clerk, lead)
    assert everything() == before
    told = AuditEntry.objects.filter(action=AuditAction.RECORD_SAVED).order_by("pk").values_list("actor", "detail__act")
    assert list(told) == [(clerk.pk, "申请撤回导入"), (lead.pk, "撤回导入")]


def test_import_without_such_rows_is_taken_back_by_who_made_it(bring_in, clerk):
    done = bring_in(light_book())
    assert done.weighty == 0
    assert take_back(done, by=By(clerk)).taken_back_by == clerk
    assert not Household.objects.exists()


@pytest.mark.parametrize("who", ["clerk", "lead"])
def test_asking_is_answered_no_or_withdrawn_and_can_be_asked_again(bring_in, request, clerk, who):
    asked = take_back(bring_in(valid_book()), by=By(clerk))
    kept = refuse_to_take_back(asked, by=By(request.getfixturevalue(who)))
    assert (kept.is_asked_back, kept.asked_by) == (False, None)
    assert Household.objects.exists()
    with pytest.raises(NotTakenBack, match="没有待复核的撤回申请"):
        refuse_to_take_back(kept, by=By(clerk))
    assert take_back(kept, by=By(clerk)).is_asked_back


def test_what_was_built_on_it_since_it_was_asked_for_is_named(bring_in, clerk, lead):
    asked = take_back(bring_in(valid_book()), by=By(clerk))
    Household.objects.filter(number="D001").update(employer="新厂")
    with pytest.raises(NotTakenBack, match="D001 在导入之后又有改动"):
        agree_to_take_back(asked, by=By(lead))
    assert Import.objects.get().is_asked_back


def test_what_went_keeps_its_last_version_and_the_corrected_file_comes_in(bring_in, clerk, lead, district):
    """Were it void, the rows of the corrected file would be passed over: their numbers name void records."""
    agree_to_take_back(take_back(bring_in(valid_book(), days=30), by=By(clerk)), by=By(lead))
    gone = Household.history.get(number="D001", history_type="-")
    assert (gone.history_user, gone.history_change_reason, gone.worker_name) == (lead, "撤回导入", "王建国")
    assert AidCase.history.filter(history_type="-").count() == 6
    assert balance_of(district, FundSource.UNION).raised == 0
    assert overdrafts(district) == []
    done = bring_in(valid_book())
    assert Household.objects.get(number="D001").worker_name == "王建国"
    assert json.loads(done.records.exclude(row=None).first().shown)[0] == "D001"


def test_report_that_counted_it_names_each_record_as_gone_and_by_whom(bring_in, clerk, lead, district):
    book = valid_book()
    done = bring_in(book)
    handed_in = frozen(ready(make.campaign(2014), district))
    assert drift(handed_in) == []
    agree_to_take_back(take_back(done, by=By(clerk)), by=By(lead))
    gone = drift(handed_in)
    assert {(each.kind, each.by) for each in gone} == {(WENT, str(lead))}
    payments = {each.before[0] for each in gone if each.fact.name == "disbursements"}
    assert payments == {
        row["业务编号"] for row in book[PAYMENT] if row["状态"] == "已发放" and row["发放日期"].year == 2014
    }


def test_pages_ask_tell_and_answer(bring_in, client_of, clerk, lead):
    done = bring_in(valid_book())
    clerks, leads = client_of(clerk), client_of(lead)
    show, back, second = (
        reverse(name, args=[done.pk]) for name in ("import_show", "import_take_back", "import_second")
    )
    assert "申请撤回（" in clerks.get(show).text
    assert leads.get(second).status_code == 404
    assert "已申请撤回：这次导入涉及审批、资金或银行卡" in clerks.post(back, follow=True).text
    assert "没有撤回：已申请撤回，正等另一人同意。" in clerks.post(back, follow=True).text
    assert "等待您复核的导入撤回" in leads.get("/").text
    assert "一季度.xlsx" in leads.get(reverse("import_asked")).text
    assert "D001" in leads.get(second).text
    assert clerks.get(second).status_code == 403
    assert "这次导入保持不变" in leads.post(second, {"answer": "refuse"}, follow=True).text
    clerks.post(back)
    assert "已取消撤回申请" in clerks.post(back, {"answer": "keep"}, follow=True).text
    clerks.post(back)
    assert "已撤回这次导入：新增的记录已删去" in leads.post(second, {"answer": "agree"}, follow=True).text
    assert f"由{clerk}申请" in clerks.get(show).text
    assert not Household.objects.exists()
