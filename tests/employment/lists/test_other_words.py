"""Lists in words that no declaration has: endings that mean the same, units above the table, grades beside a school."""

import pytest

from aid.models import AidCase, Child, Contribution, Household
from aid.workbook.cutting import grade_at_school, stage_of_grade
from aid.workbook.employers import contact_and_telephone
from employment.lists.kinds import LIST_KINDS
from employment.models import Enquiry
from portal.workbook.lists.cells import Unknown, read_cell
from portal.workbook.lists.mapping import map_headings
from portal.workbook.lists.table import ReadTable
from portal.workbook.lists.vocabulary import in_ten_thousands
from tests.employment.lists.browsing import upload
from tests.employment.lists.commands import import_list
from tests.employment.lists.files import csv_file, xlsx

KINDS = {kind.name: kind for kind in LIST_KINDS}
WANG_ID, LI_ID = "310109197001102015", "310109197102112028"
WANG_CHILD, LI_CHILD = "310109200601203017", "31010920070221302X"
FAMILY = ("姓名", "身份证号码", "困难类型", "是否单亲", "职工身份", "建档时间")
WANG = ("王建国", WANG_ID, "低保", "否", "职工", "2026.3.1")
LI = ("李建华", LI_ID, "低保", "否", "农民工", "2026.3.2")


def taken(kind: str, *headings: str, rows=()) -> list[list[str]]:
    """What each heading is taken for."""
    table = ReadTable("Sheet1", 1, dict(enumerate(headings)), list(enumerate(rows, start=2)))
    mapping = map_headings(table, KINDS[kind])
    return [mapping.names(at) for at in range(len(headings))]


@pytest.mark.parametrize(
    ("kind", "heading", "column"),
    [
        ("children", "公示开始时间", "助学申请.公示开始日期"),
        ("children", "公示结束时间", "助学申请.公示结束日期"),
        ("children", "拟资助数额（元）", "助学申请.帮扶标准(元)"),
        ("children", "助学种类", "助学申请.助学方式"),
        ("children", "现就读学校名称", "子女.就读学校"),
        ("children", "孩子名字", "子女.姓名"),
        ("children", "读几年级", "子女.年级"),
        ("children", "补助(元)", "助学申请.帮扶标准(元)"),
        ("families", "是不是单亲", "困难职工家庭.单亲"),
        ("visits", "家庭反映", "走访慰问.需求与反馈"),
        ("families", "主要困难原因", "困难职工家庭.致困原因"),
        ("families", "现家庭住址", "困难职工家庭.家庭住址"),
        ("families", "困难种类", "困难职工家庭.困难类别"),
        ("families", "单亲状况", "困难职工家庭.单亲"),
        ("families", "帮扶卡号码", "困难职工家庭.银行卡号"),
        ("families", "工作单位全称", "困难职工家庭.工作单位"),
        ("contributions", "捐款者", "资金筹集.出资方"),
        ("contributions", "票据编号", "资金筹集.凭证号"),
        ("contributions", "筹资金额（单位：万元）", "资金筹集.金额(元)"),
        ("visits", "走访者", "走访慰问.走访人"),
        ("graduates", "院校属地", "高校毕业生.院校所在地"),
        ("graduates", "目前就业状况", "高校毕业生.就业意向"),
        ("employers", "单位全称", "用人单位.单位名称"),
        ("practice", "实践岗位（个）", "社会实践岗位.岗位数"),
        ("events", "提供时间", "就业活动与岗位.日期"),
        ("events", "形式", "就业活动与岗位.类型"),
        ("enquiries", "咨询种类", "咨询登记.诉求类别"),
        ("families", "建档年月日", "困难职工家庭.建档日期"),
        ("families", "职工本人姓名", "困难职工家庭.职工姓名"),
        ("families", "父（母）身份证号码", "困难职工家庭.身份证号"),
        ("families", "社会保障卡金融账号", "困难职工家庭.银行卡号"),
        ("families", "收款人开户行", "困难职工家庭.开户银行"),
        ("families", "困难家庭类别", "困难职工家庭.困难类别"),
        ("children", "申请助学金额（元）", "助学申请.帮扶标准(元)"),
        ("children", "受助学生姓名", "子女.姓名"),
        ("children", "录取院校", "子女.就读学校"),
        ("children", "所在班级", "子女.年级"),
        ("children", "公示截止日期", "助学申请.公示结束日期"),
        ("contributions", "出资方名称", "资金筹集.出资方"),
        ("contributions", "数额", "资金筹集.金额(元)"),
        ("visits", "走访人员姓名", "走访慰问.走访人"),
        ("visits", "走访情况记录", "走访慰问.需求与反馈"),
        ("visits", "家访时间", "走访慰问.走访日期"),
        ("graduates", "是否需要就业帮扶", "高校毕业生.就业意向"),
        ("graduates", "生源所在省市", "高校毕业生.生源地"),
        ("employers", "纳税人识别号", "用人单位.统一社会信用代码"),
        ("practice", "岗位提供单位", "社会实践岗位.单位名称"),
        ("enquiries", "问题分类", "咨询登记.诉求类别"),
        ("enquiries", "咨询事项内容", "咨询登记.诉求内容"),
        ("enquiries", "承办单位", "咨询登记.工会编码"),
    ],
)
def test_heading_that_ends_otherwise_or_is_sharpened_is_known(kind, heading, column):
    assert taken(kind, heading) == [[column]]


