"""Codes of Golden Autumn (金秋助学). The labels are the words of the official forms and of the workbook."""

from aid.enums.activities import ActivityKind
from aid.enums.casework import AidMode, CaseReason, CaseState, Decision
from aid.enums.employers import Trade
from aid.enums.households import (
    ClosingReason,
    DocumentKind,
    HardshipCategory,
    HardshipCause,
    Health,
    Housing,
    Sex,
    WorkerCategory,
)
from aid.enums.national import (
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
from aid.enums.notices import NoticeApart, NoticeColumn, NoticeKind, NoticeState, ObjectionOutcome
from aid.enums.payments import (
    BatchReason,
    BatchState,
    CardKind,
    CasePayment,
    FundSource,
    GrantLevel,
    LineResult,
    PayeePerson,
    PaymentMethod,
    PaymentState,
)
from aid.enums.policies import Policy, PolicyFilling, PolicyOutcome
from aid.enums.renewal import Intake, NotRenewedReason
from aid.enums.schooling import STAGE_ALIASES, STAGE_GROUPS, STAGE_RANK, Stage, StageGroup
from aid.enums.social import Acceptance, OfficeKind, OrganisationGrade, OrganisationKind, ProjectState, ProjectWay
from aid.enums.sponsors import ExemplarFileKind, ExemplarKind, Programme, SponsorKind
from aid.enums.standards import TableState
from aid.enums.transfers import TransferState
from aid.enums.visits import FollowUpKind, VisitWay

__all__ = [
    "STAGE_ALIASES",
    "STAGE_GROUPS",
    "STAGE_RANK",
    "Acceptance",
    "ActivityKind",
    "AidMode",
    "BatchReason",
    "BatchState",
    "CardKind",
    "CasePayment",
    "CaseReason",
    "CaseState",
    "ClosingReason",
    "Decision",
    "Disability",
    "DocumentKind",
    "EmployerNature",
    "EmployerState",
    "Ethnicity",
    "ExemplarFileKind",
    "ExemplarKind",
    "FollowUpKind",
    "FundSource",
    "GrantLevel",
    "HardshipCategory",
    "HardshipCause",
    "Health",
    "Housing",
    "Intake",
    "LineResult",
    "Marriage",
    "MedicalInsurance",
    "ModelWorker",
    "NotRenewedReason",
    "NoticeApart",
    "NoticeColumn",
    "NoticeKind",
    "NoticeState",
    "ObjectionOutcome",
    "OfficeKind",
    "OrganisationGrade",
    "OrganisationKind",
    "PayeePerson",
    "PaymentMethod",
    "PaymentState",
    "Policy",
    "PolicyFilling",
    "PolicyOutcome",
    "PoliticalStatus",
    "Programme",
    "ProjectState",
    "ProjectWay",
    "Registration",
    "Sex",
    "SponsorKind",
    "Stage",
    "StageGroup",
    "TableState",
    "Trade",
    "TransferState",
    "VisitWay",
    "WorkState",
    "WorkerCategory",
]
