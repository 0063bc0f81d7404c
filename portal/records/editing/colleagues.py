"""A column that names somebody of one's own union: chosen from those who have an account there."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise

from portal.access import path_range
from portal.enums import Role
from portal.fields import field_of
from portal.models import Union, User
from portal.workbook.cells import TextCell
from portal.workbook.sheets import Column

WHO_HELPS = (Role.CLERK, Role.LEAD)
OFFERED_COLLEAGUES = 300


class ColleagueColumn(Column):
    """The name of a colleague as text: it stays readable when the account is gone."""

    def __init__(self, heading: str, attribute: str, **kwargs: Any) -> None:
        super().__init__(heading, attribute, TextCell(field_of(User, "name").max_length or 0), **kwargs)


class ColleagueSelect(forms.Select):
    """A list of names. The name on file stays in it, though its account may be gone."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        if value and value not in {choice for choice, _label in self.choices}:
            self.choices = [*self.choices, (value, value)]
        return super().get_context(name, value, attrs)


def colleagues(union: Union) -> QuerySet[User]:
    """Clerks and leads of `union` and of every union below it whose accounts are open."""
    found: QuerySet[User] = User.objects.filter(
        path_range(union.path, "union__path"), role__in=WHO_HELPS, is_active=True
    )
    return found


def colleague_widget(user: User, blank: str | Promise) -> forms.Widget:
    """The names to choose from; a box to type into where they are too many."""
    names = list(colleagues(user.union).order_by("name").values_list("name", flat=True).distinct())
    if len(names) > OFFERED_COLLEAGUES:
        return forms.TextInput()
    return ColleagueSelect(choices=[("", blank), *((name, name) for name in names)])
