"""Read-only figures: one question a function, answered in typed rows from what the rules let this person see."""
