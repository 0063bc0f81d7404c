from decimal import Decimal

import pytest

from aid.models import Child, Household
from portal.enums import AuditAction
from portal.models import AuditEntry, FormReceipt
from tests import builders
from tests.forms import create_address, edit_address, errors, household_form, opened, send
from tests.reports.builders import change
from tests.workbook.sheets import id_number

WOMAN = id_number(22, "19720809")


@pytest.fixture
def home(district, client_of, clerk):
    """A household that was made in the browser, so that its history is complete."""
    typed = household_form(district, telephone="13816245702", employer="第一纺织厂", cause="纺织厂搬迁")
    send(client_of(clerk), create_address("household"), **typed)
    return Household.objects.get()


def test_created_record_is_read_as_a_workbook_would_be(client_of, clerk, grassroots):
    typed = household_form(
        grassroots, worker=f" {WOMAN.lower()} ", worker_name="曾 梅", monthly_income="1,200.5", filed_on="2014年3月1日"
    )
    response = send(client_of(clerk), create_address("household"), **typed)
    home = Household.objects.get()
    assert response.headers["Location"] == f"/households/{home.pk}/"
    assert (home.worker.id_number, home.worker.sex, home.monthly_income) == (WOMAN, "female", Decimal("1200.50"))
    assert (home.union, home.worker_initials, home.filed_on.isoformat()) == (grassroots, "ZM", "2014-03-01")
    assert home.number.endswith("-000001")
    assert home.history.get().history_user == clerk
    row = AuditEntry.objects.get(action=AuditAction.RECORD_SAVED)
    assert (row.actor, row.union_path, row.subject) == (clerk, grassroots.path, f"困难职工家庭 {home.number}")


def test_faults_stand_beside_their_fields_and_what_was_typed_stays(client_of, clerk, district):
    typed = household_form(district, worker="310101197001010001", telephone="12", bank_card="6222021001116245703")
    response = send(client_of(clerk), create_address("household"), **typed)
    assert response.status_code == 200
    assert set(errors(response)) == {"worker", "telephone", "bank_card"}
    assert 'value="310101197001010001"' in response.text
    assert "有内容需要更正" in response.text
    assert not Household.objects.exists()


def test_form_sent_twice_makes_one_record(client_of, clerk, district):
    client, address = client_of(clerk), create_address("household")
    filled = opened(client, address) | household_form(district)
    first, second = client.post(address, filled), client.post(address, filled)
    assert first.headers["Location"] == second.headers["Location"]
    assert (Household.objects.count(), FormReceipt.objects.count()) == (1, 1)


def test_form_sent_again_with_other_contents_is_told_and_kept(client_of, clerk, district):
    client, address = client_of(clerk), create_address("household")
    filled = opened(client, address) | household_form(district)
    client.post(address, filled)
    again = client.post(address, filled | {"employer": "另一家工厂"})
    assert "已经保存过" in again.text
    assert "另一家工厂" in again.text
    assert Household.objects.get().employer == ""


def test_sensitive_fields_are_masked_and_stay_unless_typed_anew(client_of, clerk, home, settings):
    settings.SHOW_WHAT_IS_NEEDED = False
    client = client_of(clerk)
    number = home.worker.id_number
    page = client.get(edit_address(home)).text
    assert number not in page
    assert "13816245702" not in page
    assert "纺织厂搬迁" not in page
    assert "138****5702" in page
    send(client, edit_address(home), employer="第二纺织厂")
    home.refresh_from_db()
    assert (home.employer, home.telephone, home.cause) == ("第二纺织厂", "13816245702", "纺织厂搬迁")
    send(client, edit_address(home), telephone="021-63211939", cause__clear="on")
    home.refresh_from_db()
    assert (home.telephone, home.cause, home.worker.id_number) == ("021-63211939", "", number)
    assert (home.version, home.history.count()) == (3, 3)


