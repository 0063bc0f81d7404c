"""After a refused form the focus is on the summary of what is wrong."""

import pytest
from django.urls import reverse

from tests.factories import UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_focus_goes_to_what_is_wrong(window_of, district):
    page = window_of(UserFactory(role="clerk", union=district))
    page.goto(reverse("contribution_create"))
    assert not page.evaluate("document.activeElement.hasAttribute('data-refused')")
    page.locator("main form[method=post]").last.evaluate("form => { form.noValidate = true; form.submit(); }")
    page.wait_for_selector("[data-refused]")
    page.wait_for_function("document.activeElement.hasAttribute('data-refused')")
    assert "有内容需要更正" in page.evaluate("document.activeElement.textContent")
