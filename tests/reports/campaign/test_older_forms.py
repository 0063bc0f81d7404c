"""Reports accepted before the form was changed: what they have not got is told and never counted as 0."""

import io
from decimal import Decimal

import pytest
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from portal.audit import By
from reports.annex.wording import WORDINGS
from reports.beside.years import years_until
from reports.campaign.form_editing import add_figure, save_wording
from reports.city.consolidation import accepted_city, consolidate, kept_city, live_city
from reports.city.files import filled_of
from reports.enums import ReportState
from reports.figures.own import OwnFigure
from reports.render.city import CityPrint
from reports.render.paper import city_sheets
from tests.reports.submissions import report

FIRMS = OwnFigure("raised_firms", "企业捐助", "wan_yuan", "typed")
SOURCES = ("raised_government", "raised_social", "raised_firms", "raised_union")
TOTAL = OwnFigure("raised_all", "筹集资金合计", "wan_yuan", "total", parts=SOURCES)
SAID = "以下单位的报表按旧表式报送，没有“企业捐助”：{}。没有的数字不计为 0，合计只加已报送的。"
MONEY = {"raised_government": Decimal(66_000), "raised_social": Decimal(98_000), "raised_union": Decimal(97_000)}


@pytest.fixture
def cast(district, foreign_district, bureau):
    return [district, foreign_district, bureau]


@pytest.fixture
def changed(year_2014, cast, reviewer):
    """Two reports accepted by the notice's form, which then changed."""
    for unit in cast[:2]:
        report(year_2014, unit, ReportState.ACCEPTED, raised=Decimal(261_000), **MONEY)
    return changed_form(year_2014, reviewer)


def changed_form(campaign, reviewer):
    """Firms and a total of four sources come instead of {raised}."""
    for own in (FIRMS, TOTAL):
        campaign = add_figure(campaign, own=own, by=By(reviewer))
    text = WORDINGS[1].replace("{raised}", "{raised_all}")
    text = text.replace("   各级工会投入", "   企业{raised_firms}（万元），\n   各级工会投入")
    return save_wording(campaign, number=1, wording=text, version=campaign.version, by=By(reviewer))


def with_firms(campaign, unit):
    own = {"raised_firms": Decimal(50_000), "raised_all": Decimal(311_000)}
    return report(campaign, unit, ReportState.ACCEPTED, **MONEY, **own)


def book_of(client, **asked):
    content = client.get(reverse("consolidation_download", args=[2014, "xlsx"]), asked).content
    return load_workbook(io.BytesIO(content))


def test_total_is_added_up_from_the_parts_that_reports_have(changed, cast):
    city = accepted_city(changed)
    assert city.figures.units[cast[0]]["raised_all"] == Decimal(261_000)
    assert city.figures.total["raised_all"] == Decimal(522_000)
    assert "raised_firms" not in city.figures.total
    with_firms(changed, cast[2])
    total = accepted_city(changed).figures.total
    assert (total["raised_all"], total["raised_firms"]) == (Decimal(833_000), Decimal(50_000))


def test_units_without_a_figure_are_named_and_those_with_it_are_not(changed, cast):
    assert [lack.said for lack in accepted_city(changed).lacks] == [SAID.format("东湖区总工会、西山区总工会")]
    with_firms(changed, cast[2])
    assert [lack.said for lack in accepted_city(changed).lacks] == [SAID.format("东湖区总工会、西山区总工会")]
    assert live_city(changed).lacks == []


def test_nothing_is_said_where_every_report_has_every_figure(year_2014, cast):
    report(year_2014, cast[0], ReportState.ACCEPTED)
    assert accepted_city(year_2014).lacks == []


def test_figures_that_the_same_units_lack_are_told_in_one_sentence(changed, cast, reviewer):
    campaign = add_figure(changed, own=OwnFigure("orphans", "孤儿人数", "persons", "typed"), by=By(reviewer))
    text = campaign.forms["wordings"]["1"] + "8. 孤儿{orphans}（人）。\n"
    campaign = save_wording(campaign, number=1, wording=text, version=campaign.version, by=By(reviewer))
    (lack,) = accepted_city(campaign).lacks
    assert [figure.slug for figure in lack.figures] == ["raised_firms", "orphans"]


def test_pages_tell_it_below_the_form_and_print_a_dash(changed, cast, client_of, reviewer):
    with_firms(changed, cast[2])
    client, said = client_of(reviewer), SAID.format("东湖区总工会、西山区总工会")
    page = client.get(reverse("consolidation"), {"campaign": 2014}).content.decode()
    assert said in page
    assert page.index("annex-form") < page.index(said)
    assert said not in client.get(reverse("consolidation"), {"campaign": 2014, "form": 2}).content.decode()
    assert said not in client.get(reverse("consolidation"), {"campaign": 2014, "live": "1"}).content.decode()
    matrix = client.get(reverse("consolidation_matrix"), {"campaign": 2014, "sort": "-raised_firms"})
    position = [column.figure.slug for column in matrix.context["columns"]].index("raised_firms")
    column = [cells[position] for _unit, _url, cells in matrix.context["matrix"]]
    assert column == [("5.00", 0), ("—", 0), ("—", 0)]
    assert said in matrix.content.decode()


