"""Records of the reports."""

from reports.models.consolidation import CityContact, CityNarrative, Consolidation
from reports.models.event import ReportEvent, ReturnedFigure
from reports.models.frozen import FrozenFigure, FrozenFile, FrozenRecords, Submission
from reports.models.openness import PublicPage
from reports.models.preparation import Adjustment, AdjustmentFile, Explanation, Narrative, SummaryFile, TypedFigure
from reports.models.report import Report
from reports.models.review import Comment, Endorsement, Note, Reminder
from reports.models.seal import Seal

__all__ = [
    "Adjustment",
    "AdjustmentFile",
    "CityContact",
    "CityNarrative",
    "Comment",
    "Consolidation",
    "Endorsement",
    "Explanation",
    "FrozenFigure",
    "FrozenFile",
    "FrozenRecords",
    "Narrative",
    "Note",
    "PublicPage",
    "Reminder",
    "Report",
    "ReportEvent",
    "ReturnedFigure",
    "Seal",
    "Submission",
    "SummaryFile",
    "TypedFigure",
]
