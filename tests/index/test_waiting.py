import os

import numpy as np
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from index.waiting import numpy_alone, wait_asleep


def test_threads_that_wait_sleep(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_WAIT_POLICY", "")  # so that whatever is there comes back
    monkeypatch.delenv("OMP_WAIT_POLICY")
    wait_asleep()
    assert os.environ["OMP_WAIT_POLICY"] == "PASSIVE"


def test_a_policy_of_the_environment_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_WAIT_POLICY", "ACTIVE")
    wait_asleep()
    assert os.environ["OMP_WAIT_POLICY"] == "ACTIVE"


def test_numpy_multiplies_with_one_thread() -> None:
    with threadpool_limits(limits=2, user_api="blas"):  # and puts back what was
        numpy_alone()
        assert np.ones(2) @ np.ones(2) == 2
        of_numpy = [p for p in threadpool_info() if p["internal_api"] == "openblas"]
        assert of_numpy
        assert all(pool["num_threads"] == 1 for pool in of_numpy)
