"""How large what is inside a file may be, and what the process that looks at it may use. Free of Django."""

MEGABYTE = 1024 * 1024

MEMORY_BYTES = 512 * MEGABYTE
CPU_SECONDS = 4
WALL_SECONDS = 60  # only against hanging: what work a file makes is bounded by the processor's time

PIXELS = 40_000_000  # of a picture, at four bytes each while it is turned
QUALITY = 90
PACKING = 4  # of a PNG: half of the bytes take a third of the time of the usual 6
NODES = 200_000  # dictionaries, lists and values of a PDF
ELEMENTS = 3_000_000  # of all XML parts of a document
