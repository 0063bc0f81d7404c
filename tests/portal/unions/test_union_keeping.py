"""Unions opened, renamed, closed and merged in the browser: what moves, what stays, and what is refused."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.timezone import localdate

from aid.enums import FundSource
from aid.ledger.days import overdrafts
from aid.models import CarriedFunds, FundBalance, Household
from aid.payments.ledger import balance_of, give_back
from employment.workbook import CASE_WORKBOOK
from portal.audit import By
from portal.enums import AuditAction
from portal.models import AuditEntry, Union
from portal.unions.keeping import close_union, open_union, rename_union
from portal.unions.merging import merge_unions, try_merger
from portal.workbook.importing.service import import_workbook
from portal.workflow import MoveRefused
from tests.aid.paying import case_to_pay, released
from tests.forms import create_address, send
from tests.reports import builders as make
from tests.workbook.sheets import fresh_id, valid_book, write

pytestmark = pytest.mark.django_db
SOCIAL = FundSource.SOCIAL
TODAY = localdate


@pytest.fixture(autouse=True)
def _tree(city, district, foreign_district, grassroots, sibling):
    """The whole cast is there before anything is kept."""


def test_unit_merged_into_another_brings_its_records_and_closes(city, district, foreign_district, grassroots, admin):
    """東湖 with its street, a family of its own, one of the street and 5 000 yuan goes to 西山, which uses D1 too."""
    own, below = make.household(district, number="D1"), make.household(grassroots, number="D2")
    make.household(foreign_district, number="D1")
    make.contribution(district, source=SOCIAL, amount=Decimal(5000))
    own.save()
    merger = merge_unions(district, foreign_district, on=TODAY(), by=By(admin))
    for record in (own, below, district, grassroots):
        record.refresh_from_db()
    assert (own.union, own.number) == (foreign_district, "310001-D1")
    assert (below.union, below.number) == (grassroots, "D2")
    assert {own.union_path, below.union_path[:8]} == {foreign_district.path}
    assert grassroots.path.startswith(district.path)
    assert district.path.startswith(foreign_district.path)
    assert (district.closed_on, district.merged_into) == (TODAY(), foreign_district)
    assert own.history.latest().history_change_reason == "“东湖区总工会”并入“西山区总工会”"
    assert balance_of(foreign_district, SOCIAL).left == 5000
    assert merger.moved.counts["困难职工家庭"] == 2
    assert [(each.kind, each.old, each.new) for each in merger.moved.renamed] == [("困难职工家庭", "D1", "310001-D1")]
    assert AuditEntry.objects.get(action=AuditAction.RECORD_SAVED).detail["act"] == "并入“西山区总工会”"


def test_old_number_is_found_and_stands_on_the_record(client_of, district, foreign_district, foreign_clerk, admin):
    home = make.household(district, number="D2026-000001")
    Household.objects.get(pk=home.pk).save()  # with a version, as every way to write leaves one
    make.household(foreign_district, number="D2026-000001")
    merge_unions(district, foreign_district, on=TODAY(), by=By(admin))
    client, address = client_of(foreign_clerk), reverse("household_detail", args=[home.pk])
    page = client.get(address).text
    assert "曾用编号" in page
    assert "310001-D2026-000001" in page
    found = client.post(reverse("find"), {"q": "D2026-000001"}, follow=True).text
    assert address in found


def test_try_tells_the_same_and_changes_nothing(district, foreign_district, admin):
    home = make.household(district, number="D1")
    make.household(foreign_district, number="D1")
    merger = try_merger(district, foreign_district, on=TODAY(), by=By(admin))
    assert merger.refusals == []
    assert [each.new for each in merger.moved.renamed] == ["310001-D1"]
    home.refresh_from_db()
    assert (home.number, home.union) == ("D1", district)
    assert Union.objects.get(pk=district.pk).closed_on is None
    assert not AuditEntry.objects.exists()


def test_street_whose_money_would_be_missing_is_refused_or_brings_it(
    city, district, foreign_district, grassroots, admin
):
    make.contribution(district, source=SOCIAL, amount=Decimal(5000), received_on=date(2014, 6, 1))
    make.payment(grassroots, source=SOCIAL, amount=Decimal(2000), paid_on=date(2014, 7, 1))
    refused = "移动后“西山区总工会”的“社会捐助”台账截至 2014-07-01 超支 2,000.00 元"
    with pytest.raises(MoveRefused, match=refused):
        merge_unions(grassroots, foreign_district, on=TODAY(), by=By(admin))
    assert try_merger(grassroots, foreign_district, on=TODAY(), by=By(admin)).refusals == [refused]
    assert not CarriedFunds.objects.exists()
    merger = merge_unions(grassroots, foreign_district, on=TODAY(), with_funds=True, by=By(admin))
    assert merger.moved.carried == ["2014-07-01 “社会捐助” 2,000.00 元由“东湖区总工会”划转到“西山区总工会”"]
    assert overdrafts(city) == []


def test_payment_that_bounces_after_the_merger_is_given_back(campaign, district, foreign_district, clerk, lead, admin):
    """The guard in the database holds 400 for the batch that came along; given back, it is none."""
    make.contribution(district, source=SOCIAL, amount=Decimal(1000))
    released(campaign, clerk, lead, [case_to_pay(district, 400)])
    merge_unions(district, foreign_district, on=TODAY(), by=By(admin))
    guard = FundBalance.objects.get(union=foreign_district, source=SOCIAL)
    assert (guard.raised, guard.taken) == (100000, 40000)
    assert FundBalance.objects.get(union=district, source=SOCIAL).taken == 0
    give_back(foreign_district, SOCIAL, Decimal(400))
    assert FundBalance.objects.get(union=foreign_district, source=SOCIAL).taken == 0


@pytest.mark.parametrize(
    ("union", "into", "why"),
    [
        ("city", "district", "市总工会不能并入"),
        ("district", "city", "市总工会不能并入"),
        ("district", "district", "不能并入自己"),
        ("district", "grassroots", "不能并入自己或自己的下级"),
    ],
)
def test_merger_that_makes_no_sense_is_refused(request, admin, union, into, why):
    union, into = (request.getfixturevalue(name) for name in (union, into))
    with pytest.raises(MoveRefused, match=why):
        merge_unions(union, into, on=TODAY(), by=By(admin))


def test_only_the_administrator_keeps_unions(district, foreign_district, clerk, reviewer):
    for person in (clerk, reviewer):
        with pytest.raises(MoveRefused, match="岗位"):
            merge_unions(district, foreign_district, on=TODAY(), by=By(person))
        with pytest.raises(MoveRefused, match="岗位"):
            rename_union(district, name="别名", kind="district", by=By(person))


def test_opened_union_never_gets_the_place_of_one_that_left(district, foreign_district, grassroots, sibling, admin):
    """What the log and the histories keep of the street that left is not for the new one to read."""
    left = sibling.path
    merge_unions(sibling, foreign_district, on=TODAY(), by=By(admin))
    made = open_union(code="310001009", name="东湖新城工会", kind="grassroots", under=district, by=By(admin))
    assert made.path != left
    assert made.path.startswith(district.path)
    assert Union.objects.get(pk=made.pk).depth == 3
    assert sorted(Union.objects.in_union(district).values_list("code", flat=True)) == [
        "310001", grassroots.code, "310001009",
    ]  # fmt: skip


def test_opened_union_is_refused_in_words(district, admin):
    for facts, field in (
        ({"code": "310001", "name": "东湖新城工会"}, "code"),
        ({"code": "", "name": "东湖新城工会"}, "code"),
        ({"code": "310001009", "name": " "}, "name"),
    ):
        with pytest.raises(ValidationError) as refused:
            open_union(kind="grassroots", under=district, by=By(admin), **facts)
        assert field in refused.value.message_dict


def test_union_is_closed_with_a_day_and_only_when_those_below_are(district, grassroots, sibling, admin):
    with pytest.raises(MoveRefused, match="其下还有 2 个工会没有撤销，如“东湖纺织厂工会”"):
        close_union(district, on=TODAY(), by=By(admin))
    for union in (grassroots, sibling, district):
        close_union(union, on=TODAY() + timedelta(days=3), by=By(admin))
    district.refresh_from_db()
    assert not district.is_closed
    for union in (grassroots, sibling, district):
        close_union(union, on=TODAY(), by=By(admin))
    district.refresh_from_db()
    assert district.is_closed
    close_union(district, on=None, by=By(admin))
    district.refresh_from_db()
    assert district.closed_on is None
    with pytest.raises(MoveRefused, match="一年之后"):
        close_union(district, on=TODAY() + timedelta(days=400), by=By(admin))


def test_closed_union_takes_no_new_record_and_shows_those_it_has(client_of, clerk, district, grassroots, sibling):
    home = make.household(district, number="D1")
    Union.objects.filter(pk=district.pk).update(closed_on=TODAY())
    client = client_of(clerk)
    assert client.get(reverse("household_detail", args=[home.pk])).status_code == 200
    answer = send(client, create_address("child", household=home), person=fresh_id(), name="王小丽", stage="高中")
    assert f"“东湖区总工会”已于 {TODAY()} 撤销，不能再登记" in answer.text
    assert not home.children.exists()


def test_workbook_brings_nothing_to_a_closed_union(district, grassroots, sibling, tmp_path):
    Union.objects.filter(pk=grassroots.pk).update(closed_on=TODAY())
    outcome = import_workbook(write(valid_book(), tmp_path / "1.xlsx"), workbook=CASE_WORKBOOK, unit=district)
    grassroots.refresh_from_db()
    assert {error.reason for error in outcome.errors} == {grassroots.closed_words}
    assert not Household.objects.exists()


def test_pages_open_rename_close_and_merge(client_of, admin, district, foreign_district, grassroots, sibling):
    client = client_of(admin)
    facts = {"code": "310009", "name": "新城区总工会", "kind": "district", "under": "310000"}
    city = Union.objects.get(depth=1)
    page = client.post(reverse("union_open"), facts | {"under": city.code}, follow=True).text
    assert "已设立“新城区总工会”" in page
    made = Union.objects.get(code="310009")
    assert made.is_reporting
    client.post(reverse("union_rename", args=[made.pk]), {"name": "新港区总工会", "kind": "district"})
    client.post(reverse("union_close", args=[made.pk]), {"on": TODAY().isoformat()})
    made.refresh_from_db()
    assert (made.name, made.closed_on) == ("新港区总工会", TODAY())
    make.household(district)
    given = {"into": "310002", "on": TODAY().isoformat()}
    merge = reverse("union_merge", args=[district.pk])
    page = client.post(merge, given).text
    assert "“东湖区总工会”将并入“西山区总工会”" in page
    assert "困难职工家庭" in page
    assert Union.objects.get(pk=district.pk).merged_into is None
    page = client.post(merge, given | {"step": "confirmed"}, follow=True).text
    assert "“东湖区总工会”已并入“西山区总工会”" in page
    assert f"{TODAY()} 并入“西山区总工会”" in page


def test_page_says_why_a_merger_is_refused(client_of, admin, district, grassroots):
    given = {"into": grassroots.code, "on": TODAY().isoformat()}
    page = client_of(admin).post(reverse("union_merge", args=[district.pk]), given).text
    assert "不能并入自己或自己的下级" in page
    assert "确认合并" not in page
