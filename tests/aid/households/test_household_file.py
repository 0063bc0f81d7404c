import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from aid.editing import CHILD_FORM
from aid.models import Child, Household, Income, Member, MinimumIncome
from aid.standards.services import standings
from employment.timeline.events import SOURCES
from portal.access import Permission, can
from portal.audit import By
from portal.records.editing import RecordRefused, create_record
from tests import builders
from tests.forms import create_address, edit_address, errors, household_form, send
from tests.lists import shown
from tests.reports import builders as make
from tests.workbook.sheets import id_number

PDF = b"%PDF-1.4 ... %%EOF"
# Session, person, union, household, its versions, announcements not read yet; the session kept, in a savepoint.
AROUND_THE_TIMELINE = 5


@pytest.fixture
def home(district):
    return builders.household(district)


def act(client, name, home, data=None):
    return client.post(reverse(f"household_{name}", args=[home.pk]), data or {})


def test_causes_are_one_main_and_up_to_three_others_that_differ_from_it(client_of, clerk, reviewer, home):
    client, address = client_of(clerk), edit_address(home)
    four = ["下岗失业", "子女上学", "意外灾害", "其他原因"]
    refused = send(client, address, main_cause="子女上学", other_causes=four)
    assert errors(refused) == {"other_causes": ["次要致困原因最多选三项"]}
    refused = send(client, address, main_cause="子女上学", other_causes=four[:2])
    assert errors(refused) == {"other_causes": ["次要致困原因不能与主要致困原因相同"]}
    send(client, address, main_cause="子女上学", other_causes=["下岗失业", "意外灾害"], health="慢性病", housing="租房")
    home.refresh_from_db()
    assert (home.main_cause, home.other_causes, home.health) == ("schooling", "unemployment,disaster", "chronic")
    page = client_of(reviewer).get(reverse("household_detail", args=[home.pk])).text
    assert "慢性病" not in page
    revealed = client.post(reverse("household_reveal", args=[home.pk]), {"reason": "check"}).text
    assert "下岗失业、意外灾害" in revealed


def test_income_is_held_against_the_standard_of_its_year(client_of, clerk, home):
    client = client_of(clerk)
    for year, amount in (("2014", "25559.99"), ("2013", "23040"), ("2009", "1")):
        send(client, create_address("income", household=home), year=year, amount=amount, people="3")
    found = {row.income.year: row for row in standings(Income.objects.all())}
    # 2014: 710 yuan a head, 25 560 a year for three; 2013: 640, 23 040
    assert (found[2014].income.per_head, found[2014].standard, found[2014].is_below) == (Decimal("710.00"), 710, False)
    assert (found[2013].income.per_head, found[2013].is_below) == (Decimal("640.00"), False)
    assert (found[2009].standard, found[2009].is_below) == (None, False)
    MinimumIncome.objects.filter(year=2014).update(monthly=Decimal("710.01"))
    page = client.get(reverse("household_detail", args=[home.pk])).text
    assert page.count("低于标准") == 2  # of which one says 不低于
    assert re.findall(r'class="number">([0-9,.]+|—)</td>', page)[:4] == ["25,559.99", "3", "710.00", "710.01"]
    assert re.findall(r'class="number">([0-9,.]+|—)</td>', page)[-4:] == ["1.00", "3", "0.03", "—"]
    double = send(client, create_address("income", household=home), year="2014", amount="1", people="3")
    assert "该户这一年度的收入已有记录" in double.text


def test_member_goes_where_the_household_goes(client_of, clerk, grassroots, home):
    client = client_of(clerk)
    mother = id_number(22, "19400809")
    typed = {"name": "曾母", "relation": "母亲", "id_number": mother, "health": "大病"}
    response = send(client, create_address("member", household=home), **typed)
    assert response.headers["Location"] == f"/households/{home.pk}/"
    member = Member.objects.get()
    assert (member.id_number, member.health, member.union) == (mother, "serious", home.union)
    assert mother not in client.get(edit_address(member)).text
    send(client, edit_address(home), union=grassroots.code)
    member.refresh_from_db()
    assert (member.union_path, member.version) == (grassroots.path, 2)


