"""A small case workbook written by hand from the specification, and the means to spoil one cell of it.

A family with everything that counts in 2014, one of a grassroots union, one that is closed, one that nobody refers
to. Cells are named by sheet, natural key and heading, so that no test has to count rows.
"""

import copy
import itertools
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from portal.identity import ID_CHECK_CHARACTERS, ID_WEIGHTS

FORMULA, BOOLEAN, ERROR = "=1+1", True, "#N/A"  # as openpyxl writes them: a formula, a truth value, an error
FIRST_ROW = 2

HOUSEHOLD, CHILD, ENTRY, CASE, FUNDS = "困难职工家庭", "子女", "升学", "助学申请", "资金筹集"
PAYMENT, VISIT, POST, GRADUATE = "助学款发放", "走访慰问", "社会实践岗位", "高校毕业生"
HELP, EVENT = "就业帮扶", "就业活动与岗位"

# The table of the specification, word for word; * is what must be filled.
COLUMNS = {
    HOUSEHOLD: "档案编号* 工会编码* 职工姓名* 身份证号* 职工类别* 单亲* 困难类别* 致困原因 工作单位 联系电话 家庭住址 "
    "家庭人口 家庭月收入(元) 开户银行 银行卡号 建档日期* 注销日期 注销原因",
    CHILD: "身份证号* 档案编号* 姓名* 与职工关系 学段* 年级 就读学校",
    ENTRY: "业务编号* 子女身份证号* 升入学段* 升学日期* 录取学校",
    CASE: "业务编号* 子女身份证号* 活动年度* 学段* 助学方式* 帮扶标准(元)* 结对项目 结对方 申请日期* 公示开始日期 "
    "公示结束日期 公示地点 审批日期 审批结果 审批时职工类别 审批时单亲",
    FUNDS: "业务编号* 工会编码* 收款日期* 来源* 金额(元)* 出资方 凭证号",
    PAYMENT: "业务编号* 助学申请编号* 发放日期* 金额(元)* 资金来源* 发放方式* 状态* 凭证号",
    VISIT: "业务编号* 走访对象身份证号* 走访日期* 走访人* 慰问方式 需求与反馈",
    POST: "业务编号* 工会编码* 联系日期* 单位名称* 岗位数* 岗位说明",
    GRADUATE: "身份证号* 档案编号* 姓名* 毕业院校 院校所在地* 生源地* 学历* 毕业日期* 就业意向* 签约日期 "
    "登记日期* 结束跟踪日期",
    HELP: "业务编号* 毕业生身份证号* 日期* 类别* 金额(元) 提供单位 说明",
    EVENT: "业务编号* 工会编码* 日期* 类型* 名称* 渠道 岗位数*",
}
SHEETS = tuple(COLUMNS)
HEADINGS = {title: tuple(word.rstrip("*") for word in words.split()) for title, words in COLUMNS.items()}
REQUIRED = {
    title: tuple(word.rstrip("*") for word in words.split() if word.endswith("*")) for title, words in COLUMNS.items()
}
CELLS = tuple((title, heading) for title in SHEETS for heading in HEADINGS[title])
REQUIRED_CELLS = tuple((title, heading) for title in SHEETS for heading in REQUIRED[title])


def day(text: str) -> date:
    return date.fromisoformat(text)


def id_number(serial: int, born: str = "20000101", region: str = "310101") -> str:
    """A number with its check character; an odd serial is a man's or a boy's."""
    digits = f"{region}{born}{serial:03d}"
    total = sum(weight * int(digit) for weight, digit in zip(ID_WEIGHTS, digits, strict=True))
    return digits + ID_CHECK_CHARACTERS[total % 11]


WANG, LI_MEI = id_number(11, "19700203"), id_number(22, "19720809")  # a man; a woman
ZHAO, QIAN = id_number(33, "19680101"), id_number(44, "19751231")
MING, HUA = id_number(101, "20010315"), id_number(202, "19950606")
JUN, HONG = id_number(303, "19980704"), id_number(404, "20070901")
LEI, TAO = id_number(505, "19980909"), id_number(601, "19920412")


