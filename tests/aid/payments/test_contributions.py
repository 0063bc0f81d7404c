"""Money that came in: its voucher, the second person who confirms it, and what can be paid from it until then."""

import re
from datetime import timedelta
from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from aid.models import Contribution, ContributionVoucher, Disbursement
from aid.payments.confirming import confirm_contribution
from aid.payments.contributions import CONTRIBUTION_FORM
from aid.payments.ledger import FundsShort, balance_of, take
from aid.voiding import VOIDING
from employment.workbook import CASE_WORKBOOK
from portal.audit import By
from portal.desk.todos import waiting_for
from portal.models import AuditEntry
from portal.records.editing import RecordRefused, change_record, create_record
from portal.records.voiding import ask_to_void
from portal.workbook.importing.service import import_workbook
from portal.workflow import MoveRefused
from tests.aid.paying import voucher_of
from tests.papers import PDF
from tests.reports import builders as make
from tests.workbook.sheets import valid_book, write

pytestmark = pytest.mark.django_db
SOCIAL = "social"
WORDS = "已核对原件"


def entered(clerk, amount=1000, **typed) -> Contribution:
    values = {"received_on": make.IN_WINDOW, "source": SOCIAL, "amount": Decimal(amount), "donor": "", "voucher": "P1"}
    values |= {"number": "", "union": clerk.union.code} | typed
    return create_record(CONTRIBUTION_FORM, values=values, by=By(clerk)).record


def corrected(contribution: Contribution, clerk, **values) -> Contribution:
    return change_record(CONTRIBUTION_FORM, contribution, values=values, by=By(clerk)).record


def standing(district) -> tuple[Decimal, Decimal]:
    """What may be paid from the social funds, and what waits."""
    balance = balance_of(district, SOCIAL)
    return balance.raised, balance.waiting


def test_what_one_person_entered_is_not_paid_from_until_another_confirms_it(clerk, lead, district):
    made = entered(clerk)
    assert (made.entered_by, made.standing, standing(district)) == (clerk, "待复核", (0, 1000))
    with pytest.raises(FundsShort, match=re.escape("另有 1,000.00 元待复核，复核后可用")):
        take(district, SOCIAL, Decimal(1))
    confirm_contribution(made, without_voucher=WORDS, by=By(lead))
    assert standing(district) == (1000, 0)
    take(district, SOCIAL, Decimal(1000))
    kept = Contribution.objects.get()
    assert (kept.confirmed_by, kept.standing, kept.without_voucher) == (lead, "已复核", WORDS)
    assert kept.history.latest().history_change_reason == "复核收款"
    assert AuditEntry.objects.latest("id").detail["act"] == "复核收款"


def test_confirmed_twice_it_is_confirmed_once(clerk, lead):
    made = entered(clerk)
    confirm_contribution(made, without_voucher=WORDS, by=By(lead))
    versions = made.history.count()
    confirm_contribution(made, without_voucher="再来", by=By(lead))
    assert (made.history.count(), Contribution.objects.get().without_voucher) == (versions, WORDS)


def test_neither_the_clerk_nor_who_entered_it_confirms_it(clerk, lead):
    made = entered(clerk)
    with pytest.raises(MoveRefused, match="您的岗位不能复核收款"):
        confirm_contribution(made, without_voucher=WORDS, by=By(clerk))
    Contribution.objects.update(entered_by=lead)  # once a clerk
    with pytest.raises(MoveRefused, match="由您登记，须由另一人复核"):
        confirm_contribution(made, without_voucher=WORDS, by=By(lead))


def test_without_a_voucher_a_word_is_asked_for(clerk, lead):
    made = entered(clerk)
    with pytest.raises(MoveRefused, match="还没有上传凭证"):
        confirm_contribution(made, by=By(lead))
    voucher_of(made)
    assert confirm_contribution(made, by=By(lead)).is_confirmed


def test_less_needs_nobody_and_more_waits(clerk, lead, district):
    made = entered(clerk)
    confirm_contribution(made, without_voucher=WORDS, by=By(lead))
    assert corrected(made, clerk, amount=Decimal(600)).is_confirmed
    assert standing(district) == (600, 0)
    more = corrected(made, clerk, amount=Decimal(900))
    assert (more.standing, standing(district)) == ("部分复核", (600, 300))
    confirm_contribution(more, without_voucher=WORDS, by=By(lead))
    assert standing(district) == (900, 0)


@pytest.mark.parametrize("changed", [{"source": "union"}, {"received_on": make.IN_WINDOW - timedelta(days=1)}])
def test_another_source_or_an_earlier_day_is_seen_anew(clerk, lead, district, changed):
    made = entered(clerk)
    confirm_contribution(made, without_voucher=WORDS, by=By(lead))
    assert not corrected(made, clerk, **changed).confirmed_amount
    assert standing(district) == (0, 0 if "source" in changed else 1000)


def test_later_day_needs_nobody(clerk, lead, district):
    made = entered(clerk)
    confirm_contribution(made, without_voucher=WORDS, by=By(lead))
    assert corrected(made, clerk, received_on=make.AS_OF).is_confirmed