@pytest.mark.parametrize(
    "heading",
    ["时间", "情况", "号码", "种类", "人", "名称", "记录", "配偶姓名", "母亲工作单位", "人均月收入", "单位电话"],
)
def test_ending_alone_names_no_column_of_a_family(heading):
    assert taken("families", heading) == [[]]


# What people write, and as which word it is read; None where somebody is asked.
WORDS = {
    ("困难职工家庭", "worker_category"): {"在职职工": "困难职工", "进城务工人员": "困难农民工", "非职工": None},
    ("困难职工家庭", "hardship_category"): {
        "低保困难职工": "低保户",
        "低保边缘（城镇）": "低保边缘户",
        "深度困难（因病）": "深度困难",
        "非低保": None,
        "低保、深困": None,
        "已脱困": None,
    },
    ("资金筹集", "source"): {"企业赞助": "社会捐助", "市总下拨": "各级工会投入", "工会捐款": None},
    ("走访慰问", "ways"): {
        "上门谈心": "谈心",
        "谈心并赠送书包文具": "谈心、赠送书籍学习用品",
        "慰问金": "其他",
        "吃饭": None,
    },
    ("高校毕业生", "degree"): {"本科（学士）": "本科", "大专(高职)": "大专", "高中": None},
    ("高校毕业生", "intention"): {
        "求职中": "需要就业帮扶",
        "尚未落实": "需要就业帮扶",
        "灵活就业": "已自谋职业",
        "准备考研": "升学及其他",
        "暂不就业": None,
        "不需要帮扶": None,
    },
    ("用人单位", "trade"): {"服装加工": "制造业", "酒店": "住宿和餐饮业", "餐饮零售": None},
    ("咨询登记", "channel"): {"12351转来": "12351 热线", "官方微信": "网上", "其他": None},
    ("咨询登记", "kind"): {"就业服务": "求职", "帮扶救助": "困难求助", "劳动争议": "其他咨询", "困难职工就业": None},
}


def word_read(column, text: str) -> str | None:
    try:
        return column.cell.render(read_cell(column, text).value)
    except Unknown:
        return None


def test_words_of_coded_columns_are_read_where_they_mean_one_thing():
    sheets = {title: sheet for kind in LIST_KINDS for title, sheet in kind.sheets.items()}
    read = {
        (title, attribute): {text: word_read(sheets[title].column(attribute), text) for text in words}
        for (title, attribute), words in WORDS.items()
    }
    assert read == WORDS


@pytest.mark.parametrize("text", ["2026年7月8日上午", "2026.7.8 9:30", "2026年7月8日（周三）", "2026-07-08 下午2点"])
def test_time_of_day_behind_a_date_is_left_out(text):
    column = KINDS["visits"].sheets["走访慰问"].column("visited_on")
    assert str(read_cell(column, text).value) == "2026-07-08"


def test_contact_and_telephone_in_one_cell_are_cut_apart():
    assert contact_and_telephone("周人事 13800138000") == ("周人事", "13800138000")
    assert contact_and_telephone("63211939（吴经理）") == ("吴经理", "63211939")
    assert contact_and_telephone("吴经理") == ("吴经理", "")


def test_number_that_only_counts_the_rows_is_no_number_of_a_file():
    counted = taken("families", "编 号", "姓名", rows=[[1, "王"], ["2", "李"], [None, "合计"]])
    assert counted == [[], ["困难职工家庭.职工姓名"]]
    assert taken("families", "编号", "姓名", rows=[["W003", "王"], ["W004", "李"]])[0][0] == "困难职工家庭.档案编号"
    assert taken("families", "编号", "姓名", rows=[[3, "王"], [7, "李"]])[0][0] == "困难职工家庭.档案编号"
    assert taken("families", "档案编号", "姓名", rows=[[1, "王"], [2, "李"]])[0][0] == "困难职工家庭.档案编号"


@pytest.mark.parametrize(
    ("heading", "above", "ten_thousands"),
    [
        ("金额", "捐款明细（单位：万元）", True),
        ("金额", "金额单位: 万元", True),
        ("金额", "单位 人民币万元", True),
        ("金额（元）", "捐款明细（单位：万元）", False),
        ("金额（万元）", "", True),
        ("金额", "捐款明细（单位：元）", False),
        ("金额", "填报单位：东江区总工会", False),
    ],
)
def test_unit_of_an_amount(heading, above, ten_thousands):
    assert in_ten_thousands(heading, above) is ten_thousands


