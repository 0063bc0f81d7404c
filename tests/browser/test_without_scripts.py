"""Every page that each role may open, without JavaScript: a heading, forms that can be sent, nothing that is dead."""

import pytest

from tests.access import ACTORS
from tests.access_rows import ROWS
from tests.browser.pages import pages_of
from tests.factories import UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# What a person sees and could not use. A button beside a form belongs to it by its `form` attribute.
FAULTS = """() => {
  const seen = (element) => element.checkVisibility({checkVisibilityCSS: true, checkOpacity: true});
  const told = (words, element) => words + ": " + element.outerHTML.slice(0, 120);
  const faults = [];
  const heading = document.querySelector("h1");
  if (!heading || !seen(heading) || !heading.innerText.trim()) faults.push("no heading");
  for (const form of document.forms) {
    const sends = [...form.elements].filter((each) => ["submit", "image"].includes(each.type) && !each.disabled);
    if (seen(form) && !sends.some(seen)) faults.push(told("form without a button", form));
  }
  const needs = "[data-bs-toggle], [data-bs-dismiss], [onclick], button[type=button], a[href='#'], a:not([href])";
  for (const element of document.querySelectorAll(needs)) {
    if (seen(element)) faults.push(told("needs a script", element));
  }
  for (const button of document.querySelectorAll("button:not([type]), button[type=submit], input[type=submit]")) {
    if (!button.form) faults.push(told("button of no form", button));
  }
  return faults;
}"""


@pytest.mark.parametrize("role", ACTORS[1:])
def test_pages_work_without_scripts(window_of, city, district, grassroots, role):
    user = UserFactory(role=role, union=district if role in {"clerk", "lead"} else city)
    page, wrong, count = window_of(user, java_script_enabled=False), {}, 0
    for address, text in pages_of(user, [row for row in ROWS if row.get[role] == 200], district):
        page.set_content(text)
        count += 1
        if found := page.evaluate(FAULTS):
            wrong[address] = found
    assert count
    assert wrong == {}
