"""Addresses of the pages of a kind."""

from collections.abc import Mapping
from typing import Any

from django.urls import URLPattern, path
from django.views import View

from portal.records.kind import RecordKind
from portal.records.views import (
    GridCreate,
    GridEdit,
    RecordCreate,
    RecordDetail,
    RecordEdit,
    RecordExport,
    RecordList,
    RecordReveal,
    RecordVoid,
    RecordVoidAgree,
)


def record_urls(
    kind: RecordKind, *, asked: tuple[RecordKind, ...] = (), given: Mapping[str, Any] | None = None, **views: type[View]
) -> list[URLPattern]:
    """`<name>_list`, `_export`, `_detail`; `_reveal` where something is masked; `_create`, `_edit` where it has a form;
    `_grid`, `_grid_edit` where many are typed at once;
    `_void`, `_void_agree` where its records can be taken back.

    `views` are views of the kind's own by act: `record_urls(CASE, create=CaseCreate)`; `asked` are the kinds among
    which its form searches the person a record is about, `given` is what else its page is told.
    """
    pages: list[tuple[str, str, type[View]]] = [("list", "", RecordList), ("export", "export/", RecordExport)]
    if kind.editing:
        pages.append(("create", "new/", RecordCreate))
    if kind.grid:
        pages.append(("grid", "grid/", GridCreate))
        pages.append(("grid_edit", "grid/edit/", GridEdit))
    pages.append(("detail", "<int:pk>/", RecordDetail))
    if kind.sensitive:
        pages.append(("reveal", "<int:pk>/reveal/", RecordReveal))
    if kind.voiding:
        pages.append(("void", "<int:pk>/void/", RecordVoid))
        pages.append(("void_agree", "<int:pk>/void/agree/", RecordVoidAgree))
    if kind.editing:
        pages.append(("edit", "<int:pk>/edit/", RecordEdit))
    more = {"create": {"people": asked} if asked else {}, "detail": given or {}}
    return [
        path(
            f"{kind.noun}/{route}",
            views.get(act, view).as_view(kind=kind, **more.get(act, {})),
            name=f"{kind.name}_{act}",
        )
        for act, route, view in pages
    ]
