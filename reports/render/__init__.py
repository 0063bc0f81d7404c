"""Forms and values on paper, on screen and for machines."""
