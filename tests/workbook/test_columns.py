"""Every column of every sheet: a bad value is refused in its cell and nowhere else, a listed word is accepted.

All bad values of a sheet are tried in one workbook, each in a row of its own, so that the list of errors must be
exactly the list of spoilt cells.
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from employment.workbook import CASE_WORKBOOK
from tests.workbook.sheets import (
    BOOLEAN,
    CASE,
    CELLS,
    CHILD,
    ENTRY,
    ERROR,
    EVENT,
    FIRST_ROW,
    FORMULA,
    FUNDS,
    GRADUATE,
    HEADINGS,
    HELP,
    HOUSEHOLD,
    MING,
    PAYMENT,
    POST,
    REQUIRED,
    REQUIRED_CELLS,
    SHEETS,
    VISIT,
    CaseBook,
    day,
    id_number,
)

NEVER_DATA = (FORMULA, BOOLEAN, ERROR)
NO_ID = (
    "310105197902311705",  # no such day
    "310101197002030110",  # wrong check character
    "31010119700203011",  # 17 characters
    "310101700203011",  # the old form
    "3101011970020301113",  # 19 characters
    "31010119700203A119",
    id_number(7, "20991231"),  # born in the future
    310101197001011000,  # a number has lost digits
    "没有",
)
UNKNOWN_ID = id_number(2, "19491231", "110105")
NO_DATE = ("2014-02-30", "2014-13-01", "八月", "2014年8月", 3, 20141301)
NO_PAST_DATE = (*NO_DATE, "2099-01-01", day("2099-01-01"), 20990101)
NO_AMOUNT = ("一千", 0, -5, "0", "-0.01", 1.005, "1.234", "1,00,0.5", "12元")
NO_COUNT = (-1, 1.5, "1.5", "多", "-3")
NO_UNION = ("310002", "310000", "999999", "东湖区总工会", "310002001")
NO_WORD = ("其他情况", "是 是", 1)
NO_STAGE = ("博士后", "大学", "中学", 3)
NO_CARD = ("6222021001116245703", "622202100111624", "62220210011162457020", "6222O21001116245702", 6222021001116245702)
NO_TELEPHONE = ("1381234567", "123456", "电话", "021-632119", "138123456789", "63211939-")
NO_YES_OR_NO = ("Y", "有", 1, 0, "是否")

BAD = {
    (HOUSEHOLD, "档案编号"): (),
    (HOUSEHOLD, "工会编码"): NO_UNION,
    (HOUSEHOLD, "职工姓名"): (),
    (HOUSEHOLD, "身份证号"): NO_ID,
    (HOUSEHOLD, "职工类别"): ("职工", *NO_WORD),
    (HOUSEHOLD, "单亲"): NO_YES_OR_NO,
    (HOUSEHOLD, "困难类别"): ("低保", *NO_WORD),
    (HOUSEHOLD, "致困原因"): (),
    (HOUSEHOLD, "工作单位"): (),
    (HOUSEHOLD, "联系电话"): NO_TELEPHONE,
    (HOUSEHOLD, "家庭住址"): (),
    (HOUSEHOLD, "家庭人口"): (0, *NO_COUNT),
    (HOUSEHOLD, "家庭月收入(元)"): (-5, "-0.01", "没有", "一千"),
    (HOUSEHOLD, "开户银行"): (),
    (HOUSEHOLD, "银行卡号"): NO_CARD,
    (HOUSEHOLD, "建档日期"): NO_PAST_DATE,
    (HOUSEHOLD, "注销日期"): NO_PAST_DATE,
    (HOUSEHOLD, "注销原因"): (),
    (CHILD, "身份证号"): NO_ID,
    (CHILD, "档案编号"): ("D999", "王建国"),
    (CHILD, "姓名"): (),
    (CHILD, "与职工关系"): (),
    (CHILD, "学段"): NO_STAGE,
    (CHILD, "年级"): (),
    (CHILD, "就读学校"): (),
    (ENTRY, "业务编号"): (),
    (ENTRY, "子女身份证号"): (UNKNOWN_ID, *NO_ID),
    (ENTRY, "升入学段"): NO_STAGE,
    (ENTRY, "升学日期"): NO_PAST_DATE,
    (ENTRY, "录取学校"): (),
    (CASE, "业务编号"): (),
    (CASE, "子女身份证号"): (UNKNOWN_ID, *NO_ID),
    (CASE, "活动年度"): (2004, timezone.localdate().year + 2, "今年", 2014.5, 14),
    (CASE, "学段"): NO_STAGE,
    (CASE, "助学方式"): ("助学", *NO_WORD),
    (CASE, "帮扶标准(元)"): NO_AMOUNT,
    (CASE, "结对项目"): (),
    (CASE, "结对方"): (),
    (CASE, "申请日期"): NO_PAST_DATE,
    (CASE, "公示开始日期"): NO_DATE,
    (CASE, "公示结束日期"): NO_DATE,
    (CASE, "公示地点"): (),
    (CASE, "审批日期"): NO_PAST_DATE,
    (CASE, "审批结果"): ("同意", *NO_WORD),
    (CASE, "审批时职工类别"): ("职工", *NO_WORD),
    (CASE, "审批时单亲"): NO_YES_OR_NO,
    (FUNDS, "业务编号"): (),
    (FUNDS, "工会编码"): NO_UNION,
    (FUNDS, "收款日期"): NO_PAST_DATE,
    (FUNDS, "来源"): ("政府", *NO_WORD),
    (FUNDS, "金额(元)"): NO_AMOUNT,
    (FUNDS, "出资方"): (),
    (FUNDS, "凭证号"): (),
    (PAYMENT, "业务编号"): (),
    (PAYMENT, "助学申请编号"): ("A999", "通过"),
    (PAYMENT, "发放日期"): NO_DATE,
    (PAYMENT, "金额(元)"): NO_AMOUNT,
    (PAYMENT, "资金来源"): ("政府", *NO_WORD),
    (PAYMENT, "发放方式"): ("支票", *NO_WORD),
    (PAYMENT, "状态"): ("发放", *NO_WORD),
    (PAYMENT, "凭证号"): (),
    (VISIT, "业务编号"): (),
    (VISIT, "走访对象身份证号"): (UNKNOWN_ID, *NO_ID),
    (VISIT, "走访日期"): NO_PAST_DATE,
    (VISIT, "走访人"): (),
    (VISIT, "慰问方式"): ("谈话", "谈心、吃饭", "谈心,其他", 1),
    (VISIT, "需求与反馈"): (),
    (POST, "业务编号"): (),
    (POST, "工会编码"): NO_UNION,
    (POST, "联系日期"): NO_PAST_DATE,
    (POST, "单位名称"): (),
    (POST, "岗位数"): NO_COUNT,
    (POST, "岗位说明"): (),
    (GRADUATE, "身份证号"): NO_ID,
    (GRADUATE, "档案编号"): ("D999", "王建国"),
    (GRADUATE, "姓名"): (),
    (GRADUATE, "毕业院校"): (),
    (GRADUATE, "院校所在地"): ("上海", *NO_WORD),
    (GRADUATE, "生源地"): ("上海", *NO_WORD),
    (GRADUATE, "学历"): ("高中", *NO_WORD),
    (GRADUATE, "毕业日期"): NO_DATE,
    (GRADUATE, "就业意向"): ("就业", *NO_WORD),
    (GRADUATE, "签约日期"): NO_PAST_DATE,
    (GRADUATE, "登记日期"): NO_PAST_DATE,
    (GRADUATE, "结束跟踪日期"): NO_PAST_DATE,
    (HELP, "业务编号"): (),
    (HELP, "毕业生身份证号"): (UNKNOWN_ID, MING, *NO_ID),
    (HELP, "日期"): NO_PAST_DATE,
    (HELP, "类别"): ("培训", *NO_WORD),
    (HELP, "金额(元)"): NO_AMOUNT,
    (HELP, "提供单位"): (),
    (HELP, "说明"): (),
    (EVENT, "业务编号"): (),
    (EVENT, "工会编码"): NO_UNION,
    (EVENT, "日期"): NO_DATE,
    (EVENT, "类型"): ("活动", *NO_WORD),
    (EVENT, "名称"): (),
    (EVENT, "渠道"): ("私营企业", *NO_WORD),
    (EVENT, "岗位数"): NO_COUNT,
}

STAGES = ("小学", "初中", "高中", "中职", "大专", "本科", "研究生")
SOURCES = ("各级党委政府资助", "社会捐助", "各级工会投入")
KINDS = (
    "实习见习",
    "技能培训",
    "职业资格证书",
    "就业扶持政策",
    "创业指导",
    "创业培训",
    "小额担保贷款",
    "求职补贴",
    "实现就业",
)
WAYS = ("谈心", "赠送书籍学习用品", "暑期补习", "其他", "谈心、赠送书籍学习用品、暑期补习、其他")
GOOD = {
    (HOUSEHOLD, "职工类别"): ("困难职工", "困难农民工"),
    (HOUSEHOLD, "单亲"): ("是", "否"),
    (HOUSEHOLD, "困难类别"): ("低保户", "低保边缘户", "意外致困户", "深度困难", "相对困难", "意外致困"),
    (HOUSEHOLD, "联系电话"): (
        "13812345678",
        "63211939",
        "6321193",
        "021-63211939",
        "63211939-3151",
        "021-63211939-3151",
    ),
    (HOUSEHOLD, "家庭人口"): (1, "12"),
    (HOUSEHOLD, "家庭月收入(元)"): (0, 0.01, "1,234.56"),
    (HOUSEHOLD, "银行卡号"): ("4111111111111111", "6222021001116245702", "6222 0210 0111 6245 702"),
    (CHILD, "学段"): STAGES,
    (ENTRY, "升入学段"): STAGES,
    (CASE, "活动年度"): (2005, "2014", timezone.localdate().year + 1),
    (CASE, "学段"): STAGES,
    (CASE, "助学方式"): ("政策助学", "结对助学", "就业援助", "社会助学"),
    (CASE, "帮扶标准(元)"): (0.01, "0.1", "12,345.6"),
    (FUNDS, "来源"): SOURCES,
    (FUNDS, "金额(元)"): (0.01, "1,000", 123456789.12),
    (PAYMENT, "资金来源"): SOURCES,
    (PAYMENT, "发放方式"): ("银行卡", "现金", "转账"),
    (PAYMENT, "状态"): ("待发放", "发放失败"),
    (VISIT, "慰问方式"): WAYS,
    (POST, "岗位数"): (0, 1, "1,000"),
    (GRADUATE, "院校所在地"): ("本市", "外地"),
    (GRADUATE, "生源地"): ("本市", "外地"),
    (GRADUATE, "学历"): ("大专", "本科", "研究生"),
    (GRADUATE, "就业意向"): ("已自谋职业", "需要就业帮扶", "升学及其他"),
    (HELP, "类别"): KINDS,
    (EVENT, "类型"): ("招聘会", "其他就业服务活动", "岗位提供"),
    (EVENT, "渠道"): ("国有大中型企业", "劳模企业", "社会爱心企业", "政府公益性岗位"),
    (EVENT, "岗位数"): (0, 1),
}
ACCOMPANY = {(HELP, "类别"): {"金额(元)": 100}, (EVENT, "类型"): {"渠道": "劳模企业"}}

MAY_BE_IN_THE_FUTURE = {
    (CASE, "公示开始日期"),
    (CASE, "公示结束日期"),
    (PAYMENT, "发放日期"),  # of a payment not yet made, which is what the fresh rows are
    (GRADUATE, "毕业日期"),
    (EVENT, "日期"),
}
PAST_DATES = tuple(cell for cell in CELLS if cell[1].endswith("日期") and cell not in MAY_BE_IN_THE_FUTURE)


def name_of(cell: tuple[str, str]) -> str:
    """A test's name in letters that every terminal shows: model and attribute."""
    sheet = CASE_WORKBOOK.by_title[cell[0]]
    return f"{sheet.model._meta.model_name}-{sheet.by_heading[cell[1]].attribute}"


