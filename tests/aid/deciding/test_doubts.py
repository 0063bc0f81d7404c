"""What gives cause for doubt, one declaration at a time, and the facts it is told from."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils.timezone import localdate

from aid.deciding.doubts import DOUBTS, doubts_of
from aid.deciding.facts import facts_of
from aid.deciding.rows import decision_rows, to_be_decided
from aid.enums import DocumentKind
from aid.models import AidCase, AidStandard, MinimumIncome, PolicyAid
from aid.workflow import AID_CASE_WORKFLOW
from tests import builders
from tests.aid import cases as casework
from tests.reports import builders as make

EVERY_PAPER = ("application", "identity", "income", "school", "notice")
UNDOUBTED = {"bank_card": "6222020000000000018", "telephone": "13987654321", "monthly_income": 1500, "family_size": 3}


def family(union, **fields):
    """A family without anything doubtful: its papers there, 500 yuan a head and month."""
    home = make.household(union, **UNDOUBTED | fields)
    for kind in EVERY_PAPER:
        builders.document(home, kind)
    return home


def on_notice(union, home, **fields):
    """Its notice over, with a photo; the policies answered."""
    of = casework.case(union, "submitted", child=make.child(union, household=home), **fields)
    casework.notice(union, of)
    return of


def read(of) -> AidCase:
    return to_be_decided(AidCase.objects.filter(pk=of.pk)).get()


def doubts(of, user) -> dict[str, str]:
    return {told.label: told.words for told in doubts_of(facts_of([read(of)], user)[0])}


@pytest.fixture
def home(district):
    MinimumIncome.objects.update_or_create(year=2013, city="上海市", defaults={"monthly": Decimal(640)})
    return family(district)


@pytest.fixture
def of(district, home):
    return on_notice(district, home)


def test_nothing_is_doubtful_about_a_proper_case(of, lead):
    assert doubts(of, lead) == {}


def test_income_over_the_line_of_the_year_or_the_latest_before(of, home, lead, district):
    builders.income(district, home, 2013, note="")  # 20 000 a year for 3: 555.56 a head
    assert doubts(of, lead) == {}
    make.change(home.incomes.get(), amount=Decimal(36000))
    assert doubts(of, lead) == {"收入高于标准": "人均月收入 1,000.00 元，2013 年标准 640.00 元"}


def test_family_without_any_income_is_told(lead, district):
    of = on_notice(district, family(district, monthly_income=None))
    assert doubts(of, lead) == {"没有登记收入": "不能与标准对照"}


def test_card_and_telephone_of_another_family_are_told_by_its_number_or_its_unit(of, lead, district, foreign_district):
    near = make.household(district, bank_card=UNDOUBTED["bank_card"])
    make.household(foreign_district, telephone=UNDOUBTED["telephone"])
    make.household(district, telephone=UNDOUBTED["telephone"], closed_on=localdate())  # its file is closed
    assert doubts(of, lead) == {
        "银行卡重复": f"还登记在家庭档案 {near.number}",
        "电话重复": "还登记在“西山区总工会”的一个家庭",
    }


def test_brother_or_sister_of_the_same_year_is_told(of, home, lead, district):
    make.case(district, child=make.child(district, household=home, name="曾小弟"))
    make.case(district, year=2013, child=make.child(district, household=home, name="曾大姐"))
    turned_down = casework.case(district, "rejected", child=make.child(district, household=home, name="曾小妹"))
    facts = facts_of([read(of)], lead)[0]
    assert doubts(of, lead) == {"兄弟姐妹也在申请": "曾小弟（已审批通过）"}
    assert turned_down in facts.siblings
    assert len(facts.siblings) == 3


def test_what_was_changed_since_the_notice_is_named_and_what_is_beside_it_is_not(of, home, clerk, lead):
    for record in (home, of.child):
        make.change(record, clerk)  # its first version
    make.change(home, clerk, verified_on=localdate())
    assert doubts(of, lead) == {}
    make.change(home, clerk, family_size=4, bank_card="6222020000000000026")
    make.change(of.child, clerk, stage="junior")
    assert doubts(of, lead) == {"公示后有改动": "学段、银行卡号、家庭人口"}


def test_what_was_changed_since_the_check_is_named_of_a_case_that_has_no_notice(home, district, clerk, lead):
    make.change(home, clerk)  # its first version
    of = casework.checked(district, lead, child=make.child(district, household=home))
    assert doubts(of, lead) == {}
    make.change(home, clerk, family_size=4)
    assert doubts(of, lead) == {"初审后有改动": "家庭人口"}


def test_policies_papers_photo_standard_objection_and_file(of, home, lead, district):
    PolicyAid.objects.filter(case=of, policy__in=("grant", "scholarship")).delete()
    home.documents.filter(kind=DocumentKind.SCHOOL).delete()
    AidStandard.objects.create(campaign=of.campaign, stage=of.stage, amount=of.standard + 500)
    casework.objection(of)
    of.notices.get().photo.delete()
    type(home).objects.filter(pk=home.pk).update(closed_on=localdate())
    found = doubts(of, lead)
    assert found.pop("与年度帮扶标准不同").endswith("低 500.00 元")
    assert found == {
        "有异议": "1 条",
        "政策未填": "2 项",
        "材料还缺": "在读证明",
        "没有张贴照片": "",
        "档案已注销": "",
    }


def test_relief_of_another_office_for_the_same_is_told_with_the_sum_of_both(of, lead):
    PolicyAid.objects.filter(case=of, policy="grant").update(outcome="granted", amount=Decimal(900))
    assert doubts(of, lead) == {}  # a grant of the school's is seen among the facts, and no doubt
    PolicyAid.objects.filter(case=of, policy="civil_relief").update(outcome="granted", amount=Decimal("80.50"))
    both = of.standard + Decimal("80.50")
    assert doubts(of, lead) == {"可能重复救助": f"民政已救助 80.50 元，连同本次共 {both:,.2f} 元"}
    assert facts_of([read(of)], lead)[0].policies.amount == Decimal("980.50")


def given(of, **amounts: str) -> None:
    for policy, amount in amounts.items():
        PolicyAid.objects.filter(case=of, policy=policy).update(outcome="granted", amount=Decimal(amount))


def test_more_from_other_offices_than_the_standard_is_told_and_a_loan_is_none(of, lead):
    given(of, grant="600", tuition_waiver="400", student_loan="8000")
    assert doubts(of, lead) == {}  # 1 000 yuan, as much as is asked for; the loan is paid back
    given(of, tuition_waiver="400.01")
    words = "其他部门已资助 1,000.01 元，高于帮扶标准 1,000.00 元，连同本次共 2,000.01 元"
    assert doubts(of, lead) == {"其他部门资助较多": words}
    AidStandard.objects.create(campaign=of.campaign, stage=of.stage, amount=1500)
    assert list(doubts(of, lead)) == ["与年度帮扶标准不同"]  # what the table grants is the line, not what is asked for


def test_every_doubt_is_found_by_one_of_these_tests():
    assert {str(doubt.label) for doubt in DOUBTS} == {
        *("有异议", "公示后有改动", "初审后有改动", "收入高于标准", "没有登记收入", "银行卡重复", "电话重复"),
        *("兄弟姐妹也在申请", "与年度帮扶标准不同", "政策未填", "材料还缺", "没有张贴照片", "档案已注销"),
        *("可能重复救助", "其他部门资助较多"),
    }


def test_money_of_earlier_years_is_that_of_the_family(of, home, lead, district):
    sister = make.child(district, household=home)
    make.payment(district, case=make.case(district, year=2013, child=sister), amount=1200)
    make.payment(district, case=make.case(district, year=2012, child=of.child), amount=800)
    make.payment(district, case=make.case(district, year=2012, child=sister), amount=5000, status="pending")
    facts = facts_of([read(of)], lead)[0]
    assert (facts.paid_before, len(facts.before), len(facts.siblings)) == (2000, 1, 2)


def test_doubtful_rows_come_first_and_cost_the_same_for_one_and_for_many(
    of, lead, district, django_assert_num_queries, django_assert_max_num_queries
):
    def rows():
        return decision_rows(to_be_decided(AidCase.objects.all()), lead, AID_CASE_WORKFLOW.by_name["approve"])

    with django_assert_max_num_queries(33) as one:
        rows()
    for turn in range(4):
        home = family(
            district, bank_card=f"62220200000000{turn:05}", telephone=f"1390000{turn:04}", family_size=1 + turn
        )
        on_notice(district, home)
    running = casework.case(district, "submitted", child=make.child(district, household=family(district)))
    casework.notice(district, running, last=localdate() + timedelta(days=1))
    with django_assert_num_queries(len(one)):
        found = rows()
    assert found[0].case == running
    assert found[0].hindrances == [f"公示到 {localdate() + timedelta(days=1)} 为止，次日起才能审批通过。"]
    assert [len(row.doubts) for row in found[1:]] == sorted((len(row.doubts) for row in found[1:]), reverse=True)
