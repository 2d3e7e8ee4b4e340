from tests.ui.desk.desks import desk  # noqa: F401
