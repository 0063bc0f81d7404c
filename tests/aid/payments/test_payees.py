"""Whose account is paid to: the child's own, or the family's, in whosever name it is; and 户名不符 put right."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.timezone import localdate, localtime

from aid.enums import CardKind, LineResult, PayeePerson, PaymentMethod
from aid.models import Child, Household, PaymentBatch
from aid.payments.bank.returns import take_return
from aid.payments.batches import reissue_failed
from aid.payments.preflight import preflight
from employment.records import HOUSEHOLD
from portal.audit import By
from portal.records.search import ending_in_list
from tests.aid.paying import card, case_to_pay, draft, layout, lines_of, raised, released, return_file
from tests.forms import doubts, edit_address, errors, send
from tests.portal.records.test_detail import open_page
from tests.reports import builders as make

pytestmark = pytest.mark.django_db
BANK = "农业银行"


def with_own_card(case, **fields) -> Child:
    return make.change(case.child, bank_card=card(), bank_name=BANK, **fields)


def findings(batch) -> list[tuple]:
    return [(found.item.case_id, found.words) for found in preflight(batch).findings]


def test_each_is_paid_to_the_account_that_is_there_and_cash_to_the_worker(campaign, district, clerk, lead):
    raised(district, 9000)
    plain, own, guarded, spouse = (case_to_pay(district) for _turn in range(4))
    pupil = with_own_card(own, card_kind=CardKind.GRANT)
    ward = with_own_card(guarded, payee_person=PayeePerson.GUARDIAN, payee_name="孙外婆")
    home = make.change(spouse.child.household, payee_person=PayeePerson.SPOUSE, payee_name="李小红")
    cases = [plain, own, guarded, spouse]
    batch = released(campaign, clerk, lead, cases)
    told = {line.item.case_id: (line.name, line.card, line.bank) for line in lines_of(batch)}
    assert told == {
        plain.pk: ("王建国", plain.child.household.bank_card, "工商银行东湖支行"),
        own.pk: ("王小明", pupil.bank_card, BANK),
        guarded.pk: ("孙外婆", ward.bank_card, BANK),
        spouse.pk: ("李小红", home.bank_card, "工商银行东湖支行"),
    }
    cash = case_to_pay(district)
    with_own_card(cash)
    (line,) = lines_of(released(campaign, clerk, lead, [cash], method=PaymentMethod.CASH))
    assert (line.name, line.card) == ("王建国", "")


def test_wrong_name_is_put_right_by_the_name_alone(campaign, district, clerk, lead):
    raised(district, 9000)
    family, child = case_to_pay(district), case_to_pay(district)
    with_own_card(child)
    batch = released(campaign, clerk, lead, [family, child])
    back = return_file(batch, dict.fromkeys((1, 2), "户名不符"))
    take_return(batch, content=back, name="回盘.xlsx", layout=layout(), paid_on=localdate(), by=By(clerk))
    again, _added = reissue_failed(batch, by=By(clerk))
    assert [words.endswith("曾被银行退回（户名不符）") for _case, words in findings(again)] == [True, True]
    assert not PaymentBatch.objects.to_release().exists()
    make.change(family.child.household, clerk, payee_name="王健国")
    assert not PaymentBatch.objects.to_release().exists()
    make.change(child.child, clerk, payee_name="王晓明")
    assert list(PaymentBatch.objects.to_release()) == [again]
    assert findings(again) == []
    links = {item.case_id: item.case.payee for item in batch.items.filter(result=LineResult.FAILED)}
    assert links == {family.pk: family.child.household, child.pk: child.child}


def test_one_card_of_two_families_is_found_with_child_and_family_alike(campaign, district, clerk):
    raised(district, 9000)
    mine, other, sibling = case_to_pay(district), case_to_pay(district), case_to_pay(district)
    make.change(mine.child, bank_card=other.child.household.bank_card, bank_name=BANK)
    make.change(sibling.child, bank_card=sibling.child.household.bank_card, bank_name=BANK)
    batch = draft(campaign, clerk, [mine, other, sibling])
    number = {case: case.child.household.number for case in (mine, other)}
    assert sorted(findings(batch)) == sorted(
        [
            (mine.pk, f"同一张银行卡还登记在家庭档案 {number[other]}"),
            (other.pk, f"同一张银行卡还登记在家庭档案 {number[mine]}"),
        ]
    )


def test_childs_card_put_in_or_taken_out_lately_is_told(campaign, district, clerk):
    raised(district, 9000)
    put_in, taken_out = case_to_pay(district), case_to_pay(district)
    with_own_card(taken_out)
    for case in (put_in, taken_out):
        make.change(case.child, clerk)
        case.child.history.update(history_date=timezone.now() - timedelta(days=400))
    with_own_card(put_in, by=clerk)
    make.change(taken_out.child, clerk, bank_card="", bank_name="")
    words = f"子女的银行卡号 {localtime():%Y-%m-%d} 由陈经办改过（在页面上修改），请向本人核实"
    assert findings(draft(campaign, clerk, [put_in, taken_out])) == [(put_in.pk, words), (taken_out.pk, words)]


def test_form_and_database_ask_for_the_name_of_somebody_else_and_for_a_card(client_of, clerk, district):
    child = case_to_pay(district).child
    client, address, number = client_of(clerk), edit_address(child), card()
    asked = send(client, address, bank_card=number, payee_person="监护人")
    assert errors(asked).keys() == {"payee_name"}
    assert errors(send(client, address, payee_name="孙外婆")).keys() == {"bank_card"}
    typed = {"bank_card": number, "bank_name": BANK, "payee_person": "监护人", "payee_name": "孙外婆"}
    saved = send(client, address, **typed, card_kind="助学金银行卡")
    assert saved.status_code == 302, (errors(saved), doubts(saved))
    child.refresh_from_db()
    assert (child.payee, child.account_name, child.card_kind) == (child, "孙外婆", CardKind.GRANT)
    page = open_page(client, child).text
    assert all(words in page for words in ("监护人", "孙外婆", "助学金银行卡", f"**** {number[-4:]}"))
    assert f"{localdate()} 陈经办" in page
    assert number not in page
    with pytest.raises(IntegrityError), transaction.atomic():
        Child.objects.filter(pk=child.pk).update(payee_name="")


def test_family_is_found_by_the_card_of_its_child(client_of, clerk, district):
    child = with_own_card(case_to_pay(district))
    found = client_of(clerk).post("/find/", {"q": child.bank_card[-4:], "kind": "child"}, follow=True)
    assert [str(record) for group in found.context["groups"] for record in group.records] == [str(child)]
    by_card = ending_in_list(HOUSEHOLD, clerk, child.bank_card[-4:])
    assert Household.objects.get(by_card) == child.household
