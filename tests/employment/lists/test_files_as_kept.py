"""Files as unions keep them: formats, headings in their own words, rows that are none, and cells with two things."""

import pytest

from aid.models import AidCase, Child, Household
from portal.models import ListUpload, Union
from portal.workbook.reading.reader import ROOT
from tests.employment.lists.browsing import upload
from tests.employment.lists.commands import import_list
from tests.employment.lists.files import csv_file, ods, xlsx

HEADINGS = ("姓名", "身份证号码", "困难类型", "是否单亲", "职工身份", "建档时间")
WANG = ("王建国", "310109197001102015", "低保", "否", "职工", "2026.3.1")
LI = ("李建华", "310109197102112028", "低保", "否", "农民工", "2026年3月2日")
TABLE = [("困难职工登记表",), (), HEADINGS, WANG, LI, ("合计", 2)]

pytestmark = pytest.mark.usefixtures("grassroots")


@pytest.fixture
def bring(tmp_path, district):
    """Bring in rows, or the bytes of a file, by the command."""

    def run(rows, *, name: str = "清单.xlsx", merges=(), sheet="Sheet1", **options):
        path = tmp_path / name
        path.write_bytes(rows if isinstance(rows, bytes) else xlsx(rows, merges=merges, sheet=sheet))
        return import_list(path, unit=district.code, **options)

    return run


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("表.xlsx", xlsx(TABLE)),
        ("表.ods", ods(TABLE)),
        ("表.csv", csv_file(TABLE, "utf-8")),
        ("表.csv", csv_file(TABLE, "utf-8-sig")),
        ("表.csv", csv_file(TABLE, "gb18030")),
        ("表.csv", csv_file(TABLE, "utf-16")),
        ("表.csv", csv_file(TABLE, "gb18030", delimiter="\t")),
        ("表.csv", csv_file(TABLE, "utf-8", delimiter=";")),
        ("名不副实.xlsx", csv_file(TABLE, "gb18030")),
        ("名不副实.csv", ods(TABLE)),
        ("名不副实.xls", xlsx(TABLE)),
    ],
    ids=["xlsx", "ods", "utf-8", "bom", "gb18030", "utf-16", "tabs", ";", "csv-as-xlsx", "ods-as-csv", "xlsx-as-xls"],
)
def test_format(bring, name, content):
    answer = bring(content, name=name)
    assert (answer["heading_row"], answer["held"], answer["created"]["困难职工家庭"]) == (3, [], 2)
    assert answer["skipped"] == [{"row": 6, "why": "是合计"}]
    assert list(Household.objects.order_by("filed_on").values_list("worker_name", "worker_category")) == [
        ("王建国", "worker"),
        ("李建华", "migrant"),
    ]


def test_rare_character_of_gb18030_comes_in_whole(bring):
    rare = ("王𬭚", *WANG[1:])
    assert bring(csv_file([HEADINGS, rare], "gb18030"), name="表.csv")["held"] == []
    assert Household.objects.get().worker_name == "王𬭚"


OLD_XLS = (ROOT / "tests" / "samples" / "lists" / "old-format.xls").read_bytes()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("坏.xls", OLD_XLS[:3000]),
        ("坏.xls", OLD_XLS[:600] + b"\xff" * 4000),
        ("坏.ods", ods(TABLE)[:900]),
        ("坏.xlsx", xlsx(TABLE)[:2000]),
        ("空.csv", b""),
        ("白.csv", b"\n\n  \n"),
        ("图.csv", b"\x89PNG\r\n\x1a\n\0\0\0"),
        ("页.xls", b"<html><table><tr><td>\xe5\xa7\x93\xe5\x90\x8d</td></tr></table></html>"),
        ("行多.csv", csv_file([HEADINGS] + [WANG] * 20_000)),
        ("列多.csv", csv_file([HEADINGS + ("甲",) * 200, WANG])),
        ("长.csv", csv_file([HEADINGS, ("王" * 40_000, *WANG[1:])])),
        ("别的.csv", csv_file([("甲", "乙"), ("1", "2")])),
    ],
    ids=list("abcdefghijkl"),
)
def test_file_that_cannot_be_read_is_refused_with_a_sentence(bring, client_of, clerk, name, content):
    answer = bring(content, name=name)
    assert answer["ok"] is False
    assert len(answer["notices"][0]) > 8
    page = upload(client_of(clerk), content, name)
    assert page.status_code == 200
    assert page.context["form"].errors["file"]
    assert not ListUpload.objects.exists()


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("身份证号码", "困难职工家庭.身份证号"),
        ("身份证件号码", "困难职工家庭.身份证号"),
        ("公民身份号码", "困难职工家庭.身份证号"),
        ("*身份证号﹡：", "困难职工家庭.身份证号"),
        ("身 份\n证 号", "困难职工家庭.身份证号"),
        ("职工身份证号码", "困难职工家庭.身份证号"),
        ("家长身份证号", "困难职工家庭.身份证号"),
        ("父母身份证号", "困难职工家庭.身份证号"),
        ("本人身份证号", "困难职工家庭.身份证号"),
    ],
)
def test_heading_of_the_identity_number(bring, heading, column):
    answer = bring([("姓名", heading, *HEADINGS[2:]), WANG])
    assert list(answer["mapping"].values())[1] == [column]
    assert answer["created"]["困难职工家庭"] == 1


