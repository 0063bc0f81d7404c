"""What was entered wrongly is voided with a coded reason, never deleted (domain.md, rules that hold everywhere).

`VoidableRecord` keeps who, when and why, and its manager passes over what is void: no list, figure, balance, rule or
export has to think of it. A kind says with a `Voiding` what hinders that and whether a second person must agree; one
service, one page and one filter serve every kind.
"""

from portal.records.voiding.declaration import Voiding
from portal.records.voiding.services import VoidRefused, agree_to_void, ask_to_void, refuse_to_void, restore

__all__ = ["VoidRefused", "Voiding", "agree_to_void", "ask_to_void", "refuse_to_void", "restore"]
