from tests.stores import store as store
