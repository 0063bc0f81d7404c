import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import RequestFactory, override_settings
from django.urls import path
from django.views import View

from portal.urls import handler403, handler404, handler500  # noqa: F401  Django reads them from this module
from portal.urls import urlpatterns as real_patterns
from portal.web.base import SpokenView, public
from portal.web.middleware import DefaultDenyMiddleware
from tests import builders


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


def test_address_of_a_button_says_so_when_it_is_opened(client_of, clerk, district):
    household = builders.household(district)
    page = client_of(clerk).get(f"/households/{household.pk}/verify/")
    assert (page.status_code, page["Allow"]) == (405, "POST, OPTIONS")
    assert "这个地址只接收页面上的按钮或表单" in page.text
    assert f'href="/households/{household.pk}/"' in page.text
    assert client_of(clerk).get("/sign-out/").status_code == 405


def takes_only_forms(pattern) -> bool:
    view_class = getattr(pattern.callback, "view_class", None)
    return view_class is not None and not ("get" in view_class.http_method_names and hasattr(view_class, "get"))


def every_address(patterns=real_patterns):
    for pattern in patterns:
        yield from every_address(pattern.url_patterns) if hasattr(pattern, "url_patterns") else [pattern]


def test_every_view_that_takes_only_forms_speaks_when_opened():
    silent = [
        pattern.name
        for pattern in every_address()
        if takes_only_forms(pattern) and not issubclass(pattern.callback.view_class, SpokenView)
    ]
    assert silent == []
    assert len([pattern for pattern in every_address() if takes_only_forms(pattern)]) > 30


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=100)
def test_form_too_large_is_refused_with_a_page(client_of, clerk):
    client = client_of(clerk)
    answer = client.post("/households/new/", {"cause": "长" * 100})
    assert answer.status_code == 413
    assert "发来的内容太大" in answer.text
