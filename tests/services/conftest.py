from tests.stores import store  # noqa: F401