@pytest.mark.parametrize(
    ("school", "grade", "stage"),
    [
        ("示例小学", "二年级", ("小学", True)),
        ("示例小学", "六年级", ("小学", True)),
        ("示例小学", "五(3)班", ("小学", True)),
        ("", "五（3）班", ("小学", True)),
        ("", "八(2)班", ("初中", True)),
        ("示例中学", "高一(2)班", ("高中", True)),
        ("示例中学", "六年级", ("初中", True)),
        ("示例中学", "八年级", ("初中", True)),
        ("示例中学", "二年级", None),
        ("示例第一中学", "二年级", None),
        ("示例高级中学", "二年级", ("高中", True)),
        ("示例初级中学", "一年级", ("初中", True)),
        ("示例职校", "一年级", ("中职", True)),
        ("示例中等职业学校", "3年级", ("中职", True)),
        ("示例职业技术学院", "二年级", ("大专", True)),
        ("示例大学", "二年级", ("本科", False)),
        ("示例大学", "研二", ("研究生", True)),
        ("示例学校", "二年级", ("小学", True)),
    ],
)
def test_stage_of_a_grade_beside_its_school(school, grade, stage):
    assert stage_of_grade(grade_at_school(grade, {"school": school})) == stage


@pytest.fixture
def bring(tmp_path, district, grassroots):
    """Bring in rows by the command."""

    def run(rows, *, name: str = "清单.xlsx", content: bytes | None = None, **options):
        path = tmp_path / name
        path.write_bytes(content or xlsx(rows))
        return import_list(path, unit=district.code, **options)

    return run


def test_amounts_below_a_title_that_says_ten_thousands(bring):
    rows = [
        ("捐款到账明细（单位：万元）",),
        ("日期", "捐款者", "金额", "款项来源"),
        ("2026.5.8", "甲", 12.5, "企业爱心捐款"),
        ("2026.5.9", "乙", "3000元", "上级工会拨款"),
    ]
    assert bring(rows)["held"] == []
    amounts = Contribution.objects.order_by("received_on").values_list("amount", "source")
    assert [(str(amount), source) for amount, source in amounts] == [("125000.00", "social"), ("3000.00", "union")]


def test_grade_of_a_secondary_school_is_asked_for_and_no_pupil_becomes_one_of_primary_school(bring):
    headings = (*FAMILY, "子女姓名", "子女身份证号", "学校", "年级")
    rows = [
        headings,
        (*WANG, "王小明", WANG_CHILD, "示例中学", "二年级"),
        (*LI, "李小红", LI_CHILD, "示例大学", "二年级"),
    ]
    answer = bring(rows)
    assert [(held["row"], held["value"]) for held in answer["held"]] == [(2, "中学二年级")]
    assert list(Child.objects.values_list("name", "stage")) == [("李小红", "bachelor")]
    assert any("请核对" in notice for notice in answer["notices"])


def test_child_without_a_family_is_told_what_is_missing(bring):
    rows = [
        (*FAMILY, "子女姓名", "子女身份证号", "学段"),
        (*WANG, "王小明", WANG_CHILD, "高中"),
        (None, None, None, None, None, None, "王小红", LI_CHILD, "小学"),
    ]
    (held,) = bring(rows)["held"]
    assert (held["row"], held["reason"]) == (
        3,
        "没有写是谁家的子女，请在这一行补上职工姓名和证件号码，或已建档家庭的档案编号",
    )


def test_year_is_told_by_the_name_of_the_file(bring):
    rows = [
        (*FAMILY, "子女姓名", "子女身份证号", "学段", "资助金额"),
        (*WANG, "王小明", WANG_CHILD, "高中", "2000元"),
    ]
    assert bring(rows, name="2026年金秋助学名单.xlsx", said={"助学方式": "社会助学"})["held"] == []
    assert AidCase.objects.get().campaign.year == 2026


def test_export_of_the_hotline_whose_name_alone_says_so(bring, client_of, clerk):
    rows = [
        ("来电时间", "来电人", "来电号码", "诉求类型", "来电内容"),
        ("2026-07-01 08:15", "周", "", "求职", "想找工作"),
    ]
    assert bring(None, name="12351热线工单.csv", content=csv_file(rows, "gb18030"))["held"] == []
    assert Enquiry.objects.get().channel == "hotline"
    page = client_of(clerk).get(upload(client_of(clerk), csv_file(rows, "gb18030"), "12351热线工单.csv").url)
    assert "12351 热线" in page.text


def test_union_named_by_the_title_holds_for_all_rows(bring, grassroots):
    title = f"示例区总工会{grassroots.name}困难职工名册"
    assert bring([(title,), FAMILY, WANG])["held"] == []
    assert Household.objects.get().union == grassroots


def test_running_numbers_are_not_the_numbers_of_files(bring):
    bring([("编号", *FAMILY), (1, *WANG), (2, *LI)])
    assert sorted(Household.objects.values_list("number", flat=True)) == ["D2026-000001", "D2026-000002"]
