"""Lists of a union's own making in the browser, and their rows that wait to be completed."""
