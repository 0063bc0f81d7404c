"""Invented unions and case workbooks of any size, the same for the same seed."""

import datetime
import random
from collections.abc import Iterator
from pathlib import Path

from openpyxl import Workbook

ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECK_CHARACTERS = "10X98765432"
REGION = "310101"
YEAR = 2014
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
HEADINGS = {
    "困难职工家庭": (
        "档案编号 工会编码 职工姓名 身份证号 职工类别 单亲 困难类别 致困原因 工作单位 联系电话 家庭住址 家庭人口 "
        "家庭月收入(元) 开户银行 银行卡号 建档日期"
    ),
    "子女": "身份证号 档案编号 姓名 与职工关系 学段 年级 就读学校",
    "升学": "业务编号 子女身份证号 升入学段 升学日期 录取学校",
    "助学申请": (
        "业务编号 子女身份证号 活动年度 学段 助学方式 帮扶标准(元) 申请日期 公示开始日期 公示结束日期 公示地点 "
        "审批日期 审批结果"
    ),
    "资金筹集": "业务编号 工会编码 收款日期 来源 金额(元) 出资方",
    "助学款发放": "业务编号 助学申请编号 发放日期 金额(元) 资金来源 发放方式 状态",
    "走访慰问": "业务编号 走访对象身份证号 走访日期 走访人 慰问方式",
    "社会实践岗位": "业务编号 工会编码 联系日期 单位名称 岗位数",
    "高校毕业生": "身份证号 档案编号 姓名 毕业院校 院校所在地 生源地 学历 毕业日期 就业意向 登记日期",
    "就业帮扶": "业务编号 毕业生身份证号 日期 类别 金额(元) 提供单位",
    "就业活动与岗位": "业务编号 工会编码 日期 类型 名称 渠道 岗位数",
}


def id_number(serial: int, born: datetime.date) -> str:
    """A valid identity number; equal serials of one birth date give equal numbers."""
    body = f"{REGION}{born:%Y%m%d}{serial % 1000:03d}"
    total = sum(weight * int(digit) for weight, digit in zip(ID_WEIGHTS, body, strict=True))
    return body + ID_CHECK_CHARACTERS[total % 11]


def card_number(serial: int) -> str:
    """A card number of 19 digits with a right Luhn digit."""
    body = f"622202{serial:012d}"
    total = 0
    for place, digit in enumerate(reversed(body)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return body + str(-total % 10)


class UnitWorkbook:
    """The rows of one unit: of every 10 rows about 2 households, 2 children, 2 cases and 2 payments."""

    def __init__(self, code: str, rows: int, *, number: int = 0):
        self.code = code
        self.households = max(rows * 2 // 10, 1)
        self.offset = number * 1_000_000
        self.random = random.Random(f"{code}/{rows}")  # noqa: S311  invented people, not secrets
        self.sheets: dict[str, list[list]] = {title: [] for title in HEADINGS}
        self._fund()
        for serial in range(self.households):
            self._family(self.offset + serial)

    def _day(self) -> datetime.date:
        return datetime.date(YEAR, 1, 1) + datetime.timedelta(days=self.random.randrange(150, 240))

    def _fund(self) -> None:
        for place, source in enumerate(SOURCES):
            row = [f"Z{place}", self.code, datetime.date(YEAR, 1, 2), source, 10_000_000.55, "爱心企业"]
            self.sheets["资金筹集"].append(row)

    def _family(self, serial: int) -> None:
        worker = id_number(serial, datetime.date(1960, 1, 1) + datetime.timedelta(days=serial // 1000))
        child = id_number(serial, datetime.date(1995, 1, 1) + datetime.timedelta(days=serial // 1000))
        name = self.random.choice("张王李赵陈杨吴刘") + self.random.choice("伟芳娜敏静强磊洋")
        migrant = self.random.random() < 0.3
        stage = self.random.choice(STAGES)
        file_number = f"D{serial:07d}"
        self.sheets["困难职工家庭"].append(
            [
                file_number, self.code, name, worker, "困难农民工" if migrant else "困难职工",
                self.random.choice("是否"), "低保户", "子女上学", "某某有限公司", "13812345678", "某路一号",
                3, 1200.5, "工商银行", card_number(serial), datetime.date(2012, 3, 1),
            ]
        )  # fmt: skip
        self.sheets["子女"].append([child, file_number, name + "子", "子女", stage, "一年级", "某某学校"])
        self._case(serial, child, stage)
        self._rest(serial, child, file_number, name)

    def _case(self, serial: int, child: str, stage: str) -> None:
        number = f"A{serial:07d}"
        self.sheets["助学申请"].append(
            [
                number, child, YEAR, stage, "政策助学", 2000, datetime.date(YEAR, 3, 1), datetime.date(YEAR, 3, 5),
                datetime.date(YEAR, 3, 12), "所在单位", datetime.date(YEAR, 3, 13), "通过",
            ]
        )  # fmt: skip
        amount = self.random.randrange(50_000, 200_000) / 100
        source = self.random.choice(SOURCES)
        self.sheets["助学款发放"].append([f"F{serial:07d}", number, self._day(), amount, source, "银行卡", "已发放"])

    def _rest(self, serial: int, child: str, file_number: str, name: str) -> None:
        if serial % 2:
            self.sheets["升学"].append([f"S{serial:07d}", child, "初中", self._day(), "某某学校"])
            self.sheets["走访慰问"].append([f"V{serial:07d}", child, self._day(), "工会干部", "谈心、暑期补习"])
        elif serial % 4:
            graduated = datetime.date(YEAR - serial // 4 % 3, 7, 1)
            self.sheets["高校毕业生"].append(
                [
                    child, file_number, name + "子", "某大学", "本市", "外地", "本科", graduated,
                    self.random.choice(("已自谋职业", "需要就业帮扶", "升学及其他")), datetime.date(YEAR, 1, 10),
                ]
            )  # fmt: skip
            self.sheets["就业帮扶"].append(
                [f"J{serial:07d}", child, self._day(), self.random.choice(KINDS), 1000.25, "某单位"]
            )
        elif serial % 8:
            self.sheets["社会实践岗位"].append([f"P{serial:07d}", self.code, self._day(), f"书店{serial % 40}", 5])
        else:
            self.sheets["就业活动与岗位"].append([f"E{serial:07d}", self.code, self._day(), "招聘会", "专场", None, 50])

    def __len__(self) -> int:
        return sum(map(len, self.sheets.values()))

    def __iter__(self) -> Iterator[tuple[str, list[list]]]:
        return iter(self.sheets.items())

    def save(self, path: Path) -> None:
        """Write the workbook as .xlsx."""
        book = Workbook(write_only=True)
        for title, rows in self:
            sheet = book.create_sheet(title)
            sheet.append(HEADINGS[title].split())
            for row in rows:
                sheet.append(row)
        book.save(path)
