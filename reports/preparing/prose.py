"""Words that people type about a report: adjustments, explanations, comments."""

import unicodedata

from django.core.exceptions import ValidationError

from portal.identity import IdentityError, clean_text


def one_form(text: str, field: str) -> str:
    """What was typed, brought to one form; a forbidden character is an error of `field`."""
    try:
        return clean_text(text)
    except IdentityError as error:
        raise ValidationError({field: str(error)}) from None


def prose(text: str, field: str) -> str:
    """Sentences as they were typed, full-width punctuation and all, without characters that cannot be seen."""
    one_form(text, field)
    lines = text.replace("\r\n", "\n").split("\n")
    return "\n".join("".join(c for c in line if unicodedata.category(c)[0] != "C").strip() for line in lines).strip()
