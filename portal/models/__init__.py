"""Records of the ground floor."""

from portal.models.audit import AuditEntry
from portal.models.campaign import Campaign
from portal.models.owned import UnionOwned, VersionedRecord
from portal.models.union import REPORTING_PATH_LENGTH, Union
from portal.models.upload import WorkbookUpload
from portal.models.user import User

__all__ = [
    "REPORTING_PATH_LENGTH",
    "AuditEntry",
    "Campaign",
    "Union",
    "UnionOwned",
    "User",
    "VersionedRecord",
    "WorkbookUpload",
]
