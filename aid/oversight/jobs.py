"""The pack of a random sample, as a job."""

from typing import BinaryIO

from django.utils.translation import gettext as _

from aid.oversight.dossier import dossiers_of
from aid.oversight.pack import TITLE, ZIP, record_packs, write_pack
from aid.oversight.sampling import drawn
from portal.access import Permission
from portal.audit import By
from portal.jobs.kinds import JobKind, JobRefused, Made
from portal.jobs.progress import Progress
from portal.models import Campaign, User
from portal.printouts.kind import Asked

SAMPLE_PACK = "sample_pack"


def sample_title(year: int, count: int, seed: str, **_rest: str) -> str:
    words = _("%(year)d 年度助学申请抽样%(pack)s（%(count)d 份，种子 %(seed)s）")
    return words % {"year": year, "pack": TITLE, "count": count, "seed": seed}


def make_sample_pack(
    owner: User, file: BinaryIO, progress: Progress, *, year: int, count: int, seed: str, reason: str
) -> Made:
    """The pack of `count` cases of the campaign of `year` that `seed` draws among those that the owner may see."""
    campaign = Campaign.objects.get(year=year)
    dossiers = dossiers_of(drawn(owner, campaign, seed=seed, count=count), Asked(owner, ""))
    if not dossiers:
        raise JobRefused(_("该年度没有助学申请。"))
    progress.begin(len(dossiers))
    asked = {"campaign": year, "seed": seed, "count": count, "reason": reason, "asked_by": owner.username}
    pack = write_pack(dossiers, file, asked, progress)
    record_packs(dossiers, by=By(owner), reason=reason)
    told = {"year": year, "count": len(dossiers), "seed": seed, "reason": reason, **pack.told}
    return Made(_("%(year)d_抽样%(pack)s_%(seed)s.zip") % {"year": year, "pack": TITLE, "seed": seed}, ZIP, told)


KINDS = (
    JobKind(
        SAMPLE_PACK,
        Permission.DRAW_SAMPLES,
        sample_title,
        make_sample_pack,
        is_repeatable=True,
        is_fetched_once=True,
    ),
)
