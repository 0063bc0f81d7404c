"""Records of the reports."""

from reports.models.consolidation import Consolidation
from reports.models.event import ReportEvent, ReturnedFigure
from reports.models.frozen import FrozenFigure, FrozenRecords, Submission
from reports.models.preparation import Adjustment, Explanation, SummaryFile
from reports.models.report import Report

__all__ = [
    "Adjustment",
    "Consolidation",
    "Explanation",
    "FrozenFigure",
    "FrozenRecords",
    "Report",
    "ReportEvent",
    "ReturnedFigure",
    "Submission",
    "SummaryFile",
]
