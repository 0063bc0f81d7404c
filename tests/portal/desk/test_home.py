import pytest

from portal.access import ROLE_PERMISSIONS, Permission
from portal.web.navigation import NAVIGATION, items_for


def test_home_greets_with_name_role_and_union(client_of, clerk):
    page = client_of(clerk).get("/").text
    assert "陈经办，您好" in page
    assert "经办人 · 东湖区总工会" in page


@pytest.mark.parametrize("person", ["clerk", "lead", "reviewer", "auditor", "admin"])
def test_menu_holds_what_the_role_may_open(request, person):
    user = request.getfixturevalue(person)
    assert [item.url_name for item in items_for(user)] == [
        item.url_name for item in NAVIGATION if item.permission in ROLE_PERMISSIONS[user.role]
    ]


def test_menu_of_admin_has_no_records(admin):
    assert not any(item.permission is Permission.VIEW_RECORDS for item in items_for(admin))


def test_menu_marks_the_page_that_is_open(client_of, clerk):
    assert '<a href="/unions/" aria-current="page">' in client_of(clerk).get("/unions/").text
