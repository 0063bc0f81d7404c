"""What stands below the way of an area: the first rows of lists as those lists show them, and the facts of upkeep."""

import datetime

import pytest
from django.utils import timezone

from aid.areas import TO_HANDLE
from portal.accounts.second_person import ask
from portal.audit import By
from portal.desk.cards import all_cards, cards_for
from portal.desk.shortlists import Shortlist
from portal.desk.upkeep_cards import requests_asked, units_without_people, whether_it_runs
from portal.enums import AccountAct, Duty, Role
from portal.keeping import keep
from portal.models import KeptCount
from portal.operating.duties import did, failed_at
from portal.web.navigation import areas_of
from tests.aid import cases as casework
from tests.builders import one_of_each
from tests.factories import UserFactory
from tests.reports import builders as make

FIVE = 5


@pytest.mark.parametrize("role", ["clerk", "lead", "reviewer", "auditor"])
def test_first_rows_are_those_of_the_list_they_lead_to(request, client_of, district, foreign_district, role):
    make.campaign(timezone.localdate().year)
    for union in (district, foreign_district, district):
        one_of_each(union)
        casework.on_notice(union)
    user = request.getfixturevalue(role)
    client, seen = client_of(user), 0
    for card in all_cards():
        if isinstance(card.shown, Shortlist) and (data := card.shown(user)):
            listed = client.get(data["url"]).context["listing"].page.records[:FIVE]
            assert [row.pk for row in data["table"].rows] == [record.pk for record in listed], data["label"]
            seen += len(listed)
    assert seen > FIVE


def test_rows_that_are_kept_are_asked_again_only_when_a_record_of_the_unit_was_written(
    district, foreign_district, clerk, lead
):
    make.campaign(timezone.localdate().year)
    first = casework.case(district)
    assert shown(clerk) == [first.pk]
    assert KeptCount.objects.filter(what=f"first_waiting_{clerk.pk}").count() == 1
    casework.case(foreign_district)
    assert shown(clerk) == [first.pk]
    second = casework.case(district)
    keep(first, By(clerk), "更正")
    assert shown(clerk) == [first.pk, second.pk]
    assert shown(lead) == []


def shown(user) -> list[int]:
    data = TO_HANDLE(user)
    return [row.pk for row in data["table"].rows] if data else []


def test_every_card_stands_on_a_page_that_somebody_has():
    slugs = {slug for role in Role for area in areas_of(role) for slug in area.slugs}
    assert {slug for card in all_cards() for slug in card.areas} <= slugs


def test_nothing_is_shown_of_empty_lists(db, clerk):
    shown = [card for slug in ("families", "aid", "care", "jobs") for card in cards_for(clerk, (slug,)).values()]
    assert [each for cards in shown for each in cards] == []


def texts(data) -> list[list[str]]:
    return [[cell.text for cell in row] for row in data["table"].rows]


def test_units_that_nobody_can_work_for_are_named_with_whom_they_lack(
    clerk, lead, security, district, foreign_district, grassroots
):
    UserFactory(role="clerk", union=foreign_district)
    UserFactory(role="lead", union=foreign_district, is_active=False)
    UserFactory(role="lead", union=grassroots)
    found = {row[0]: row[2] for row in texts(units_without_people(security))}
    assert district.name not in found
    assert found[foreign_district.name] == "单位审核人"
    assert grassroots.name not in found


def test_requests_say_whom_they_wait_for(security, city, district):
    other = UserFactory(role="security", union=city)
    for asker, name in ((other, "newlead"), (security, "lead2")):
        fields = {"name": "沈机电", "role": "lead", "union": district}
        ask(AccountAct.OPEN, username=name, union=district, fields=fields, by=By(asker))
    rows = texts(requests_asked(security))
    assert [(row[0], row[3], row[5]) for row in rows] == [
        ("lead2", security.name, "另一位安全管理员或单位审核人"),
        ("newlead", other.name, "您"),
    ]


def test_what_was_not_done_in_time_is_told(db, admin):
    now = timezone.localtime()
    did(Duty.SWEEP)
    did(Duty.BACKUP)
    failed_at(Duty.BACKUP, "disk full")
    told = {row[0]: row[1:] for row in texts(whether_it_runs(admin))}
    assert told["清理"] == ["正常", f"最近一次成功：{now:%Y-%m-%d %H:%M}"]
    assert told["备份"][0] == "没有成功"
    assert told["恢复验证"] == ["超过时限", "从来没有"]
    assert told["后台任务"] == ["正常", "等待 0 个，进行中 0 个，近 7 天失败 0 个"]


def test_accounts_to_see_to_are_found(client_of, security, city, district):
    old = timezone.now() - datetime.timedelta(days=91)
    usual = {"union": district, "must_change_password": False}
    idle = UserFactory(role="clerk", last_login=old, **usual)
    never = UserFactory(role="clerk", last_login=None, date_joined=old, **usual)
    UserFactory(role="clerk", last_login=None, date_joined=timezone.now(), **usual)
    UserFactory(role="clerk", last_login=old, is_active=False, **usual)
    bare = UserFactory(role="lead", last_login=timezone.now(), **usual)
    client = client_of(security)

    def listed(state: str) -> set:
        return set(client.get("/accounts/", {"state": state}).context["rows"])

    assert listed("unused") == {idle, never}
    assert bare in listed("unbound")
    assert security not in listed("unbound")
