"""Signs a test's browser in as a person who has taken the second step, without the hundred milliseconds of doing so."""

from allyance_site.management.bench.signed_in import sign_in

__all__ = ["sign_in"]
