"""Settings: `local` for one machine and the demo, `test` for the suite, `production` for a live service.

Nothing is imported here, so that a process gets only what its DJANGO_SETTINGS_MODULE names.
"""
