"""Measures what a service of any size costs, on both databases, and writes docs/performance.md: `make bench`."""

FRAME = "an empty page of ours"
"""What every page is measured against: nothing of ours in Wagtail's frame."""
