"""登录会话: who is signed in where, kept with the session itself."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as PlainStore
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.utils.translation import gettext_lazy as _

SIGNED_IN = "_auth_user_id"  # Django's key of who is signed in


class SignInSession(AbstractBaseSession):
    """A session with whose it is; nobody's before anybody signed in."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+", verbose_name=_("账号")
    )

    objects: ClassVar[Any] = BaseSessionManager()

    class Meta:
        verbose_name = _("登录会话")
        verbose_name_plural = _("登录会话")

    def __str__(self) -> str:
        return str(self.account)

    @classmethod
    def get_session_store_class(cls) -> type["SessionStore"]:
        return SessionStore


class SessionStore(PlainStore):
    """Django's sessions in the database, each with whose it is."""

    @classmethod
    def get_model_class(cls) -> type[SignInSession]:
        return SignInSession

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        kept: Any = super().create_model_instance(data)
        kept.account_id = int(data[SIGNED_IN]) if SIGNED_IN in data else None
        return kept
