from tests.backgrounds import background  # noqa: F401
from tests.stores import store  # noqa: F401
