"""Lists of every kind, each as a union would keep it: headings in its own words and order, totals and signatures below.

`created` and `unchanged` are counted by hand from the rows; `stored` are values that must be on file afterwards.
`family` is brought in first where the list speaks of people on file.
"""

from dataclasses import dataclass, field

from tests.employment.lists.files import as_union_keeps, xlsx

HOUSEHOLD, CHILD, CASE = "困难职工家庭", "子女", "助学申请"
WANG_ID, WANG_CHILD = "310109197001102015", "310109200601203017"
LI_ID, LI_CHILD = "310109197102112028", "31010920070221302X"
FAMILIES = xlsx(
    [
        ("姓名", "身份证号", "困难类型", "是否单亲", "职工身份", "建档时间", "子女姓名", "子女身份证号", "学段"),
        ("王建国", WANG_ID, "低保", "否", "职工", "2026.3.1", "王小明", WANG_CHILD, "高中"),
        ("李建华", LI_ID, "深困", "是", "农民工", "2026.3.2", "李小红", LI_CHILD, "高中"),
    ]
)


FAIR = xlsx(
    [("招聘会统计",), ("活动编号", "招聘会名称", "举办日期", "岗位数"), ("E1", "阳光就业招聘会", "2026.5.20", 20)]
)


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One list, and what must come of it."""

    name: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple, ...]
    created: dict[str, int]
    said: dict[str, str] = field(default_factory=dict)
    below: tuple[tuple, ...] = ()
    unchanged: dict[str, int] = field(default_factory=dict)
    left_out: tuple[str, ...] = ("序号",)
    stored: dict[str, set] = field(default_factory=dict)
    on_file: bool = False  # the families, and a job fair with the number E1

    @property
    def content(self) -> bytes:
        rows, merges = as_union_keeps(self.headings, self.rows, title=self.title, below=self.below)
        return xlsx(rows, merges=merges)


WANG_IS = ("春申食品厂", "低保", "否", "职工", "13800138000")
SIGNED = (("填表人：陈经办", "", "审核人：李审核"),)

CHILDREN = Kept(
    name="children",
    title="2026年困难职工子女花名册",
    headings=(
        "学生姓名", "性别", "学生身份证号码", "就读学校及年级", "学历层次", "与家长关系", "家长姓名", "家长身份证号",
        "家长工作单位", "困难类型", "是否单亲", "职工身份", "联系方式",
    ),
    rows=(
        ("王 小 明", "男", WANG_CHILD, "育才中学高一", "普高", "父子", "王建国", WANG_ID, *WANG_IS),
        ("王小雨", "女", "310109200803223024", "示例小学六年级", "小学", "父女", "王建国", WANG_ID, *WANG_IS),
        ("李小红", "女", LI_CHILD, "职高二年级", "职高", "母女", "李建华", LI_ID, "", "深困", "√", "农民工", ""),
    ),
    below=(("合计", "3人"), *SIGNED),
    created={HOUSEHOLD: 2, CHILD: 3},
    left_out=("序号", "性别"),
    stored={
        "子女.姓名": {"王小明", "王小雨", "李小红"},
        "子女.就读学校": {"育才中学", "示例小学", None},
        "子女.年级": {"高一", "六年级", "职高二年级"},
        "子女.学段": {"高中", "小学", "中职"},
        "困难职工家庭.建档日期": {"2026-07-20"},
        "困难职工家庭.职工类别": {"困难职工", "困难农民工"},
    },
)  # fmt: skip

CASES = Kept(
    name="cases",
    title="2026年“金秋助学”拟资助学生名单",
    headings=("资助金额(元)", "助学形式", "学生", "身份证号", "学段", "申请日期", "家长", "身份证号"),
    rows=(
        ("2,000.00", "社会", "王小明", WANG_CHILD, "高中", "2026.7.1", "王建国", WANG_ID),
        ("3000元", "结对", "李小红", LI_CHILD, "高中", "2026年7月2日", "李建华", LI_ID),
    ),
    below=(("合计", "5000元"), *SIGNED),
    created={CASE: 2},
    unchanged={HOUSEHOLD: 2, CHILD: 2},
    on_file=True,
    stored={
        "助学申请.帮扶标准(元)": {"2000.00", "3000.00"},
        "助学申请.助学方式": {"社会助学", "结对助学"},
        "助学申请.申请日期": {"2026-07-01", "2026-07-02"},
        "助学申请.活动年度": {"2026"},
    },
)

CASES_OF_CHILDREN = Kept(
    name="cases of children who are on file",
    title="金秋助学申请汇总",
    headings=("学生姓名", "公民身份号码", "申请时间", "救助金额"),
    rows=(("王小明", WANG_CHILD, "2026-7-1", 1500), ("李小红", LI_CHILD, "2026-7-2", "1500元整")),
    said={"活动年度": "2026", "助学方式": "政策助学"},
    created={CASE: 2},
    unchanged={CHILD: 2},
    on_file=True,
    stored={"助学申请.帮扶标准(元)": {"1500.00"}, "助学申请.学段": {"高中"}},
)

GRADUATES = Kept(
    name="graduates",
    title="2026届高校毕业生情况汇总表",
    headings=(
        "毕业生姓名", "身份证号码", "毕业学校", "学历", "院校所在地", "生源地", "毕业时间", "就业意愿", "家长姓名",
        "家长身份证号",
    ),
    rows=(
        ("王小明", WANG_CHILD, "示例大学", "大学本科", "上海", "上海市", "2026.6.30", "未就业", "王建国", WANG_ID),
        ("李小红", LI_CHILD, "外省学院", "专科", "外省", "本市", "2026年6月30日", "已签约", "李建华", LI_ID),
    ),
    below=(("总计", "2人"), *SIGNED),
    created={"高校毕业生": 2},
    unchanged={HOUSEHOLD: 2},
    on_file=True,
    stored={
        "高校毕业生.学历": {"本科", "大专"},
        "高校毕业生.院校所在地": {"本市", "外地"},
        "高校毕业生.就业意向": {"需要就业帮扶", "已自谋职业"},
        "高校毕业生.登记日期": {"2026-07-20"},
    },
)  # fmt: skip

CONTRIBUTIONS = Kept(
    name="contributions",
    title="2026年金秋助学资金筹集情况表",
    headings=("到账时间", "捐赠单位", "资金来源", "金额（万元）", "收据号"),
    rows=(
        ("2026.5.8", "示例基金会", "社会捐赠", 12.5, "P001"),
        ("2026.5.9", "区财政局", "财政拨款", "30", "P002"),
        ("2026年6月1日", "", "工会经费", "0.85", "无"),
        ("2026年6月1日", "示例股份", "企业捐赠", "1", "P004"),
    ),
    below=(("", "合计", "", 44.35), *SIGNED),
    created={"资金筹集": 4},
    stored={
        "资金筹集.金额(元)": {"125000.00", "300000.00", "8500.00", "10000.00"},
        "资金筹集.来源": {"社会捐助", "各级党委政府资助", "各级工会投入"},
        "资金筹集.收款日期": {"2026-05-08", "2026-05-09", "2026-06-01"},
    },
)

VISITS = Kept(
    name="visits",
    title="暑期走访慰问记录",
    headings=("走访时间", "走访对象姓名", "走访对象身份证号码", "走访人员", "慰问形式", "走访情况"),
    rows=(
        ("2026-07-08 09:30", "王小明", WANG_CHILD, "陈经办、李审核", "谈话、送书", "希望补习数学"),
        ("2026.7.9", "李建华", LI_ID, "陈经办", "补习", "/"),
    ),
    below=SIGNED,
    created={"走访慰问": 2},
    left_out=("序号", "走访对象姓名"),
    on_file=True,
    stored={
        "走访慰问.走访日期": {"2026-07-08", "2026-07-09"},
        "走访慰问.慰问方式": {"谈心、赠送书籍学习用品", "暑期补习"},
        "走访慰问.走访对象身份证号": {WANG_CHILD, LI_ID},
    },
)

PRACTICE = Kept(
    name="practice posts",
    title="社会实践岗位汇总表",
    headings=("实践单位", "岗位名称", "实践岗位数（个）", "联系时间"),
    rows=(("春申食品厂", "质检员助理", "3个", "2026.6.1"), ("示例书店", "店员", 2, "2026.6.2")),
    below=(("合计", "", "", 5), *SIGNED),
    created={"社会实践岗位": 2},
    stored={
        "社会实践岗位.单位名称": {"春申食品厂", "示例书店"},
        "社会实践岗位.岗位数": {"3", "2"},
        "社会实践岗位.岗位说明": {"质检员助理", "店员"},
    },
)

EMPLOYERS = Kept(
    name="employers",
    title="用人单位名录",
    headings=("企业名称", "社会信用代码", "所属行业", "区县", "联系人", "联系人电话", "备注"),
    rows=(
        ("春申食品厂", "", "制造业", "东湖区", "周人事", "63211939、13800138000", "常年招工"),
        ("示例书店", "", "批发和零售业", "东湖区", "", "", ""),
        ("示例酒店", "", "住宿和餐饮业", "/", "", "021-63211940", ""),
    ),
    below=SIGNED,
    created={"用人单位": 3},
    stored={
        "用人单位.单位名称": {"春申食品厂", "示例书店", "示例酒店"},
        "用人单位.联系电话": {"63211939", None, "021-63211940"},
        "用人单位.说明": {"常年招工;联系电话:13800138000", None},
    },
)

FAIRS = Kept(
    name="job fairs",
    title="2026年招聘会情况统计",
    headings=("举办日期", "招聘会名称", "招聘人数"),
    rows=(("2026.5.20", "阳光就业专场招聘会", "120人"), ("2026.6.18", "毕业季招聘会", 80)),
    below=(("", "合计", "", 200),),
    created={"就业活动与岗位": 2},
    stored={"就业活动与岗位.类型": {"招聘会"}, "就业活动与岗位.岗位数": {"120", "80"}},
)

OFFERS = Kept(
    name="posts that were offered",
    title="就业岗位信息汇总表",
    headings=("用人单位", "企业性质", "岗位数量", "发布日期"),
    rows=(("春申食品厂", "国企", "5个", "2026.5.20"), ("示例书店", "爱心企业", 2, "2026.5.21")),
    created={"就业活动与岗位": 2},
    stored={
        "就业活动与岗位.类型": {"岗位提供"},
        "就业活动与岗位.渠道": {"国有大中型企业", "社会爱心企业"},
        "就业活动与岗位.岗位数": {"5", "2"},
    },
)

VACANCIES = Kept(
    name="vacancies",
    title="阳光就业招聘会招聘岗位明细",
    headings=("用人单位", "职位", "招聘人数", "学历要求", "月薪（元）", "任职要求"),
    rows=(
        ("春申食品厂", "质检员", "3人", "专科", "4500-6000元", "能倒班"),
        ("春申食品厂", "会计", 1, "大学本科", "6,000", ""),
        ("示例书店", "店员", "2", "不限", "面议", "/"),
    ),
    below=(("", "合计", 6),),
    said={"活动编号": "E1", "发布日期": "2026-05-01", "截止日期": "2026-06-30", "对外发布": "否"},
    created={"用人单位": 2, "招聘岗位": 3},
    on_file=True,
    stored={
        "招聘岗位.岗位名称": {"质检员", "会计", "店员"},
        "招聘岗位.招聘人数": {"3", "1", "2"},
        "招聘岗位.最低学历": {"大专", "本科", None},
        "招聘岗位.月薪下限(元)": {"4500", "6000", None},
        "招聘岗位.月薪上限(元)": {"6000", None},
        "招聘岗位.岗位要求": {"能倒班", None},
    },
)

ENQUIRIES = Kept(
    name="enquiries of 12351",
    title="12351职工服务热线工单导出",
    headings=("来电时间", "来电人", "来电号码", "诉求类型", "来电内容", "处理状态"),
    rows=(
        ("2026-07-01 08:15:30", "周小康", 13800138000, "求职", "孩子大学毕业，想找工作", "已派单"),
        ("2026-07-01 09:02:11", "吴阿姨", "63211939", "生活困难", "丈夫患病，\n交不起学费", "已派单"),
        ("2026-07-02 10:00:00", "郑先生", "", "政策咨询", "助学金怎么申请", "已办结"),
    ),
    created={"咨询登记": 3},
    left_out=("序号", "处理状态"),
    stored={
        "咨询登记.来源渠道": {"12351 热线"},
        "咨询登记.诉求类别": {"求职", "困难求助", "其他咨询"},
        "咨询登记.联系电话": {"13800138000", "63211939", None},
        "咨询登记.受理日期": {"2026-07-01", "2026-07-02"},
    },
)

KEPT = (
    CHILDREN, CASES, CASES_OF_CHILDREN, GRADUATES, CONTRIBUTIONS, VISITS, PRACTICE, EMPLOYERS, FAIRS, OFFERS,
    VACANCIES, ENQUIRIES,
)  # fmt: skip
