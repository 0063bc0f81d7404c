"""What each level grants of a case, read from its sources and typed anew as if it were a field of the case."""

from typing import TYPE_CHECKING, Any

from aid.enums import GrantLevel

if TYPE_CHECKING:
    from aid.models.casework.case import AidCase


class PartOfCase:
    """`field` of what `level` grants; `blank` where it grants nothing.

    What is set stays with the object until the sources are kept, and stands before what is on file.
    """

    def __init__(self, level: GrantLevel, field: str, blank: str | None):
        self.level, self.field, self.blank = level, field, blank

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, case: "AidCase | None", owner: type | None = None) -> Any:
        if case is None:
            return self
        if self.name in case.__dict__:
            return case.__dict__[self.name]
        shares = case.shares.all() if case.pk else ()
        return next((getattr(share, self.field) for share in shares if share.level == self.level), self.blank)

    def __set__(self, case: "AidCase", value: Any) -> None:
        case.__dict__[self.name] = value
