"""Charts: numbers to marks on a plane. A template draws the marks as SVG, with the numbers in a table beside them."""
