"""What a page says after it led elsewhere: kept in a cookie until then, which is named as the other cookies are."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class NamedCookieStorage(CookieStorage):
    """Django gives this cookie one name everywhere: another host of the domain could set it."""

    @property
    def cookie_name(self) -> str:  # type: ignore[override]  # a class's attribute there
        return str(settings.MESSAGE_COOKIE_NAME)


class ToldNextStorage(FallbackStorage):
    """As Django's own: what is too long for a cookie stands in the session."""

    storage_classes = (NamedCookieStorage, SessionStorage)
