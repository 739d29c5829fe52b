"""The one place for who may do what. Everything else asks `rules`; only `grants` writes roles and shares."""
