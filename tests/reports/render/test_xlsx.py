"""The workbook, read back by its names."""

import io
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from portal.models import Campaign, Union
from reports.annex.campaign_figures import form_of
from reports.counting.derive import derive_units
from reports.figures import ANNEX1, FIGURES
from reports.render.excel.xlsx import city_workbook, union_workbook
from reports.render.filled import Filled
from tests.reports import builders as make

MATRIX = "单位×指标"


@pytest.fixture
def filled(unit, year_2014):
    make.payment(unit, amount=Decimal("520.48"))
    make.contribution(unit, amount=Decimal("123456.78"))
    make.event(unit, posts=592)
    return Filled.live(year_2014, unit, make.AS_OF)


def opened(content: bytes, *, values: bool = False):
    """With `values` what its formulas come to, as a program reads it that does not calculate."""
    return load_workbook(io.BytesIO(content), data_only=values)


def cell_of(book, names, slug):
    ((title, coordinate),) = names[slug].destinations
    return book[title][coordinate]


def read_back(book, names) -> dict[str, str]:
    """Every named cell as the form prints it."""
    cells = {slug: cell_of(book, names, slug) for slug in names}
    assert {slug for slug, cell in cells.items() if cell.data_type != "n"} == set()
    return {slug: FIGURES[slug].unit.format(_raw(slug, cell.value)) for slug, cell in cells.items()}


def _raw(slug: str, value) -> Decimal:
    places = {"wan_yuan": 4}.get(FIGURES[slug].unit, 0)
    return Decimal(str(value)).scaleb(places)


def test_every_figure_is_a_number_with_its_slug_for_a_name(filled):
    book = opened(union_workbook(filled))
    assert book.sheetnames == ["附件1", "附件2"]
    assert read_back(book, book.defined_names) == {f.slug: filled.text(f.slug) for f in FIGURES}


def test_number_format_shows_every_digit(filled):
    book = opened(union_workbook(filled))
    formats = {slug: cell_of(book, book.defined_names, slug).number_format for slug in book.defined_names}
    assert formats == {f.slug: f.unit.number_format for f in FIGURES}
    assert (formats["paid"], formats["microloan_amount"], formats["aided"]) == ("0.00####", "0.00", "0")


def test_figure_is_underlined(filled):
    book = opened(union_workbook(filled))
    sheet = book["附件1"]
    cell = cell_of(book, book.defined_names, "paid")
    span = next(merged for merged in sheet.merged_cells.ranges if cell.coordinate in merged)
    assert {sheet.cell(row, column).border.bottom.style for row, column in span.cells} == {"thin"}


def test_words_stand_as_printed(filled):
    sheet = opened(union_workbook(filled))["附件2"]
    words = "".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.data_type == "s")
    printed = form_of(Campaign(year=2014), 2)
    expected = "".join(t.text for line in printed.lines for t in line.tokens if hasattr(t, "text"))
    assert words.replace(filled.union.name, "") == "附件 2" + printed.title + expected


def test_one_form_has_its_own_figures_only(filled):
    book = opened(union_workbook(filled, forms=(1,)))
    assert book.sheetnames == ["附件1"]
    assert list(book.defined_names) == [f.slug for f in ANNEX1]


def test_page_is_a4_upright_and_one_page_wide(filled):
    for sheet in opened(union_workbook(filled)):
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == ("9", "portrait") or (
            int(sheet.page_setup.paperSize) == 9
        )
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToWidth == 1


def test_text_that_begins_with_equals_is_no_formula(filled):
    Union.objects.filter(pk=filled.union.pk).update(name="=1+1")
    filled.union.refresh_from_db()
    city = derive_units(filled.campaign, make.AS_OF)
    book = opened(city_workbook(filled, city))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == "=1+1"]
    assert len(cells) == 5  # on both forms of the file, on both of the unit's sheet, in the matrix
    assert {cell.data_type for cell in cells} == {"s"}


@pytest.fixture
def city_book(filled, units):
    make.payment(units[1], amount=Decimal("0.01"))
    city = derive_units(filled.campaign, make.AS_OF)
    union = Union.objects.get(depth=1)
    content = city_workbook(Filled(filled.campaign, union, filled.cut_off, city.total), city)
    return content, city


def test_city_workbook_has_both_forms_the_matrix_and_a_sheet_per_unit(city_book):
    content, city = city_book
    book = opened(content, values=True)
    assert book.sheetnames == ["附件1", "附件2", MATRIX, *(f"{unit.code} {unit.name}" for unit in city.units)]
    assert read_back(book, book.defined_names)["paid"] == "0.052049"


def test_sheet_of_a_unit_has_names_of_its_own(city_book):
    content, city = city_book
    book = opened(content)
    for unit, values in city.units.items():
        names = book[f"{unit.code} {unit.name}"].defined_names
        assert read_back(book, names) == {f.slug: f.unit.format(values[f.slug]) for f in FIGURES}


def test_matrix_holds_numbers_and_totals_that_are_formulas(city_book):
    content, city = city_book
    book = opened(content)
    rows = list(book[MATRIX].iter_rows())
    slugs = [cell.value for cell in rows[2][2:]]
    assert slugs == [f.slug for f in FIGURES]
    assert [row[0].value for row in rows[3:-1]] == [unit.code for unit in city.units]
    paid = slugs.index("paid") + 2
    assert [row[paid].value for row in rows[3:-1]] == [0.052048, 0.000001]
    assert [cell.data_type for cell in rows[-1][2:]] == ["f"] * 49
    letter = rows[-1][paid].column_letter
    assert rows[-1][paid].value == f"=SUM({letter}4:{letter}5)"


def test_forms_of_the_city_take_their_numbers_from_the_matrix(city_book):
    """Named cells of the forms are formulas; formula and value agree, also for whoever does not calculate."""
    content, _city = city_book
    formulas, values = opened(content), opened(content, values=True)
    rows = list(formulas[MATRIX].iter_rows())
    columns = {cell.value: cell.column_letter for cell in rows[2][2:]}
    written = {slug: cell_of(formulas, formulas.defined_names, slug).value for slug in formulas.defined_names}
    assert written == {f.slug: f"='{MATRIX}'!${columns[f.slug]}$6" for f in FIGURES}
    shown = {slug: cell_of(values, values.defined_names, slug).value for slug in values.defined_names}
    totals = {slug: values[MATRIX][f"{letter}6"].value for slug, letter in columns.items()}
    assert shown == totals
    assert (shown["paid"], shown["raised"], shown["event_posts"], shown["internships"]) == (0.052049, 12.345678, 592, 0)


def test_city_without_units_has_a_matrix_without_formulas(db, year_2014):
    union = Union.objects.add_root({"code": "C", "name": "空市", "kind": "city"})
    city = derive_units(year_2014, make.AS_OF)
    filled = Filled(year_2014, union, year_2014.cut_off(make.AS_OF), city.total)
    matrix = opened(city_workbook(filled, city))[MATRIX]
    assert {cell.value for cell in list(matrix.iter_rows())[-1][2:]} == {0}


def test_sides_of_the_foot_do_not_stand_on_one_line(filled):
    """156 mm are 55 characters of 8 pt: a draft's stamp is shorter; what stands at the right is a line above."""
    for sheet in opened(union_workbook(filled)):
        left, right = sheet.oddFooter.left.text.split("\n"), sheet.oddFooter.right.text.split("\n")
        assert left == ["尚未报送：按 2014-08-31 的记录统计，只供核对，无核验码。"]
        assert right == ["统计截止日 2014-08-31　第 &P 页", " "]
