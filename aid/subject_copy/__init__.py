"""The subject's copy: what is kept about a family, and who saw it (PIPL article 45)."""
