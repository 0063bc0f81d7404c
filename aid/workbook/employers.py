"""用人单位: a sheet that no workbook carries, for the form of the browser."""

import re

from aid.enums import Trade
from aid.models import Employer
from aid.workbook.columns import TELEPHONE_WORDS, number_column, union_column
from aid.workbook.cutting import SEPARATORS
from aid.workbook.practice_posts import EMPLOYER_WORDS
from portal.workbook.cells import CodeCell, CreditCodeCell, TelephoneCell, TextCell
from portal.workbook.importing.sheet import ImportedSheet
from portal.workbook.sheets import Column, TwoInOne

CONTACT_AND_TELEPHONE = (
    "联系人及电话", "联系人及联系电话", "联系人及联系方式", "联系人和电话", "联系人/电话", "联系人、电话",
    "联系人电话号码",
    "联系人与电话", "负责人及电话", "联系人及手机",
)  # fmt: skip
TELEPHONE = re.compile("(?<![0-9])(?:1[3-9][0-9]{9}|(?:0[0-9]{2,3}-?)?[0-9]{7,8}(?:-[0-9]{1,6})?)(?![0-9])")

SHORT_TRADE = {
    "农业": "农、林、牧、渔业",
    "制造": "制造业",
    "建筑": "建筑业",
    "批发零售": "批发和零售业",
    "批发零售业": "批发和零售业",
    "零售业": "批发和零售业",
    "交通运输": "交通运输、仓储和邮政业",
    "交通运输业": "交通运输、仓储和邮政业",
    "物流业": "交通运输、仓储和邮政业",
    "住宿餐饮业": "住宿和餐饮业",
    "餐饮业": "住宿和餐饮业",
    "信息技术": "信息传输、软件和信息技术服务业",
    "金融": "金融业",
    "房地产": "房地产业",
}
TRADES = (
    (re.compile("餐|酒店|宾馆|住宿"), Trade.H),
    (re.compile("制造|加工"), Trade.C),
    (re.compile("批发|零售|商贸|超市"), Trade.F),
    (re.compile("建筑|施工|装修"), Trade.E),
    (re.compile("物流|运输|快递|仓储|邮政"), Trade.G),
    (re.compile("软件|信息技术|互联网|通信"), Trade.I),
    (re.compile("银行|保险|金融|证券"), Trade.J),
    (re.compile("房产|地产|物业"), Trade.K),
    (re.compile("教育|培训"), Trade.P),
    (re.compile("医疗|卫生|养老|健康"), Trade.Q),
    (re.compile("文化|体育|娱乐|传媒"), Trade.R),
    (re.compile("家政|居民服务|修理|美容"), Trade.O),
)


def trade_of(text: str) -> tuple[str, bool] | None:
    """The one section that the words name: 服装加工, 酒店业; where they name two, nobody can tell."""
    named = [trade for words, trade in TRADES if words.search(text)]
    return (str(named[0].label), True) if len(named) == 1 else None


def contact_and_telephone(text: str) -> tuple[str, str]:
    """周人事 13800138000 → 周人事 and the number, wherever it stands; without a number all of it is the contact."""
    found = TELEPHONE.search(text)
    if not found:
        return text.strip(SEPARATORS), ""
    rest = f"{text[: found.start()]} {text[found.end() :]}"
    return rest.strip(SEPARATORS), found[0]


class EmployerSheet(ImportedSheet):
    title = "用人单位"
    model = Employer
    two_in_one = (TwoInOne(CONTACT_AND_TELEPHONE, ("contact", "telephone"), contact_and_telephone),)

    number = number_column(synonyms=("单位编号", "企业编号"))
    name = Column("单位名称", "name", TextCell(100), required=True, synonyms=EMPLOYER_WORDS)
    credit_code = Column(
        "统一社会信用代码",
        "credit_code",
        CreditCodeCell(),
        synonyms=("信用代码", "社会信用代码", "统一信用代码", "纳税人识别号", "机构信用代码"),
    )
    trade = Column(
        "行业",
        "trade",
        CodeCell(Trade, short=SHORT_TRADE, grown=trade_of),
        synonyms=("所属行业", "行业类别", "行业门类", "经营行业"),
    )
    district = Column("所在区县", "district", TextCell(50), synonyms=("区县", "所在区", "所属区", "所属区县", "区域"))
    contact = Column("联系人", "contact", TextCell(50), synonyms=("联系人姓名", "单位联系人", "人事联系人", "负责人"))
    telephone = Column(
        "联系电话", "telephone", TelephoneCell(), synonyms=(*TELEPHONE_WORDS, "联系人电话"), rest_to="note"
    )
    note = Column("说明", "note", TextCell(200), synonyms=("备注", "单位简介", "企业简介", "单位说明"))
    union = union_column()

    def complete(self, record, row):
        if record.union_id:
            record.place_in(record.union)
