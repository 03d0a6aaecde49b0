"""Speed and scale, side by side with named baselines: ``python -m eval.bench``."""
