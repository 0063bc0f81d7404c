"""Addresses of the read pages of a kind."""

from django.urls import URLPattern, path

from portal.records.kind import RecordKind
from portal.records.views import RecordDetail, RecordExport, RecordList, RecordReveal


def record_urls(kind: RecordKind) -> list[URLPattern]:
    """List, export, page and, where something is masked, reveal: `<name>_list`, `_export`, `_detail`, `_reveal`."""
    urls = [
        path(f"{kind.noun}/", RecordList.as_view(kind=kind), name=f"{kind.name}_list"),
        path(f"{kind.noun}/export/", RecordExport.as_view(kind=kind), name=f"{kind.name}_export"),
        path(f"{kind.noun}/<int:pk>/", RecordDetail.as_view(kind=kind), name=f"{kind.name}_detail"),
    ]
    if kind.sensitive:
        urls.append(path(f"{kind.noun}/<int:pk>/reveal/", RecordReveal.as_view(kind=kind), name=f"{kind.name}_reveal"))
    return urls
