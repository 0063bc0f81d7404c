"""Whether people with a screen reader, a narrow screen, an unsteady hand or a dark screen can use a page."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

NARROW = {"width": 390, "height": 844}
OFFICE = {"width": 1366, "height": 768}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
# 2.5.8 of WCAG 2.2, which axe leaves out unless it is asked for: 24 px, or room around; not of links within text.
TARGETS = "target-size"
# A bar that stays on screen covers what is scrolled below it, which is as large as ever: it is asked without.
RUN = """([tags, rules]) => {
  const bars = [...document.querySelectorAll("*")].filter(part => getComputedStyle(part).position === "sticky");
  bars.forEach(bar => { bar.style.position = "static"; });
  return axe.run({
    runOnly: tags.length ? {type: "tag", values: tags} : {type: "rule", values: rules},
    rules: Object.fromEntries(rules.map(rule => [rule, {enabled: true}])),
    resultTypes: ["violations"],
  }).then(found => {
    bars.forEach(bar => { bar.style.position = ""; });
    return found.violations;
  });
}"""


def faults(page: Page) -> list[str]:
    """What axe finds against WCAG 2.1 A and AA and the size of targets, as the page stands: the rule and the place."""
    page.evaluate(Axe().axe_script)
    return _found(page, RULES, [TARGETS])


def faults_at_both_sizes(page: Page) -> list[str]:
    """The same of a narrow window, and the targets of an office screen."""
    found = faults(page)
    page.set_viewport_size(OFFICE)
    found += [f"wide: {fault}" for fault in _found(page, [], [TARGETS])]
    page.set_viewport_size(NARROW)
    return found


def _found(page: Page, tags: list[str], rules: list[str]) -> list[str]:
    return [
        f"{violation['id']}: {node['html'][:120]}"
        for violation in page.evaluate(RUN, [tags, rules])
        for node in violation["nodes"]
    ]


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
