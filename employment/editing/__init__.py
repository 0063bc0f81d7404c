"""The forms of Sunshine Employment: which columns each shows, and what only the browser knows."""
