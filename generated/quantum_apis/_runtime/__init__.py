# Generated from scripts/runtime/. Do not edit: change it there, then `make generate`.
"""What the packages of bindings share. Import it through them: `quantum_apis.<package>.types`, `.errors`, `.client`."""
