"""What a password must be, and the first password of an account.

ASVS advises against rules of composition; 等保 2.0 asks for them, so they stand, beside the lists of known passwords.
"""

import secrets
import string
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.models import User

LOOK_ALIKES = "0O1lI"
FIRST_PASSWORD_LENGTH = 12
CONTEXT_WORDS = ("gonghui", "zonggonghui", "zhuxue", "jinqiu", "portal", "工会", "助学", "金秋")
CLASSES = (string.ascii_lowercase, string.ascii_uppercase, string.digits)


def classes_in(password: str) -> int:
    """How many of lower case, upper case, digit and other characters occur in `password`."""
    known = sum(any(char in members for char in password) for members in CLASSES)
    return known + any(all(char not in members for members in CLASSES) for char in password)


class LengthValidator(MinimumLengthValidator):
    """Django's rule in words that its Chinese translation lacks."""

    def get_error_message(self) -> str:
        return self.get_help_text()

    def get_help_text(self) -> str:
        return _("密码至少要有 %(least)d 个字符。") % {"least": self.min_length}


class CharacterClassesValidator:
    """At least `least` of the four classes of characters."""

    def __init__(self, least: int = 3) -> None:
        self.least = least

    def validate(self, password: str, user: User | None = None) -> None:
        if classes_in(password) < self.least:
            raise ValidationError(self.get_help_text(), code="password_too_few_classes")

    def get_help_text(self) -> str:
        return _("密码至少要有大写字母、小写字母、数字、其他字符中的 %(least)d 种。") % {"least": self.least}


class ContextWordsValidator:
    """No word that anybody who knows this portal would try first."""

    def validate(self, password: str, user: User | None = None) -> None:
        if any(word in password.lower() for word in CONTEXT_WORDS):
            raise ValidationError(self.get_help_text(), code="password_context_word")

    def get_help_text(self) -> str:
        return _("密码不能含有“工会”“助学”等与本平台有关的词，也不能用它们的拼音。")


def days_left(user: User) -> int | None:
    """Whole days until `user` must choose a new password, 0 when it is due; None where passwords do not age.

    Source: 等保 2.0, rotation; PASSWORD_MAX_AGE_DAYS.
    """
    if not settings.PASSWORD_MAX_AGE_DAYS:
        return None
    due = user.password_set_at + timedelta(days=settings.PASSWORD_MAX_AGE_DAYS)
    return max(0, -((timezone.now() - due) // timedelta(days=1)))


def has_expired(user: User) -> bool:
    """Whether `user` may go nowhere before choosing a new password."""
    return days_left(user) == 0


def first_password() -> str:
    """A random password of letters, digits and a hyphen, without characters that look alike on paper."""
    alphabets = [[char for char in members if char not in LOOK_ALIKES] for members in CLASSES]
    chars = [secrets.choice(alphabet) for alphabet in alphabets]
    anything = [char for alphabet in alphabets for char in alphabet]
    chars += [secrets.choice(anything) for _index in range(FIRST_PASSWORD_LENGTH - len(chars))]
    secrets.SystemRandom().shuffle(chars)
    half = FIRST_PASSWORD_LENGTH // 2
    return "".join(chars[:half]) + "-" + "".join(chars[half:])