class CaseBook(dict[str, list[dict]]):
    """Sheets by title, each a list of rows, each row its cells by heading."""

    def row(self, title: str, key) -> dict:
        return next(row for row in self[title] if row[HEADINGS[title][0]] == key)

    def place(self, title: str, key, heading: str) -> tuple[str, int, str]:
        """Sheet, row as Excel shows it, and column of a cell."""
        return title, self[title].index(self.row(title, key)) + FIRST_ROW, heading

    def put(self, title: str, key, heading: str, value) -> tuple[str, int, str]:
        """Change one cell and say where it stands."""
        place = self.place(title, key, heading)
        self.row(title, key)[heading] = value
        return place

    def add(self, title: str, like, cells: dict) -> dict:
        """A row like the one of that key, with a key of its own if none is given; other cells as given."""
        row = self.row(title, like) | {HEADINGS[title][0]: fresh_key(title)} | cells
        self[title].append(row)
        return row

    def fresh(self, title: str, cells: dict | None = None) -> dict:
        """One more valid row to which nothing refers."""
        own = {}
        if title in {ENTRY, CASE}:
            own["子女身份证号"] = self.fresh(CHILD)["身份证号"]
        if title == HOUSEHOLD:
            own["身份证号"] = fresh_id()
        return self.add(title, UNREFERRED[title], own | (cells or {}))

    def only(self, title: str, *keys) -> "CaseBook":
        """A workbook of one sheet, with the rows of these keys; all rows if none is named."""
        rows = [self.row(title, key) for key in keys] if keys else self[title]
        return CaseBook({title: [dict(row) for row in rows]})

    def without(self, title: str, heading: str) -> "CaseBook":
        """The same without a column: no row has a cell in it, so it is not written."""
        book = copy.deepcopy(self)
        for row in book[title]:
            del row[heading]
        return book


_serial = itertools.count(1)


def fresh_id() -> str:
    serial = next(_serial)
    return id_number(serial % 1000, f"{1940 + serial // 1000}0101")


def fresh_key(title: str) -> str:
    return fresh_id() if HEADINGS[title][0] == "身份证号" else f"N{next(_serial):05d}"


def valid_book() -> CaseBook:
    """A fresh copy of the workbook below."""
    return CaseBook({title: _rows(title, text) for title, text in ROWS.items()})


def _rows(title: str, lines: Iterable[tuple]) -> list[dict]:
    return [dict(zip(HEADINGS[title], line, strict=True)) for line in lines]


def light_book() -> CaseBook:
    """The valid book without what a lead looks at before it counts: decided cases and payments."""
    book = valid_book()
    book[CASE], book[PAYMENT] = [], []
    return book


def write(book: CaseBook, path: Path, *, turned: bool = False, starred: bool = False) -> Path:
    """Write the .xlsx with a column for each heading that its rows have.

    `turned` has sheets and columns in reverse order, `starred` the headings of the template.
    """
    spreadsheet = Workbook()
    spreadsheet.remove(spreadsheet.active)
    for title in reversed(book) if turned else book:
        tab = spreadsheet.create_sheet(title)
        headings = list(dict.fromkeys(heading for row in book[title] for heading in row)) or list(HEADINGS[title])
        if turned:
            headings.reverse()
        stars = REQUIRED.get(title, ()) if starred else ()
        tab.append([heading + "*" * (heading in stars) for heading in headings])
        for row in book[title]:
            tab.append([row.get(heading) for heading in headings])
    spreadsheet.save(path)
    return path


