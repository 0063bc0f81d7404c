"""The changes of a code list as its page tells them: of each which words, and of an order what it moved."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from django.utils.translation import gettext as _

from portal.codes.declaration import CodeList
from portal.codes.words import Codes, as_changed
from portal.enums import CodeAct
from portal.models import CodeChange


@dataclass(frozen=True)
class ToldChange:
    """One change, and the words it is about."""

    change: CodeChange
    told: str


def told_changes(code_list: CodeList) -> list[ToldChange]:
    """All changes of a list, the newest first."""
    changes = list(CodeChange.objects.filter(list_name=code_list.name).select_related("made_by").order_by("number"))
    states = [as_changed(code_list.choices, changes[:end]) for end in range(len(changes) + 1)]
    told = [ToldChange(each, _told(each, *around)) for each, around in zip(changes, pairwise(states), strict=True)]
    return told[::-1]


def _told(change: CodeChange, before: Codes, after: Codes) -> str:
    if change.act != CodeAct.ORDERED:
        return after.labels[change.code]
    return "；".join(_moved([word.word for word in before.words], [word.word for word in after.words]))


def _moved(before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    """Where each word stands that changed its place among the others, which stay as they were."""
    stays = {
        word
        for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
        for word in before[block.a : block.a + block.size]
    }
    for place, word in enumerate(after):
        if word not in stays:
            where = _("“%(word)s”排到“%(ahead)s”之后") if place else _("“%(word)s”排到最前")
            yield where % {"word": word, "ahead": after[place - 1]}
