"""Records of the ground floor."""

from portal.models.announcement import Announcement, AnnouncementReading
from portal.models.audit import AuditEntry
from portal.models.campaign import Campaign
from portal.models.job import Job
from portal.models.owned import UnionOwned, VersionedRecord
from portal.models.union import REPORTING_PATH_LENGTH, Union
from portal.models.upload import WorkbookUpload
from portal.models.user import User

__all__ = [
    "REPORTING_PATH_LENGTH",
    "Announcement",
    "AnnouncementReading",
    "AuditEntry",
    "Campaign",
    "Job",
    "Union",
    "UnionOwned",
    "User",
    "VersionedRecord",
    "WorkbookUpload",
]