# fmt: off
ROWS = {
    HOUSEHOLD: [
        ("D001", "310001", "王建国", WANG, "困难职工", "否", "低保户", "下岗失业", "第一纺织厂",
         "13812345678", "东湖路 1 号", 4, 1200.5, "工商银行", "6222021001116245702", day("2012-03-01"), None, None),
        ("D002", "310001001", "李梅", LI_MEI, "困难农民工", "是", "低保边缘户", "本人大病", None, "021-63211939", None,
         2, 900, None, None, day("2013-05-06"), None, None),
        ("D003", "310001", "赵强", ZHAO, "困难职工", "是", "意外致困户", None, None, None, None, None,
         None, None, None, day("2012-01-10"), day("2014-06-30"), "脱困"),
        ("D004", "310001", "钱芳", QIAN, "困难职工", "否", "低保户", None, None, None, None, None,
         None, None, None, day("2014-01-10"), None, None),
    ],
    CHILD: [
        (MING, "D001", "王小明", "子女", "初中", "一年级", "东湖中学"),
        (HUA, "D002", "李小花", "子女", "本科", "一年级", "示例大学"),
        (JUN, "D003", "赵小军", None, "高中", None, None),
        (HONG, "D001", "王小红", "子女", "小学", None, None),
        (LEI, "D002", "李小磊", "子女", "高中", None, None),
    ],
    ENTRY: [
        ("S001", MING, "小学", day("2007-09-01"), "东湖小学"),
        ("S002", MING, "初中", day("2013-09-01"), "东湖中学"),
        ("S003", HUA, "本科", day("2014-09-01"), None),
        ("S004", JUN, "高中", day("2013-09-01"), None),
    ],
    CASE: [
        ("A001", MING, 2014, "初中", "政策助学", 2000, "劳模爱心结对", "劳模张师傅", day("2014-06-01"),
         day("2014-06-05"), day("2014-06-12"), "所在单位", day("2014-06-15"), "通过", "困难职工", "否"),
        ("A002", HUA, 2014, "本科", "结对助学", 3000.5, None, None, day("2014-06-02"), day("2014-06-05"),
         day("2014-06-12"), "社区", day("2014-06-20"), "通过", "困难农民工", "是"),
        ("A003", JUN, 2014, "高中", "社会助学", 1000, None, None, day("2014-05-01"), None, None, None,
         day("2014-05-20"), "不通过", None, None),
        ("A004", HONG, 2014, "小学", "就业援助", 800, None, None, day("2014-07-01"), None, None, None, None, None,
         None, None),
        ("A005", MING, 2013, "小学", "政策助学", 1500, None, None, day("2013-06-01"), day("2013-06-04"),
         day("2013-06-13"), None, day("2013-06-14"), "通过", "困难职工", "否"),
        ("A006", LEI, 2014, "高中", "政策助学", 1200, None, None, day("2014-06-10"), day("2014-06-16"),
         day("2014-06-24"), "社区", None, None, None, None),
    ],
    FUNDS: [
        ("Z001", "310001", day("2013-01-05"), "各级党委政府资助", 5000, "区财政", "V-1"),
        ("Z002", "310001001", day("2014-02-01"), "社会捐助", 3000.5, "慈善基金会", None),
        ("Z003", "310001", day("2014-03-01"), "各级工会投入", 1000, None, None),
    ],
    PAYMENT: [
        ("F001", "A001", day("2014-07-01"), 2000, "各级党委政府资助", "银行卡", "已发放", "P-1"),
        ("F002", "A002", day("2014-07-02"), 1500.25, "社会捐助", "现金", "已发放", None),
        ("F003", "A002", day("2014-09-01"), 500, "各级工会投入", "转账", "待发放", None),
        ("F004", "A005", day("2013-07-15"), 300, "各级党委政府资助", "转账", "已发放", None),
    ],
    VISIT: [
        ("V001", MING, day("2014-07-20"), "工会干部", "谈心、暑期补习", "希望补习数学"),
        ("V002", TAO, day("2014-08-02"), "工会干部", None, None),
        ("V003", LI_MEI, day("2014-08-03"), "工会干部", "其他", None),
    ],
    POST: [
        ("P001", "310001", day("2014-07-05"), "第一食品商店", 12, "暑期促销"),
        ("P002", "310001001", day("2014-07-06"), "东湖书店", 0, None),
    ],
    GRADUATE: [
        (HUA, "D002", "李小花", "示例大学", "本市", "外地", "本科", day("2018-06-30"), "需要就业帮扶", None,
         day("2014-07-01"), None),
        (TAO, "D001", "王小涛", None, "外地", "本市", "大专", day("2014-06-30"), "已自谋职业", day("2014-07-10"),
         day("2014-03-01"), day("2014-12-01")),
    ],
    HELP: [
        ("J001", HUA, day("2014-08-01"), "小额担保贷款", 20000, "东湖银行", None),
        ("J002", TAO, day("2014-07-15"), "实习见习", None, "第一纺织厂", "两个月"),
        ("J003", HUA, day("2014-08-05"), "求职补贴", 800, None, None),
    ],
    EVENT: [
        ("E001", "310001", day("2014-05-10"), "招聘会", "春季招聘会", None, 120),
        ("E002", "310001001", day("2014-05-11"), "岗位提供", "东湖机床厂", "劳模企业", 30),
        ("E003", "310001", day("2014-05-12"), "其他就业服务活动", "政策咨询", None, 0),
    ],
}

# fmt: on

# Of each sheet a row after which others may be made.
UNREFERRED = {
    HOUSEHOLD: "D004", CHILD: HONG, ENTRY: "S001", CASE: "A004", FUNDS: "Z003", PAYMENT: "F003",
    VISIT: "V001", POST: "P001", GRADUATE: TAO, HELP: "J002", EVENT: "E001",
}  # fmt: skip
