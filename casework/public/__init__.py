"""What casework shows to somebody without an account, by a link that was given to them: no cookie and no name."""
