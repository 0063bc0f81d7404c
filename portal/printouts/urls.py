"""Addresses of sheets."""

from django.urls import URLPattern, path

from portal.printouts.kind import PrintoutKind
from portal.printouts.views import PrintoutManyShow, PrintoutShow
from portal.records.kind import RecordKind


def printout_urls(kind: PrintoutKind, *, together: RecordKind | None = None) -> list[URLPattern]:
    """`<model>_<act>`, and for what is ticked in the list of `together` `<model>_<act>_many`: several in one file."""
    urls = [path(f"{kind.noun}/<int:pk>/{kind.act}/", PrintoutShow.as_view(kind=kind), name=kind.name)]
    if together:
        many = PrintoutManyShow.as_view(kind=kind, listed=together)
        urls.append(path(f"{kind.noun}/{kind.act}/", many, name=f"{kind.name}_many"))
    return urls
