"""Codes of Golden Autumn (金秋助学). The labels are the words of the official forms and of the workbook."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class WorkerCategory(models.TextChoices):
    """职工类别: annex 1, line 5 counts migrant workers apart."""

    WORKER = "worker", _("困难职工")
    MIGRANT = "migrant", _("困难农民工")


class HardshipCategory(models.TextChoices):
    """困难类别: the first three of 2013 to 2018, the next two since; 意外致困 belongs to the later list."""

    MINIMUM_INCOME = "minimum_income", _("低保户")
    NEAR_MINIMUM_INCOME = "near_minimum_income", _("低保边缘户")
    ACCIDENT_HOUSEHOLD = "accident_household", _("意外致困户")
    DEEP = "deep", _("深度困难")
    RELATIVE = "relative", _("相对困难")
    ACCIDENT = "accident", _("意外致困")


class Stage(models.TextChoices):
    """学段, in rising order; senior and vocational secondary school are one level."""

    PRIMARY = "primary", _("小学")
    JUNIOR = "junior", _("初中")
    SENIOR = "senior", _("高中")
    VOCATIONAL = "vocational", _("中职")
    COLLEGE = "college", _("大专")
    BACHELOR = "bachelor", _("本科")
    POSTGRADUATE = "postgraduate", _("研究生")


STAGE_RANK = {
    Stage.PRIMARY: 1,
    Stage.JUNIOR: 2,
    Stage.SENIOR: 3,
    Stage.VOCATIONAL: 3,
    Stage.COLLEGE: 4,
    Stage.BACHELOR: 5,
    Stage.POSTGRADUATE: 6,
}

# What clerks also write for 中职; read as such from a workbook.
STAGE_ALIASES = {"中专": "中职", "职高": "中职", "技校": "中职"}


class StageGroup(models.TextChoices):
    """学段 as annex 1 groups them; the labels are its words."""

    BASIC = "basic", _("小学和初中阶段")
    SECONDARY = "secondary", _("高中和中等职业教育阶段")
    TERTIARY = "tertiary", _("大专以上")


STAGE_GROUPS = {
    StageGroup.BASIC: (Stage.PRIMARY, Stage.JUNIOR),
    StageGroup.SECONDARY: (Stage.SENIOR, Stage.VOCATIONAL),
    StageGroup.TERTIARY: (Stage.COLLEGE, Stage.BACHELOR, Stage.POSTGRADUATE),
}


class AidMode(models.TextChoices):
    """助学方式: the four modes of the notice, part one (three)."""

    POLICY = "policy", _("政策助学")
    PAIRING = "pairing", _("结对助学")
    EMPLOYMENT = "employment", _("就业援助")
    SOCIAL = "social", _("社会助学")


class CaseState(models.TextChoices):
    """Where an aid case stands."""

    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("已提交")
    CHECKED = "checked", _("已初审")
    ON_NOTICE = "on_notice", _("公示中")
    APPROVED = "approved", _("已审批通过")
    FOLLOWED_UP = "followed_up", _("已回访")
    REJECTED = "rejected", _("审批不通过")
    WITHDRAWN = "withdrawn", _("已撤回")
    CLOSED = "closed", _("已结案")


class Decision(models.TextChoices):
    """审批结果."""

    APPROVED = "approved", _("通过")
    REJECTED = "rejected", _("不通过")


class FundSource(models.TextChoices):
    """资金来源, as annex 1, line 1 names them."""

    GOVERNMENT = "government", _("各级党委政府资助")
    SOCIAL = "social", _("社会捐助")
    UNION = "union", _("各级工会投入")


class PaymentMethod(models.TextChoices):
    """发放方式."""

    CARD = "card", _("银行卡")
    CASH = "cash", _("现金")
    TRANSFER = "transfer", _("转账")


class PaymentState(models.TextChoices):
    """发放状态: only a paid disbursement counts."""

    PAID = "paid", _("已发放")
    PENDING = "pending", _("待发放")
    FAILED = "failed", _("发放失败")


class CasePayment(models.TextChoices):
    """发放情况 of an approved case: whether its money has come, by all of its payments."""

    UNPAID = "unpaid", _("未发放")
    PENDING = "pending", _("待发放")
    FAILED = "failed", _("发放失败")
    PAID = "paid", _("已发放")


class VisitWay(models.TextChoices):
    """慰问方式: notice, part one (two) 1."""

    TALK = "talk", _("谈心")
    BOOKS = "books", _("赠送书籍学习用品")
    TUTORING = "tutoring", _("暑期补习")
    OTHER = "other", _("其他")


class Sex(models.TextChoices):
    """性别, read from the identity number (GB 11643-1999)."""

    MALE = "male", _("男")
    FEMALE = "female", _("女")


class HardshipCause(models.TextChoices):
    """致困原因 of a file: one main, up to three secondary."""

    ILLNESS = "illness", _("本人或家属患大病")
    DISABILITY = "disability", _("本人或家属残疾")
    UNEMPLOYMENT = "unemployment", _("下岗失业")
    LOW_INCOME = "low_income", _("收入低、无法维持基本生活")
    SCHOOLING = "schooling", _("子女上学")
    SINGLE_PARENT = "single_parent", _("单亲抚养子女")
    DEPENDANTS = "dependants", _("赡养老人负担重")
    DISASTER = "disaster", _("意外灾害")
    OTHER = "other_cause", _("其他原因")


class Housing(models.TextChoices):
    """住房类型."""

    OWNED = "owned", _("自有住房")
    PUBLIC = "public", _("公房、公租房或廉租房")
    RENTED = "rented", _("租房")
    BORROWED = "borrowed", _("借住")
    DORMITORY = "dormitory", _("单位宿舍")


class Health(models.TextChoices):
    """健康状况."""

    GOOD = "good", _("健康")
    WEAK = "weak", _("体弱")
    CHRONIC = "chronic", _("慢性病")
    SERIOUS = "serious", _("大病")
    DISABLED = "disabled", _("残疾")


class ClosingReason(models.TextChoices):
    """注销原因 (domain.md, Household): kept on the file in these words, as a workbook brings them."""

    LIFTED = "lifted", _("脱困")
    RETIRED = "retired", _("退休")
    DIED = "died", _("死亡")
    MOVED_AWAY = "moved_away", _("迁出")
    MISIDENTIFIED = "misidentified", _("识别不准")


class DocumentKind(models.TextChoices):
    """材料种类: the checklist of a household's file."""

    APPLICATION = "application", _("申请书")
    IDENTITY = "identity", _("身份证明")
    INCOME = "income", _("收入证明")
    SCHOOL = "school", _("在读证明")
    NOTICE = "notice", _("公示记录")
    OTHER = "other_document", _("其他材料")