def test_figure_that_no_report_has_is_a_dash_in_the_years(changed, cast, client_of, reviewer):
    years = years_until(changed)
    assert [cell.text for cell in years.row(years.figures["raised_firms"])] == ["—"]
    assert [cell.text for cell in years.row(years.figures["raised_all"])] == ["52.20"]
    page = client_of(reviewer).get(reverse("annex_years", args=[2014, "310000"])).content.decode()
    assert f"2014：{SAID.format('东湖区总工会、西山区总工会')}" in page


def test_workbook_has_a_dash_and_tells_who_lacks_what(changed, cast, client_of, reviewer):
    with_firms(changed, cast[2])
    book = book_of(client_of(reviewer))
    said = SAID.format("东湖区总工会、西山区总工会")
    texts = [cell.value for row in book["附件1"].rows for cell in row if cell.value]
    assert texts[-1] == said
    assert said not in [cell.value for row in book["附件2"].rows for cell in row]
    assert [row[0].value for row in book["缺报单位名单"].rows][-1] == said
    matrix = book["单位×指标"]
    letter = next(cell.column_letter for cell in matrix[3] if cell.value == "raised_firms")
    assert [matrix[f"{letter}{row}"].value for row in range(4, 8)] == ["—", "—", 5, f"=SUM({letter}4:{letter}6)"]


def test_workbook_does_not_add_up_what_no_report_has(changed, client_of, reviewer):
    book = book_of(client_of(reviewer))
    matrix = book["单位×指标"]
    letter = next(cell.column_letter for cell in matrix[3] if cell.value == "raised_firms")
    assert matrix[f"{letter}6"].value == "—"
    ((sheet, cell),) = book.defined_names["raised_firms"].destinations
    assert book[sheet][cell].value == "—"


def test_document_tells_it_on_the_page_of_the_form(changed, client_of, reviewer):
    content = client_of(reviewer).get(reverse("consolidation_download", args=[2014, "docx"])).content
    printed = [paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs]
    said = SAID.format("东湖区总工会、西山区总工会")
    assert printed.index(said) < printed.index("附件 2")


def test_print_names_the_first_units_alone_below_the_form_and_all_on_the_list(changed, city):
    found = accepted_city(changed)
    (lack,) = found.lacks
    many = type(lack)(lack.figures, lack.units * 3)
    sheets = list(
        city_sheets(filled_of(found, city), found.figures, also=CityPrint([], with_units=False, lacks=[many]))
    )
    of_form = sheets[0].sentences[-1][0].pieces[0].text
    assert of_form == SAID.format("东湖区总工会、西山区总工会、东湖区总工会、西山区总工会、东湖区总工会等 6 个单位")
    assert sheets[-1].sentences[-1][0].pieces[0].text == SAID.format("、".join(["东湖区总工会、西山区总工会"] * 3))


def test_consolidation_kept_before_the_change_lacks_nothing(year_2014, cast, reviewer, client_of):
    report(year_2014, cast[0], ReportState.ACCEPTED, **MONEY)
    made = consolidate(year_2014, by=By(reviewer))
    campaign = add_figure(year_2014, own=FIRMS, by=By(reviewer))
    text = WORDINGS[1].replace("   各级工会投入", "   企业{raised_firms}（万元），\n   各级工会投入")
    campaign = save_wording(campaign, number=1, wording=text, version=campaign.version, by=By(reviewer))
    made.refresh_from_db()
    assert kept_city(made).lacks == []
    again = consolidate(campaign, by=By(reviewer))
    assert "raised_firms" not in again.totals
    page = client_of(reviewer).get(reverse("consolidation_kept", args=[again.pk])).content.decode()
    assert SAID.format("东湖区总工会") in page


WARNING = "已有 {} 个单位报送的报表没有“企业捐助”：{}。"


def test_editor_warns_of_reports_already_handed_in_before_and_after_saving(year_2014, cast, reviewer, client_of):
    for unit, state in zip(cast, (ReportState.ACCEPTED, ReportState.SUBMITTED, ReportState.RETURNED), strict=True):
        report(year_2014, unit, state)
    campaign = add_figure(year_2014, own=FIRMS, by=By(reviewer))
    client, said = client_of(reviewer), WARNING.format(2, "东湖区总工会、西山区总工会")
    figures, editor = reverse("campaign_figures", args=[2014]), reverse("campaign_form", args=[2014, 1])
    assert "已有" not in client.get(figures).content.decode()
    assert said not in client.get(editor).content.decode()
    text = WORDINGS[1].replace("   各级工会投入", "   企业{raised_firms}（万元），\n   各级工会投入")
    preview = reverse("campaign_form_preview", args=[2014, 1])
    assert said in client.post(preview, {"wording": text, "version": campaign.version}).content.decode()
    saved = client.post(editor, {"wording": text, "version": campaign.version, "save": "1"}, follow=True)
    assert said in saved.content.decode()
    assert said in client.get(figures).content.decode()


def test_editor_does_not_warn_where_the_others_will_be_handed_in_again(year_2014, cast, reviewer, client_of):
    for unit in cast[:2]:
        report(year_2014, unit, ReportState.RETURNED)
    with_firms(changed_form(year_2014, reviewer), cast[2])
    assert "已有" not in client_of(reviewer).get(reverse("campaign_figures", args=[2014])).content.decode()
