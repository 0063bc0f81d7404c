"""Values as a preview shows them."""

import re
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from portal.fields import EncryptedTextField
from portal.identity import mask_id_number
from portal.workbook.cells import MASKS
from portal.workbook.importing.book import Row
from portal.workbook.sheets import Column

# Eleven digits or more, grouped as people group them: an identity or card number, or a mobile telephone.
LONG_NUMBER = re.compile(r"(?<!\d)(?:\d[ -]?){10,18}[\dXx](?!\d)")


def numbers_masked(text: str) -> str:
    """A text of which nobody knows yet what it holds: long numbers by their first three and last four characters."""
    return LONG_NUMBER.sub(lambda found: mask_id_number(found[0]), text)


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
