"""Who is known stays known: people and their second factors are looked up once, not with every request of a test."""

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import pytest
from django.conf import settings
from django.contrib import auth
from django_otp.middleware import OTPMiddleware
from django_otp.models import Device


@contextmanager
def people_known() -> Iterator[None]:
    """While this holds, nothing may change who is behind a cookie, or what they may do."""
    plain, people = auth.get_user, {}

    def get_user(request):
        cookie = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        if cookie is None:
            return plain(request)
        if cookie not in people:
            people[cookie] = plain(request)
        return copy.copy(people[cookie])  # each request writes its own things on it

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(auth, "get_user", get_user)
        patch.setattr(OTPMiddleware, "_device_from_persistent_id", staticmethod(cache(Device.from_persistent_id)))
        yield
