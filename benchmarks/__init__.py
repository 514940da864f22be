"""Speed and memory of the whole program, measured over the real NLU server: `python -m benchmarks`."""
