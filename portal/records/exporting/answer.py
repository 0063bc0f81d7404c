"""A list as the file that is asked for."""

from collections.abc import Iterable

from django.http import FileResponse, Http404, HttpRequest
from django.utils.translation import gettext as _

from portal.records.exporting.formats import FORMATS, USUAL
from portal.records.exporting.resource import ListResource

PARAMETER = "format"


def list_file(request: HttpRequest, resource: ListResource, rows: Iterable, *, name: str) -> FileResponse:
    """`rows` as the file called `name`, in the format that the address names, .xlsx without one.

    Raises Http404 for a format that there is not. Who calls writes the audit row.
    """
    kind = FORMATS.get(request.GET.get(PARAMETER, USUAL.name))
    if kind is None:
        raise Http404(_("没有这种文件格式。"))
    file = kind.write(resource.title, resource.headings, resource.lines(rows))
    return FileResponse(file, as_attachment=True, filename=f"{name}.{kind.name}", content_type=kind.content_type)