@pytest.mark.parametrize(
    ("heading", "value", "attribute", "stored"),
    [
        ("手机号码", "13800138000", "telephone", "13800138000"),
        ("电话", "63211939", "telephone", "63211939"),
        ("联系方式", "13800138000", "telephone", "13800138000"),
        ("工作单位", "春申食品厂", "employer", "春申食品厂"),
        ("单位", "春申食品厂", "employer", "春申食品厂"),
        ("单位名称", "春申食品厂", "employer", "春申食品厂"),
        ("家长工作单位", "春申食品厂", "employer", "春申食品厂"),
        ("困难类型", "深困", "hardship_category", "deep"),
        ("家庭月收入（元）", "1,200元/月", "monthly_income", 1200),
        ("家庭月收入(万元)", "0.12", "monthly_income", 1200),
        ("人口（人）", "3口", "family_size", 3),
        ("户 主", "王建国", "worker_name", "王建国"),
    ],
)
def test_heading_of_a_family(bring, heading, value, attribute, stored):
    row = dict(zip(HEADINGS, WANG, strict=True)) | {heading: value}
    if attribute == "worker_name":
        del row["姓名"]
    assert bring([tuple(row), tuple(row.values())])["held"] == []
    assert getattr(Household.objects.get(), attribute) == stored


CHILD = ("王小明", "310109200601203017", "初中")


@pytest.mark.parametrize(
    "words",
    [
        ("子女姓名", "子女身份证号", "子女学段"),
        ("学生姓名", "学生身份证号码", "学历层次"),
        ("子女姓名", "身份证号码", "学段"),
        ("学生", "学生公民身份号码", "就读阶段"),
    ],
)
def test_headings_of_worker_and_child_in_one_row(bring, words):
    rows = [HEADINGS + words, WANG + CHILD]
    assert bring(rows)["created"] == {"困难职工家庭": 1, "子女": 1}
    child = Child.objects.get()
    assert (child.name, child.person.id_number, child.stage) == (*CHILD[:2], "junior")
    assert child.household.worker.id_number == WANG[1]


def test_where_one_heading_stands_twice_the_one_beside_the_name_of_that_person_is_meant(bring):
    headings = ("子女姓名", "身份证号", "学段", "家长姓名", "身份证号", *HEADINGS[2:])
    bring([headings, CHILD + WANG])
    child = Child.objects.get()
    assert (child.person.id_number, child.household.worker.id_number) == (CHILD[1], WANG[1])


def test_headings_in_two_rows_are_joined(bring):
    rows = [
        ("困难职工子女情况表",),
        ("职工", None, "子女", None, None, "困难类型", "是否单亲", "职工身份", "建档时间"),
        ("姓名", "身份证号", "姓名", "身份证号", "学段", None, None, None, None),
        (*WANG[:2], *CHILD, *WANG[2:]),
    ]
    merges = ["A2:B2", "C2:E2", "F2:F3", "G2:G3", "H2:H3", "I2:I3"]
    answer = bring(rows, merges=merges)
    assert (answer["heading_row"], answer["created"]) == (3, {"困难职工家庭": 1, "子女": 1})
    assert Child.objects.get().household.worker_name == "王建国"