def test_closing_takes_children_off_file_and_reopening_brings_them_back(client_of, clerk, district, home):
    child = builders.child(district, household=home)
    client, today = client_of(clerk), localdate().isoformat()
    early = act(client, "close", home, {"closed_on": "2013-02-28", "reason": "lifted"})
    assert errors(early) == {"closed_on": ["注销日期不能早于建档日期"]}
    act(client, "close", home, {"closed_on": today, "reason": "retired"})
    home.refresh_from_db()
    child.refresh_from_db()
    assert (home.closed_on, home.closed_reason, child.on_file) == (localdate(), "退休", False)
    assert client.get(edit_address(home)).status_code == 403
    assert act(client, "close", home, {"closed_on": today, "reason": "lifted"}).status_code == 403
    act(client, "reopen", home)
    act(client, "reopen", home)
    home.refresh_from_db()
    child.refresh_from_db()
    assert (home.closed_on, home.closed_reason, child.on_file, home.version) == (None, "", True, 3)


@pytest.mark.parametrize("kind", ["child", "member", "income"])
def test_closed_file_takes_nothing_new(client_of, clerk, home, kind):
    client, page, address = client_of(clerk), f"/households/{home.pk}/", create_address(kind, household=home)
    assert address in client.get(page).text
    act(client, "close", home, {"closed_on": localdate().isoformat(), "reason": "retired"})
    assert address not in client.get(page).text
    words = f"档案 {home.number} 已注销，不能再登记子女、家庭成员和收入。请先恢复建档。"
    for refused in (client.get(address), client.post(address, {})):
        assert refused.status_code == 403
        assert words in refused.text
    act(client, "reopen", home)
    assert client.get(address).status_code == 200


def test_child_is_not_saved_where_the_file_was_closed_meanwhile(clerk, district, home):
    stale = Household.objects.get(pk=home.pk)
    Household.objects.filter(pk=home.pk).update(closed_on=localdate())
    values = {"name": "曾小丽", "person": id_number(31, "20060809"), "stage": "primary"}
    with pytest.raises(RecordRefused, match="已注销"):
        create_record(CHILD_FORM, values=values, parent=stale, by=By(clerk))
    assert not Child.objects.exists()


def test_closed_file_is_not_reopened_by_one_slip_of_the_hand(client_of, clerk, district):
    closed = builders.household(district, closed_on=date(2014, 5, 1))
    page = client_of(clerk).get(reverse("household_detail", args=[closed.pk])).text
    form = page.split(f'action="{reverse("household_reopen", args=[closed.pk])}"')[1].split("</form>")[0]
    assert "required" in form
    assert "已核对，这户要恢复" in form


def test_file_of_a_worker_with_an_open_file_elsewhere_is_not_reopened(client_of, clerk, district, foreign_district):
    closed = builders.household(district, closed_on=date(2014, 5, 1))
    builders.household(foreign_district, "绝密人", worker=closed.worker, number="FOREIGN-1")
    response = client_of(clerk).post(reverse("household_reopen", args=[closed.pk]), follow=True)
    closed.refresh_from_db()
    assert closed.closed_on
    assert "西山区总工会" in response.text
    assert "绝密人" not in response.text
    assert "FOREIGN-1" not in response.text


def test_verified_twice_on_a_day_is_noted_once(client_of, clerk, home):
    client = client_of(clerk)
    act(client, "verify", home)
    act(client, "verify", home)
    home.refresh_from_db()
    assert (home.verified_on, home.verified_by, home.version) == (localdate(), clerk, 2)


def test_lists_of_what_is_left_undone(client_of, clerk, district, foreign_district):
    today = localdate()
    make_home = builders.household
    fresh = make_home(district, filed_on=today - timedelta(days=300), number="FRESH")
    stale = make_home(district, filed_on=today - timedelta(days=400), number="STALE")
    old = make_home(district, verified_on=today - timedelta(days=366), number="OLD")
    kept = make_home(district, verified_on=today - timedelta(days=365), number="KEPT")
    make_home(district, closed_on=date(2014, 1, 1), number="CLOSED")
    make_home(foreign_district, number="ELSEWHERE")
    make.payment(district, child=builders.child(district, household=stale))
    make.payment(district, child=builders.child(district, household=old), status="failed")
    for kind in ("application", "identity", "income", "notice"):
        builders.document(fresh, kind)
        builders.document(stale, kind)
    client = client_of(clerk)
    assert shown(client, "household", todo="unverified") == {"STALE", "OLD"}
    assert shown(client, "household", todo="never_aided") == {"FRESH", "OLD", "KEPT"}
    # STALE has a child, but no school certificate
    assert shown(client, "household", todo="lacking_documents") == {"STALE", "OLD", "KEPT"}
    builders.document(stale, "school")
    assert shown(client, "household", todo="lacking_documents") == {"OLD", "KEPT"}
    assert kept.is_open