class TransferState(models.TextChoices):
    """How far the transfer of a household is."""

    REQUESTED = "requested", _("对方申请转入")
    OFFERED = "offered", _("待对方接收")
    TAKEN = "taken", _("已转移")
    DECLINED = "declined", _("已拒绝")
    CANCELLED = "cancelled", _("已取消")


class BatchState(models.TextChoices):
    """How far a payment batch is (domain.md, Payment batch)."""

    DRAFT = "draft", _("草稿")
    RELEASED = "released", _("已复核发放")
    SENT = "sent", _("已送银行")
    SETTLED = "settled", _("已办结")
    CANCELLED = "cancelled", _("已取消")


class BatchReason(models.TextChoices):
    """Why a batch was returned to who made it: coded so that reasons can be counted."""

    WRONG_PAYEE = "wrong_payee", _("领款人有误")
    WRONG_CARD = "wrong_card", _("银行卡有误")
    WRONG_AMOUNT = "wrong_amount", _("金额有误")
    WRONG_SOURCE = "wrong_source", _("资金来源或发放方式有误")
    OTHER = "other_reason", _("其他原因（请说明）")


class PayeePerson(models.TextChoices):
    """收款人: whose account the aid goes to."""

    WORKER = "worker", _("职工本人")
    SPOUSE = "spouse", _("职工配偶")
    CHILD = "child", _("子女本人")
    GUARDIAN = "guardian", _("监护人")


