"""What the 困难职工档案 of the whole country is filled in with besides ours. All of it may stay open.

The words without a standard are those of the instructions that unions hand out with the 困难职工档案表.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

# The order is that of the codes.
PEOPLES = """
汉族 蒙古族 回族 藏族 维吾尔族 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族
土家族 哈尼族 哈萨克族 傣族 黎族 傈僳族 佤族 畲族 高山族 拉祜族 水族 东乡族 纳西族 景颇族
柯尔克孜族 土族 达斡尔族 仫佬族 羌族 布朗族 撒拉族 毛南族 仡佬族 锡伯族 阿昌族 普米族 塔吉克族 怒族
乌孜别克族 俄罗斯族 鄂温克族 德昂族 保安族 裕固族 京族 塔塔尔族 独龙族 鄂伦春族 赫哲族 门巴族 珞巴族 基诺族
"""
# 民族: the codes of GB/T 3304-1991; 97 and 98 are those of the police for who belongs to none of the 56.
NUMBERED = [*enumerate(PEOPLES.split(), start=1), (97, "其他民族"), (98, "外国血统中国籍人士")]
Ethnicity = models.TextChoices(
    "Ethnicity", [(f"N{code:02}", (f"people_{code:02}", word)) for code, word in NUMBERED], module=__name__
)


class PoliticalStatus(models.TextChoices):
    """政治面貌: the codes of GB/T 4762-1984; 民主党派 and 其他 are words of the national form for less than that."""

    PARTY = "status_01", _("中共党员")
    PARTY_PROBATIONARY = "status_02", _("中共预备党员")
    LEAGUE = "status_03", _("共青团员")
    REVOLUTIONARY_COMMITTEE = "status_04", _("民革党员")
    DEMOCRATIC_LEAGUE = "status_05", _("民盟盟员")
    CONSTRUCTION = "status_06", _("民建会员")
    PROMOTING_DEMOCRACY = "status_07", _("民进会员")
    PEASANTS_AND_WORKERS = "status_08", _("农工党党员")
    ZHI_GONG = "status_09", _("致公党党员")
    JIUSAN = "status_10", _("九三学社社员")
    TAIWAN_LEAGUE = "status_11", _("台盟盟员")
    NO_PARTY = "status_12", _("无党派人士")
    MASSES = "status_13", _("群众")
    DEMOCRATIC_PARTY = "other_party", _("民主党派")
    OTHER = "other", _("其他")


class Marriage(models.TextChoices):
    """婚姻状况: the codes of GB/T 2261.2-2003, of which 21 to 23 say how somebody came to be married."""

    UNMARRIED = "marriage_10", _("未婚")
    MARRIED = "marriage_20", _("已婚")
    FIRST = "marriage_21", _("初婚")
    AGAIN = "marriage_22", _("再婚")
    RESTORED = "marriage_23", _("复婚")
    WIDOWED = "marriage_30", _("丧偶")
    DIVORCED = "marriage_40", _("离婚")
    UNSAID = "marriage_90", _("未说明的婚姻状况")


class Registration(models.TextChoices):
    """户口类型; 居民户口 since the two kinds became one (国发〔2014〕25号)."""

    URBAN = "urban", _("非农业")
    RURAL = "rural", _("农业")
    TURNED_URBAN = "turned_urban", _("农转居")
    RESIDENT = "resident", _("居民户口")


class WorkState(models.TextChoices):
    """工作状态."""

    AT_WORK = "at_work", _("在岗")
    LAID_OFF = "laid_off", _("下(待)岗")
    UNEMPLOYED = "unemployed", _("失(无)业")
    SICK_LEAVE = "sick_leave", _("病休")
    RETIRED_EARLY = "retired_early", _("内退")
    PENSIONED = "retired", _("退休")
    VETERAN = "veteran", _("离休")


class ModelWorker(models.TextChoices):
    """劳模类型."""

    NONE = "none", _("非劳模")
    NATION = "nation", _("全国劳模")
    PROVINCE = "province", _("省部级劳模")
    CITY = "city", _("地市级劳模")
    OTHER = "other_model", _("其他劳模")


class Disability(models.TextChoices):
    """残疾类别: the seven of GB/T 26341-2010."""

    SIGHT = "disability_1", _("视力残疾")
    HEARING = "disability_2", _("听力残疾")
    SPEECH = "disability_3", _("言语残疾")
    BODY = "disability_4", _("肢体残疾")
    INTELLECT = "disability_5", _("智力残疾")
    MIND = "disability_6", _("精神残疾")
    SEVERAL = "disability_7", _("多重残疾")


class MedicalInsurance(models.TextChoices):
    """医保状况: the two basic insurances (医疗保障局), what stands in for them, none."""

    EMPLOYEE = "employee", _("职工基本医疗保险")
    RESIDENT = "resident_insured", _("城乡居民基本医疗保险")
    PUBLIC = "public_care", _("公费医疗")
    OTHER = "other_insurance", _("其他医疗保障")
    ENTERED = "entered_insurance", _("已进入")  # the national file does not say which
    NONE = "uninsured", _("未参加医保")


class EmployerNature(models.TextChoices):
    """单位性质."""

    STATE_ORGAN = "state_organ", _("国有机关/事业单位")
    STATE = "state_owned", _("国有企业")
    COLLECTIVE = "collective", _("集体企业")
    PRIVATE = "private", _("民营/私营/个体企业")
    FOREIGN = "foreign", _("港澳台/外资企业")
    OTHER = "other_employer", _("其他单位")


class EmployerState(models.TextChoices):
    """企业状况."""

    RUNNING = "running", _("正常生产经营")
    HALTED_PARTLY = "halted_partly", _("半停产")
    HALTED = "halted", _("停产")
    RESTRUCTURED = "restructured", _("改制")
    CLOSED = "closed", _("关闭破产")
