"""What every form consists of, drawn by functions: as a template each, it was a third to two thirds of a page."""
