"""续办: last year's aided children, taken up again for this year."""
