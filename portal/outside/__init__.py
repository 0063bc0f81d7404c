"""Outside systems: how the administrator lets them in, and how they are told what was done here."""
