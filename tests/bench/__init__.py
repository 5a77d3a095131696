"""Benchmarks: figures side by side with a bare yardstick, in one run. Nothing here is a test."""