def test_standards_are_kept_by_the_city(client_of, reviewer, clerk):
    assert not can(clerk, Permission.KEEP_STANDARDS)
    client = client_of(reviewer)
    typed = {"year": "2030", "city": "上海市", "monthly": "2000"}
    client.post(reverse("minimumincome_create"), typed)
    standard = MinimumIncome.objects.get(year=2030)
    address = reverse("minimumincome_edit", args=[standard.pk])
    client.post(address, typed | {"monthly": "2100", "version": "1"})
    late = client.post(address, typed | {"monthly": "2200", "version": "1"})
    assert "他人已改为 2,100.00 元" in late.text
    standard.refresh_from_db()
    assert (standard.monthly, standard.version) == (2100, 2)
    assert "已有记录" in client.post(reverse("minimumincome_create"), typed).text


def test_identity_number_tells_sex_birth_date_and_own_files(client_of, clerk, district, foreign_district):
    child = builders.child(district)
    number = id_number(22, "19720809")
    client, address = client_of(clerk), create_address("household")
    stranger = client.post(address, household_form(district, worker=number) | {"check": "1"})
    assert "女，1972-08-09 出生" in stranger.text
    assert "没有查到" in stranger.text
    assert f'value="{number}"' in stranger.text
    known = client.post(address, {"check": "1", "worker": child.household.worker.id_number})
    assert f"/households/{child.household.pk}/" in known.text
    assert not Household.objects.filter(worker_name="").exists()
    slip = client.post(address, {"check": "1", "worker": number[:-1] + ("0" if number[-1] != "0" else "1")})
    assert "证件号码：身份证号末位校验码不对，请逐位核对" in slip.text
    assert "证件号码：" not in client.post(address, {"check": "1", "worker": " "}).text


def test_person_of_another_unit_gives_its_name_only(client_of, clerk, district, foreign_grassroots):
    foreign = builders.child(foreign_grassroots, "绝密子", household=builders.household(foreign_grassroots, "绝密父"))
    client = client_of(clerk)
    typed = household_form(district, worker=foreign.household.worker.id_number)
    for sent in (typed, typed | {"check": "1"}):
        page = send(client, create_address("household"), **sent).text
        assert "西山区总工会" in page
        assert not [word for word in ("绝密", foreign.household.number, "水泥厂") if word in page]
    home = builders.household(district)
    response = send(
        client, create_address("child", household=home), name="甲", person=foreign.person.id_number, stage="小学"
    )
    assert errors(response)["person"] == ["该子女在“西山区总工会”已有在档的家庭，如需转入请联系该单位办理转移"]
    assert Child.objects.count() == 1


def test_timeline_asks_the_same_number_of_questions_for_one_and_for_many(
    client_of, clerk, district, django_assert_num_queries
):
    family = builders.one_of_each(district)
    home = family["household"]
    builders.document(home)
    client, address = client_of(clerk), reverse("household_timeline", args=[home.pk])
    client.get(address)
    with django_assert_num_queries(len(SOURCES) + AROUND_THE_TIMELINE):
        page = client.get(address).text
    for words in ("升学", "助学款发放", "走访慰问", "家庭材料", "就业帮扶", "登记为高校毕业生", "建档"):
        assert words in page
    for _turn in range(3):
        child = builders.child(district, household=home)
        make.entry(district, child=child)
        make.payment(district, child=child)
        builders.visit(district, person=child.person)
        make.assistance(district, graduate=family["graduate"], kind="training")
    with django_assert_num_queries(len(SOURCES) + AROUND_THE_TIMELINE):
        client.get(address)


@pytest.mark.parametrize("page", ["detail", "print"])
def test_page_asks_the_same_number_of_questions_for_one_and_for_many(
    client_of, clerk, district, page, django_assert_num_queries, django_assert_max_num_queries
):
    home = builders.one_of_each(district)["household"]
    builders.document(home)
    client, address = client_of(clerk), reverse(f"household_{page}", args=[home.pk])
    client.get(address)
    with django_assert_max_num_queries(60) as counted:
        assert home.worker.id_number not in client.get(address).text
    for year in (2010, 2011, 2012):
        builders.income(district, home, year)
        builders.member(district, home)
        builders.child(district, household=home)
        builders.document(home, content=b"%%PDF-1.4 %d %%%%EOF" % year)
    with django_assert_num_queries(len(counted)):
        client.get(address)


def test_cause_that_is_ticked_joins_the_two_on_file(client_of, clerk, home, settings):
    settings.SHOW_WHAT_IS_NEEDED = False
    home.main_cause, home.other_causes = "schooling", "unemployment,disaster"
    home.save()
    client, address = client_of(clerk), edit_address(home)
    assert send(client, address, other_causes=["其他原因"]).status_code == 302
    home.refresh_from_db()
    assert home.other_causes == "unemployment,disaster,other_cause"
