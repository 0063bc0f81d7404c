"""资助来源 as columns of a list: what each level grants comes in with the case of the row."""

from decimal import Decimal

import pytest

from aid.models import AidCase, CaseShare
from portal.audit import By
from portal.models import Import
from portal.records.taking_back.acts import take_back
from tests.employment.lists.commands import import_list
from tests.employment.lists.files import xlsx
from tests.employment.lists.kept import FAMILIES, LI_CHILD, WANG_CHILD

HEADINGS = (
    "学生姓名",
    "学生身份证号码",
    "申请时间",
    "救助金额",
    "市级资金",
    "区级配套资金",
    "区级来源",
    "社会资金（元）",
)
SAID = {"活动年度": "2026", "助学方式": "社会助学"}


def wang(*cells):
    return ("王小明", WANG_CHILD, "2026-7-1", *cells)


def li(*cells):
    return ("李小红", LI_CHILD, "2026-7-1", *cells)


@pytest.fixture
def bring(tmp_path, district, grassroots):
    path = tmp_path / "list.xlsx"

    def run(*rows):
        path.write_bytes(xlsx([HEADINGS, *rows]))
        return import_list(path, unit=district.code, said=SAID)

    path.write_bytes(FAMILIES)
    import_list(path, unit=district.code)
    return run


def on_file() -> set:
    return set(CaseShare.objects.values_list("level", "source", "amount", "union_path"))


def test_parts_of_each_level_come_in_with_their_case(bring, district):
    answer = bring(wang(1500, "1,000元", 500, "区财政拨款", 0), li(1500, "", "", "", ""))
    assert (answer["held"], answer["left_out"]) == ([], [])
    assert answer["mapping"]["区级配套资金"] == ["资助来源·区级.区级资金(元)"]
    assert {title: count for title, count in answer["created"].items() if count} == {
        "助学申请": 2,
        "资助来源·市级": 1,
        "资助来源·区级": 1,
    }
    assert on_file() == {
        ("city_level", "union", Decimal("1000.00"), district.path),
        ("unit_level", "government", Decimal("500.00"), district.path),
    }


def test_parts_that_do_not_come_to_what_is_granted_hold_the_row(bring):
    answer = bring(wang(1500, 1000, 400, "", 0), li(1500, 1000, "", "", 500))
    assert [(held["row"], held["column"], held["reason"]) for held in answer["held"]] == [
        (2, "区级配套资金", "各来源合计 1,400.00 元，应等于帮扶标准 1,500.00 元")
    ]
    assert {(share.level, share.amount) for share in CaseShare.objects.all()} == {
        ("city_level", Decimal(1000)),
        ("social_level", Decimal(500)),
    }


def test_money_of_donors_is_not_that_of_a_unit(bring):
    answer = bring(wang(1500, 1000, 500, "企业捐款", ""))
    assert [(held["column"], held["reason"]) for held in answer["held"]] == [
        ("区级来源", "社会的资助从社会捐助支出，市级和区级的不从社会捐助支出")
    ]
    assert not AidCase.objects.exists()


def test_source_without_an_amount_holds_the_row(bring):
    answer = bring(wang(1500, 1500, "", "区财政", ""))
    assert [(held["column"], held["reason"]) for held in answer["held"]] == [("区级配套资金", "写了来源，没有写金额")]


def test_same_list_changes_nothing_and_another_changes_until_the_case_is_checked(bring, lead):
    bring(wang(1500, 1000, 500, "", ""))
    again = bring(wang(1500, 1000, 500, "", ""))
    assert set(again["created"].values()) | set(again["updated"].values()) == {0}
    alone = bring(wang(1600, "", "", "", ""))["held"]
    assert [(held["column"], held["reason"]) for held in alone] == [
        ("救助金额", "各来源合计 1,500.00 元，应等于帮扶标准 1,600.00 元")
    ]
    assert bring(wang(1600, 1000, 600, "", ""))["held"] == []
    AidCase.objects.update(status="checked")
    late = bring(wang(1600, 900, 700, "", ""))["held"]
    assert {held["reason"] for held in late} == {"申请现在的状态是“已初审”，不能修改资助来源"}


def test_parts_are_taken_back_with_their_case(bring, clerk):
    bring(wang(1500, 1000, 500, "", ""))
    take_back(Import.objects.latest("made_at"), by=By(clerk))
    assert not CaseShare.objects.exists()
    assert not AidCase.objects.exists()
