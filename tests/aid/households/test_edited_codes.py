"""Words of code lists that the city withdrew or added, on the files of families: by hand and by list."""

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from aid.models import Household
from portal.audit import By
from portal.codes.changing import add_word, withdraw_word
from portal.codes.declaration import code_lists
from tests import builders
from tests.employment.lists.commands import import_list
from tests.employment.lists.files import xlsx
from tests.forms import create_address, edit_address, errors, household_form, opened, send
from tests.workbook.sheets import fresh_id

YEAR = localdate().year
LAST = 2015


@pytest.fixture(autouse=True)
def _changed(reviewer):
    """借住 holds to 2015; 合租房 from this year on takes its place. 民族 has a word of its own."""
    by, lists = By(reviewer), code_lists()
    add_word(lists["housing"], code="shared", word="合租房", year=YEAR, reason="通知", seen=0, by=by)
    withdraw_word(lists["housing"], "borrowed", last_year=LAST, successor="shared", reason="通知", seen=1, by=by)
    add_word(lists["ethnicity"], code="people_99", word="未识别民族", year=YEAR, reason="通知", seen=0, by=by)
    withdraw_word(lists["ethnicity"], "people_98", last_year=LAST, reason="通知", seen=1, by=by)


def saved(client, address, **typed):
    answer = send(client, address, **typed)
    return None if answer.status_code == 302 else errors(answer)


def test_added_word_is_chosen_and_shown(client_of, clerk, district):
    client = client_of(clerk)
    typed = household_form(district, housing="合租房", ethnicity="未识别民族")
    assert saved(client, create_address("household"), **typed) is None
    home = Household.objects.get()
    assert (home.housing, home.ethnicity) == ("shared", "people_99")
    page = client.get(reverse("household_detail", args=[home.pk])).text
    assert "合租房" in page
    assert "未识别民族" in page


def test_withdrawn_word_is_refused_with_what_to_use_instead(client_of, clerk, district):
    typed = household_form(district, filed_on=f"{LAST + 1}-03-01", housing="借住", ethnicity="外国血统中国籍人士")
    told = saved(client_of(clerk), create_address("household"), **typed)
    assert told["housing"] == [f"“借住”已停用（至 {LAST} 年），请改用“合租房”"]
    assert told["ethnicity"][0].startswith(f"“外国血统中国籍人士”不能用于这一年（至 {LAST} 年），应为下列之一：汉族、")
    assert "未识别民族" in told["ethnicity"][0]


def test_file_of_a_year_in_which_the_word_held_takes_it(client_of, clerk, district):
    typed = household_form(district, filed_on=f"{LAST}-12-31", housing="借住")
    assert saved(client_of(clerk), create_address("household"), **typed) is None
    assert Household.objects.get().housing == "borrowed"


def test_record_that_holds_it_is_changed_in_all_else(client_of, clerk, district):
    home = builders.household(district, housing="borrowed", filed_on=f"{LAST + 1}-03-01")
    client, address = client_of(clerk), edit_address(home)
    assert "借住（已停用）" in client.get(address).text
    assert opened(client, address)["housing"] == "借住"
    assert saved(client, address, employer="第二纺织厂") is None
    home.refresh_from_db()
    assert (home.employer, home.housing, home.get_housing_display()) == ("第二纺织厂", "borrowed", "借住")
    assert saved(client, address, housing="租房") is None
    assert saved(client, address, housing="借住")["housing"][0].startswith("“借住”已停用")


@pytest.mark.parametrize(("filed_on", "held"), [(f"{LAST}-03-01", 0), (f"{LAST + 1}-03-01", 1)])
def test_list_takes_the_words_of_its_years(district, tmp_path, filed_on, held):
    headings = ("姓名", "身份证号", "困难类别", "身份", "是否单亲", "民族", "建档日期")
    row = ("王建国", fresh_id(), "低保户", "职工", "否", "外国血统中国籍人士", filed_on)
    other = ("李建国", fresh_id(), "低保户", "职工", "否", "未识别民族", filed_on)
    path = tmp_path / "list.xlsx"
    path.write_bytes(xlsx([headings, row, other]))
    answer = import_list(path, unit=district.code)
    assert len(answer["held"]) == held
    assert {home.ethnicity for home in Household.objects.all()} == {"people_99", *([] if held else ["people_98"])}
    if held:
        assert "不能用于这一年" in answer["held"][0]["reason"]
