"""Back and save again, in a browser that fetches the page anew: the form is the same one."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from aid.models import PaymentBatch
from tests.browser.accessible import faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_batch_saved_again_after_back_is_one_batch(signed_in, clerk, campaign):
    page = signed_in(clerk)
    page.goto(reverse("paymentbatch_create"))
    button = page.get_by_role("button", name="下一步：挑选申请")
    button.click()
    page.wait_for_url("**/pick/")
    picked = page.url
    page.go_back()
    button.click()
    page.wait_for_url("**/pick/")
    assert page.url == picked
    expect(page.get_by_text("这张表单已经保存过，没有重复登记。")).to_be_visible()
    assert PaymentBatch.objects.count() == 1
    assert faults(page) == []
