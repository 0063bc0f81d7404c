"""Pages go out compressed, a third to a tenth as long; what an outsider could measure the length of does not.

BREACH (2013) guesses a secret by the length of compressed answers that repeat what the guesser sent. It needs answers
that the victim's browser is made to ask for from elsewhere; the cookie of the session (SameSite=Lax) goes with no such
request but a visible change of page. On top of it: the form key in a page is masked anew each time, up to 100 random
bytes are added to every compressed answer, and what a form reveals, numbers in full above all, is never compressed.
"""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

PAGES = ("text/html", "text/csv")


class PageGZipMiddleware(GZipMiddleware):
    """Compress pages that were asked for by GET, where the browser takes it: files are compressed, the API is short."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        is_page = isinstance(response, HttpResponse) and response.get("Content-Type", "").startswith(PAGES)
        return super().process_response(request, response) if request.method == "GET" and is_page else response
