"""What surrounds the casework of a unit of the demo."""
