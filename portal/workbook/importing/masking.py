"""Values as a preview shows them."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from portal.fields import EncryptedTextField
from portal.workbook.cells import MASKS
from portal.workbook.importing.book import Row
from portal.workbook.sheets import Column


def mask_of(column: Column) -> Callable[[str], str]:
    """How a value of the column is shown: numbers of people masked, anything else as it is."""
    return MASKS.get(type(column.cell), str)


def masked(row: Row, column: Column, value: Any) -> str:
    """A value on file as a preview shows it: numbers of people masked, other encrypted text left out."""
    if value in (None, ""):
        return ""
    mask = mask_of(column)
    if mask is str and isinstance(row.sheet.model._meta.get_field(column.attribute), EncryptedTextField):
        return _("（保密内容）")
    return mask(str(value))
