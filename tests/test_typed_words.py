"""A sponsor, a programme or an employer written otherwise is not another one, whichever way it comes in."""

from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse

from aid.models import AidCase, Sponsor
from aid.records.sponsor import cases_of
from employment.models import Assistance
from employment.records.employer import placed_at
from employment.workbook import CASE_WORKBOOK
from portal.workbook.importing.service import import_workbook
from tests.aid.visiting import sponsor
from tests.employment.builders import employer
from tests.forms import create_address, edit_address, send
from tests.reports import builders as make
from tests.workbook.sheets import CASE, HELP, valid_book, write

pytestmark = pytest.mark.usefixtures("grassroots")  # whom the workbook names


def brought_in(unit, tmp_path, **cells):
    book = valid_book()
    for heading, value in cells.items():
        book.put(CASE, "A001", heading, value)
    book.put(HELP, "J002", "提供单位", "浦江  机械 厂")
    outcome = import_workbook(write(book, tmp_path / "1.xlsx"), workbook=CASE_WORKBOOK, unit=unit)
    assert outcome.errors == []
    return AidCase.objects.get(number="A001"), Assistance.objects.get(number="J002")


def test_workbook_refers_to_the_directory_and_keeps_the_word(district, foreign_district, tmp_path):
    sponsor(foreign_district, "第一 党支部")
    giver, firm = sponsor(district, "第一党支部"), employer(district, name="浦江机械厂")
    case, given = brought_in(district, tmp_path, 结对方="第一　党 支部", 结对项目="LABEL")
    assert (case.sponsor, case.known_sponsor, case.known_programme) == ("第一 党 支部", giver, None)
    assert (given.provider, given.known_provider) == ("浦江  机械 厂", firm)
    assert list(AidCase.objects.filter(cases_of(giver))) == [case]
    assert case.history.latest().known_sponsor_id == giver.pk


def test_programme_of_the_notice_is_known_by_its_words(district, tmp_path, programme_words):
    case, _given = brought_in(district, tmp_path, 结对项目=programme_words[1])
    assert (case.programme, case.known_programme) == (programme_words[1], programme_words[0])


@pytest.fixture
def programme_words():
    code, label = AidCase._meta.get_field("known_programme").choices[1]
    return code, str(label)


def test_what_is_registered_later_is_known_from_then_on(client_of, clerk, district, foreign_district, tmp_path):
    case, given = brought_in(district, tmp_path, 结对方="张·三公司")
    assert (case.known_sponsor, given.known_provider) == (None, None)
    sent = {"kind": "企业", "name": "张•三公司", "union": district.code}
    assert send(client_of(clerk), reverse("sponsor_create"), **sent).status_code == 302
    case.refresh_from_db()
    assert case.known_sponsor == Sponsor.objects.get()
    firm = {"name": "浦江机械厂", "union": district.code}
    assert send(client_of(clerk), reverse("employer_create"), **firm).status_code == 302
    given.refresh_from_db()
    assert given.known_provider.name == "浦江机械厂"


def test_a_sponsor_renamed_keeps_its_cases_and_another_of_the_old_name_gets_none(client_of, clerk, district, tmp_path):
    giver = sponsor(district, "甲公司")
    case, _given = brought_in(district, tmp_path, 结对方="甲公司")
    assert send(client_of(clerk), edit_address(giver), name="乙公司").status_code == 302
    other = sponsor(district, "甲公司")
    assert list(AidCase.objects.filter(cases_of(giver))) == [case]
    assert not AidCase.objects.filter(cases_of(other)).exists()


def test_form_changes_what_the_word_means(client_of, clerk, district):
    first, second = sponsor(district, "甲公司"), sponsor(district, "乙 公司")
    case = make.case(district, status="draft", decided_on=None, decision="", counted_stage="", category="")
    client = client_of(clerk)
    for word, known in (("甲 公 司", first), ("乙公司", second), ("", None), ("甲公司", first)):
        answer = send(client, edit_address(case), sponsor=word)
        assert answer.status_code == 302, answer.context["form"].errors
        case.refresh_from_db()
        assert (case.sponsor, case.known_sponsor) == (word, known)


def test_employers_page_tells_whom_it_took_however_its_name_was_written(client_of, clerk, district):
    firm, who = employer(district, name="浦江机械厂"), make.graduate(district)
    values = {"kind": "实现就业", "given_on": "2014-07-01", "provider": "浦江 机械厂"}
    answer = send(client_of(clerk), create_address("assistance", graduate=who), **values)
    assert answer.status_code == 302, answer.context["form"].errors
    assert [help_.provider for help_ in Assistance.objects.filter(placed_at(firm))] == ["浦江 机械厂"]


def test_migration_knows_what_was_typed_before(district, foreign_district, programme_words):
    giver, firm = sponsor(district, "第一党支部"), employer(district, name="浦江机械厂")
    known = make.case(district, sponsor="第一 党支部", programme=programme_words[1])
    strange, foreign = make.case(district, sponsor="别的"), make.case(foreign_district, sponsor="第一党支部")
    given = make.assistance(district, provider="浦江 机械厂")
    AidCase.objects.update(known_sponsor=None, known_programme=None)
    Assistance.objects.update(known_provider=None)
    for floor, name in (("aid", "0013_know_what_was_typed"), ("employment", "0008_know_what_was_typed")):
        import_module(f"{floor}.migrations.{name}").know(apps, None)
    for record in (known, strange, foreign, given):
        record.refresh_from_db()
    assert (known.known_sponsor, known.known_programme) == (giver, programme_words[0])
    assert (strange.known_sponsor, foreign.known_sponsor, strange.known_programme) == (None, None, None)
    assert given.known_provider == firm
