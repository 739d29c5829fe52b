"""Of how many a figure may be given: of fewer it would be somebody's own."""

FEWEST = 5
TOO_FEW = "too few to say"
