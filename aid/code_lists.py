"""The code lists of Golden Autumn that the city edits: words alone, upon which no rule, figure or check depends.

What the notice or the annexes name, what code decides by, and what a standard numbers for good (行业) is not here.
"""

from django.utils.translation import gettext_lazy as _

from aid.enums import (
    Disability,
    EmployerNature,
    EmployerState,
    Ethnicity,
    HardshipCause,
    Health,
    Housing,
    Marriage,
    MedicalInsurance,
    ModelWorker,
    OfficeKind,
    OrganisationGrade,
    PoliticalStatus,
    Registration,
    WorkState,
)
from portal.codes.declaration import CodeList

CODE_LISTS = (
    CodeList("ethnicity", _("民族"), Ethnicity),
    CodeList("political-status", _("政治面貌"), PoliticalStatus),
    CodeList("marriage", _("婚姻状况"), Marriage),
    CodeList("registration", _("户口类型"), Registration),
    CodeList("work-state", _("工作状态"), WorkState),
    CodeList("model-worker", _("劳模类型"), ModelWorker),
    CodeList("disability", _("残疾类别"), Disability),
    CodeList("medical-insurance", _("医保状况"), MedicalInsurance),
    CodeList("employer-nature", _("单位性质"), EmployerNature),
    CodeList("employer-state", _("企业状况"), EmployerState),
    CodeList("hardship-cause", _("致困原因"), HardshipCause),
    CodeList("health", _("健康状况"), Health),
    CodeList("housing", _("住房类型"), Housing),
    CodeList("office-kind", _("部门类别"), OfficeKind),
    CodeList("organisation-grade", _("社会组织评估等级"), OrganisationGrade),
)
