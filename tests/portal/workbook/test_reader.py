import json
import random
import resource
import struct
import subprocess
import sys
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook as Spreadsheet

from portal.workbook.raw import Boolean, ErrorValue, Formula
from portal.workbook.reading import limits
from portal.workbook.reading.reader import ROOT, WorkbookRefused, read_workbook
from tests.portal.workbook.packages import XML, heading_row, package, shared_texts, text_cell, worksheet

FRUIT = ["水果箱"]
DICE = random.Random(1)  # noqa: S311  what is hostile must not be packed too tightly, or the ratio gives it away
LONG_TEXT = "".join(DICE.choices("困难职工家庭金秋助学", k=100_000)) * 20
ONE_ROW = heading_row("箱号") + '<row r="2"><c r="A2"><v>1</v></c></row>'


def refused(path, titles=FRUIT):
    """The reason in words, given for less than five seconds of work and in bounded memory."""
    start = work()
    with pytest.raises(WorkbookRefused) as caught:
        read_workbook(path, titles)
    assert work() - start < 5
    # A child counts at first as large as the process that starts it, which other tests may have made large.
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss <= max(own, limits.MEMORY_BYTES / 1024)
    return str(caught.value)


def work():
    """Processor seconds of the child processes so far; the clock on the wall would count what else the machine does."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


# What is read


def test_values_as_they_stand(xlsx):
    rows = (
        heading_row("甲", "乙", "丙")
        + f'<row r="3">{text_cell("B3", "0012")}<c r="C3"><v>1234.56</v></c></row>'
        + '<row r="4"><c r="A4"/><c r="B4" t="inlineStr"><is><t>  </t></is></c></row>'
        + '<row r="7"><c r="A7"><v>20140825</v></c></row>'
    )
    (sheet,) = read_workbook(xlsx(("水果箱", rows)), FRUIT).sheets
    assert sheet.title == "水果箱"
    assert sheet.header == ["甲", "乙", "丙"]
    assert sheet.rows == [(3, [None, "0012", 1234.56]), (7, [20140825, None, None])]
    assert (sheet.hidden_rows, sheet.merges) == (0, [])


def test_leading_empty_rows_and_columns_are_counted(xlsx):
    rows = f'<row r="5">{text_cell("C5", "x")}</row>'
    (sheet,) = read_workbook(xlsx(("水果箱", rows)), FRUIT).sheets
    assert sheet.header == []
    assert sheet.rows == [(5, [None, None, "x"])]


def test_cells_and_rows_without_references_follow_one_another(xlsx):
    rows = '<row><c t="inlineStr"><is><t>甲</t></is></c></row><row><c r="B2"><v>1</v></c><c t="b"><v>1</v></c></row>'
    (sheet,) = read_workbook(xlsx(("水果箱", rows)), FRUIT).sheets
    assert sheet.rows == [(2, [None, 1, Boolean(value=True)])]


def test_formula_boolean_and_error_are_marked(xlsx):
    rows = heading_row("甲", "乙", "丙", "丁") + (
        '<row r="2"><c r="A2"><f>1+1</f><v>999</v></c><c r="B2" t="b"><v>0</v></c><c r="C2" t="e"><v>#N/A</v></c>'
        '<c r="D2" t="str"><f>A2&amp;"x"</f><v>999x</v></c></row>'
        '<row r="3"><c r="A3" t="b"><f>TRUE()</f><v>1</v></c><c r="B3" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
        '<row r="4"><c r="D4"><f>B2</f></c></row>'
    )
    (sheet,) = read_workbook(xlsx(("水果箱", rows)), FRUIT).sheets
    assert sheet.rows == [
        (2, [Formula("1+1"), Boolean(value=False), ErrorValue("#N/A"), Formula('A2&"x"')]),
        (3, [Formula("TRUE()"), Formula("1/0"), None, None]),
        (4, [None, None, None, Formula("B2")]),
    ]


def test_prefixed_markup_hides_no_formula(xlsx):
    part = (
        f'{XML}<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>'
        '<x:row r="2"><x:c r="A2"><x:f>1+1</x:f><x:v>999</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    path = xlsx(("水果箱", ""), replaced={"xl/worksheets/sheet1.xml": part})
    (sheet,) = read_workbook(path, FRUIT).sheets
    assert sheet.rows == [(2, [Formula("1+1")])]


def test_numbers_no_number_leave_the_rest_readable(xlsx):
    values = ["1e999", "NaN", "1_000", "5"]
    cells = "".join(f"<row r='{n}'><c r='A{n}'><v>{value}</v></c></row>" for n, value in enumerate(values, 2))
    (sheet,) = read_workbook(xlsx(("水果箱", cells)), FRUIT).sheets
    assert [str(values[0]) for _row, values in sheet.rows] == ["inf", "nan", "1_000", "5.0"]


def test_dates_by_number_format(tmp_path):
    spreadsheet = Spreadsheet()
    spreadsheet.active.title = "水果箱"
    spreadsheet.active.append(["日期"])
    spreadsheet.active.append([date(2014, 8, 25)])
    spreadsheet.save(tmp_path / "dates.xlsx")
    (sheet,) = read_workbook(tmp_path / "dates.xlsx", FRUIT).sheets
    assert sheet.rows == [(2, [date(2014, 8, 25)])]


def test_hidden_rows_are_counted_and_merges_reported(xlsx):
    rows = heading_row("甲") + (
        '<row r="2" hidden="1"><c r="A2"><v>1</v></c><c r="B2"><v>1</v></c></row>'
        '<row r="3"><c r="A3"><v>2</v></c></row><row r="4" hidden="1"/>'
    )
    merges = '<mergeCells count="1"><mergeCell ref="A2:B3"/></mergeCells>'
    (sheet,) = read_workbook(xlsx(("水果箱", rows, merges)), FRUIT).sheets
    assert sheet.hidden_rows == 1
    assert sheet.merges == [(2, 1, 3, 2)]


def test_unknown_sheets_are_named_and_titles_cleaned(xlsx):
    read = read_workbook(xlsx(("说明", ONE_ROW), (" 水果箱\u200b", ONE_ROW)), FRUIT)
    assert [sheet.title for sheet in read.sheets] == ["水果箱"]
    assert (read.ignored, read.hidden) == (["说明"], [])


def test_sheet_without_anything(xlsx):
    (sheet,) = read_workbook(xlsx(("水果箱", "")), FRUIT).sheets
    assert (sheet.header, sheet.rows) == ([], [])


def test_row_format_far_below_does_no_harm(xlsx):
    (sheet,) = read_workbook(xlsx(("水果箱", ONE_ROW + '<row r="1048576" ht="20"/>')), FRUIT).sheets
    assert sheet.rows == [(2, [1])]


BLANK_CELLS = (
    '<row r="{n}" spans="1:7"><c r="A{n}" s="1"/><c r="XFD{n}" s="1"/></row>',
    "<row r='{n}' hidden='1'><c r='A{n}' s='1'/><c r='XFD{n}' s='1'></c></row>",
)


@pytest.mark.parametrize("blank", BLANK_CELLS, ids=["plain", "hidden"])
def test_extent_is_that_of_values(xlsx, blank):
    """Formatted cells, links and merges that hold nothing lie where they like."""
    rows = ONE_ROW + "".join(blank.format(n=n) for n in (3, 30_000, 1_048_576))
    after = (
        '<mergeCells><mergeCell ref="A10:G10"/><mergeCell ref="B2:B9"/><mergeCell ref="A5:XFD1048576"/></mergeCells>'
        '<hyperlinks><hyperlink ref="A1:XFD1048576"/></hyperlinks>'
    )
    comments = f"{XML}<comments><commentList><comment ref='XFD1048576'><text/></comment></commentList></comments>"
    path = xlsx(("水果箱", rows, after), parts={"xl/comments1.xml": comments})
    (sheet,) = read_workbook(path, FRUIT).sheets
    assert (sheet.header, sheet.rows) == (["箱号"], [(2, [1])])
    assert (sheet.merges, sheet.hidden_rows) == ([], 0)


def test_days_from_1904_are_said(xlsx):
    def workbook(properties):
        return package([("水果箱", ONE_ROW)])["xl/workbook.xml"].replace("<sheets>", f"{properties}<sheets>")

    for properties, told in (('<workbookPr date1904="1"/>', True), ('<workbookPr date1904="0"/>', False), ("", False)):
        path = xlsx(("水果箱", ONE_ROW), replaced={"xl/workbook.xml": workbook(properties)})
        assert read_workbook(path, FRUIT).date1904 is told


def test_hidden_sheets_are_told(xlsx):
    book = package([("封面", ONE_ROW), ("水果箱", ONE_ROW)])["xl/workbook.xml"]
    path = xlsx(
        ("封面", ONE_ROW),
        ("水果箱", ONE_ROW),
        replaced={"xl/workbook.xml": book.replace('name="封面"', 'name="封面" state="hidden"')},
    )
    read = read_workbook(path, FRUIT)
    assert (read.ignored, read.hidden) == (["封面"], ["封面"])


@pytest.mark.parametrize(
    "renamed",
    [lambda name: name.replace("/", "\\"), lambda name: name.replace("workbook.xml", "Workbook.xml"), str.upper],
    ids=["backslashes", "a capital", "capitals"],
)
def test_parts_are_found_under_other_spellings(tmp_path, renamed):
    with zipfile.ZipFile(tmp_path / "other.xlsx", "w") as archive:
        for name, data in package([("水果箱", ONE_ROW)]).items():
            archive.writestr(renamed(name), data)
    (sheet,) = read_workbook(tmp_path / "other.xlsx", FRUIT).sheets
    assert sheet.rows == [(2, [1])]


@pytest.mark.parametrize("main", ["xl/workbook2.xml", "xl/workbook.bin", "book/main.xml"])
def test_main_part_of_another_name_is_answered_with_what_to_do(tmp_path, main):
    with zipfile.ZipFile(tmp_path / "other.xlsx", "w") as archive:
        for name, data in package([("水果箱", ONE_ROW)]).items():
            archive.writestr(name.replace("xl/workbook.xml", main), data.replace("xl/workbook.xml", main))
    assert "另存为 .xlsx" in refused(tmp_path / "other.xlsx")


def test_ten_thousand_rows_in_time(xlsx):
    def row(n):
        return f'<row r="{n}">' + "".join(
            text_cell(f"{letter}{n}", f"310001-{n:06d}") if place % 2 else f'<c r="{letter}{n}"><v>{n}.56</v></c>'
            for place, letter in enumerate("ABCDEFGHIJKLMNOPQR")
        ) + "</row>"  # fmt: skip

    path = xlsx(("水果箱", "".join(map(row, range(1, 10_002)))))
    start = work()
    (sheet,) = read_workbook(path, FRUIT).sheets
    assert work() - start < 2.5  # 0.7 on an idle machine
    assert len(sheet.rows) == 10_000
    assert sheet.rows[-1] == (10_001, [10001.56, "310001-010001"] * 9)


def test_child_knows_no_django():
    code = "import sys, portal.workbook.reading.child, portal.workbook.marking.child; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0  # noqa: S603


# What is no workbook


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "文件是空的"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧版 .xls"),
        (b"\xef\xbb\xbf<html><table></table></html>", "网页"),
        ("编号,姓名\n1,张三\n".encode("gb18030"), "文本文件"),
        (b"MZ\x00\x01" + bytes(100), "不是 Excel 工作簿"),
        (b"PK\x03\x04" + bytes(100), "已损坏"),
    ],
)
def test_other_files_are_refused_by_content(tmp_path, content, reason):
    path = tmp_path / "upload.xlsx"
    path.write_bytes(content)
    assert reason in refused(path)


def test_truncated_file_is_refused(xlsx):
    path = xlsx(("水果箱", ONE_ROW * 1))
    for size in (path.stat().st_size - 10, path.stat().st_size // 2):
        path.write_bytes(path.read_bytes()[:size])
        assert "已损坏" in refused(path)


def test_large_file_is_refused(xlsx):
    path = xlsx(("水果箱", ONE_ROW), parts={"xl/media/a.png": b"\x89" * (limits.FILE_BYTES + 1)}, compression=0)
    assert "超过 10 MB" in refused(path)


def test_archive_of_something_else_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "word.xlsx", "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    assert "不是 Excel 工作簿" in refused(tmp_path / "word.xlsx")


# What the zip table tells


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "XL\\worksheets\\Sheet1.xml"])
def test_two_parts_of_one_name_are_refused(xlsx, name):
    path = xlsx(("水果箱", ONE_ROW))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, worksheet(ONE_ROW))
    assert "已损坏" in refused(path)


def test_overlapping_entries_are_refused(xlsx):
    path = xlsx(("水果箱", ONE_ROW), parts={"xl/a.xml": "<a/>", "xl/b.xml": "<a/>"})
    data = bytearray(path.read_bytes())
    # In the central directory the second of the two gets the first one's place.
    first, second = (data.index(name, data.index(b"PK\x01\x02")) - 46 for name in (b"xl/a.xml", b"xl/b.xml"))
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    path.write_bytes(data)
    assert "已损坏" in refused(path)


def test_size_that_lies_is_refused(xlsx):
    path = xlsx(("水果箱", ONE_ROW))
    data = bytearray(path.read_bytes())
    entry = data.index(b"xl/worksheets/sheet1.xml", data.index(b"PK\x01\x02")) - 46
    (size,) = struct.unpack_from("<L", data, entry + 24)
    struct.pack_into("<L", data, entry + 24, size - 20)
    path.write_bytes(data)
    assert "已损坏" in refused(path)


def test_encrypted_entry_is_refused(xlsx):
    path = xlsx(("水果箱", ONE_ROW))
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    assert "密码" in refused(path)


def test_many_parts_are_refused(xlsx):
    parts = {f"xl/media/{n}.png": b"x" for n in range(limits.ENTRIES)}
    assert "部件过多" in refused(xlsx(("水果箱", ONE_ROW), parts=parts))


def test_bomb_is_refused_by_ratio(xlsx):
    path = xlsx(("水果箱", ONE_ROW), parts={"xl/sharedStrings.xml": f"<sst>{' ' * 97_000_000}</sst>"})
    assert path.stat().st_size < 300_000
    assert "解压后过大" in refused(path)


@pytest.mark.parametrize(
    "part",
    ["xl/vbaProject.bin", "xl/externalLinks/externalLink1.xml", "xl/embeddings/a.bin", "xl/activeX/activeX1.xml"],
)
def test_active_content_is_refused(xlsx, part):
    assert "宏、外部链接或嵌入的对象" in refused(xlsx(("水果箱", ONE_ROW), parts={part: "<a/>"}))


# What the pre-scan finds


@pytest.mark.parametrize(
    "part",
    [
        "[Content_Types].xml",
        "_rels/.rels",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/worksheets/sheet1.xml",
        "xl/sharedStrings.xml",
        "xl/styles.xml",
        "docProps/core.xml",
        "xl/theme/strange.bin",
    ],
)
def test_doctype_in_any_part_is_refused(xlsx, part):
    bomb = f'{XML}<!DOCTYPE a [<!ENTITY b "bbb"><!ENTITY c "&b;&b;">]><a>&c;</a>'
    assert "DTD" in refused(xlsx(("水果箱", ONE_ROW), replaced={part: bomb}))


def test_external_entity_is_refused(xlsx):
    part = worksheet(text_cell("A1", "&x;"), prologue='<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>')
    assert "DTD" in refused(xlsx(("水果箱", ""), replaced={"xl/worksheets/sheet1.xml": part}))


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "列数超过"),
        ('<row r="1048576"><c r="A1048576"><v>1</v></c></row>', "行数超过"),
        ('<row r="20001"><c r="A20001"><v>1</v></c></row>', "行数超过"),
        ('<row r="2"><c r="GS2"><v>1</v></c></row>', "列数超过"),
        ('<row r="2" spans="1:1"><c r="GS2"  ><v>1</v></c></row>', "列数超过"),
        (f"<row>{'<c><v>1</v></c>' * 201}</row>", "列数超过"),
        ('<row r="2"><c r="A2"><v>1</v></c><c r="A2"><v>9</v></c></row>', "第 2 行有重复"),
        ('<row r="2"><c r="A2"><v>1</v></c></row><row r="2"><c r="A2"><v>9</v></c></row>', "第 2 行有重复"),
        ('<row r="2"><c r="A2"><v>1</v></c><c r="A2" ><v>9</v></c></row>', "第 2 行有重复"),
        ('<row r="2"><c r="A3"><v>1</v></c></row>', "第 3 行有重复"),
        ('<row r="2"><c r="A2"><v>1</v></row>', "已损坏"),
        ('<row r="x"><c r="A2"><v>1</v></c></row>', "已损坏"),
        (f'<row r="2">{text_cell("A2", "字" * 32_768)}</row>', "超过 32767 字"),
        (f'<row r="2">{text_cell("A2", LONG_TEXT)}</row>', "超过 32767 字"),
    ],
)
def test_hostile_sheet_is_refused_by_name(xlsx, rows, reason):
    words = refused(xlsx(("水果箱", rows)))
    assert reason in words
    assert "水果箱" in words


def test_text_as_long_as_a_cell_holds_is_read(xlsx):
    rows = f'<row r="2">{text_cell("A2", "字" * 32_767)}</row>'
    (sheet,) = read_workbook(xlsx(("水果箱", rows)), FRUIT).sheets
    assert sheet.rows == [(2, ["字" * 32_767])]


@pytest.mark.parametrize(
    ("after", "reason"),
    [
        ('<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>', "范围过大"),
        ('<mergeCells><mergeCell ref="A1:GR20000"/></mergeCells>', "范围过大"),
        ("<mergeCells>" + 5001 * '<mergeCell ref="A1:B1"/>' + "</mergeCells>", "上限 5000 处"),
        ('<mergeCells><mergeCell ref="B2:A1"/></mergeCells>', "已损坏"),
        ('<mergeCells><mergeCell ref="A1:XFE1"/></mergeCells>', "已损坏"),
    ],
)
def test_hostile_merge_is_refused(xlsx, after, reason):
    assert reason in refused(xlsx(("水果箱", ONE_ROW, after)))


def test_sheet_not_asked_for_is_bounded_too(xlsx):
    hostile = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert "列数超过" in refused(xlsx(("水果箱", ONE_ROW), ("别的", hostile)))


def test_more_than_a_million_cells_are_refused(xlsx):
    cells = ["<c><v>1</v></c>", "<c><v>23</v></c>"]
    rows = "".join(f"<row>{''.join(DICE.choices(cells, k=200))}</row>" for _ in range(500))
    assert "单元格过多" in refused(xlsx(("水果箱", rows * 5), ("乙", rows * 5), ("丙", rows)))


def test_endless_markup_is_refused(xlsx):
    junk = "".join(DICE.choices(["<a/>", "<b/>"], k=100_000)) * 91
    assert "单元格过多" in refused(xlsx(("水果箱", ONE_ROW, junk)))


def test_one_long_text_named_by_many_cells_is_refused(xlsx):
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 20_000))
    tab = ("水果箱", rows)
    path = xlsx(tab, **shared_texts(tab, f"<si><t>{'字' * 32_000}</t></si>"))
    assert "文字总量过大" in refused(path) or "过于复杂" in refused(path)


def test_utf16_part_is_refused(xlsx):
    part = worksheet(ONE_ROW, prologue="").encode("utf-16")
    assert "已损坏" in refused(xlsx(("水果箱", ""), replaced={"xl/worksheets/sheet1.xml": part}))


@pytest.mark.parametrize("index", ["1", "99999999999999999999", "-1", "abc", "0.5"])
@pytest.mark.parametrize("row", ['<row r="2">', '<row r="2" hidden="0">'], ids=["plain", "not plain"])
def test_shared_text_that_is_not_there_is_refused(xlsx, row, index):
    """A reader may take the first text for what is no number, and so read what nobody wrote."""
    tab = ("水果箱", f'{row}<c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>{index}</v></c></row>')
    assert "已损坏" in refused(xlsx(tab))
    assert "已损坏" in refused(xlsx(tab, **shared_texts(tab, "<si><t>甲</t></si>")))
    sound = (tab[0], tab[1].replace(index, "0"))
    (sheet,) = read_workbook(xlsx(sound, **shared_texts(sound, "<si><t>甲</t></si>")), FRUIT).sheets
    assert sheet.rows == [(2, ["甲", "甲"])]


def test_two_sheets_of_one_title_are_refused(xlsx):
    assert "“水果箱”：有两个同名的工作表" in refused(xlsx(("水果箱", ONE_ROW), ("水果箱 ", ONE_ROW)))


def test_child_that_dies_is_a_plain_refusal(xlsx, monkeypatch):
    monkeypatch.setattr("portal.workbook.reading.reader.CHILD", "portal.no_such_module")
    assert "过于复杂" in refused(xlsx(("水果箱", ONE_ROW)))


def run_instead(monkeypatch, code: str):
    monkeypatch.setattr("portal.workbook.reading.reader._command", lambda *_: [sys.executable, "-c", code])


def test_child_that_hangs_is_ended_and_the_file_not_blamed(xlsx, monkeypatch):
    run_instead(monkeypatch, "import time; time.sleep(60)")
    monkeypatch.setattr("portal.workbook.reading.limits.WALL_SECONDS", 0.5)
    assert refused(xlsx(("水果箱", ONE_ROW))) == "系统繁忙，请稍后再试"


def test_child_ended_by_the_system_is_no_fault_of_the_file(xlsx, monkeypatch):
    run_instead(monkeypatch, "import os; os.kill(os.getpid(), 9)")
    assert refused(xlsx(("水果箱", ONE_ROW))) == "系统繁忙，请稍后再试"


def test_child_is_bounded_by_the_time_of_the_processor(xlsx, monkeypatch):
    code = "from portal.workbook.reading import child, limits\nlimits.CPU_SECONDS = 1\nchild._bound()\nwhile True: pass"
    run_instead(monkeypatch, code)
    assert "过于复杂" in refused(xlsx(("水果箱", ONE_ROW)))


def test_child_is_bounded_in_memory(xlsx, monkeypatch):
    """Half a gigabyte is what it may have; one that wants more than it was given dies, and nothing else does."""
    few = "limits.MEMORY_BYTES = 200 * limits.MEGABYTE"
    code = f"from portal.workbook.reading import child, limits\n{few}\nchild._bound()\nbytearray(300 * 1024 * 1024)"
    run_instead(monkeypatch, code)
    assert "过于复杂" in refused(xlsx(("水果箱", ONE_ROW)))


def test_time_on_the_wall_does_not_count_as_work(xlsx, monkeypatch):
    """A child that waits longer than it may work is not ended: on a loaded machine every file takes long."""
    monkeypatch.setattr("portal.workbook.reading.limits.CPU_SECONDS", 1)
    wait = "import time; time.sleep(2.5)"
    real = "import sys; sys.argv[1:] = {argv!r}\nfrom portal.workbook.reading import child, limits\n"
    path = xlsx(("水果箱", ONE_ROW))
    argv = [str(path), json.dumps(FRUIT), "xlsx"]
    run_instead(monkeypatch, real.format(argv=argv) + f"limits.CPU_SECONDS = 1\nchild._bound()\n{wait}\nchild.main()")
    assert len(read_workbook(path, FRUIT).sheets) == 1
