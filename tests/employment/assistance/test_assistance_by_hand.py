"""Help entered by hand as by workbook; what proves it: certificate, voucher, last day."""

from decimal import Decimal

import pytest
from django.urls import reverse

from employment.models import Assistance, Graduate
from employment.workbook import CASE_WORKBOOK
from portal.fields import blind_index
from portal.models import AuditEntry
from portal.workbook.importing.service import import_workbook
from tests import builders
from tests.forms import create_address, edit_address, errors, send
from tests.lists import shown
from tests.reports import builders as make
from tests.workbook.sheets import HELP, valid_book, write

pytestmark = pytest.mark.django_db

FIELDS = {column.heading: column.attribute for column in CASE_WORKBOOK.by_title[HELP].columns}
CERTIFICATE = {"kind": "职业资格证书", "certificate": "电工", "certificate_level": "四级（中级工）"}
CERTIFICATE |= {"certificate_number": "ZS-1"}
LOAN = {"kind": "小额担保贷款", "amount": "20000", "voucher": "D-1"}


@pytest.fixture
def graduate(district):
    return builders.graduate(district, contract_on="2014-08-20")


@pytest.fixture
def enter(client_of, clerk, graduate):
    client = client_of(clerk)
    return lambda **typed: send(
        client, create_address("assistance", graduate=graduate), **{"given_on": "2014-08-01"} | typed
    )


def test_help_by_hand_as_by_workbook(client_of, clerk, district, grassroots, tmp_path):
    book = valid_book()
    assert import_workbook(write(book, tmp_path / "0.xlsx"), workbook=CASE_WORKBOOK, unit=district).errors == []
    values = ("number", "graduate", "given_on", "kind", "amount", "provider", "note", "union", "union_path")
    by_workbook = list(Assistance.objects.order_by("number").values_list(*values))
    assert len(by_workbook) == len(book[HELP])
    Assistance.objects.all().delete()
    client = client_of(clerk)
    for row in book[HELP]:
        who = Graduate.objects.get(person__id_hash=blind_index(row["毕业生身份证号"]))
        typed = {FIELDS[name]: str(cell) for name, cell in row.items() if cell is not None and name != "毕业生身份证号"}
        proof = {"voucher": "S-1"} if row["金额(元)"] else {}
        assert send(client, create_address("assistance", graduate=who), **typed | proof).status_code == 302
    assert list(Assistance.objects.order_by("number").values_list(*values)) == by_workbook


def test_graduates_page_leads_to_the_form(client_of, clerk, graduate):
    page = client_of(clerk).get(reverse("graduate_detail", args=[graduate.pk])).content.decode()
    assert create_address("assistance", graduate=graduate) in page


def test_help_is_numbered_and_placed_with_the_graduate(enter, graduate, clerk):
    assert enter(kind="技能培训", ends_on="2014-09-30", provider="东湖技校").status_code == 302
    made = Assistance.objects.get()
    assert (made.graduate, made.union, str(made.ends_on)) == (graduate, graduate.union, "2014-09-30")
    assert made.number.startswith("J")
    assert made.history.get().history_user == clerk
    assert AuditEntry.objects.filter(action="record_saved").count() == 1


def test_certificate_with_name_level_and_sealed_number(enter, client_of, clerk, reviewer):
    assert enter(**CERTIFICATE | {"certificate_number": "ZS-2014-0815"}).status_code == 302
    made = Assistance.objects.get()
    assert (made.certificate, made.certificate_level, made.certificate_number) == ("电工", "four", "ZS-2014-0815")
    page = client_of(clerk).get(reverse("assistance_detail", args=[made.pk])).content.decode()
    assert "电工" in page
    assert "ZS-2014-0815" not in page
    revealed = client_of(reviewer).post(reverse("assistance_reveal", args=[made.pk]), {"reason": "oversight"})
    assert "ZS-2014-0815" in revealed.content.decode()


@pytest.mark.parametrize(
    ("typed", "field", "reason"),
    [
        (CERTIFICATE | {"certificate": ""}, "certificate", "必须填写证书名称"),
        (CERTIFICATE | {"certificate_number": ""}, "certificate_number", "必须填写证书编号；还没有编号的请填“暂无”"),
        (CERTIFICATE | {"certificate_level": ""}, "certificate_level", "必须填写证书等级"),
        (CERTIFICATE | {"kind": "技能培训"}, "certificate", "只有类别为职业资格证书时才填写证书"),
        (LOAN | {"amount": ""}, "amount", "必须填写金额"),
        (LOAN | {"amount": "0"}, "amount", ""),
        (LOAN | {"voucher": ""}, "voucher", "必须填写凭证号"),
        ({"kind": "求职补贴", "amount": "300"}, "voucher", "必须填写凭证号"),
        ({"kind": "技能培训", "ends_on": "2014-07-31"}, "ends_on", "结束日期不能早于开始日期"),
        ({"kind": "散步"}, "kind", ""),
    ],
)
def test_what_is_refused_is_said_beside_its_field_and_kept(typed, field, reason, enter):
    answer = enter(**typed, note="留着")
    assert answer.status_code == 200
    assert list(errors(answer)) == [field]
    assert reason in errors(answer)[field][0]
    assert answer.context["form"]["note"].value() == "留着"
    assert not Assistance.objects.exists()


