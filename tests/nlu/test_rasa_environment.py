"""The environment that Rasa is started in."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlu.rasa_environment import blas_kernels, environment

SKYLAKE = "fpu sse3 avx fma avx2 avx512f avx512dq avx512cd avx512bw avx512vl"


def test_the_child_gets_none_of_the_bots_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANBAO_SECRET_KEY", "a secret")
    assert "a secret" not in environment().values()
    assert environment()["LOG_LEVEL"] == "WARNING"


def test_serving_takes_one_core_and_training_all() -> None:
    assert environment()["OPENBLAS_NUM_THREADS"] == environment()["OMP_NUM_THREADS"] == "1"
    assert environment(4)["OPENBLAS_NUM_THREADS"] == environment(4)["OMP_NUM_THREADS"] == "4"


@pytest.mark.parametrize(
    ("said", "kernels"),
    [
        (f"processor\t: 0\nmodel\t\t: 207\nflags\t\t: {SKYLAKE}\nprocessor\t: 1\nflags\t\t: sse3\n", "SkylakeX"),
        ("flags\t\t: fpu sse3 avx fma avx2\n", "Haswell"),
        ("flags\t\t: fpu sse3 avx fma avx2 avx512f\n", "Haswell"),
        ("flags\t\t: fpu sse3 avx2\n", None),
        ("Features\t: fp asimd\n", None),
        ("", None),
    ],
)
def test_the_newest_kernels_that_the_processor_runs(tmp_path: Path, said: str, kernels: str | None) -> None:
    told = tmp_path / "cpuinfo"
    told.write_text(said)
    assert blas_kernels(told) == kernels


def test_a_system_that_says_nothing_chooses_by_itself(tmp_path: Path) -> None:
    assert blas_kernels(tmp_path / "cpuinfo") is None


def test_who_set_the_kernels_himself_keeps_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENBLAS_CORETYPE", "Nehalem")
    assert environment()["OPENBLAS_CORETYPE"] == "Nehalem"
