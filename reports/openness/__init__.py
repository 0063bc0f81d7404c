"""信息公开: what of a union's work everybody may read, from accepted reports alone (the notice, one (two) 3)."""
