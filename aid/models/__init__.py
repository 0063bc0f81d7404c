"""Records of Golden Autumn."""

from aid.models.activities.activity import Activity, Participation
from aid.models.card_prefix import CardPrefix
from aid.models.casework.beside import AidStandard, CaseEvent, CaseShare, PolicyAid
from aid.models.casework.case import AidCase
from aid.models.casework.not_renewed import NotRenewed
from aid.models.casework.notice import (
    EarlierRuling,
    NoticeBoard,
    NoticedCase,
    NoticePhoto,
    Objection,
    ObjectionFile,
    PublicNotice,
)
from aid.models.casework.unit_table import UnitStandard, UnitTable
from aid.models.employer import Employer
from aid.models.exemplar import Exemplar, ExemplarFile
from aid.models.family import Document, Income, Member, MinimumIncome
from aid.models.household import Household
from aid.models.offices.office import Office
from aid.models.offices.question import OfficePaper, OfficeQuestion
from aid.models.payments.bank_files import BankLayout, ReturnFile
from aid.models.payments.batch import BatchItem, FundBalance, PayeeLine, PaymentBatch
from aid.models.payments.funds import CarriedFunds, Contribution, ContributionVoucher, Disbursement
from aid.models.person import Person
from aid.models.practice_placement import PracticePlacement
from aid.models.practice_post import PracticePost
from aid.models.schooling import Child, Entry
from aid.models.social.organisation import Organisation
from aid.models.social.project import Project, ProjectGain, ProjectPayment
from aid.models.sponsor import Pairing, Sponsor
from aid.models.transfer import Transfer
from aid.models.visit import Visit
from aid.models.visit_records import FollowUp, VisitPhoto

__all__ = [
    "Activity",
    "AidCase",
    "AidStandard",
    "BankLayout",
    "BatchItem",
    "CardPrefix",
    "CarriedFunds",
    "CaseEvent",
    "CaseShare",
    "Child",
    "Contribution",
    "ContributionVoucher",
    "Disbursement",
    "Document",
    "EarlierRuling",
    "Employer",
    "Entry",
    "Exemplar",
    "ExemplarFile",
    "FollowUp",
    "FundBalance",
    "Household",
    "Income",
    "Member",
    "MinimumIncome",
    "NotRenewed",
    "NoticeBoard",
    "NoticePhoto",
    "NoticedCase",
    "Objection",
    "ObjectionFile",
    "Office",
    "OfficePaper",
    "OfficeQuestion",
    "Organisation",
    "Pairing",
    "Participation",
    "PayeeLine",
    "PaymentBatch",
    "Person",
    "PolicyAid",
    "PracticePlacement",
    "PracticePost",
    "Project",
    "ProjectGain",
    "ProjectPayment",
    "PublicNotice",
    "ReturnFile",
    "Sponsor",
    "Transfer",
    "UnitStandard",
    "UnitTable",
    "Visit",
    "VisitPhoto",
]
