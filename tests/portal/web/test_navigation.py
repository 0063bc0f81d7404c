"""At most seven areas for each role, and whatever a role may open by itself is reached from one of them."""

import pytest
from django.urls import NoReverseMatch, reverse

from portal.access import ROLE_PERMISSIONS
from portal.enums import Role
from portal.web.commands import command_groups, commands_like
from portal.web.navigation import AREAS, MOST_AREAS, area_of, areas_of
from tests.access_rows import ROWS

# Pages that open without an object and are not of the menu: where else one comes to them.
ELSEWHERE = {
    "hotline_answers": "the page of what was handed down",
    "home": "an area of its own",
    "command_list": "the bar",
    "union_like": "the box in which a union is typed",
    "find": "the bar",
    "announcement_list": "the bar",
    "help_index": "the bar",
    "help_sign_in": "log-in",
    "help_figures": "the manual",
    "password_change": "the bar",
    "session_list": "the bar",
    "messageway_list": "the bar",
    "recovery_codes": "the page of one's sessions",
    "second_factor_setup": "the administrator's reset",
    "second_factor_verify": "log-in",
    "sign_in": "log-in",
    "case_batch": "the list of cases, whose rows it is about",
    "projectpayment_list": "the list of projects, of which it is a part",
    "projectgain_list": "the list of projects, of which it is a part",
    "participation_list": "the list of activities, of which it is a part",
    "practiceplacement_list": "the list of practice posts, of which it is a part",
    "unittable_list": "the year's standards, which it stands in for",
    "case_policies_many": "the list of cases, whose rows it is about",
    "help_many": "the list of graduates, whose rows it is about",
    "retention_many": "the list of retention, whose rows it is about",
    "followup_many": "the list of what is to be followed up, whose rows it is about",
    "visit_many": "the lists of families, children, graduates and cases, whose rows it is about",
    "family_check": "the form of a family",
    "office_list": "the list of what offices are asked",
    "officequestion_list": "the list of families",
    "accountbatch_template": "the page on which a list of accounts is brought in",
    "deskhandover_list": "the requests about accounts, and the first page of who took over",
    "calendar_import": "the calendar",
    "calendar_day": "the calendar",
    "campaign_earlier": "the list of campaigns",
    "consolidation_matrix": "the consolidation",
    "call_back_register": "the list of cases",
    "workbook_template": "the import",
    "enquirybook_upload": "the list of enquiries",
    "enquirybook_template": "the import of enquiries",
    "union_open": "the list of unions",
    "system_open": "the list of systems",
    "api_reference": "the list of systems",
    "ledger_proof": "the ledger",
    "healthz": "machines",
    "readyz": "machines",
    "metrics": "machines",
    "feed_json": "machines",
    "feed_csv": "machines",
    "public_index": "everybody, who has no menu; the page on which is decided what stands there leads to it",
    "robots": "machines",
}
MADE = ("_create", "_export", "_download", "_grid", "_print_many", "_form_many")  # buttons of the list of their noun
# Lists of what is part of another record: they stand on its page.
PARTS = {"member_list", "income_list"}


PEOPLE = [role for role in Role if role != Role.SYSTEM]


def test_a_system_has_no_menu():
    assert areas_of(Role.SYSTEM) == ()


@pytest.mark.parametrize("role", PEOPLE)
def test_role_has_at_most_seven_areas_and_each_page_once(role):
    areas = areas_of(role)
    assert len(areas) <= MOST_AREAS
    assert areas[0].slug == "home"
    names = [item.url_name for area in areas for item in area.items]
    assert sorted(names) == sorted(set(names))
    assert len({area.slug for area in areas}) == len(areas)
    assert len({str(area.label) for area in areas}) == len(areas)


def test_first_areas_are_those_of_the_office():
    labels = {role: [str(area.label) for area in areas_of(role)] for role in PEOPLE}
    unit = ["首页", "家庭档案", "金秋助学", "资金发放", "走访结对", "阳光就业", "统计报送"]
    assert labels[Role.CLERK] == labels[Role.LEAD] == unit
    assert labels[Role.REVIEWER][1:3] == ["审核", "汇总"]
    assert labels[Role.AUDITOR][1] == "监督"
    assert labels[Role.ADMIN] == ["首页", "工会", "管理"]
    assert labels[Role.SECURITY] == ["首页", "账号与系统", "管理"]


def test_no_page_of_the_menu_is_lost_to_a_role_that_may_open_it():
    every = {item.url_name: item for areas in AREAS.values() for area in areas for item in area.items}
    for role in PEOPLE:
        mine = {item.url_name for area in areas_of(role) for item in area.items}
        assert mine == {name for name, item in every.items() if item.permission in ROLE_PERMISSIONS[role]}, role


def opens_by_itself(name: str) -> bool:
    try:
        reverse(name)
    except NoReverseMatch:
        return False
    return not name.endswith(MADE)


@pytest.mark.parametrize("role", PEOPLE)
def test_every_page_that_a_role_may_open_is_reached_from_an_area(role):
    pages = {row.name for row in ROWS if row.get[role] == 200 and opens_by_itself(row.name)}
    reached = {item.url_name for area in areas_of(role) for item in area.items}
    assert pages - reached - PARTS - set(ELSEWHERE) == set()


@pytest.mark.parametrize("role", PEOPLE)
def test_pages_behind_the_menu_show_the_tabs_of_their_area(role):
    """But for those of everybody: the own password, what was said to the union, the search, drafts, own lists."""
    of_everybody = (
        "home",
        "area",
        "command_list",
        "help_",
        "find",
        "announcement_",
        "messageway_",
        "deskhandover_list",
        "password_",
        "second_factor_",
        "recovery_",
        "revealrequest_ask",
        "session_",
        "sign_",
        "draft_",
    )
    machines = ("healthz", "readyz", "metrics", "feed_", "notice_board", "own_list_", "public_", "robots")
    homeless = {
        row.name
        for row in ROWS
        if row.get[role] == 200
        and not row.name.startswith((*of_everybody, *machines))
        and area_of(areas_of(role), row.name) is None
    }
    assert homeless == set()


def test_commands_are_found_by_a_part_of_their_name_and_by_initials(clerk, admin, security):
    assert [str(each.label) for each in commands_like(clerk, "批次")] == ["发放批次", "批次明细"]
    assert [str(each.label) for each in commands_like(clerk, "ZJTZ")] == ["资金台账"]
    assert commands_like(clerk, " ") == []
    assert commands_like(admin, "批次") == []
    assert [str(group.label) for group in command_groups(admin)] == ["首页", "工会", "管理", "本人"]
    assert [str(group.label) for group in command_groups(security)] == ["首页", "账号与系统", "管理", "本人"]
