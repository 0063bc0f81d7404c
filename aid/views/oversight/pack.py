"""Audit packs: of one case at once, of a random sample by a job."""

from typing import IO

from django.http import FileResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic.edit import FormMixin, ProcessFormView

from aid.oversight.dossier import Dossier, dossiers_of
from aid.oversight.jobs import SAMPLE_PACK
from aid.oversight.pack import TITLE, ZIP, folder_of, write_pack
from aid.oversight.parts import parts_of
from aid.oversight.sampling import MOST, new_seed
from aid.views.casework.case import CasePage
from aid.views.oversight.asked import PackForm, SampleForm
from portal import audit
from portal.access import Permission
from portal.audit import By
from portal.enums import AuditAction, RevealReason
from portal.jobs.starting import start
from portal.printouts.kind import Asked
from portal.records.exporting.spooling import spooled
from portal.web.base import PortalPage


class CasePack(FormMixin, CasePage, ProcessFormView):
    """What the pack of the case holds and what is missing; with a reason the pack itself. Leaves an audit row."""

    permission = Permission.EXPORT_PACKS
    template_name = "aid/oversight/pack.html"
    form_class = PackForm
    initial = {"reason": RevealReason.OVERSIGHT}

    @cached_property
    def dossier(self) -> Dossier:
        return dossiers_of([self.case.pk], Asked(self.request.user, ""))[0]

    def get_context_data(self, **kwargs):
        return super().get_context_data(parts=parts_of(self.dossier), **kwargs)

    def form_valid(self, form):
        reason, user, dossier = form.cleaned_data["reason"], self.request.user, self.dossier

        def write(file: IO[bytes]) -> None:
            pack = write_pack([dossier], file, {"case": self.case.number, "reason": reason, "asked_by": user.username})
            told = {"act": str(TITLE), "reason": reason, **pack.told}
            audit.record(AuditAction.EXPORTED, by=By.of(self.request), about=self.case, **told)

        name = f"{TITLE}_{folder_of(dossier)}.zip"
        return FileResponse(spooled(write), as_attachment=True, filename=name, content_type=ZIP)


class CaseSample(FormMixin, PortalPage, ProcessFormView):
    """Cases of one campaign drawn at random, as one pack that a job makes and that is fetched once."""

    permission = Permission.DRAW_SAMPLES
    template_name = "aid/oversight/sample.html"
    form_class = SampleForm
    initial = {"reason": RevealReason.OVERSIGHT}

    def get_context_data(self, **kwargs):
        return super().get_context_data(most=MOST, title=_("抽样审计"), **kwargs)

    def form_valid(self, form):
        chosen = form.cleaned_data
        asked = {"year": chosen["campaign"].year, "count": chosen["count"], "reason": chosen["reason"]}
        job = start(SAMPLE_PACK, self.request.user, seed=chosen["seed"] or new_seed(), **asked)
        return redirect("job_show", job.pk)
