"""What tests of pictures look at."""

import numpy as np
import pytest

matplotlib = pytest.importorskip("matplotlib")
matplotlib.use("agg")
from matplotlib import pyplot  # noqa: E402


@pytest.fixture(autouse=True)
def no_figure_is_left():
    yield
    pyplot.close("all")


def pixels(figure):
    """What is drawn: colours by row from the bottom, and column."""
    figure.canvas.draw()
    return np.flipud(np.asarray(figure.canvas.buffer_rgba())[..., :3])


def color_at(image, axes, x, y):
    across, up = axes.transData.transform((x, y)).astype(int)
    return tuple(image[up, across].tolist())


def texts(labels):
    return [label.get_text() for label in labels]
