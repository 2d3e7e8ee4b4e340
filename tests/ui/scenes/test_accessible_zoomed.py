"""Every window once more at the largest text: 150 % of 1366×768 leaves room for 911×512."""

import pytest

from desktop_app.ui.scenes.playing import Look
from tests.ui.scenes.test_accessible import faults_on_the_walk


@pytest.mark.soak
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_largest_text_fits_too(qapp, tmp_path, language):
    """What has no room beside something else scrolls."""
    assert faults_on_the_walk(tmp_path, Look(language, "light", scale=1.5)) == {}