def test_heading_row_is_looked_for_among_the_first_twenty(bring):
    assert bring([("说明",)] * 19 + [HEADINGS, WANG])["heading_row"] == 20
    assert bring([("说明",)] * 20 + [HEADINGS, LI])["ok"] is False


@pytest.mark.parametrize(
    ("cell", "school", "grade"),
    [
        ("育才中学初二", "育才中学", "初二"),
        ("育才中学 初二（3）班", "育才中学", "初二(3)班"),
        ("示例小学三年级", "示例小学", "三年级"),
        ("复旦大学大三", "复旦大学", "大三"),
        ("育才中学", "育才中学", ""),
    ],
)
def test_school_and_grade_in_one_column(bring, cell, school, grade):
    assert (
        bring([(*HEADINGS, "子女姓名", "子女身份证号", "学段", "就读学校及年级"), (*WANG, *CHILD, cell)])["held"] == []
    )
    child = Child.objects.get()
    assert (child.school, child.grade) == (school, grade)


@pytest.mark.parametrize(
    ("cell", "bank", "card"),
    [
        ("农行 6228480000000010009", "农行", "6228480000000010009"),
        ("农业银行望江支行：6228 4800 0000 0010 009", "农业银行望江支行", "6228480000000010009"),
        ("6228480000000010009（农行）", "农行", "6228480000000010009"),
        ("农行", "农行", ""),
    ],
)
def test_bank_and_card_in_one_column(bring, cell, bank, card):
    assert bring([(*HEADINGS, "开户行及卡号"), (*WANG, cell)])["held"] == []
    home = Household.objects.get()
    assert (home.bank_name, home.bank_card) == (bank, card)


def test_level_of_education_is_the_stage_of_child_and_case(bring):
    headings = (*HEADINGS, "学生姓名", "学生身份证号", "学历层次", "救助金额（元）")
    bring([headings, (*WANG, *CHILD, "2000元")], year=2026, said={"助学方式": "社会助学"})
    case = AidCase.objects.get()
    assert (case.stage, case.child.stage, case.standard) == ("junior", "junior", 2000)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (("", "", "", "", "", ""), None),
        ((7, "", "", "", "", ""), "只有序号"),
        (("合计", "", 2, "", "", ""), "是合计"),
        (("", "总计：2户", "", "", "", ""), "是合计"),
        (("", "", "本页小计", 2, "", ""), "是合计"),
        (("望江街道小计", "2户", "", "", "", ""), "是合计"),
        (("填表人：陈经办", "", "审核人：", "", "", ""), "是说明或签名"),
        (("审核人", "李审核", "", "", "", ""), "是说明或签名"),
        (("负责人：", "", "", "", "", ""), "是说明或签名"),
        (("备注：以上均已核实", "", "", "", "", ""), "是说明或签名"),
        (("说明：低保以民政为准", "", "", "", "", ""), "是说明或签名"),
        (("", *HEADINGS[:5]), "是重复的表头"),
    ],
)
def test_rows_that_are_none_are_skipped_and_listed(bring, row, why):
    headings = ("序号", *HEADINGS[:5], "建档时间")
    answer = bring([headings, (1, *WANG), (*row, ""), (2, *LI)])
    assert answer["created"] == {"困难职工家庭": 2}
    assert answer["held"] == []
    assert answer["skipped"] == ([{"row": 3, "why": why}] if why else [])


def test_note_in_the_first_cell_with_an_identity_number_is_a_row(bring):
    assert bring([("备注", *HEADINGS), ("备注：新增", *WANG)])["created"]["困难职工家庭"] == 1


@pytest.mark.parametrize(
    "word", ["310001001", 310001001, "东湖纺织厂工会", "东湖纺织厂", "东湖纺织厂 工会委员会（盖章）"]
)
def test_union_is_named_by_code_or_name(bring, grassroots, word):
    assert bring([(*HEADINGS, "所属工会"), (*WANG, word)])["held"] == []
    assert Household.objects.get().union == grassroots


def test_union_said_above_the_headings_holds_for_all_rows(bring, grassroots):
    above = ("填报单位（盖章）：东湖纺织厂工会　　填报日期：2026年7月20日",)
    assert bring([above, HEADINGS, WANG])["held"] == []
    assert Household.objects.get().union == grassroots


