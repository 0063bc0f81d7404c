"""Fields for days and yuan, within the bounds of the house. No form takes Django's own."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from portal.words.bounds import against_day


def _bounded(day: date) -> None:
    if wrong := against_day(day):
        raise ValidationError(f"{wrong}。")


class DayField(forms.DateField):
    """A day. Whether it may lie ahead is said by what is done on it."""

    default_validators = [_bounded]


class YuanField(forms.DecimalField):
    """Yuan to the fen, up to `most`."""

    def __init__(self, *, most: Decimal, **kwargs: Any) -> None:
        super().__init__(**kwargs, max_value=most, max_digits=14, decimal_places=2)
