from portal.access import Permission
from portal.web.navigation import items_for


def test_home_greets_with_name_role_and_union(client_of, clerk):
    page = client_of(clerk).get("/").text
    assert "陈经办，您好" in page
    assert "经办人 · 东湖区总工会" in page


def test_menu_of_admin_has_no_records(admin):
    assert not any(item.permission is Permission.VIEW_RECORDS for item in items_for(admin))


def test_menu_marks_the_page_that_is_open_and_its_area(client_of, clerk):
    page = client_of(clerk).get("/unions/").text
    assert '<a href="/unions/" aria-current="page">' in page
    assert '<a href="/areas/families/" aria-current="true">' in page
