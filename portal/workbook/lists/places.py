"""Unions as lists name them: by code, or by a name that is unique within scope."""

from functools import cached_property

from django.db.models import QuerySet

from portal.identity import IdentityError, clean_text
from portal.models import Union
from portal.workbook.raw import Raw, digits

SHORTEST_NAME = 4  # a shorter one may stand in other words
ENDINGS = ("工会委员会", "总工会", "联合工会", "工会")


class Places:
    """The unions of `unit` and below, found by what a list calls them."""

    def __init__(self, unit: Union):
        self.unit = unit

    @cached_property
    def by_word(self) -> dict[str, str]:
        """Code, name and shortened name → code; a name that two have means neither."""
        words: dict[str, str] = {}
        doubtful = set()
        unions = list(self.unions())
        for union in unions:
            for word in {_folded(union.name), _short(union.name)}:
                if words.setdefault(word, union.code) != union.code:
                    doubtful.add(word)
        found = {word: code for word, code in words.items() if word not in doubtful}
        return found | {_folded(union.code): union.code for union in unions}

    def unions(self) -> QuerySet[Union]:
        """All of them, each before those below it."""
        found: QuerySet[Union] = Union.objects.in_union(self.unit).order_by("path")
        return found

    def find(self, text: str) -> str | None:
        return self.by_word.get(_folded(text)) or self.by_word.get(_short(text))

    def name(self, code: str) -> str:
        """The name by which a list would say the union of `code`; the code where the name says nothing by itself."""
        union = self._by_code.get(code)
        return self.name_of(union) if union else code

    def name_of(self, union: Union) -> str:
        """The same of a union."""
        return union.name if self.find(union.name) == union.code else union.code

    @cached_property
    def _by_code(self) -> dict[str, Union]:
        return {union.code: union for union in self.unions()}

    def code(self, raw: Raw, said: str | None) -> Raw:
        """The code of the union a cell names, else of the one said for all rows, else the cell itself."""
        text = digits(raw) if isinstance(raw, (int, float)) else raw
        found = self.find(text) if isinstance(text, str) else None
        return found or said or raw

    def told(self, text: str) -> str | None:
        """The code of the union that 填报单位 above the table names, or a title."""
        for line in text.replace("\u3000", "  ").splitlines():
            for word in ("填报单位", "上报单位", "报送单位", "填表单位", "单位"):
                _before, found, rest = line.partition(word)
                if found:
                    name = rest.split("：", 1)[-1].split(":", 1)[-1].strip()
                    code = self.find(name.split("  ")[0].split(" ")[0])
                    if code:
                        return code
        return self._named_in(text)

    def _named_in(self, text: str) -> str | None:
        """The code of the one union whose name stands in the text, of a union and those above it the lowest."""
        plain = _folded(text)
        unions = self._by_code.values()
        named = [union for union in unions if len(union.name) >= SHORTEST_NAME and _folded(union.name) in plain]
        lowest = [union for union in named if not any(other != union and union.contains(other) for other in named)]
        return lowest[0].code if len(lowest) == 1 else None


def _folded(text: str) -> str:
    try:
        plain = "".join(clean_text(text).split())
    except IdentityError:
        return ""
    for stamp in ("(盖章)", "(章)", "(公章)"):
        plain = plain.removesuffix(stamp)
    return plain


def _short(text: str) -> str:
    plain = _folded(text)
    for ending in ENDINGS:
        if plain.endswith(ending) and plain != ending:
            return plain.removesuffix(ending)
    return plain
