"""How large a workbook may be, and what the process that reads it may use. Free of Django."""

MEGABYTE = 1024 * 1024

FILE_BYTES = 10 * MEGABYTE
ENTRIES = 500
UNPACKED_BYTES = 200 * MEGABYTE
RATIO = 200
RATIO_FREE_BYTES = MEGABYTE  # a part this small may be packed as tightly as it likes

ROWS = 20_000
COLUMNS = 200
CELLS = 1_000_000
ELEMENTS = 3_600_000  # three for each cell, and room to spare
OTHER_ELEMENTS = 500_000  # styles, comments, whatever is neither cell nor shared text
MERGES = 5_000
COVERED_CELLS = 200_000  # by merges and by links over ranges: full loading makes an object of each
TEXT = 32_767
MARKED_CELLS = 100_000  # formulas, booleans, errors
ALL_TEXT = 40_000_000  # characters of all cells together

MEMORY_BYTES = 512 * MEGABYTE
CPU_SECONDS = 60
WALL_SECONDS = 600  # only against hanging: what work a file makes is bounded by the processor's time
