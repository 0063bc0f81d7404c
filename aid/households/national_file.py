"""The families' list as 全国工会帮扶 keeps it: the headings of its 困难职工档案 in its order, read from our files.

What we do not keep (邮政编码, 工作时间 …) stays blank. A number of another document stands bare, its kind in a column
of its own behind the others, which only a list with such a number has.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from aid.models import Household
from portal.identity import mask_card, mask_id_number, mask_telephone
from portal.records.attribute import Attribute, hidden
from portal.records.exporting.resource import ExportColumn, ListResource
from portal.words.identity_kinds import IDENTITY_CARD, bare_number

TITLE = _("困难职工档案")
FEN = Decimal("0.01")


def per_head(home: Household) -> Decimal | None:
    """Yuan a head and month."""
    if home.monthly_income is None or not home.family_size:
        return None
    return (home.monthly_income / home.family_size).quantize(FEN)


FIELDS = {
    "职工编号": Attribute("number"),
    "困难类别": Attribute("hardship_category"),
    "姓名": Attribute("worker_name"),
    "民族": Attribute("ethnicity", mask=hidden),
    "性别": Attribute("sex", label=_("性别")),
    "政治面貌": Attribute("political_status", mask=hidden),
    "身份证号": Attribute("worker.id_number", mask=mask_id_number),
    "出生日期": Attribute("worker.birth_date"),
    "健康状况": Attribute("health", mask=hidden),
    "残疾类别": Attribute("disability", mask=hidden),
    "工作状态": Attribute("work_state"),
    "劳模类型": Attribute("model_worker"),
    "住房类型": Attribute("housing"),
    "建筑面积": Attribute("housing_area"),
    "手机号码": Attribute("telephone", mask=mask_telephone),
    "其他联系方式": Attribute("other_contact", mask=hidden),
    "婚姻状况": Attribute("marriage", mask=hidden),
    "户口类型": Attribute("registration"),
    "家庭住址": Attribute("address", mask=hidden),
    "工作单位": Attribute("employer"),
    "单位性质": Attribute("employer_nature"),
    "企业状况": Attribute("employer_state"),
    "是否单亲": Attribute("single_parent"),
    "家庭其他年收入": Attribute("other_yearly_income"),
    "家庭人口": Attribute("family_size"),
    "户口所在地行政区划": Attribute("registered_at", mask=hidden),
    "医保状况": Attribute("medical_insurance", mask=hidden),
    "是否有一定自救能力": Attribute("self_reliant"),
    "是否为零就业家庭": Attribute("jobless_family"),
    "次要致困原因": Attribute("other_causes", mask=hidden),
    "开户银行": Attribute("bank_name"),
    "支行名称": Attribute("bank_branch"),
    "银行卡号": Attribute("bank_card", mask=mask_card),
}
HEADINGS = (
    "职工编号", "困难类别", "姓名", "民族", "性别", "政治面貌", "身份证号", "出生日期", "健康状况", "残疾类别",
    "工作状态", "劳模类型", "住房类型", "建筑面积", "手机号码", "其他联系方式", "邮政编码", "工作时间", "所属行业",
    "婚姻状况", "户口类型", "家庭住址", "工作单位", "单位性质", "企业状况", "是否单亲", "本人月平均收入",
    "家庭其他年收入", "家庭年度总收入", "家庭人口", "家庭月人均收入", "户口所在地行政区划", "医保状况",
    "是否有一定自救能力", "是否为零就业家庭", "主要致困原因", "次要致困原因", "开户银行", "支行名称", "银行卡号",
    "备注", "建档人", "审核人",
)  # fmt: skip
DOCUMENT = "证件类型"
NUMBER = "身份证号"


def main_cause(home: Household) -> str:
    """The code, or what was written down before there were codes."""
    return home.get_main_cause_display() or home.cause


def note(home: Household) -> str:
    """What was written down of the cause besides its code."""
    return home.cause if home.main_cause else ""


SENSITIVE: dict[str, Callable[[Household], str]] = {"主要致困原因": main_cause, "备注": note}


def national_file(homes: Sequence[Household], scope: str, *, reveal: bool) -> ListResource:
    """The columns for these families, as who sees the tree path `scope` may read them; in full with `reveal`."""
    columns = [_column(heading, scope, reveal=reveal) for heading in HEADINGS]
    if any(home.worker.document != IDENTITY_CARD for home in homes):
        columns.append(ExportColumn(DOCUMENT, lambda home: home.worker.document))
    return ListResource(TITLE, columns)


def _column(heading: str, scope: str, *, reveal: bool) -> ExportColumn:
    if heading == "家庭月人均收入":
        return ExportColumn(heading, per_head)
    if heading == NUMBER and reveal:
        return ExportColumn(heading, lambda home: bare_number(home.worker.id_number))
    if heading in SENSITIVE:
        tell = SENSITIVE[heading]
        return ExportColumn(heading, tell if reveal else lambda home: hidden(tell(home)) if tell(home) else "")
    if heading not in FIELDS:
        return ExportColumn(heading, _blank)
    field = FIELDS[heading]
    return ExportColumn(heading, (replace(field, mask=None) if reveal else field).exporter(scope))


def _blank(_home: Household) -> None:
    """Not kept."""
