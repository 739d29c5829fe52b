"""The screens of casework, and the only code that knows modeladmin."""
