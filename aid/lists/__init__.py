"""Lists of a union's own making on this floor: families, children, cases, money, visits, employers and posts."""