def test_union_that_is_not_found_is_the_one_said_for_all_rows(bring, grassroots):
    said = {"工会编码": grassroots.code}
    assert bring([(*HEADINGS, "所属工会"), (*WANG, "春申食品厂工会")], said=said)["held"] == []
    assert Household.objects.get().union == grassroots


def test_union_of_another_unit_is_not_found(bring, district, foreign_district):
    bring([(*HEADINGS, "所属工会"), (*WANG, foreign_district.name)])
    assert Household.objects.get().union == district


def test_union_named_by_two_is_the_one_said_for_all_rows(bring, district):
    for code in ("31010191", "31010192"):
        Union.objects.add_child(district, {"code": code, "name": "新村工会", "kind": "grassroots"})
    bring([(*HEADINGS, "所属工会"), (*WANG, "新村工会")])
    assert Household.objects.get().union == district


def test_number_is_given_where_the_list_has_none_and_a_family_on_file_is_updated(bring):
    bring([HEADINGS, WANG])
    first = Household.objects.get()
    answer = bring([(*HEADINGS, "手机"), (*WANG, "13800138000"), (*LI, "")])
    assert (answer["created"], answer["updated"]) == ({"困难职工家庭": 1}, {"困难职工家庭": 1})
    first.refresh_from_db()
    assert first.telephone == "13800138000"
    assert first.number != Household.objects.exclude(pk=first.pk).get().number


def test_child_on_file_is_updated_not_doubled(bring):
    headings = (*HEADINGS, "子女姓名", "子女身份证号", "学段", "年级")
    bring([headings, (*WANG, *CHILD, "初二")])
    answer = bring([headings, (*WANG, *CHILD, "初三")])
    assert answer["updated"] == {"困难职工家庭": 0, "子女": 1}
    assert Child.objects.get().grade == "初三"


def test_two_children_of_a_family_whose_cells_are_merged(bring):
    headings = (*HEADINGS, "子女姓名", "子女身份证号", "学段")
    second = ("王小红", "31010920070221302X", "高中")
    rows = [headings, WANG + CHILD, ("",) * len(WANG) + second]
    answer = bring(rows, merges=[f"{letter}2:{letter}3" for letter in "ABCDEF"])
    assert (answer["held"], answer["created"]) == ([], {"困难职工家庭": 1, "子女": 2})
    assert set(Child.objects.values_list("household__worker_name", flat=True)) == {"王建国"}


FILLED = ("春申食品厂", "13800138000", "3", "1200", "6228480000000010009")
MORE = ("工作单位", "电话", "人口", "月收入", "卡号")


@pytest.mark.parametrize("blank", ["", None, "无", "/", "—", "暂无", "不详"])
def test_blank_cell_erases_nothing_that_is_on_file(bring, blank):
    """A list is of one occasion: that it leaves a cell blank does not say that what is on file is wrong."""
    bring([HEADINGS + MORE, WANG + FILLED])
    before = Household.objects.values().get()
    answer = bring([HEADINGS + MORE, (*WANG[:2], blank, None, blank, *((blank,) * 6))])
    assert answer["held"] == []
    assert (answer["updated"], answer["unchanged"]) == ({"困难职工家庭": 0}, {"困难职工家庭": 1})
    assert Household.objects.values().get() == before


def test_blank_cell_that_a_new_record_needs_is_held(bring):
    answer = bring([HEADINGS, (*WANG[:2], "", *WANG[3:])])
    assert answer["held"] == [{"row": 2, "column": "困难类型", "value": None, "reason": "必须填写"}]


def test_further_telephones_go_to_the_note(bring):
    rows = [(*HEADINGS, "电话"), (*WANG, "13800138000、63211939")]
    bring(rows)
    home = Household.objects.get()
    assert (home.telephone, home.other_contact) == ("13800138000", "63211939")
    assert bring(rows)["unchanged"] == {"困难职工家庭": 1}
    bring([(*HEADINGS, "电话"), (*WANG, "13800138000 13900139000")])
    home.refresh_from_db()
    assert home.other_contact == "63211939;联系电话:13900139000"


def test_further_telephones_stand_beside_the_note_of_the_row(bring):
    rows = [(*HEADINGS, "电话", "其他联系方式"), (*WANG, "13800138000（母）", "微信 wang")]
    assert bring(rows)["held"] == []
    assert Household.objects.get().other_contact == "微信 wang;联系电话:母"
    assert bring(rows)["unchanged"] == {"困难职工家庭": 1}
