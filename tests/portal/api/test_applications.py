"""Applications that 工会就业服务网 sends: referrals by the rules of the page, sent twice made once, others' refused."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from employment.models import Referral
from portal.models import Import
from tests import builders
from tests.employment.builders import referral, vacancy
from tests.portal.api.calling import Outside

pytestmark = pytest.mark.django_db
TODAY = localdate()


@pytest.fixture
def net(district, admin):
    return Outside(district, admin)


@pytest.fixture
def post(district):
    days = {"offered_on": TODAY - timedelta(30), "closes_on": TODAY + timedelta(30)}
    return vacancy(district, number="V-1", **days)


@pytest.fixture
def application(district, post):
    """A row as it is sent."""
    graduate = builders.graduate(district)
    return {
        "number": "JY-1",
        "graduate": graduate.person.id_number,
        "vacancy": post.number,
        "referred_on": TODAY.isoformat(),
        "state": "单位未录用",
    }


def reasons(response) -> list[tuple]:
    assert response.status_code == 422, response.json()
    return [(error["row"], error["field"], error["reason"]) for error in response.json()["error"]["errors"]]


def test_application_becomes_a_referral_and_sent_again_nothing(net, post, application):
    answer = net.send_rows("applications", application).json()
    assert "error" not in answer
    assert (answer["created"], answer["updated"], answer["unchanged"]) == (1, 0, 0)
    made = Referral.objects.get()
    assert (made.number, made.vacancy, made.state, made.answered_on) == ("JY-1", post, "not_taken", TODAY)
    again = net.send_rows("applications", application).json()
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, 1)
    assert Referral.objects.count() == 1
    assert Import.objects.count() == 1
    (shown,) = net.get("applications").json()["records"]
    assert shown["number"] == "JY-1"
    assert "*" in shown["graduate"]
    assert [row["number"] for row in net.get("vacancies").json()["records"]] == []  # not published


def test_open_referral_is_told_and_not_doubled(net, district, post, application):
    graduate = builders.graduate(district, "曾先报")
    known = referral(district, vacancy=post, graduate=graduate, referred_on=TODAY)
    row = application | {"graduate": graduate.person.id_number}
    assert reasons(net.send_rows("applications", row)) == [
        (1, "vacancy", f"这位毕业生已推荐过这一岗位（{known.number}），不重复登记"),
    ]
    assert reasons(net.send_rows("applications", application, application | {"number": "JY-2"})) == [
        (2, "vacancy", "与第 1 行是同一人的同一岗位"),
    ]
    assert Referral.objects.count() == 1


def test_what_cannot_be_passed_on_is_refused_with_its_reason(net, district, foreign_district, application):
    vacancy(district, number="V-2", offered_on=TODAY - timedelta(30), closes_on=TODAY - timedelta(1))
    stranger = builders.graduate(foreign_district)
    wrong = (
        application | {"number": "JY-2", "vacancy": "V-2"},
        application | {"number": "JY-3", "graduate": stranger.person.id_number},
        application | {"number": "JY-4", "state": "已录用"},
    )
    found = [reasons(net.send_rows("applications", row)) for row in wrong]
    assert found == [
        [(1, "vacancy", "这一岗位今天不在招聘期内，或已经录满")],
        [(1, "graduate", "在本工作簿和本单位已有的“高校毕业生”中都找不到")],
        [(1, "state", "录用要登记实现就业：请按“毕业生接受”导入，再在推荐的页面点“录用”；已撤回的不用导入")],
    ]
    assert not Referral.objects.exists()


def test_referral_on_file_is_not_changed_by_a_call(net, application):
    net.send_rows("applications", application | {"state": "已推荐，待答复"})
    assert reasons(net.send_rows("applications", application | {"state": "毕业生接受"})) == [
        (1, "state", "这条推荐已登记，内容和结果请在推荐的页面修改、登记"),
    ]
    assert Referral.objects.get().state == "passed"
