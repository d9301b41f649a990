# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Quantum jobs in a notebook
#
# One circuit on three services, side by side, and a scan of ten points as a table and a plot. Everything runs on the
# sandbox, without a key.
#
# This file is a notebook in jupytext's percent format: Jupyter with jupytext and VS Code open it as it is, and
# `jupytext --to ipynb notebook.py` converts it. It needs `pip install '.[sandbox,plot,pandas]'` in a checkout.

# %%
import math

import quantum_jobs
from matplotlib import pyplot
from quantum_sandbox import LatencyProfile, Sandbox

# Noisy, and with a short queue. For the real clouds set IONQ_API_KEY and QBRAID_API_KEY, and write
# quantum_jobs.connect in place of sandbox.connect.
sandbox = Sandbox(noise=True, seed=7, latency=LatencyProfile(queued=0.6, running=0.2))
sandbox.start()
ionq, ionq_v0_3, qbraid = (sandbox.connect(service) for service in ("ionq", "ionq-v0.3", "qbraid"))

# %% [markdown]
# What there is to run on:

# %%
ionq.devices()

# %% [markdown]
# ## One circuit on every service
#
# Three qubits in a GHZ state. Nothing waits yet; a list of jobs is a table.

# %%
GHZ = """
OPENQASM 3.0;
include "stdgates.inc";
qubit[3] q;
bit[3] c;
h q[0];
cx q[0], q[1];
cx q[1], q[2];
c = measure q;
"""

jobs = quantum_jobs.Listing(
    [
        ionq.submit(GHZ, device="simulator", shots=1000, name="GHZ"),
        ionq_v0_3.submit(GHZ, device="qpu.aria-1", shots=1000, name="GHZ"),
        qbraid.submit(GHZ, device="aws:ionq:qpu:forte-1", shots=1000, name="GHZ"),
    ]
)
jobs

# %% [markdown]
# Waiting shows how far it has come, by itself:

# %%
done, not_done = quantum_jobs.wait(jobs, timeout=600)
done

# %% [markdown]
# A result shows its outcomes, with their standard errors where the service counted shots:

# %%
jobs[2].result()

# %%
axes = quantum_jobs.plot(jobs)

# %% [markdown]
# Expectation values of diagonal observables are floats that know their standard error:

# %%
jobs[2].result().expectation("ZZI")

# %%
jobs[2].result().expectation({"ZZI": 0.5, "IZZ": 0.5})

# %% [markdown]
# ## A scan
#
# A rotation by ten angles, each point one job, with the angle as a tag.

# %%
ROTATION = 'OPENQASM 3.0; include "stdgates.inc"; qubit q; bit c; ry({angle}) q; c = measure q;'
angles = [math.pi * step / 9 for step in range(10)]
points = [
    qbraid.submit(
        ROTATION.format(angle=angle), device="qbraid:qbraid:sim:qir-sv", shots=200, tags={"angle": str(round(angle, 3))}
    )
    for angle in angles
]
points = quantum_jobs.wait(points, timeout=600).done

# %%
table = quantum_jobs.to_pandas(points)
table["angle"] = angles
values = [point.result().expectation("Z") for point in points]
table["z"] = values
table["error"] = [value.standard_error for value in values]
table[["ref", "status", "shots", "angle", "z", "error"]]

# %%
figure, axes = pyplot.subplots()
axes.errorbar(angles, table["z"], yerr=table["error"], fmt="o", capsize=3)
axes.set(xlabel="angle", ylabel="expectation of Z")
lines = axes.plot(angles, [math.cos(angle) for angle in angles], color="black", linewidth=0.8)

# %% [markdown]
# ## Many outcomes
#
# The likely ones stand alone, the others together.

# %%
rotations = " ".join(f"ry({0.3 * (qubit + 1):.2f}) q[{qubit}];" for qubit in range(8))
WIDE = f'OPENQASM 3.0; include "stdgates.inc"; qubit[8] q; bit[8] c; {rotations} c = measure q;'
wide = qbraid.submit(WIDE, device="qbraid:qbraid:sim:qir-sv", shots=2000).result(timeout=600)
wide

# %%
axes = wide.plot(top=12, title="eight rotations")

# %%
for client in (ionq, ionq_v0_3, qbraid):
    client.close()
sandbox.stop()
