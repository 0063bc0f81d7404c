"""求职申请 of 工会就业服务网 as a list: referrals by the rules of the page, duplicates told, others held."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from employment.models import Referral
from portal.audit import By
from portal.models import Import
from portal.records.taking_back.acts import take_back
from tests import builders
from tests.employment.builders import employer, referral, vacancy
from tests.employment.lists.browsing import through_the_steps
from tests.employment.lists.commands import import_list
from tests.employment.lists.files import xlsx

HEADINGS = ("岗位编号", "应聘岗位", "用人单位", "姓名", "身份证号码", "投递时间", "投递结果")
TODAY = localdate()
DAY = TODAY.isoformat()


@pytest.fixture
def post(district):
    """A post that is open now."""
    made = employer(district, name="示例书店")
    days = {"offered_on": TODAY - timedelta(30), "closes_on": TODAY + timedelta(30)}
    return vacancy(district, number="V-1", title="店员", employer=made, posts=2, **days)


@pytest.fixture
def graduate(district):
    return builders.graduate(district, "曾大学", registered_on=date(2014, 6, 1))


@pytest.fixture
def bring(tmp_path, district):
    path = tmp_path / "求职申请.xlsx"

    def run(*rows, **options):
        path.write_bytes(content(*rows))
        return import_list(path, unit=district.code, **options)

    return run


def content(*rows) -> bytes:
    return xlsx([["工会就业服务网求职申请一览"], list(HEADINGS), *rows])


def by_number(graduate, result="已投递", number="V-1"):
    return (number, "", "", graduate.name, graduate.person.id_number, DAY, result)


def told(answer) -> list[tuple]:
    return [(held["row"], held["column"], held["reason"]) for held in answer["held"]]


def test_application_by_number_of_the_post_becomes_a_referral(bring, post, graduate):
    answer = bring(by_number(graduate), dry_run=True)
    assert (answer["created"]["岗位推荐"], Referral.objects.count()) == (1, 0)
    answer = bring(by_number(graduate))
    assert (answer["created"]["岗位推荐"], answer["held"]) == (1, [])
    made = Referral.objects.get()
    assert (made.vacancy, made.graduate, made.referred_on, made.state, made.answered_on, made.union) == (
        post, graduate, TODAY, "passed", None, graduate.union,
    )  # fmt: skip
    assert made.number[0] == "R"
    assert made.history.count() == 1


def test_application_by_title_and_employer_and_by_name_alone(bring, post, graduate):
    answer = bring(("", "店员", "示例书店", "曾大学", "", DAY, "邀请面试"))
    assert answer["held"] == []
    made = Referral.objects.get()
    assert (made.vacancy, made.graduate, made.state, made.answered_on) == (post, graduate, "accepted_offer", TODAY)


def test_what_is_on_file_is_told_and_neither_doubled_nor_changed(bring, post, graduate):
    known = referral(graduate.union, vacancy=post, graduate=graduate, referred_on=TODAY - timedelta(3))
    answer = bring(by_number(graduate, "不合适"))
    assert (answer["created"]["岗位推荐"], answer["updated"]["岗位推荐"], answer["unchanged"]["岗位推荐"]) == (0, 0, 1)
    words = f"这位毕业生已推荐过这一岗位（{known.number}，已推荐，待答复），没有重复登记"
    assert any(words in notice for notice in answer["notices"])
    known.refresh_from_db()
    assert (known.state, known.version) == ("passed", 1)


def test_list_brought_in_twice_makes_nothing_the_second_time(bring, post, graduate):
    row = by_number(graduate, "未录用")
    assert bring(row)["created"]["岗位推荐"] == 1
    again = bring(row)
    assert (again["created"]["岗位推荐"], again["unchanged"]["岗位推荐"]) == (0, 1)
    assert Referral.objects.get().state == "not_taken"


def test_rows_that_cannot_come_in_are_held_with_place_and_reason(bring, district, foreign_district, post, graduate):
    closed = vacancy(district, number="V-2", closes_on=TODAY - timedelta(1), offered_on=TODAY - timedelta(30))
    builders.graduate(district, "王同名")
    builders.graduate(district, "王同名")
    others = [builders.graduate(district, name) for name in ("李一", "李二")]
    stranger = builders.graduate(foreign_district, "周小康")
    answer = bring(
        by_number(graduate),
        by_number(graduate),
        by_number(graduate, number=closed.number),
        by_number(stranger),
        ("V-1", "", "", "王同名", "", DAY, ""),
        ("", "会计", "示例书店", "曾大学", "", DAY, ""),
        ("V-1", "", "", "李三", others[0].person.id_number, DAY, ""),
        by_number(others[1], "已录用"),
    )
    assert told(answer) == [
        (4, "岗位编号", "与第 3 行是同一人的同一岗位"),
        (5, "岗位编号", "这一岗位今天不在招聘期内，或已经录满"),
        (6, "身份证号码", "在本工作簿和本单位已有的“高校毕业生”中都找不到"),
        (7, "身份证号码", "没有写证件号码，本单位也没有唯一一位叫这个名字的高校毕业生"),
        (8, "岗位编号", "没有写岗位编号，本单位也没有唯一一个这样的岗位名称和用人单位"),
        (9, "姓名", "姓名与这个证件号码的毕业生不同，请核对"),
        (10, "投递结果", "录用要登记实现就业：请按“毕业生接受”导入，再在推荐的页面点“录用”；已撤回的不用导入"),
    ]
    assert Referral.objects.count() == 1


def test_list_comes_in_through_the_pages_and_is_taken_back(client_of, clerk, post, graduate):
    upload = through_the_steps(client_of(clerk), content(by_number(graduate)), "求职申请.xlsx", said={})
    assert upload.state == "imported"
    assert Referral.objects.count() == 1
    take_back(Import.objects.get(), by=By(clerk))
    assert not Referral.objects.exists()
