"""用人单位: a sheet that no workbook carries, for the form of the browser."""

from aid.enums import Trade
from aid.models import Employer
from aid.workbook.columns import TELEPHONE_WORDS, number_column, union_column
from aid.workbook.practice_posts import EMPLOYER_WORDS
from portal.workbook.cells import CodeCell, CreditCodeCell, TelephoneCell, TextCell
from portal.workbook.importing.sheet import ImportedSheet
from portal.workbook.sheets import Column

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


class EmployerSheet(ImportedSheet):
    title = "用人单位"
    model = Employer

    number = number_column(synonyms=("单位编号", "企业编号"))
    name = Column("单位名称", "name", TextCell(100), required=True, synonyms=EMPLOYER_WORDS)
    credit_code = Column(
        "统一社会信用代码", "credit_code", CreditCodeCell(), synonyms=("信用代码", "社会信用代码", "统一信用代码")
    )
    trade = Column("行业", "trade", CodeCell(Trade, short=SHORT_TRADE), synonyms=("所属行业", "行业类别", "行业门类"))
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