class CardKind(models.TextChoices):
    """银行卡种类: the cards whose spread the notice asks for (part one (two) 3), and any other."""

    MEMBER = "member_card", _("工会会员服务卡")
    GRANT = "grant_card", _("助学金银行卡")
    OTHER = "other", _("其他")


class LineResult(models.TextChoices):
    """What became of one payment of a batch."""

    PENDING = "pending", _("待发放")
    PAID = "paid", _("已发放")
    FAILED = "failed", _("发放失败")
    CANCELLED = "cancelled", _("已取消")


class CaseReason(models.TextChoices):
    """Why a case was returned, rejected, taken off its notice or withdrawn: coded so that reasons can be counted."""

    INCOMPLETE = "incomplete", _("材料不全")
    WRONG_FACTS = "wrong_facts", _("信息有误")
    POLICY_FIRST = "policy_first", _("政策救助尚未落实")
    WRONG_STANDARD = "wrong_standard", _("帮扶标准不符")
    NOT_ELIGIBLE = "not_eligible", _("不符合帮扶条件")
    OBJECTED = "objected", _("公示有异议")
    NOTICE_FAULTY = "notice_faulty", _("公示有误")
    RENOUNCED = "renounced", _("家庭自愿放弃")
    OTHER = "other_reason", _("其他原因（请说明）")


class Policy(models.TextChoices):
    """政策救助: what the government grants and a union first helps to get (notice, part one (three) 1)."""

    SCHOLARSHIP = "scholarship", _("奖学金")
    GRANT = "grant", _("助学金")
    STUDENT_LOAN = "student_loan", _("助学贷款")
    TUITION_WAIVER = "tuition_waiver", _("学杂费减免")
    CIVIL_RELIEF = "civil_relief", _("民政教育救助")
    OTHER = "other_policy", _("其他政策救助")


class PolicyOutcome(models.TextChoices):
    """落实情况: what became of one policy."""

    GRANTED = "granted", _("已落实")
    APPLIED = "applied", _("已申请，待批")
    REFUSED = "refused_policy", _("申请未获批准")
    NOT_APPLIED = "not_applied", _("未申请")
    NOT_APPLICABLE = "not_applicable", _("不适用")


class NotRenewedReason(models.TextChoices):
    """不再续办的原因: why a child aided last year is not taken up again."""

    FINISHED = "finished", _("毕业或学业期满")
    LEFT_SCHOOL = "left_school", _("休学或退学")
    LIFTED = "no_longer_poor", _("家庭已脱困")
    MOVED_AWAY = "gone_elsewhere", _("转出本单位")
    RENOUNCED = "renounced", _("家庭自愿放弃")
    OTHER = "other_reason", _("其他原因（请说明）")


class Intake(models.TextChoices):
    """新纳入 or 继续帮扶: whether the same unit aided the child in the campaign before."""

    NEW = "new", _("新纳入")
    CONTINUED = "continued", _("继续帮扶")


class PolicyFilling(models.TextChoices):
    """What answers the policies that nobody has answered yet, without typing."""

    BY_STAGE = "by_stage", _("按学段填写")
    AS_LAST_YEAR = "as_last_year", _("与去年相同")
    NONE_APPLIES = "none_applies", _("都不适用")


class NoticeKind(models.TextChoices):
    """公示范围: where the worker works or where the family lives (notice, part one (two) 3)."""

    EMPLOYER = "employer", _("职工所在单位")
    COMMUNITY = "community", _("社区（村）")


class NoticeApart(models.TextChoices):
    """分张公示: whether the cases of one press hang on one sheet, or on one for each place."""

    TOGETHER = "together", _("合为一张")
    BY_EMPLOYER = "by_employer", _("每个工作单位一张")
    BY_UNION = "by_union", _("每个所属工会一张")


class NoticeState(models.TextChoices):
    """Whether the posted sheet still hangs."""

    POSTED = "posted", _("公示期内")
    TAKEN_DOWN = "taken_down", _("已撤下")


