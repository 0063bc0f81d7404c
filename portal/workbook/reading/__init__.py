"""From an uploaded file to raw values.

The file is opened in a process of its own (`child`), whose memory and time are bounded: first the table of the zip
archive, then every XML part as a stream, and only what passed is parsed for values. The child knows no Django.
"""
