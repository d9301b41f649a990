"""Tools for cassettes: recorded HTTP as evidence that specs, bindings and wrapper agree. See docs/cassettes.md.

- `cassette`: the files; `scenario`, `scenarios`: what is recorded; `running`: runs a scenario, also from its cassette
- `recording`, `sources`, `published`, `cleaning`, `leaks`: how interactions get into a file, and what must not
- `conformance`, `branches`, `exceptions`: checks of interactions against a spec
- `verifying`, `report`, `matrix`, `readers`: the commands of `scripts.cassettes`
- `mutations`: changed cassettes, which verification must detect
"""
