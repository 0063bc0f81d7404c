"""What all kinds of cell share: blanks, and the contents that are never data."""

import unicodedata
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from import_export.widgets import Widget

from portal.identity import IdentityError, clean_text
from portal.text import NOTHING
from portal.workbook.raw import Boolean, Content, ErrorValue, Formula, Raw


class CellFault(ValueError):  # noqa: N818  named after what the clerk sees
    """One cell refused, with the reason in words."""


class Cell(Widget):
    """One kind of cell. A subclass says in `convert` what a value that is not blank means."""

    empty: ClassVar[str | None] = None
    number_format: ClassVar[str] = "General"
    width: ClassVar[int] = 14
    multiline: bool = False
    nothing: ClassVar[frozenset[str]] = NOTHING
    zero_is_blank: bool = False

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """The Python value of a raw one; `empty` for a blank cell. Raises CellFault."""
        try:
            if isinstance(value, str):
                value = clean_text(value, multiline=self.multiline)
            else:
                refuse_what_is_never_data(value)
            return self.empty if value is None or value == "" else self.convert(value)
        except IdentityError as error:
            raise CellFault(str(error)) from None

    def clean_optional(self, value: Any, **kwargs: Any) -> Any:
        """As `clean`, for a cell that may be left blank: words for nothing are nothing."""
        if isinstance(value, str) and unicodedata.normalize("NFKC", value).strip() in self.nothing:
            return self.empty
        return self.clean(value, **kwargs)

    def convert(self, value: Content) -> Any:
        raise NotImplementedError

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        """The native value to write into the spreadsheet; None for a blank cell."""
        return None if value == "" else value

    @property
    def help(self) -> str:
        """What may stand in such a cell, for the note on the template's heading."""
        raise NotImplementedError

    @property
    def hint(self) -> str:
        """What may be typed, beside the field of a form; nothing where the field itself shows it."""
        return ""

    @property
    def words(self) -> tuple[str, ...]:
        """The words to choose from, for a drop-down; none if anything may be typed."""
        return ()


def refuse_what_is_never_data(value: Raw) -> None:
    match value:
        case Formula():
            raise CellFault(_("单元格是公式，请改为数值后重填（复制后选择性粘贴为数值）"))
        case Boolean():
            raise CellFault(_("单元格是逻辑值（TRUE/FALSE），请按表头批注重新填写"))
        case ErrorValue():
            raise CellFault(_("单元格是错误值（如 #N/A），请重新填写"))
