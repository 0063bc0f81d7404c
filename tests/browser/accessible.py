"""Whether people with a screen reader or a narrow screen can use a page."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

NARROW = {"width": 390, "height": 844}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
RUN = "rules => axe.run({runOnly: rules, resultTypes: ['violations']}).then(found => found.violations)"


def faults(page: Page, impacts: frozenset[str] | None = None) -> list[str]:
    """What axe finds against WCAG 2.1 A and AA, of these impacts or of any: the rule and the place."""
    page.evaluate(Axe().axe_script)
    return [
        f"{violation['id']}: {node['html'][:120]}"
        for violation in page.evaluate(RUN, RULES)
        if impacts is None or violation["impact"] in impacts
        for node in violation["nodes"]
    ]


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
