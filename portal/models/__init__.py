"""Records of the ground floor."""

from portal.models.announcement import Announcement, AnnouncementReading
from portal.models.audit import AuditEntry
from portal.models.authenticator import Authenticator
from portal.models.calendar import HolidayYear, WorkdayException
from portal.models.campaign import Campaign
from portal.models.codes.change import CodeChange
from portal.models.imports.gone import GoneNumber
from portal.models.imports.imported import Import, ImportedRecord
from portal.models.job import Job, JobPart
from portal.models.kept.unit import KeptCount, UnitChange, UnitRevision
from portal.models.lists import HeldRow, ListHabit, ListUpload
from portal.models.operating.evidence import EvidenceLink
from portal.models.operating.pace import SpentPace
from portal.models.operating.refusal import RefusalCount
from portal.models.operating.sign import DutySign
from portal.models.operating.slow import SlowPage
from portal.models.outside.token import ApiAnswer, ApiToken
from portal.models.outside.webhook import Webhook, WebhookDelivery
from portal.models.owned import UnionOwned, VersionedRecord
from portal.models.personal.account_batch import AccountBatch
from portal.models.personal.account_request import AccountRequest
from portal.models.personal.draft import FormDraft
from portal.models.personal.handover import DeskHandover, InheritedHand
from portal.models.personal.message import Message, MessageWay
from portal.models.personal.own_list import OwnList
from portal.models.personal.recovery_code import FactorChange, RecoveryCode
from portal.models.personal.reveal_request import RevealRequest
from portal.models.personal.session import SignInSession
from portal.models.receipt import FormReceipt
from portal.models.union import REPORTING_PATH_LENGTH, Union, VacatedPath
from portal.models.upload import GivenFile, KeptFile, RemovableFile, WorkbookUpload
from portal.models.user import User
from portal.models.voidable import VoidableRecord

__all__ = [
    "REPORTING_PATH_LENGTH",
    "AccountBatch",
    "AccountRequest",
    "Announcement",
    "AnnouncementReading",
    "ApiAnswer",
    "ApiToken",
    "AuditEntry",
    "Authenticator",
    "Campaign",
    "CodeChange",
    "DeskHandover",
    "DutySign",
    "EvidenceLink",
    "FactorChange",
    "FormDraft",
    "FormReceipt",
    "GivenFile",
    "GoneNumber",
    "HeldRow",
    "HolidayYear",
    "Import",
    "ImportedRecord",
    "InheritedHand",
    "Job",
    "JobPart",
    "KeptCount",
    "KeptFile",
    "ListHabit",
    "ListUpload",
    "Message",
    "MessageWay",
    "OwnList",
    "RecoveryCode",
    "RefusalCount",
    "RemovableFile",
    "RevealRequest",
    "SignInSession",
    "SlowPage",
    "SpentPace",
    "Union",
    "UnionOwned",
    "UnitChange",
    "UnitRevision",
    "User",
    "VacatedPath",
    "VersionedRecord",
    "VoidableRecord",
    "Webhook",
    "WebhookDelivery",
    "WorkbookUpload",
    "WorkdayException",
]