def title_name(title: str) -> str:
    return CASE_WORKBOOK.by_title[title].model._meta.model_name


def with_cells(book: CaseBook, title: str, heading: str, values) -> list[tuple]:
    """Add a row for each value of that column; where the values stand."""
    for value in values:
        book.fresh(title, ACCOMPANY.get((title, heading), {}) | {heading: value})
    last = len(book[title]) + FIRST_ROW
    return [(title, row, heading) for row in range(last - len(values), last)]


def test_every_column_has_a_bad_value():
    declared = {(sheet.title, column.heading) for sheet in CASE_WORKBOOK.sheets for column in sheet.columns}
    assert set(BAD) == declared


@pytest.mark.parametrize("title", SHEETS, ids=title_name)
def test_bad_value_is_refused_in_its_cell_and_nowhere_else(title, refused, book, foreign_grassroots):
    spoilt = [
        place
        for heading in HEADINGS[title]
        for place in with_cells(book, title, heading, (*NEVER_DATA, *BAD[title, heading]))
    ]
    assert refused(book) == sorted(spoilt, key=lambda place: [str(part) for part in place])


@pytest.mark.parametrize("title", SHEETS, ids=title_name)
def test_blank_required_cell_is_refused(title, refused, book):
    spoilt = [
        place for heading in REQUIRED[title] for place in with_cells(book, title, heading, (None, "", " \u3000\u200b"))
    ]
    assert refused(book) == sorted(spoilt, key=lambda place: [str(part) for part in place])


