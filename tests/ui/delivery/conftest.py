from collections.abc import Iterator

import pytest

from desktop_app.ui.delivery.errands import Errands


@pytest.fixture
def errands(qapp) -> Iterator[Errands]:
    opened = Errands()
    yield opened
    assert opened.stop(5.0), "a test has to let its blocked share go"
