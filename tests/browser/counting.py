"""What somebody does in a window, counted by the events of its pages: loads, cells, lists, keys and clicks."""

from dataclasses import dataclass

from playwright.sync_api import Page

# Kept beyond a page in the window's own storage.
COUNTING = """
(() => {
  const NONE = {loads: 0, typed: [], chosen: [], keys: 0, clicks: 0};
  const kept = () => JSON.parse(sessionStorage.counted || JSON.stringify(NONE));
  const keep = (change) => {
    const counted = kept();
    change(counted);
    sessionStorage.counted = JSON.stringify(counted);
  };
  const once = (list, name) => list.includes(name) || list.push(name);
  keep((counted) => { counted.loads += 1; });
  addEventListener("keydown", () => { keep((counted) => { counted.keys += 1; }); }, true);
  addEventListener("mousedown", () => keep((counted) => { counted.clicks += 1; }), true);
  addEventListener("input", (event) => {
    const cell = event.target;
    if (cell.tagName === "SELECT") keep((counted) => once(counted.chosen, cell.name));
    else if (event.isTrusted) keep((counted) => once(counted.typed, cell.name));
  }, true);
})();
"""


@dataclass(frozen=True)
class Counted:
    """`typed` and `chosen` are the names of cells and lists, each once. A press is a key or a click."""

    loads: int
    typed: list[str]
    chosen: list[str]
    keys: int
    clicks: int

    @property
    def presses(self) -> int:
        return self.keys + self.clicks


def count(page: Page) -> None:
    """Begin to count with the next page that is opened."""
    page.add_init_script(COUNTING)


def counted(page: Page) -> Counted:
    return Counted(**page.evaluate("JSON.parse(sessionStorage.counted)"))
