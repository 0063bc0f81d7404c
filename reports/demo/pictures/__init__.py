"""The pictures of the manual, taken of the demo city by `manage.py take_pictures`."""
