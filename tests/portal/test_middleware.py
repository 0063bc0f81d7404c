import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import RequestFactory, override_settings
from django.urls import path
from django.views import View

from portal.middleware import DefaultDenyMiddleware
from portal.urls import handler403, handler404, handler500  # noqa: F401  Django reads them from this module
from portal.urls import urlpatterns as real_patterns
from portal.views.base import public


def forgotten(request):
    return HttpResponse("open")


class Forgotten(View):
    def get(self, request):
        return HttpResponse("open")


class Broken(View):
    @classmethod
    def as_view(cls, **initkwargs):
        return public(super().as_view(**initkwargs))

    def get(self, request):
        message = "secret 310101199001011234"
        raise RuntimeError(message)


urlpatterns = [
    *real_patterns,
    path("forgotten/", forgotten, name="forgotten"),
    path("forgotten-class/", Forgotten.as_view(), name="forgotten_class"),
    path("open/", public(lambda request: HttpResponse("open")), name="open"),
    path("broken/", Broken.as_view(), name="broken"),
]


@pytest.mark.parametrize("address", ["/forgotten/", "/forgotten-class/"])
@override_settings(ROOT_URLCONF=__name__)
def test_view_without_permission_is_refused(client_of, clerk, address):
    with pytest.raises(ImproperlyConfigured, match="names no permission and is not public"):
        client_of(clerk).get(address)


@override_settings(ROOT_URLCONF=__name__)
def test_public_view_opens_to_everyone(client, db):
    assert client.get("/open/").text == "open"


def test_middleware_marks_strangers_as_not_let_in(client, db):
    response = client.get("/sign-in/")
    assert response.wsgi_request.let_in is False


def test_middleware_returns_the_answer_of_the_next(rf: RequestFactory, clerk):
    request = rf.get("/")
    clerk.is_verified = lambda: False
    request.user, request.session = clerk, {}
    assert DefaultDenyMiddleware(lambda asked: "answer")(request) == "answer"
    assert request.let_in is True


@override_settings(ROOT_URLCONF=__name__)
def test_uncaught_error_shows_a_plain_page_with_all_headers(client, db):
    client.raise_request_exception = False
    response = client.get("/broken/")
    assert response.status_code == 500
    assert "操作没有完成，错误已经记录。" in response.text
    assert "310101" not in response.text
    assert "object-src 'none'" in response["Content-Security-Policy"]
