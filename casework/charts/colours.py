"""Colours that stand in a drawing itself: without a style sheet, on paper, it must not turn black."""

TRACK, FILL, OVER = "#d7e2e0", "#1f5c57", "#9b1c2c"