def test_second_editor_sees_what_the_first_changed_and_loses_nothing(
    client_of, clerk, grassroots_clerk, home, settings
):
    settings.SHOW_WHAT_IS_NEEDED = False
    first, second, address = client_of(clerk), client_of(clerk), edit_address(home)
    mine = opened(second, address) | {"employer": "我填的单位", "telephone": "13900000000"}
    send(first, address, employer="他填的单位", bank_name="工商银行", telephone="13811112222")
    conflict = second.post(address, mine)
    assert "您打开之后，这条记录已被修改" in conflict.text
    rows = {d.label: (d.opened, d.theirs, d.mine, d.adopted) for d in conflict.context["conflict"].differences}
    assert rows == {
        "工作单位": ("第一纺织厂", "他填的单位", "我填的单位", False),
        "开户银行": ("", "工商银行", "", True),
        "联系电话": ("138****5702", "138****2222", "139****0000", False),
    }
    home.refresh_from_db()
    assert home.employer == "他填的单位"
    form = conflict.context["form"]
    again = {name: form[name].value() for name in form.fields if form[name].value()}
    assert again["employer"] == "我填的单位"
    assert second.post(address, again).status_code == 302
    home.refresh_from_db()
    assert (home.employer, home.bank_name, home.telephone) == ("我填的单位", "工商银行", "13900000000")


@pytest.mark.parametrize(("who", "told"), [("clerk", "另一个窗口改为"), ("lead", "对方改为")])
def test_conflict_tells_ones_own_other_window_from_somebody_else(request, client_of, clerk, home, who, told):
    mine, address = client_of(clerk), edit_address(home)
    typed = opened(mine, address) | {"employer": "我填的单位"}
    change(home, request.getfixturevalue(who), employer="先存的单位", version=home.version + 1)
    page = mine.post(address, typed).text
    assert [words in page for words in ("另一个窗口改为", "对方改为")] == [told == "另一个窗口改为", told == "对方改为"]


def test_saving_without_a_change_writes_nothing(client_of, clerk, home):
    send(client_of(clerk), edit_address(home))
    home.refresh_from_db()
    assert (home.version, home.history.count()) == (1, 1)


def test_who_may_make_and_change_records(client_of, clerk, lead, reviewer, grassroots_clerk, foreign_clerk, home):
    for stranger in (foreign_clerk, grassroots_clerk):
        assert client_of(stranger).get(edit_address(home)).status_code == 404
        assert client_of(stranger).post(edit_address(home), {}).status_code == 404
    for reader in (lead, reviewer):
        assert client_of(reader).get(edit_address(home)).status_code == 403
        assert client_of(reader).post(create_address("household"), {}).status_code == 403
        assert "/edit/" not in client_of(reader).get(f"/households/{home.pk}/").text
    assert "/edit/" in client_of(clerk).get(f"/households/{home.pk}/").text


def test_child_is_made_below_a_household_in_scope_only(client_of, clerk, foreign_district, home):
    client, number = client_of(clerk), id_number(101, "20010315")
    foreign = builders.household(foreign_district)
    assert client.get(create_address("child", household=foreign)).status_code == 404
    assert client.get(create_address("child")).status_code == 404
    address = create_address("child", household=home)
    send(client, address, name="曾小明", person=number, stage="中专", household=foreign.number)
    child = Child.objects.get()
    assert (child.household, child.stage, child.union_path) == (home, "vocational", home.union_path)
    double = send(client, address, name="曾小明", person=number, stage="高中")
    assert errors(double) == {"person": ["本单位已有相同身份证号的记录"]}


def test_union_outside_the_scope_is_refused_in_the_words_for_one_that_does_not_exist(
    client_of, clerk, foreign_district
):
    typed = household_form(foreign_district)
    response = send(client_of(clerk), create_address("household"), **typed)
    assert errors(response) == {"union": ["工会编码不存在，或不属于本单位及其下级工会"]}


def test_number_that_is_taken_in_the_unit_is_refused(client_of, clerk, district, sibling, home):
    response = send(client_of(clerk), create_address("household"), **household_form(sibling, number=home.number))
    assert errors(response) == {"number": ["本单位已有相同档案编号的记录"]}


def test_form_asks_the_same_number_of_questions_whatever_is_on_file(
    client_of, clerk, district, home, django_assert_max_num_queries, django_assert_num_queries
):
    client, address = client_of(clerk), edit_address(home)
    client.get(address)
    with django_assert_max_num_queries(15) as counted:
        client.get(address)
    for _turn in range(3):
        builders.one_of_each(district)
    with django_assert_num_queries(len(counted)):
        client.get(address)