@pytest.mark.parametrize("title", SHEETS, ids=title_name)
def test_blank_optional_cell_is_accepted(title, accepted, book):
    cells = {heading: None for heading in HEADINGS[title] if heading not in REQUIRED[title]}
    book.fresh(title, cells)
    book.fresh(title, dict.fromkeys(cells, " \u3000\u200b"))
    assert accepted(book).created[title] == len(book[title])


@pytest.mark.parametrize("cell", REQUIRED_CELLS, ids=name_of)
def test_missing_required_column_is_named_without_a_row(cell, refused, book):
    title, heading = cell
    missing = refused(book.without(title, heading))
    assert (title, None, heading) in missing
    if heading != HEADINGS[title][0]:  # only a missing key brings the cells that refer to it along
        assert missing == [(title, None, heading)]


@pytest.mark.parametrize("title", SHEETS, ids=title_name)
def test_words_of_the_lists_and_bounds_are_accepted(title, accepted, book):
    for (sheet, heading), values in GOOD.items():
        if sheet == title:
            with_cells(book, title, heading, values)
    assert accepted(book).created[title] == len(book[title])


@pytest.mark.parametrize("title", SHEETS, ids=title_name)
def test_dates_in_the_future_only_where_the_specification_says(title, refused, book):
    tomorrow = timezone.localdate() + timedelta(days=1)
    spoilt = [
        place
        for sheet, heading in PAST_DATES
        if sheet == title
        for place in with_cells(book, title, heading, (tomorrow,))
    ]
    for sheet, heading in MAY_BE_IN_THE_FUTURE:
        if sheet == title:
            with_cells(book, title, heading, (tomorrow, "2099-12-31"))
    spoilt.append(book.put(FUNDS, "Z003", "金额(元)", "坏"))  # so that every workbook is refused
    assert refused(book) == sorted(spoilt, key=lambda place: [str(part) for part in place])


def test_today_is_accepted(accepted, book):
    today = timezone.localdate()
    for title, heading in PAST_DATES:
        decided = {"审批结果": "不通过"} if heading == "审批日期" else {}
        book.fresh(title, {heading: today} | decided)
    assert accepted(book).created[FUNDS] == 4
