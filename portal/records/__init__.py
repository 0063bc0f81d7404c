"""Lists, pages and exports of records, from one declaration per kind. Knows no kind in particular."""
