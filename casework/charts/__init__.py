"""Pictures that need no script, drawn on the server, each with a table or words to read the same in."""

from .bars import Bar, bars, plain
from .burning import BurnDown, burn_down
from .ends import End, EndsOf, ends
from .squares import Square, squares

__all__ = ["Bar", "BurnDown", "End", "EndsOf", "Square", "bars", "burn_down", "ends", "plain", "squares"]
