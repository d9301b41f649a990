"""What the packages of bindings share, written by hand; everything else in this folder's parent is generated.

Import it through them: `quantum_apis.<package>.types`, `.errors`, `.client`.
"""