@pytest.mark.parametrize(
    ("foreign", "words"),
    [
        (True, "证书编号已登记在另一人名下，请核对"),
        (False, "证书编号已登记在另一人名下（J-8），请核对"),
    ],
)
def test_number_of_somebody_elses_certificate_is_refused(enter, district, foreign_district, foreign, words):
    union = foreign_district if foreign else district
    make.assistance(union, kind="certificate", certificate_number="ZS-1", number="J-8")
    assert errors(enter(**CERTIFICATE)) == {"certificate_number": [words]}
    assert enter(**CERTIFICATE | {"certificate_number": "ZS-2"}).status_code == 302


def test_number_of_a_certificate_of_the_same_person_or_none_yet_is_no_matter(enter, client_of, clerk, district):
    assert enter(**CERTIFICATE).status_code == 302
    assert enter(**CERTIFICATE | {"given_on": "2014-08-02"}).status_code == 302
    for day in ("2014-08-03", "2014-08-04"):
        of = create_address("assistance", graduate=builders.graduate(district))
        typed = CERTIFICATE | {"certificate_number": "暂无", "given_on": day}
        assert send(client_of(clerk), of, **typed).status_code == 302
    assert Assistance.objects.count() == 4


def test_certificate_on_file_without_a_number_may_be_changed_otherwise(client_of, clerk, district):
    terms = {"kind": "certificate", "certificate": "电工", "certificate_level": "four"}
    made = make.assistance(district, **terms)
    assert send(client_of(clerk), edit_address(made), note="补证").status_code == 302


def test_grant_counts_to_the_fen(enter):
    assert enter(kind="求职补贴", amount="300.50", voucher="B-1").status_code == 302
    assert Assistance.objects.get().amount == Decimal("300.50")


def doubt(help_: Assistance) -> str:
    words = f"该毕业生 {help_.given_on} 已登记过“{help_.get_kind_display()}”（{help_.number}）"
    return f"{words}；确属另一次帮扶的，请勾选后再保存。"


@pytest.mark.parametrize(
    ("kind", "day", "asked"),
    [
        ("技能培训", "2014-08-01", True),
        ("技能培训", "2014-08-02", False),
        ("创业培训", "2014-08-01", False),
    ],
)
def test_help_entered_again_is_asked_about(enter, client_of, clerk, graduate, kind, day, asked):
    enter(kind="技能培训")
    first = Assistance.objects.get()
    client, address = client_of(clerk), create_address("assistance", graduate=graduate)
    typed = {"kind": kind, "given_on": day}
    assert 'name="is_meant"' not in client.get(address).content.decode()
    answer = send(client, address, **typed)
    assert Assistance.objects.count() == 2 - asked
    if asked:
        assert errors(answer) == {"is_meant": [doubt(first)]}
        assert 'name="is_meant"' in answer.content.decode()
        assert AuditEntry.objects.filter(action="record_saved").count() == 1
        assert send(client, address, **typed, is_meant="on").status_code == 302
        assert Assistance.objects.count() == 2


def test_second_placement_is_asked_about_whatever_its_day(enter, client_of, clerk, graduate):
    first = make.assistance(graduate.union, graduate=graduate, kind="placement", given_on="2014-07-15")
    first.refresh_from_db()
    answer = enter(kind="实现就业")
    assert errors(answer) == {"is_meant": [doubt(first)]}
    assert enter(kind="实现就业", is_meant="on").status_code == 302
    assert Assistance.objects.filter(kind="placement").count() == 2


@pytest.mark.parametrize(("contract_on", "noticed"), [(None, True), ("2014-08-20", False)])
def test_placement_without_a_contract_is_noticed(contract_on, noticed, client_of, clerk, district):
    who = builders.graduate(district, contract_on=contract_on)
    client = client_of(clerk)
    answer = send(client, create_address("assistance", graduate=who), kind="实现就业", given_on="2014-08-01")
    assert answer.status_code == 302
    assert ("还没有登记签约日期" in client.get(answer.url).content.decode()) is noticed


@pytest.mark.parametrize(("day", "noticed"), [("2013-01-01", False), ("2012-12-31", True)])
def test_help_long_before_registration_is_noticed(client_of, clerk, graduate, day, noticed):
    assert graduate.registered_on.year == 2014
    client = client_of(clerk)
    answer = send(client, create_address("assistance", graduate=graduate), kind="技能培训", given_on=day)
    assert answer.status_code == 302
    assert ("帮扶日期比该毕业生登记的年份早一年以上" in client.get(answer.url).content.decode()) is noticed


def test_workbook_brought_again_leaves_the_proof_alone(enter, client_of, clerk, district, graduate):
    enter(**LOAN, number="J-9")
    made = Assistance.objects.get()
    client = client_of(clerk)
    assert send(client, edit_address(made), provider="东湖银行").status_code == 302
    made.refresh_from_db()
    assert (made.voucher, made.provider, made.version) == ("D-1", "东湖银行", 2)


def test_help_of_another_union_is_not_found(client_of, clerk, foreign_district):
    made = make.assistance(foreign_district, kind="policy")
    assert client_of(clerk).get(edit_address(made)).status_code == 404
    assert client_of(clerk).get(create_address("assistance", graduate=made.graduate)).status_code == 404


def test_list_tells_help_by_kind(client_of, clerk, district):
    trained = make.assistance(district, kind="training")
    make.assistance(district, kind="policy")
    assert shown(client_of(clerk), "assistance", kind_of_help="training") == {trained.number}
