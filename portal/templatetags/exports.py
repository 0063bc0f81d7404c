"""The files that a list can be taken away as, for its page."""

from django import template

from portal.records.exporting.answer import PARAMETER
from portal.records.exporting.formats import FORMATS, USUAL

register = template.Library()


@register.simple_tag
def other_formats(address: str) -> list[tuple[str, str]]:
    """Words and addresses of all formats but the usual one, of the list that is exported at `address`."""
    joined = "&" if "?" in address else "?"
    return [
        (str(kind.label), f"{address}{joined}{PARAMETER}={kind.name}") for kind in FORMATS.values() if kind is not USUAL
    ]