def test_what_was_spent_keeps_its_day_and_source(clerk, lead, district):
    made = entered(clerk)
    confirm_contribution(made, without_voucher=WORDS, by=By(lead))
    make.payment(district, source=SOCIAL, amount=Decimal(700), paid_on=make.AS_OF)
    for changed in ({"source": "union"}, {"amount": Decimal(699)}):
        with pytest.raises(RecordRefused):
            corrected(made, clerk, **changed)
    assert corrected(made, clerk, amount=Decimal(700)).is_confirmed


def test_unconfirmed_is_taken_back_by_who_entered_it(clerk, lead, district):
    assert ask_to_void(entered(clerk), VOIDING[Contribution], reason="wrong_value", by=By(clerk)).is_voided
    made = entered(clerk)
    confirm_contribution(made, without_voucher=WORDS, by=By(lead))
    asked = ask_to_void(made, VOIDING[Contribution], reason="wrong_value", by=By(clerk))
    assert asked.voiding_is_asked
    assert [todo.count for todo in waiting_for(lead) if todo.url.endswith("voided=asked")] == [1]


def test_lead_is_told_what_waits(clerk, lead, district, client_of):
    entered(clerk)
    make.contribution(district)
    (todo,) = [todo for todo in waiting_for(lead) if todo.url.endswith("confirmed=no")]
    assert todo.count == 1
    assert client_of(lead).get(todo.url).context["listing"].page.total == 1
    assert not [todo for todo in waiting_for(clerk) if todo.url.endswith("confirmed=no")]


def imported(path, district, actor=None):
    outcome = import_workbook(path, workbook=CASE_WORKBOOK, unit=district, by=By(actor))
    assert outcome.errors == []


def test_operator_answers_for_a_workbook_alone(district, grassroots, tmp_path):
    imported(write(valid_book(), tmp_path / "book.xlsx"), district)
    assert Contribution.objects.exists()
    assert not Contribution.objects.to_confirm().exists()


def test_workbook_of_receipts_alone_waits_where_a_clerk_brings_it(district, grassroots, clerk, tmp_path):
    path = write(valid_book().only("资金筹集"), tmp_path / "book.xlsx")
    imported(path, district, clerk)
    assert Contribution.objects.to_confirm().count() == Contribution.objects.count() > 0
    assert set(Contribution.objects.values_list("entered_by", flat=True)) == {clerk.pk}
    imported(path, district)  # nothing changed, and nobody said anything
    assert Contribution.objects.to_confirm().count() == Contribution.objects.count()


def test_money_that_comes_and_goes_in_one_workbook_is_seen_as_one(district, grassroots, clerk, tmp_path):
    imported(write(valid_book(), tmp_path / "book.xlsx"), district, clerk)
    assert Disbursement.objects.filter(status="paid").exists()
    assert not Contribution.objects.to_confirm().exists()


def test_pages_from_entry_to_confirmation(client_of, clerk, lead, district):
    made = entered(clerk)
    clerks, leads = client_of(clerk), client_of(lead)
    detail = reverse("contribution_detail", args=[made.pk])
    add, confirm = (reverse(f"contribution_{act}", args=[made.pk]) for act in ("voucher_add", "confirm"))
    page = clerks.get(detail).text
    assert add in page
    assert confirm not in page
    assert confirm in leads.get(detail).text
    for _twice in range(2):
        file = SimpleUploadedFile("进账单.pdf", PDF)
        assert clerks.post(add, {"file": file}).url == detail
    voucher = ContributionVoucher.objects.get()
    assert "进账单.pdf" in leads.get(confirm).text
    shown = leads.get(reverse("contribution_voucher", args=[voucher.pk]))
    assert (shown.content, shown["Content-Disposition"][:10]) == (PDF, "attachment")
    assert AuditEntry.objects.latest("id").detail["act"] == "下载凭证"
    assert leads.post(confirm).url == detail
    assert Contribution.objects.get().is_confirmed
    assert confirm not in leads.get(detail).text


def test_file_of_another_kind_is_refused(client_of, clerk):
    add = reverse("contribution_voucher_add", args=[entered(clerk).pk])
    answer = client_of(clerk).post(add, {"file": SimpleUploadedFile("a.pdf", b"MZ not a pdf")})
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not ContributionVoucher.objects.exists()


def test_ledger_page_tells_what_waits(client_of, clerk, district):
    make.contribution(district, source=SOCIAL, amount=Decimal(500))
    entered(clerk)
    page = client_of(clerk).get(reverse("ledger")).text
    assert "另有 1,000.00 元待复核，复核后可用" in page


def test_what_was_on_file_before_can_be_paid_from(district):
    """By the migration itself."""
    migration = import_module("aid.migrations.0009_confirmed_contributions")
    made = make.contribution(district, confirmed_amount=0)
    migration.confirm_all(apps, None)
    assert Contribution.objects.get(pk=made.pk).is_confirmed
