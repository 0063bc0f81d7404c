"""Addresses of sheets."""

from django.urls import URLPattern, path

from portal.printouts.kind import PrintoutKind
from portal.printouts.views import PrintoutManyShow, PrintoutShow


def printout_urls(kind: PrintoutKind, *, together: bool = False) -> list[URLPattern]:
    """`<model>_<act>`, and with `together` also `<model>_<act>_many` for several records in one file."""
    urls = [path(f"{kind.noun}/<int:pk>/{kind.act}/", PrintoutShow.as_view(kind=kind), name=kind.name)]
    if together:
        urls.append(path(f"{kind.noun}/{kind.act}/", PrintoutManyShow.as_view(kind=kind), name=f"{kind.name}_many"))
    return urls
