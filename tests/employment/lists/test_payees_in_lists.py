"""户名, 收款人 and a child's own card as columns of a list: to whose account, and who that is to the family."""

import pytest

from aid.enums import CardKind, PayeePerson
from aid.models import Child, Household
from employment.lists.kinds import LIST_KINDS
from portal.workbook.lists.vocabulary import Vocabulary
from tests.aid.paying import card
from tests.employment.lists.commands import import_list
from tests.employment.lists.files import xlsx
from tests.employment.lists.kept import FAMILIES, LI_CHILD, LI_ID, WANG_CHILD, WANG_ID

pytestmark = pytest.mark.django_db
FAMILY_CARDS = ("开户行", "卡号")
WHO = "户名和姓名不同，请写明收款人是谁：本人（户名以银行登记的为准）、职工配偶、子女本人或监护人"


@pytest.fixture
def bring(tmp_path, district, grassroots):
    path = tmp_path / "list.xlsx"

    def run(headings, *rows, dry_run=False):
        path.write_bytes(xlsx([headings, *rows]))
        return import_list(path, unit=district.code, dry_run=dry_run)

    path.write_bytes(FAMILIES)
    import_list(path, unit=district.code)
    return run


def families() -> dict[str, tuple]:
    return {
        home.worker.id_number: (home.account_person, home.account_name, home.card_kind)
        for home in Household.objects.select_related("worker")
    }


@pytest.mark.parametrize("heading", ["户名", "开户人", "收款人", "持卡人", "收款人姓名", "持卡人姓名", "账户名称"])
def test_heading_of_an_account_is_the_name_on_it(heading):
    found = {
        title: [target.attribute for target in targets]
        for kind in LIST_KINDS
        if kind.name == "families"
        for title, targets in Vocabulary(kind).unprefixed(heading).items()
    }
    assert found == {"困难职工家庭": ["payee_name"]}


def test_name_of_the_worker_or_of_a_spouse_comes_in_and_another_asks_whose_it_is(bring):
    headings = ("职工姓名", "身份证号", "持卡人", "持卡人与职工关系", "卡种")
    answer = bring(headings, ("王建国", WANG_ID, "王建国", "", "会员卡"), ("李建华", LI_ID, "张大海", "丈夫", "助学卡"))
    assert (answer["held"], answer["mapping"]["持卡人与职工关系"]) == ([], ["困难职工家庭.收款人身份"])
    assert families() == {
        WANG_ID: (PayeePerson.WORKER, "王建国", CardKind.MEMBER),
        LI_ID: (PayeePerson.SPOUSE, "张大海", CardKind.GRANT),
    }
    before = families()
    asked = bring(("职工姓名", "身份证号", "户名"), ("王建国", WANG_ID, "王健国"))
    assert [(held["column"], held["reason"]) for held in asked["held"]] == [("收款人身份", WHO)]
    assert families() == before
    told = bring(("职工姓名", "身份证号", "户名", "收款人关系"), ("王建国", WANG_ID, "王健国", "本人"))
    assert told["held"] == []
    assert families() == before | {WANG_ID: (PayeePerson.WORKER, "王健国", CardKind.MEMBER)}


def test_only_a_heading_with_a_word_for_the_child_is_the_childs_card(bring):
    own, family = card(), card()
    headings = ("职工姓名", "身份证号", "子女姓名", "子女身份证号", *FAMILY_CARDS, "学生开户行", "学生卡号", "学生户名")
    answer = bring(
        headings,
        ("王建国", WANG_ID, "王小明", WANG_CHILD, "工商银行", family, "农业银行", own, "王小明"),
        ("李建华", LI_ID, "李小红", LI_CHILD, "", "", "", "", "李小红"),
        dry_run=True,
    )
    assert {heading: answer["mapping"][heading] for heading in headings[4:]} == {
        "开户行": ["困难职工家庭.开户银行"],
        "卡号": ["困难职工家庭.银行卡号"],
        "学生开户行": ["子女.开户银行"],
        "学生卡号": ["子女.银行卡号"],
        "学生户名": ["子女.户名"],
    }
    assert [(held["row"], held["column"]) for held in answer["held"]] == [(3, "学生卡号")]  # a name and no card
    bring(headings, ("王建国", WANG_ID, "王小明", WANG_CHILD, "工商银行", family, "农业银行", own, "王小明"))
    wang = Child.objects.get(name="王小明")
    assert (wang.payee, wang.bank_card, wang.account_name) == (wang, own, "王小明")
    assert wang.household.bank_card == family


def test_card_beside_the_childs_name_is_the_familys_as_before(bring):
    number = card()
    headings = ("职工姓名", "身份证号", "子女姓名", "身份证号", *FAMILY_CARDS)
    answer = bring(headings, ("王建国", WANG_ID, "王小明", WANG_CHILD, "工商银行", number))
    assert answer["mapping"]["卡号"] == ["困难职工家庭.银行卡号"]
    wang = Child.objects.get(name="王小明")
    assert (wang.bank_card, wang.household.bank_card) == ("", number)
