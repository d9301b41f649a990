"""Cassettes: recorded HTTP as evidence that specs, bindings and wrapper agree. docs/cassettes.md says how to use it.

`tapes` has the files, `scenarios` what is recorded, `sources` where the answers come from, `recording` and `cleaning`
how they get into a file, `conformance` the check against a spec, `playing` the replay through the wrapper; `verifying`,
`report`, `matrix`, `tampering` and `scanning` are what is made of them. The command is `scripts.cassettes`.
"""
