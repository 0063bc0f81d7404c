import os, pytest
pytestmark=[pytest.mark.browser, pytest.mark.django_db(transaction=True)]
def test_shot(signed_in, open_page, clerk, admin, auditor, campaign, settings, grassroots, sibling):
    settings.SECOND_FACTOR_REQUIRED=False
    p=open_page(); p.goto('/sign-in/'); p.screenshot(path='/tmp/s0.png')
    p=signed_in(clerk); p.screenshot(path='/tmp/s1.png')
    p=signed_in(admin); p.goto('/accounts/'); p.screenshot(path='/tmp/s2.png')
    p.goto('/accounts/new/'); p.get_by_role("button",name="保存").click(); p.evaluate("document.querySelector('form.portal-form').noValidate=true"); p.get_by_role("button",name="保存").click(); p.wait_for_load_state(); p.screenshot(path='/tmp/s3.png', full_page=True)
    p.goto('/second-factor/setup/'); p.screenshot(path='/tmp/s4.png', full_page=True)
    p=signed_in(auditor); p.goto('/audit/'); p.screenshot(path='/tmp/s5.png')
    p=signed_in(clerk, viewport={"width":390,"height":844}); p.goto('/unions/'); p.get_by_text("菜单").click(); p.screenshot(path='/tmp/s6.png')
    p.goto('/password/'); p.screenshot(path='/tmp/s7.png', full_page=True)