class NoticeColumn(models.TextChoices):
    """公示栏目: what a posted sheet tells of each case, in the order of its columns; the campaign chooses."""

    WORKER = "notice_worker", _("职工姓名")
    EMPLOYER = "notice_employer", _("工作单位")
    CATEGORY = "notice_category", _("职工类别")
    HARDSHIP = "notice_hardship", _("困难类别")
    CHILD = "notice_child", _("子女姓名")
    STAGE = "notice_stage", _("子女学段")
    INTAKE = "notice_intake", _("新纳入或继续")
    UNION = "notice_union", _("所属工会")
    STANDARD = "notice_standard", _("帮扶标准（元）")


class ObjectionOutcome(models.TextChoices):
    """异议处理结果."""

    UPHELD = "upheld", _("异议成立")
    DISMISSED = "dismissed", _("异议不成立")


class FollowUpKind(models.TextChoices):
    """跟进事项: the 三个掌握 of the notice, part one (two) 2."""

    UPDATE_FILE = "update_file", _("更新困难职工档案信息")
    ADJUST_STANDARD = "adjust_standard", _("调整帮扶标准")
    OFFER_PROJECT = "offer_project", _("拓展有针对性的帮扶项目")


class SponsorKind(models.TextChoices):
    """结对方类别: those whom the programmes of the notice name (part one (three) 2), and others."""

    PARTY_BRANCH = "party_branch", _("党支部")
    MODEL_WORKER = "model_worker", _("劳模")
    CIVILISED_TEAM = "civilised_team", _("文明班组、红旗文明岗")
    ENTERPRISE = "enterprise", _("企业")
    JANUARY_27 = "january_27", _("1.27 爱心助学")
    ORGANISATION = "organisation", _("其他组织")
    INDIVIDUAL = "individual", _("个人")


class Programme(models.TextChoices):
    """结对项目, in the words of the notice, part one (three) 2."""

    PARTY_BRANCHES = "party_branches", _("千个党支部与千名学生结对助学")
    MODEL_WORKERS = "model_workers", _("劳模爱心结对")
    CIVILISED_TEAMS = "civilised_teams", _("千个文明班组、红旗文明岗牵手千名困难职工")
    ENTERPRISES = "enterprises", _("百名企业帮助百名学生")
    JANUARY_27 = "january_27", _("1.27 爱心助学")
    OTHER = "other_programme", _("其他结对助学")


class ExemplarKind(models.TextChoices):
    """典型类别: notice, part two (two)."""

    CARING_ENTERPRISE = "caring_company", _("爱心企业")
    STUDENT = "outstanding_student", _("优秀学子")
    ORGANISATION = "social_organisation", _("优秀社会组织")


class ExemplarFileKind(models.TextChoices):
    """典型材料种类."""

    PICTURE = "picture", _("宣传照片")
    CONSENT = "consent", _("同意书")


class Trade(models.TextChoices):
    """行业: the twenty sections of GB/T 4754-2017; the values are their letters."""

    A = "A", _("农、林、牧、渔业")
    B = "B", _("采矿业")
    C = "C", _("制造业")
    D = "D", _("电力、热力、燃气及水生产和供应业")
    E = "E", _("建筑业")
    F = "F", _("批发和零售业")
    G = "G", _("交通运输、仓储和邮政业")
    H = "H", _("住宿和餐饮业")
    I = "I", _("信息传输、软件和信息技术服务业")  # noqa: E741  the letter of the standard
    J = "J", _("金融业")
    K = "K", _("房地产业")
    L = "L", _("租赁和商务服务业")
    M = "M", _("科学研究和技术服务业")
    N = "N", _("水利、环境和公共设施管理业")
    O = "O", _("居民服务、修理和其他服务业")  # noqa: E741  the letter of the standard
    P = "P", _("教育")
    Q = "Q", _("卫生和社会工作")
    R = "R", _("文化、体育和娱乐业")
    S = "S", _("公共管理、社会保障和社会组织")
    T = "T", _("国际组织")
