"""The sponsor of a case and the directory: names offered while typing, a running pairing, a remark on other names."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from aid.enums import Programme
from aid.models import AidCase
from employment.workbook import CASE_WORKBOOK
from portal.workbook.importing.service import import_workbook
from tests.aid import cases as casework
from tests.aid.visiting import pairing, sponsor
from tests.forms import confirm, create_address, doubts, edit_address, send
from tests.reports import builders as make
from tests.workbook.sheets import CASE, valid_book, write

TODAY = localdate()
UNKNOWN = "结对方名录中没有"
ASKED = "结对方名录中没有“%s”：如是同一结对方，请改用名录中的名称；如是新的结对方，请先登记"


@pytest.fixture
def girl(district):
    return make.child(district, household=make.household(district, filed_on="2013-03-01"), stage="senior")


def offered(page) -> list[str]:
    return list(page.context["form"].fields["sponsor"].widget.suggestions)


def remarks(answer) -> list[str]:
    return [str(message) for message in answer.context["messages"] if "请注意" in str(message)]


def save(client, child, **typed):
    make.campaign(TODAY.year)
    typed = {"standard": "1000", "mode": "结对助学"} | typed
    answer = send(client, create_address("aidcase", child=child), **typed)
    assert answer.status_code == 302, answer.context["form"].errors
    return client.get(answer.url)


def test_names_of_the_directory_in_scope_are_offered(
    client_of, clerk, grassroots_clerk, district, grassroots, foreign_district, girl
):
    for union, name in (
        (district, "乙支部"),
        (grassroots, "甲公司"),
        (grassroots, "乙支部二"),
        (foreign_district, "外区"),
    ):
        sponsor(union, name)
    page = client_of(clerk).get(create_address("aidcase", child=girl))
    assert set(offered(page)) == {"乙支部", "甲公司", "乙支部二"}
    assert '<datalist id="id_sponsor_known">' in page.text
    assert 'list="id_sponsor_known"' in page.text
    assert "外区" not in page.text
    below = make.child(grassroots)
    assert set(offered(client_of(grassroots_clerk).get(create_address("aidcase", child=below)))) == {
        "甲公司",
        "乙支部二",
    }


def test_running_pairing_fills_the_form_before_last_years_case(client_of, clerk, district, girl):
    make.case(district, child=girl, year=TODAY.year - 1, mode="social", sponsor="去年的", programme="去年")
    yesterday, tomorrow = TODAY - timedelta(1), TODAY + timedelta(1)
    pairing(district, child=girl, sponsor=sponsor(district, "早先的"), starts_on=TODAY - timedelta(400))
    pairing(
        district,
        child=girl,
        sponsor=sponsor(district, "现在的"),
        starts_on=TODAY - timedelta(30),
        ends_on=TODAY,
        programme="model_workers",
    )
    pairing(district, child=girl, sponsor=sponsor(district, "已结束"), starts_on=yesterday, ends_on=yesterday)
    pairing(district, child=girl, sponsor=sponsor(district, "未开始"), starts_on=tomorrow)
    pairing(district, child=make.child(district), sponsor=sponsor(district, "别人的"), starts_on=TODAY)
    form = client_of(clerk).get(create_address("aidcase", child=girl)).context["form"]
    filled = [form[name].value() for name in ("mode", "programme", "sponsor")]
    assert filled == ["结对助学", "劳模爱心结对", "现在的"]


def test_pairing_outside_the_scope_fills_nothing(client_of, grassroots_clerk, district, grassroots):
    child = make.child(grassroots)
    pairing(district, child=child, sponsor=sponsor(district, "区里的"), starts_on=TODAY)
    page = client_of(grassroots_clerk).get(create_address("aidcase", child=child))
    assert "区里的" not in page.text


@pytest.mark.parametrize("name", ["春雨公司(示例)", " 春雨公司（示例） ", ""])
def test_name_of_the_directory_or_none_is_saved_without(client_of, clerk, district, girl, name):
    known = sponsor(district, "春雨公司(示例)")
    page = save(client_of(clerk), girl, sponsor=name)
    assert remarks(page) == []
    assert (reverse("sponsor_detail", args=[known.pk]) in page.text) is bool(name)


def test_name_that_is_not_in_the_directory_must_be_confirmed(client_of, clerk, foreign_district, girl):
    sponsor(foreign_district, "春雨公司")
    make.campaign(TODAY.year)
    client, address = client_of(clerk), create_address("aidcase", child=girl)
    asked = send(client, address, standard="1000", mode="结对助学", sponsor="春雨公司")
    assert doubts(asked) == [ASKED % "春雨公司"]
    assert not AidCase.objects.exists()
    other = client.post(
        address, asked.context["form"].data.dict() | {"sponsor": "秋雨", "confirmed": asked.context["form"].token}
    )
    assert doubts(other) == [ASKED % "秋雨"]  # what was confirmed is that name and no other
    assert confirm(client, address, asked).status_code == 302
    assert AidCase.objects.get().sponsor == "春雨公司"


@pytest.mark.parametrize(
    ("kind", "programme", "is_asked"),
    [
        ("enterprise", "劳模爱心结对", True),
        ("model_worker", "劳模爱心结对", False),
        ("enterprise", "其他结对助学", False),
        ("individual", "百名企业帮助百名学生", True),
        ("party_branch", "千个党支部与千名学生结对助学", False),
    ],
)
def test_sponsor_of_another_kind_than_the_programme_is_for_must_be_confirmed(
    client_of, clerk, district, girl, kind, programme, is_asked
):
    known = sponsor(district, "春雨", kind=kind)
    make.campaign(TODAY.year)
    client = client_of(clerk)
    case_form = {"standard": "1000", "mode": "结对助学", "programme": programme, "sponsor": "春雨"}
    pairing_form = {"sponsor": known.number, "programme": programme}
    for name, typed in (("aidcase", case_form), ("pairing", pairing_form)):
        address = create_address(name, child=girl)
        answer = send(client, address, **typed)
        words = f"结对方类别是“{known.get_kind_display()}”，与结对项目“{programme}”不符，请核对"
        assert (doubts(answer) if answer.status_code == 200 else []) == [words] * is_asked
        if is_asked:
            assert confirm(client, address, answer).status_code == 302
    assert (AidCase.objects.count(), known.pairings.count()) == (1, 1)


def test_name_on_file_with_the_case_is_not_asked_about_again(client_of, clerk, district, girl):
    kept = casework.case(district, child=girl, sponsor="老名称", programme="去年的项目")
    client = client_of(clerk)
    assert send(client, edit_address(kept), standard="900").status_code == 302
    kept.refresh_from_db()
    assert (kept.standard, kept.sponsor, kept.programme) == (900, "老名称", "去年的项目")
    assert doubts(send(client, edit_address(kept), sponsor="新名称")) == [ASKED % "新名称"]


def test_programmes_are_chosen_from_the_list_and_what_is_on_file(client_of, clerk, district, girl):
    client = client_of(clerk)
    words = [str(label) for label in Programme.labels]

    def choices(address):
        return [word for word, _label in client.get(address).context["form"].fields["programme"].widget.choices]

    assert choices(create_address("aidcase", child=girl)) == ["", *words]
    kept = casework.case(district, child=girl, programme="去年的项目")
    assert choices(edit_address(kept)) == ["", "去年的项目", *words]
    type(kept).objects.filter(pk=kept.pk).update(programme=words[1])
    assert choices(edit_address(kept)) == ["", *words]


def test_workbook_says_nothing_of_the_directory(district, grassroots, tmp_path):
    book = valid_book()
    assert any(row["结对方"] for row in book[CASE])
    outcome = import_workbook(write(book, tmp_path / "1.xlsx"), workbook=CASE_WORKBOOK, unit=district)
    assert (outcome.errors, [notice for notice in outcome.notices if UNKNOWN in str(notice)]) == ([], [])
