"""The samples of lists once more, of any length: each row another family, every tenth with a wrong identity number."""

import csv
import datetime
import io
import random
import string
from collections.abc import Iterator, Sequence
from pathlib import Path

from generator import card_number, id_number
from openpyxl import Workbook

FIRST = datetime.date(1960, 1, 1)
WRONG_EVERY = 10
LETTERS = string.ascii_letters + string.digits
FILE_HEADINGS = (
    "档案编号* 工会编码* 职工姓名* 身份证号* 职工类别* 单亲* 困难类别* 致困原因 工作单位 联系电话 家庭住址 家庭人口 "
    "家庭月收入(元) 开户银行 银行卡号 建档日期* 注销日期 注销原因"
)
OTHER_HEADINGS = (
    "序号 姓名 身份证号码 职工身份 是否单亲 困难类型 单位名称 手机号码 住址 人口 月收入 开户行 卡号 建档时间"
)
SUMMARY_HEADINGS = (
    "序号 职工姓名 性别 身份证号码 工作单位 家庭住址 联系电话 困难类型 家庭月人均收入 子女姓名 子女身份证号码 "
    "就读学校及年级 学段 是否单亲 申请金额 开户行及卡号"
)
STUDENT_HEADINGS = (
    "序号 学生姓名 性别 身份证号码 就读（录取）学校 学历层次 入学时间 家长姓名 家长身份证号 家长工作单位 "
    "困难类别 联系电话 开户银行 银行卡号 救助金额（元） 备注"
)
NATIONAL_HEADINGS = (
    "职工编号 *困难类别 姓名﹡ 民族﹡ 性别﹡ 身份证号﹡ 出生日期 健康状况 住房类型 手机号码 家庭住址 工作单位 是否单亲 "
    "家庭人口 主要致困原因 开户银行 银行卡号 备注"
)


def person(serial: int, *, wrong: bool = False) -> str:
    """A valid identity number, each another; wrong by its last character."""
    number = id_number(serial, FIRST + datetime.timedelta(days=serial // 1000))
    return number if not wrong else number[:-1] + ("1" if number[-1] == "0" else "0")


def child(serial: int) -> str:
    return id_number(serial, datetime.date(2005, 1, 1) + datetime.timedelta(days=serial // 1000))


def _file(at: int, number: str) -> list:
    name, card = f"王{chr(0x4E00 + at % 5000)}", card_number(at)
    rest = [
        "困难职工",
        "否",
        "低保户",
        "",
        "春申食品厂",
        f"138{at:08d}",
        "望江路",
        3,
        1200,
        "农业银行",
        card,
        "2026-03-01",
    ]
    return [f"W{at:05d}", "31010101", name, number, *rest, "", ""]


def _other(at: int, number: str) -> list:
    card = card_number(at)
    rest = [
        "困难职工",
        "否",
        "低保户",
        "春申食品厂",
        f"138{at:08d}",
        "望江路",
        "3",
        "1200",
        "农业银行",
        card,
        "2026-03-01",
    ]
    return [at + 1, f"王{chr(0x4E00 + at % 5000)}", number, *rest]


def _summary(at: int, number: str) -> list:
    who = [f"王 {chr(0x4E00 + at % 5000)}", "男", number, "春申食品厂", f"望江路{at}弄", f"138{at:08d}", "低保", 800]
    pupil = [f"王小{chr(0x4E00 + at % 5000)}", child(at), "育才中学初二", "初中", "否", "2000元"]
    return [at + 1, *who, *pupil, f"农行 {card_number(at)}"]


def _student(at: int, number: str) -> list:
    pupil = [f"王小{chr(0x4E00 + at % 5000)}", "女", child(at), "示例中学", "初中", "2014.9"]
    return [
        at + 1, *pupil, f"王{chr(0x4E00 + at % 5000)}", number, "示例纺织厂", "低保户", f"138{at:08d}", "工商银行",
        card_number(at), 1000, "",
    ]  # fmt: skip


def _national(at: int, number: str) -> list:
    name = f"王{chr(0x4E00 + at % 5000)}"
    rest = [
        "一般疾病",
        "自购房",
        f"138{at:08d}",
        "示例路1号",
        "示例纺织厂",
        "否",
        3,
        "本人大病",
        "工商银行",
        card_number(at),
        "",
    ]
    return [f"3100{at:08d}", "低保户", name, "汉族", "男", number, "1975.03.12", *rest]


SAID = {"职工类别": "困难职工", "建档日期": "2026-07-20", "助学方式": "社会助学"}
TITLED = (["困难职工登记表（2026年）"], ["填报单位：东江区总工会"])
# By name: lines above, headings, a row, how the file is written, what is said for all rows, sheets of one right row.
LISTS = {
    "summary.xlsx": (TITLED, SUMMARY_HEADINGS, _summary, SAID | {"活动年度": "2026"}, 3),
    "title-rows.xlsx": (TITLED, FILE_HEADINGS, _file, {}, 1),
    "other-headings.xlsx": ((), OTHER_HEADINGS, _other, {}, 1),
    "other-headings-gbk.csv": ((), OTHER_HEADINGS, _other, {}, 1),
    "national-file.xlsx": (TITLED, NATIONAL_HEADINGS, _national, SAID, 1),
    "aided-students.xlsx": (TITLED[:1], STUDENT_HEADINGS, _student, SAID | {"单亲": "否", "活动年度": "2026"}, 3),
}


def lines(name: str, rows: int, padding: int) -> Iterator[Sequence]:
    """The rows of the list; `padding` characters that cannot be packed stand in a column more, for a large file."""
    above, headings, row, *_rest = LISTS[name]
    chance = random.Random(name)  # noqa: S311  not a secret
    yield from above
    yield [*headings.split(), *["其他情况"] * bool(padding)]
    for at in range(rows):
        number = person(at, wrong=at % WRONG_EVERY == WRONG_EVERY - 1)
        more = ["".join(chance.choices(LETTERS, k=padding))] if padding else []
        yield [*row(at, number), *more]
    yield ["合计"]
    yield ["填表人：陈经办"]


def save(path: Path, rows: int, padding: int) -> None:
    if path.suffix == ".csv":
        text = io.StringIO()
        csv.writer(text).writerows(lines(path.name, rows, padding))
        path.write_bytes(text.getvalue().encode("gb18030"))
        return
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Sheet1")
    for line in lines(path.name, rows, padding):
        sheet.append(list(line))
    book.save(path)
