"""Uploaded files of many rows: reading them, checking them, carrying them out, giving them back.

What the rows are about is behind one protocol, `kinds.Kind`; everything else here knows only rows and cells.
"""
