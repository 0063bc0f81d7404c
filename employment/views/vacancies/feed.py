"""The public feed of open vacancies: no log-in, no personal data, nothing to write."""

import hashlib

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.generic import View

from employment.matching.feed import FeedPage, as_csv, as_json, changed_at, feed_page
from portal.second_lock.across import Across
from portal.second_lock.scope import whole_city
from portal.text import as_key
from portal.web.base import public

KEPT_SECONDS = 300


class VacancyFeed(View):
    """A page of the feed, with what a reader needs not to fetch it twice. A faulty cursor answers 400."""

    http_method_names = ("get", "head")
    content_type = ""

    @classmethod
    def as_view(cls, **initkwargs):
        return public(super().as_view(**initkwargs))

    @whole_city(Across.PUBLISHED)
    def get(self, request: HttpRequest) -> HttpResponse:
        after = as_key(request.GET.get("after", "0"))
        if after is None:
            return HttpResponseBadRequest(_("after 应为上一页给出的编号。"), content_type="text/plain; charset=utf-8")
        changed, page = changed_at(), feed_page(after)
        following = f"{request.path}?after={page.after}" if page.after else None
        content = self.content(page, following)
        etag = f'"{hashlib.sha256(content).hexdigest()}"'
        headers = {"ETag": etag, "Last-Modified": http_date(changed.timestamp())}
        response = HttpResponse(content, content_type=self.content_type, headers=headers)
        if following:
            response.headers["Link"] = f'<{following}>; rel="next"'
        # An answer that may carry somebody's cookie is kept by nobody else.
        signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
        patch_cache_control(response, max_age=KEPT_SECONDS, **{"private" if signed_in else "public": True})
        return get_conditional_response(request, etag, int(changed.timestamp()), response)

    def content(self, page: FeedPage, following: str | None) -> bytes:
        raise NotImplementedError


class VacancyFeedJson(VacancyFeed):
    content_type = "application/json"

    def content(self, page, following):
        return as_json(page, following)


class VacancyFeedCsv(VacancyFeed):
    content_type = "text/csv; charset=utf-8"

    def content(self, page, _following):
        return as_csv(page)
