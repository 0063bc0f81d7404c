"""Where what waits is listed, so that the number on the home page is that of the list."""

from collections.abc import Callable

from django.db.models import Model, QuerySet
from django.urls import reverse

from portal.desk.counting import Question
from portal.models import User


def left_undone(model: type[Model], name: str) -> tuple[Callable[[User], Question], Callable[[User], str]]:
    """The records of the person's own union and below in the list `name` of a kind, and its page."""

    def rows(user: User) -> QuerySet:
        return getattr(model.objects.visible_to(user), name)()

    return rows, listed(f"{model._meta.model_name}_list", f"todo={name}")


def listed(name: str, query: str) -> Callable[[User], str]:
    """The page of the list `name`, narrowed by `query`."""
    return lambda _user: f"{reverse(name)}?{query}"
