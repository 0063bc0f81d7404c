"""资助来源: one case granted and paid from several sources, each its part, together the standard; the forms as ever."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from aid.casework.moving import move_case
from aid.casework.shares import Share, set_shares
from aid.enums import CasePayment, FundSource, GrantLevel
from aid.guards.approving import reasons_against
from aid.models import AidCase, CaseShare, Disbursement
from aid.payments.amounts import AmountsRefused, set_amounts
from aid.payments.bank.returns import take_return
from aid.payments.batches import add_cases
from aid.payments.dues import payable, with_dues
from portal.audit import By
from portal.models import AuditEntry
from portal.workflow import MoveRefused
from reports.counting.derive import derive
from tests import grids
from tests.aid import cases as casework
from tests.aid.paying import case_to_pay, draft, layout, raised, released, return_file
from tests.clock import Clock
from tests.reports import builders as make

pytestmark = pytest.mark.django_db
SOCIAL, UNION, GOVERNMENT = FundSource.SOCIAL, FundSource.UNION, FundSource.GOVERNMENT


def share(level: GrantLevel, source: FundSource, amount: int | str) -> Share:
    return Share(level, source, Decimal(amount))


OF_UNIT, OF_DONORS = share(GrantLevel.UNIT, UNION, 2000), share(GrantLevel.SOCIAL, SOCIAL, 1000)
A_FEN_MORE = share(GrantLevel.SOCIAL, SOCIAL, "1000.01")


def give(case: AidCase, *shares: Share) -> AidCase:
    """As if it had been said before the case was checked."""
    for each in shares:
        record = CaseShare(case=case, level=each.level, source=each.source, amount=each.amount)
        record.place_with(case)
        record.save()
    return case


def told(case: AidCase) -> list[tuple]:
    return list(case.shares.order_by("id").values_list("level", "source", "amount"))


@pytest.fixture
def of(district) -> AidCase:
    return casework.case(district, standard=Decimal(3000))


def test_sources_are_said_changed_and_taken_back_until_the_case_is_checked(of, clerk, lead):
    set_shares(of, [OF_UNIT, OF_DONORS], by=By(clerk))
    assert told(of) == [("unit_level", "union", Decimal(2000)), ("social_level", "social", Decimal(1000))]
    assert AidCase.objects.get(pk=of.pk).sources == "区级 2,000.00 元、社会 1,000.00 元"
    before = CaseShare.history.count(), AuditEntry.objects.count()
    set_shares(of, [OF_UNIT, OF_DONORS], by=By(clerk))
    assert (CaseShare.history.count(), AuditEntry.objects.count()) == before
    set_shares(of, [share(GrantLevel.CITY, GOVERNMENT, 500), share(GrantLevel.UNIT, UNION, 2500)], by=By(clerk))
    assert told(of) == [("unit_level", "union", Decimal(2500)), ("city_level", "government", Decimal(500))]
    assert AuditEntry.objects.latest("pk").detail["sources"] == "市级 500.00、区级 2,500.00"
    said = list(of.history.order_by("history_id").values_list("history_change_reason", flat=True))
    assert said[-2:] == ["资助来源：区级 2,000.00、社会 1,000.00", "资助来源：市级 500.00、区级 2,500.00"]
    casework.answered(of)
    move_case(of, "submit", by=By(clerk))
    set_shares(of, [], by=By(clerk))
    assert told(of) == []
    move_case(AidCase.objects.get(pk=of.pk), "check", by=By(lead))
    with pytest.raises(MoveRefused, match="已初审"):
        set_shares(of, [OF_UNIT, OF_DONORS], by=By(clerk))
    with pytest.raises(MoveRefused, match="岗位"):
        set_shares(of, [], by=By(lead))


@pytest.mark.parametrize(
    ("shares", "words"),
    [
        ([OF_UNIT], "各来源合计 2,000.00 元，应等于帮扶标准 3,000.00 元。"),
        (
            [OF_UNIT, share(GrantLevel.SOCIAL, SOCIAL, "1000.01")],
            "各来源合计 3,000.01 元，应等于帮扶标准 3,000.00 元。",
        ),
        ([share(GrantLevel.SOCIAL, UNION, 3000)], "社会的资助从社会捐助支出，市级和区级的不从社会捐助支出。"),
        ([share(GrantLevel.CITY, SOCIAL, 3000)], "社会的资助从社会捐助支出，市级和区级的不从社会捐助支出。"),
        ([OF_DONORS, share(GrantLevel.CITY, UNION, 0)], "金额必须大于 0。"),
    ],
)
def test_what_is_not_the_standard_or_not_of_its_source_is_refused_and_nothing_kept(of, clerk, shares, words):
    with pytest.raises(ValidationError) as refused:
        set_shares(of, shares, by=By(clerk))
    assert [text for texts in refused.value.message_dict.values() for text in texts] == [words]
    assert told(of) == []


def test_a_grid_that_was_open_meanwhile_is_told_of_the_sources(client_of, clerk, of):
    client, before = client_of(clerk), of.version
    sent = grids.opened(client, of)
    set_shares(of, [OF_UNIT, OF_DONORS], by=By(clerk))
    set_shares(of, [OF_UNIT, OF_DONORS], by=By(clerk))
    of.refresh_from_db()
    assert of.version == before + 1
    late = grids.save(client, sent, of, unit_share_1="2500", social_share_1="500")
    assert grids.faults(late) == {
        "unit_share-1": ["他人已改为“2000.00”，请核对后再保存"],
        "unit_source-1": ["他人已改为“各级工会投入”，请核对后再保存"],
        "social_share-1": ["他人已改为“1000.00”，请核对后再保存"],
    }
    assert told(of) == [("unit_level", "union", Decimal(2000)), ("social_level", "social", Decimal(1000))]


def test_database_keeps_a_level_once_its_source_and_an_amount(of):
    give(of, OF_UNIT)
    for wrong in (OF_UNIT, share(GrantLevel.SOCIAL, UNION, 1), share(GrantLevel.CITY, SOCIAL, 1), share("x", UNION, 0)):
        with pytest.raises(IntegrityError), transaction.atomic():
            give(of, wrong)


def test_page_takes_the_amounts_and_the_case_shows_them(client_of, clerk, lead, of):
    client, url = client_of(clerk), reverse("case_shares", args=[of.pk])
    wrong = client.post(url, {"unit_level": "2000", "unit_level_source": "union"})
    assert "应等于帮扶标准 3,000.00 元" in wrong.text
    sent = {"unit_level": "2000", "unit_level_source": "union", "social_level": "1000"}
    page = reverse("aidcase_detail", args=[of.pk])
    assert client.post(url, sent)["Location"] == page
    assert "区级 2,000.00 元、社会 1,000.00 元" in client.get(page).text
    assert told(of) == [("unit_level", "union", Decimal(2000)), ("social_level", "social", Decimal(1000))]
    assert client_of(lead).get(url).status_code == 403


def filled(page) -> dict:
    """What a browser sends of the form of a case and of the sources beside it."""
    of_case = {name: page.context["form"][name].value() for name in page.context["form"].fields}
    beside = {field.html_name: field.value() for field in page.context["shares"]}
    return {name: str(value) for name, value in (of_case | beside).items() if value is not None}


def typed_with(form: dict, **levels: str) -> dict:
    return form | {f"shares-{name}": value for name, value in levels.items()}


def test_the_form_of_a_case_takes_its_sources_along(client_of, clerk, district, campaign):
    girl, client = make.child(district), client_of(clerk)
    address = f"{reverse('aidcase_create')}?child={girl.pk}"
    form = filled(client.get(address)) | {"campaign": "2014", "standard": "3000", "mode": "政策助学"}
    form |= {"applied_on": "2014-03-01"}
    wrong = client.post(address, typed_with(form, unit_level="2000", unit_level_source="union", social_level="999.99"))
    assert "各来源合计 2,999.99 元，应等于帮扶标准 3,000.00 元。" in wrong.text
    assert 'value="999.99"' in wrong.text
    assert not AidCase.objects.exists()
    client.post(address, typed_with(form, unit_level="2000", unit_level_source="union", social_level="1000"))
    case = AidCase.objects.get()
    assert told(case) == [("unit_level", "union", Decimal(2000)), ("social_level", "social", Decimal(1000))]

    edit = reverse("aidcase_edit", args=[case.pk])
    form = filled(client.get(edit))
    assert (form["shares-unit_level"], form["shares-social_level"]) == ("2000.00", "1000.00")
    refused = client.post(edit, form | {"standard": "2500"})
    assert "各来源合计 3,000.00 元，应等于帮扶标准 2,500.00 元。" in refused.text
    case.refresh_from_db()
    assert case.standard == 3000
    client.post(edit, form | {"standard": "2500", "shares-unit_level": "1500"})
    case.refresh_from_db()
    assert case.standard == 2500
    assert told(case) == [("unit_level", "union", Decimal(1500)), ("social_level", "social", Decimal(1000))]


def test_a_form_sent_without_sources_leaves_them(client_of, clerk, of):
    give(of, OF_UNIT, OF_DONORS)
    client, edit = client_of(clerk), reverse("aidcase_edit", args=[of.pk])
    form = {name: value for name, value in filled(client.get(edit)).items() if not name.startswith("shares-")}
    client.post(edit, form | {"sponsor": ""})
    assert len(told(of)) == 2
    client.post(edit, filled(client.get(edit)) | {"shares-unit_level": "", "shares-social_level": ""})
    assert told(of) == []


def test_a_standard_changed_since_keeps_the_case_from_going_on(of, clerk, lead):
    give(of, OF_UNIT, OF_DONORS)
    casework.answered(of)
    make.change(of, standard=Decimal(2500))
    words = "各来源合计 3,000.00 元，应等于帮扶标准 2,500.00 元。"
    with pytest.raises(MoveRefused, match=words):
        move_case(of, "submit", by=By(clerk))
    assert words in reasons_against([of], lead)[of.pk]


def paid_from(source: FundSource, case: AidCase, campaign, clerk, lead) -> None:
    batch = released(campaign, clerk, lead, [case], source=source)
    file = return_file(batch)
    take_return(batch, content=file, name="回盘.xlsx", layout=layout(), paid_on=date(2014, 7, 1), by=By(clerk))


def test_each_batch_pays_the_part_of_its_source_and_the_forms_count_one_child(
    campaign, district, clerk, lead, monkeypatch
):
    Clock(monkeypatch).set(date(2014, 7, 1))
    for source, amount in ((UNION, 5000), (SOCIAL, 5000), (GOVERNMENT, 5000)):
        raised(district, amount, source)
    case = give(case_to_pay(district, 3000), OF_UNIT, OF_DONORS)
    plain = case_to_pay(district, 700)
    dues = {source: set(payable(clerk, campaign, source).values_list("pk", "due")) for source in FundSource}
    assert dues == {
        SOCIAL: {(case.pk, Decimal(1000)), (plain.pk, Decimal(700))},
        UNION: {(case.pk, Decimal(2000)), (plain.pk, Decimal(700))},
        GOVERNMENT: {(plain.pk, Decimal(700))},
    }
    other = draft(campaign, clerk, [plain], source=GOVERNMENT)
    assert add_cases(other, [case.pk], by=By(clerk)).refused == [
        (case.number, "已足额发放或正在发放，或定了资助来源而这一来源没有它的份额")
    ]
    first = draft(campaign, clerk, [case], source=SOCIAL)
    (item,) = first.items.all()
    assert item.amount == Decimal(1000)
    with pytest.raises(AmountsRefused, match=r"最多还可发放 1,000\.00 元"):
        set_amounts(first, {item.pk: Decimal("1000.01")}, shown={item.pk: item.amount}, by=By(clerk))
    first.items.all().delete()

    paid_from(SOCIAL, case, campaign, clerk, lead)
    assert AidCase.objects.with_payment().get(pk=case.pk).payment == CasePayment.PARTLY
    assert set(AidCase.objects.to_pay()) == {case, plain}
    assert not payable(clerk, campaign, SOCIAL).filter(pk=case.pk).exists()
    paid_from(UNION, case, campaign, clerk, lead)
    assert AidCase.objects.with_payment().get(pk=case.pk).payment == CasePayment.PAID
    assert set(AidCase.objects.to_pay()) == {plain}
    assert with_dues(AidCase.objects.filter(pk=case.pk)).get().due == 0
    assert list(Disbursement.objects.order_by("amount").values_list("source", "amount")) == [
        ("social", Decimal(1000)), ("union", Decimal(2000)),
    ]  # fmt: skip
    figures = {slug: value for slug, value in derive(campaign, district).items() if value}
    assert figures == {
        "raised": 15000, "raised_government": 5000, "raised_social": 5000, "raised_union": 5000,
        "paid": 3000, "paid_secondary": 3000, "aided": 1, "aided_secondary": 1,
    }  # fmt: skip


def pay(case: AidCase, source: FundSource, amount: int | str, status: str = "paid") -> None:
    make.payment(case.union, case=case, amount=Decimal(amount), source=source, status=status)


@pytest.mark.parametrize(
    ("payments", "told", "waits"),
    [
        ([(UNION, 2000, "paid"), (SOCIAL, "999.99", "paid")], CasePayment.PARTLY, True),
        ([(UNION, 2000, "paid"), (SOCIAL, "999.99", "paid"), (SOCIAL, "0.01", "pending")], CasePayment.PAID, False),
        ([(UNION, 2000, "paid"), (SOCIAL, "999.99", "paid"), (SOCIAL, "0.01", "failed")], CasePayment.PARTLY, True),
        ([(UNION, "1999.9", "paid"), (UNION, "0.1", "paid"), (SOCIAL, 1000, "paid")], CasePayment.PAID, False),
    ],
)
def test_a_source_paid_in_part_still_owes_the_rest(campaign, district, payments, told, waits):
    case = give(make.case(district, standard=Decimal(3000)), OF_UNIT, OF_DONORS)
    for payment in payments:
        pay(case, *payment)
    assert AidCase.objects.with_payment().get(pk=case.pk).payment == told
    assert AidCase.objects.to_pay().exists() is waits


def test_levels_of_one_source_owe_together(campaign, district):
    case = make.case(district, standard=Decimal(3000))
    give(case, share(GrantLevel.CITY, UNION, 1000), share(GrantLevel.UNIT, UNION, 2000))
    pay(case, UNION, 2999)
    assert AidCase.objects.with_payment().get(pk=case.pk).payment == CasePayment.PARTLY
    pay(case, UNION, 1)
    assert AidCase.objects.with_payment().get(pk=case.pk).payment == CasePayment.PAID


def test_sources_of_another_unit_are_not_to_be_found(client_of, foreign_district, clerk):
    theirs = casework.case(foreign_district)
    assert client_of(clerk).get(reverse("case_shares", args=[theirs.pk])).status_code == 404
