"""Scans and photos of the demo: drawn, so that nobody's papers are in them."""

import io
import random

from PIL import Image, ImageDraw

PAPER, INK, SEAL, GROUND = (250, 248, 242), (120, 118, 112), (178, 44, 44), (206, 204, 200)
WIDTH, HEIGHT, MARGIN = 420, 594, 48


def scan(which: int) -> bytes:
    """A .png of a sheet with a heading, lines of writing, a form or a portrait, and a seal; each `which` another."""
    sheet = Image.new("RGB", (WIDTH + 24, HEIGHT + 24), GROUND)
    pen, chance = ImageDraw.Draw(sheet), random.Random(which)  # noqa: S311  drawn alike each time
    pen.rectangle((12, 12, WIDTH + 12, HEIGHT + 12), fill=PAPER)
    pen.rectangle((WIDTH // 2 - 70, 52, WIDTH // 2 + 94, 70), fill=INK)
    top = 110
    if which % 2:
        pen.rectangle((MARGIN, top, MARGIN + 90, top + 120), outline=INK, width=3)
        pen.ellipse((MARGIN + 25, top + 20, MARGIN + 65, top + 60), fill=INK)
        pen.pieslice((MARGIN + 10, top + 65, MARGIN + 80, top + 165), 180, 360, fill=INK)
        top += 150
    for line in range(top, HEIGHT - 150, 28):
        pen.line((MARGIN, line, chance.randint(WIDTH // 2, WIDTH - 24), line), fill=INK, width=5)
    pen.ellipse((WIDTH - 150, HEIGHT - 140, WIDTH - 50, HEIGHT - 40), outline=SEAL, width=5)
    pen.ellipse((WIDTH - 108, HEIGHT - 98, WIDTH - 92, HEIGHT - 82), fill=SEAL)
    return _png(sheet)


def photo() -> bytes:
    """A .png of people before a house with a banner."""
    view = Image.new("RGB", (480, 320), (176, 200, 220))
    pen = ImageDraw.Draw(view)
    pen.rectangle((0, 230, 480, 320), fill=(150, 156, 140))
    pen.rectangle((60, 70, 420, 250), fill=(222, 214, 200))
    pen.rectangle((90, 90, 390, 122), fill=(163, 22, 28))
    for place, coat in enumerate(((60, 86, 120), (90, 110, 80), (150, 90, 60), (70, 70, 90))):
        left = 120 + place * 65
        pen.rectangle((left, 190, left + 44, 290), fill=coat)
        pen.ellipse((left + 8, 155, left + 36, 187), fill=(228, 190, 160))
    return _png(view)


def _png(picture: Image.Image) -> bytes:
    into = io.BytesIO()
    picture.save(into, "PNG")
    return into.getvalue()
