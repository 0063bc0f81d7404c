"""The pages of any kind of record."""

from portal.records.views.detail import RecordDetail
from portal.records.views.edit import RecordCreate, RecordEdit
from portal.records.views.export import RecordExport
from portal.records.views.find import Find
from portal.records.views.grid import GridCreate, GridEdit
from portal.records.views.listing import RecordList
from portal.records.views.own_list import ListArrange, ListFilterForget, ListFilterSave, ListYears
from portal.records.views.reveal import RecordReveal
from portal.records.views.void import RecordVoid, RecordVoidAgree

__all__ = [
    "Find",
    "GridCreate",
    "GridEdit",
    "ListArrange",
    "ListFilterForget",
    "ListFilterSave",
    "ListYears",
    "RecordCreate",
    "RecordDetail",
    "RecordEdit",
    "RecordExport",
    "RecordList",
    "RecordReveal",
    "RecordVoid",
    "RecordVoidAgree",
]
