"""The columns of the 困难职工档案 of the whole country that no workbook carries: of forms, and of lists."""

from django.utils.translation import gettext_lazy as _

from aid.enums import (
    Disability,
    EmployerNature,
    EmployerState,
    Ethnicity,
    Marriage,
    MedicalInsurance,
    ModelWorker,
    PoliticalStatus,
    Registration,
    WorkState,
)
from aid.workbook.households import HouseholdSheet
from portal.codes.kept import codes_of
from portal.words.bounds import MOST_AT_ONCE
from portal.workbook.cells import AmountCell, CodeCell, TextCell, YesNoCell
from portal.workbook.sheets import Column

SHORT_PARTY = {
    "党员": "中共党员",
    "预备党员": "中共预备党员",
    "团员": "共青团员",
    "共产党员": "中共党员",
    "无党派": "无党派人士",
}
SHORT_MARRIAGE = {"离异": "离婚", "结婚": "已婚", "有配偶": "已婚"}
SHORT_REGISTRATION = {"城镇": "非农业", "非农": "非农业", "农村": "农业", "非农业户口": "非农业", "农业户口": "农业"}
SHORT_WORK = {
    "在职": "在岗",
    "下岗": "下(待)岗",
    "待岗": "下(待)岗",
    "失业": "失(无)业",
    "无业": "失(无)业",
    "提前退休": "内退",
}
SHORT_MODEL = {"否": "非劳模", "无": "非劳模", "不是": "非劳模", "省级劳模": "省部级劳模", "市级劳模": "地市级劳模"}
SHORT_INSURANCE = {
    "职工医保": "职工基本医疗保险",
    "城镇职工基本医疗保险": "职工基本医疗保险",
    "城镇职工医保": "职工基本医疗保险",
    "居民医保": "城乡居民基本医疗保险",
    "城镇居民基本医疗保险": "城乡居民基本医疗保险",
    "城乡居民医保": "城乡居民基本医疗保险",
    "新农合": "城乡居民基本医疗保险",
    "新型农村合作医疗": "城乡居民基本医疗保险",
    "未参保": "未参加医保",
}
SHORT_NATURE = {
    "国有": "国有企业",
    "国企": "国有企业",
    "集体": "集体企业",
    "民营": "民营/私营/个体企业",
    "民营企业": "民营/私营/个体企业",
    "私营企业": "民营/私营/个体企业",
    "机关": "国有机关/事业单位",
    "事业单位": "国有机关/事业单位",
    "外资企业": "港澳台/外资企业",
    "三资企业": "港澳台/外资企业",
}
SHORT_STATE = {"正常": "正常生产经营", "正常经营": "正常生产经营", "破产": "关闭破产", "关闭": "关闭破产"}


def people_of(text: str) -> tuple[str, bool] | None:
    """汉 is 汉族."""
    word = f"{text}族"
    return (word, True) if word in codes_of(Ethnicity).labels.values() else None


class NationalHouseholdSheet(HouseholdSheet):
    """A household with all that the file of the whole country tells of it."""

    ethnicity = Column("民族", "ethnicity", CodeCell(Ethnicity, grown=people_of))
    political_status = Column("政治面貌", "political_status", CodeCell(PoliticalStatus, short=SHORT_PARTY))
    marriage = Column("婚姻状况", "marriage", CodeCell(Marriage, short=SHORT_MARRIAGE), synonyms=("婚姻", "婚否"))
    registration = Column(
        "户口类型",
        "registration",
        CodeCell(Registration, short=SHORT_REGISTRATION),
        synonyms=("户籍类型", "户口性质", "户籍性质"),
    )
    registered_at = Column(
        "户口所在地",
        "registered_at",
        TextCell(200),
        synonyms=("户口所在地行政区划", "户籍所在地", "户籍地", "户籍地址", "户籍", "户口地址"),
    )
    work_state = Column(
        "工作状态", "work_state", CodeCell(WorkState, short=SHORT_WORK), synonyms=("就业状态", "在岗情况")
    )
    model_worker = Column(
        "劳模类型", "model_worker", CodeCell(ModelWorker, short=SHORT_MODEL), synonyms=("劳模", "是否劳模", "劳模情况")
    )
    disability = Column("残疾类别", "disability", CodeCell(Disability), synonyms=("残疾", "残疾情况"))
    medical_insurance = Column(
        "医保状况",
        "medical_insurance",
        CodeCell(MedicalInsurance, short=SHORT_INSURANCE),
        synonyms=("医保", "医疗保险", "参保情况", "医保类型"),
    )
    employer_nature = Column(
        "单位性质", "employer_nature", CodeCell(EmployerNature, short=SHORT_NATURE), synonyms=("企业性质", "单位类型")
    )
    employer_state = Column(
        "企业状况", "employer_state", CodeCell(EmployerState, short=SHORT_STATE), synonyms=("单位状况", "企业经营状况")
    )
    self_reliant = Column(
        "有一定自救能力",
        "self_reliant",
        YesNoCell(),
        synonyms=("是否有一定自救能力", "自救能力", "有无自救能力", "是否有自救能力"),
    )
    jobless_family = Column(
        "零就业家庭", "jobless_family", YesNoCell(), synonyms=("是否零就业家庭", "是否为零就业家庭", "是否零就业")
    )
    other_yearly_income = Column(
        "家庭其他年收入(元)",
        "other_yearly_income",
        AmountCell(minimum=0, exclusive=False, maximum=MOST_AT_ONCE),
        synonyms=("家庭其他非薪资年收入", "家庭其它年收入", "其他年收入"),
        note=_("工资以外的，一年合计。"),
    )


NATIONAL = tuple(
    column.attribute
    for column in NationalHouseholdSheet().columns
    if column.attribute not in HouseholdSheet().by_attribute
)
