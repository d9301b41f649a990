"""What the packages of bindings share. Import it through them: `quantum_apis.<package>.types`, `.errors`, `.client`."""
