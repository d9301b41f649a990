"""What `make` calls: specs in, bindings out. Run from the repository root: `python -m scripts.<name>`."""
