"""Programs in OpenQASM 2 of many kinds, small enough to be simulated exactly: algorithms, registers, measurements.

``STATIC`` measure at the end only, ``DYNAMIC`` in the middle, or they reset qubits or act on outcomes. Together they
use every gate of the ``qelib1.inc`` that Qiskit ships, which a test checks.
"""

from __future__ import annotations

_HEAD = 'OPENQASM 2.0;\ninclude "qelib1.inc";\n'

_MAJORITY = """
gate majority a, b, c { cx c, b; cx c, a; ccx a, b, c; }
gate unmajority a, b, c { ccx a, b, c; cx c, a; cx a, b; }
"""

_STATIC = {
    "bell": "qreg q[2]; creg c[2]; h q[0]; cx q[0], q[1]; measure q -> c;",
    "ghz_of_five": """
        qreg q[5]; creg c[5]; h q[0]; cx q[0],q[1]; cx q[1],q[2]; cx q[2],q[3]; cx q[3],q[4]; measure q->c;
    """,
    "w_state": """
        gate shared(theta) a, b { ry(theta) b; cz a, b; ry(-theta) b; }
        qreg q[3]; creg c[3]; x q[2];
        shared(acos_of_third) q[2], q[1]; cx q[1], q[2];
        shared(pi/4) q[1], q[0]; cx q[0], q[1]; measure q -> c;
    """.replace("acos_of_third", "0.9553166181245093"),
    "superdense_coding": """
        qreg q[2]; creg c[2]; h q[0]; cx q[0],q[1]; z q[0]; x q[0]; cx q[0],q[1]; h q[0]; measure q->c;
    """,
    "deutsch_jozsa": """
        qreg q[4]; creg c[3]; x q[3]; h q; barrier q;
        cx q[0], q[3]; cx q[1], q[3]; cx q[2], q[3]; barrier q;
        h q[0]; h q[1]; h q[2];
        measure q[0] -> c[0]; measure q[1] -> c[1]; measure q[2] -> c[2];
    """,
    "bernstein_vazirani": """
        qreg data[4]; qreg ancilla[1]; creg c[4];
        x ancilla[0]; h data; h ancilla; cx data[0], ancilla[0]; cx data[2], ancilla[0]; cx data[3], ancilla[0];
        h data; measure data -> c;
    """,
    "simon": """
        qreg q[4]; creg c[2]; h q[0]; h q[1];
        cx q[0], q[2]; cx q[0], q[3]; cx q[1], q[2]; cx q[1], q[3];
        h q[0]; h q[1]; measure q[0] -> c[0]; measure q[1] -> c[1];
    """,
    "grover_of_two": "qreg q[2]; creg c[2]; h q; cz q[0],q[1]; h q; x q; cz q[0],q[1]; x q; h q; measure q->c;",
    "grover_of_three": """
        qreg q[3]; creg c[3];
        gate oracle a, b, c { x b; h c; ccx a, b, c; h c; x b; }
        gate diffusion a, b, c { h a; h b; h c; x a; x b; x c; h c; ccx a, b, c; h c; x a; x b; x c; h a; h b; h c; }
        h q; oracle q[0], q[1], q[2]; diffusion q[0], q[1], q[2]; measure q -> c;
    """,
    "fourier_transform": """
        qreg q[4]; creg c[4]; x q[0]; x q[2]; ry(0.3) q[1]; barrier q;
        h q[3]; cu1(pi/2) q[2], q[3]; cu1(pi/4) q[1], q[3]; cu1(pi/8) q[0], q[3];
        h q[2]; cu1(pi/2) q[1], q[2]; cu1(pi/4) q[0], q[2];
        h q[1]; cu1(pi/2) q[0], q[1]; h q[0]; swap q[0], q[3]; swap q[1], q[2];
        ry(0.4) q[0]; rx(0.7) q[2]; measure q -> c;
    """,
    "inverse_fourier_by_cp": """
        gate inverse_qft a, b, c { swap a, c; h a; cp(-pi/2) a, b; h b; cp(-pi/4) a, c; cp(-pi/2) b, c; h c; }
        qreg q[3]; creg c[3]; h q; p(5*pi/4) q[0]; p(5*pi/2) q[1]; p(5*pi) q[2]; inverse_qft q[0], q[1], q[2];
        measure q -> c;
    """,
    "phase_estimation": """
        qreg counting[3]; qreg eigen[1]; creg c[3];
        x eigen[0]; h counting;
        cu1(2*pi*0.3) counting[0], eigen[0];
        cu1(4*pi*0.3) counting[1], eigen[0];
        cu1(8*pi*0.3) counting[2], eigen[0];
        swap counting[0], counting[2];
        h counting[0]; cu1(-pi/2) counting[0], counting[1]; h counting[1];
        cu1(-pi/4) counting[0], counting[2]; cu1(-pi/2) counting[1], counting[2]; h counting[2];
        measure counting[0] -> c[2]; measure counting[1] -> c[1]; measure counting[2] -> c[0];
    """,
    "ripple_carry_adder": _MAJORITY
    + """
        qreg cin[1]; qreg a[2]; qreg b[2]; qreg cout[1]; creg sum[3];
        x a[0]; h a[1]; x b[0]; x b[1];
        majority cin[0], b[0], a[0]; majority a[0], b[1], a[1]; cx a[1], cout[0];
        unmajority a[0], b[1], a[1]; unmajority cin[0], b[0], a[0];
        measure b[0] -> sum[0]; measure b[1] -> sum[1]; measure cout[0] -> sum[2];
    """,
    "full_adder": """
        qreg q[4]; creg c[2]; h q[0]; x q[1]; h q[2];
        ccx q[0], q[1], q[3]; cx q[0], q[1]; ccx q[1], q[2], q[3]; cx q[1], q[2];
        measure q[2] -> c[0]; measure q[3] -> c[1];
    """,
    "multiplier": """
        qreg a[2]; qreg b[2]; qreg p[3]; creg product[3];
        x a[0]; h a[1]; x b[1]; ry(0.8) b[0];
        ccx a[0], b[0], p[0]; ccx a[0], b[1], p[1]; ccx a[1], b[0], p[1]; ccx a[1], b[1], p[2];
        measure p -> product;
    """,
    "swap_test": """
        qreg q[3]; creg c[1]; ry(0.9) q[1]; ry(1.7) q[2]; h q[0]; cswap q[0], q[1], q[2]; h q[0]; measure q[0] -> c[0];
    """,
    "variational_ansatz": """
        qreg q[4]; creg c[4];
        u3(0.1, 0.2, 0.3) q[0]; u3(0.4, 0.5, 0.6) q[1]; u3(0.7, 0.8, 0.9) q[2]; u2(1.0, 1.1) q[3];
        cx q[0], q[1]; cx q[2], q[3]; cu3(1.2, 1.3, 1.4) q[1], q[2]; cu(0.3, 0.6, 0.9, 1.2) q[3], q[0];
        u(1.5, 1.6, 1.7) q[0]; u1(1.8) q[1]; ry(1.9) q[2]; rx(2.0) q[3]; measure q -> c;
    """,
    "max_cut": """
        qreg q[4]; creg c[4]; h q;
        rzz(0.6) q[0], q[1]; rzz(0.6) q[1], q[2]; rzz(0.6) q[2], q[3]; rzz(0.6) q[3], q[0];
        rx(1.1) q; rzz(-0.3) q[0], q[1]; rzz(-0.3) q[1], q[2]; rzz(-0.3) q[2], q[3]; rx(0.4) q; measure q -> c;
    """,
    "heisenberg_chain": """
        gate ryy(theta) a, b { rx(pi/2) a; rx(pi/2) b; rzz(theta) a, b; rx(-pi/2) a; rx(-pi/2) b; }
        qreg q[3]; creg c[3]; x q[0];
        rxx(0.2) q[0], q[1]; ryy(0.2) q[0], q[1]; rzz(0.2) q[0], q[1];
        rxx(0.3) q[1], q[2]; ryy(0.3) q[1], q[2]; rzz(0.3) q[1], q[2]; measure q -> c;
    """,
    "ising_by_cx": """
        qreg q[3]; creg c[3]; h q;
        cx q[0], q[1]; rz(0.8) q[1]; cx q[0], q[1]; cx q[1], q[2]; rz(0.8) q[2]; cx q[1], q[2];
        rx(0.5) q[0]; rx(0.5) q[1]; rx(0.5) q[2]; measure q -> c;
    """,
    "quantum_walk": """
        qreg node[2]; qreg coin[1]; creg c[3];
        h coin[0]; ccx coin[0], node[0], node[1]; cx coin[0], node[0]; x coin[0]; x node[0];
        ccx coin[0], node[0], node[1]; x node[0]; cx coin[0], node[0]; x coin[0]; h coin[0];
        measure node[0] -> c[0]; measure node[1] -> c[1]; measure coin[0] -> c[2];
    """,
    "hidden_shift": """
        qreg q[4]; creg c[4]; h q; x q[0]; x q[3]; cz q[0],q[2]; cz q[1],q[3]; x q[0]; x q[3]; h q;
        cz q[0],q[2]; cz q[1],q[3]; h q; measure q -> c;
    """,
    "parity_learning": "qreg q[4]; creg c[4]; h q[0]; h q[1]; h q[2]; cx q[0],q[3]; cx q[2],q[3]; h q; measure q -> c;",
    "mermin_bell": """
        qreg q[3]; creg c[3]; h q[0]; cx q[0],q[1]; cx q[1],q[2]; sdg q[0]; h q[0]; h q[1]; s q[2]; h q[2];
        measure q -> c;
    """,
    "basis_change": """
        qreg q[2]; creg c[2]; sx q[0]; sxdg q[1]; csx q[0],q[1]; t q[0]; tdg q[1]; ch q[1],q[0]; y q[0];
        measure q->c;
    """,
    "cat_by_controlled_rotations": """
        qreg q[3]; creg c[3]; ry(0.7) q[0]; cry(1.1) q[0], q[1]; crx(1.3) q[1], q[2]; crz(0.9) q[2], q[0];
        cy q[0], q[2]; h q[0]; measure q -> c;
    """,
    "many_controls": """
        qreg q[5]; creg c[5]; h q[0]; h q[1]; x q[2]; ry(1.0) q[3]; c3x q[0], q[1], q[2], q[3];
        c3sqrtx q[0], q[1], q[3], q[4]; c4x q[0], q[1], q[2], q[3], q[4]; h q[4]; c4x q[4], q[3], q[2], q[1], q[0];
        measure q -> c;
    """,
    "relative_phases": """
        qreg q[4]; creg c[4]; h q; rccx q[0], q[1], q[2]; t q[1]; rc3x q[0], q[1], q[2], q[3]; h q[0]; h q[2]; h q[3];
        measure q -> c;
    """,
    "idle_gates": """
        qreg q[2]; creg c[2]; h q[0]; id q[0]; u0(1) q[1]; u0(0.5) q[0]; cx q[0],q[1]; ry(0.2) q[1]; measure
        q->c;
    """,
    "primitives": "qreg q[2]; creg c[2]; U(0.3, 0.4, 0.5) q[0]; CX q[0], q[1]; U(pi/2, 0, pi) q[1]; measure q -> c;",
    "expressions": """
        qreg q[2]; creg c[2];
        rx(sqrt(2)^3/ln(7)) q[0]; ry(sin(pi/5) + cos(1) * tan(0.3) - exp(0.1)) q[1]; cx q[0], q[1]; rz(-(-2.5e-1)) q[0];
        ry(3 - 2 - 1 + 2^2^0.5) q[0]; measure q -> c;
    """,
    "permuted": """
        qreg q[3]; creg c[3]; x q[0]; ry(0.4) q[1]; measure q[0]->c[2]; measure q[1]->c[0]; measure
        q[2]->c[1];
    """,
    "partial": "qreg q[4]; creg c[2]; x q[3]; ry(0.5) q[2]; cx q[2], q[0]; measure q[2] -> c[0]; measure q[3] -> c[1];",
    "a_bit_never_measured": "qreg q[2]; creg c[4]; x q[0]; ry(0.3) q[1]; measure q[0] -> c[3]; measure q[1] -> c[1];",
    "two_registers": """
        qreg a[2]; qreg b[2]; creg low[1]; creg high[3]; x a[0]; ry(0.6) b[1]; cx b[1], a[1];
        measure b[1] -> low[0]; measure a[0] -> high[0]; measure b[0] -> high[1]; measure a[1] -> high[2];
    """,
    "three_registers_in_order": """
        qreg q[3]; creg first[1]; creg second[1]; creg third[1]; x q[0]; ry(1.2) q[1];
        measure q[0] -> first[0]; measure q[1] -> second[0]; measure q[2] -> third[0];
    """,
    "one_qubit_into_two_bits": """
        qreg q[2]; creg c[3]; ry(1) q[1]; x q[0]; measure q[1]->c[0]; measure q[1]->c[2]; measure q[0]->c[1];
    """,
    "a_bit_measured_twice": "qreg q[2]; creg c[1]; x q[0]; ry(0.4) q[1]; measure q[0] -> c[0]; measure q[1] -> c[0];",
    "measured_while_others_go_on": """
        qreg q[3]; creg c[3]; h q[0]; cx q[0],q[1]; measure q[0]->c[0]; ry(0.3) q[2]; cx q[1],q[2]; measure
        q[1]->c[1]; measure q[2]->c[2];
    """,
    "no_classical_bit": "qreg q[3]; x q[0]; ry(0.5) q[1]; cx q[1], q[2];",
    "names_that_mean_something_else_later": """
        gate box a { h a; } gate pow(inv) let { rx(inv) let; }
        qreg input[2]; qreg const[1]; creg output[2]; creg end[1];
        box input[0]; pow(0.7) input[1]; cx input[0], const[0]; measure input -> output; measure const[0] -> end[0];
    """,
    "own_gate_with_a_library_name": """
        gate swap a, b { h a; cx a, b; rz(0.4) b; cx a, b; }
        gate sx a { ry(0.9) a; } gate x a { rx(0.8) a; }
        qreg q[2]; creg c[2]; swap q[0], q[1]; sx q[0]; x q[1]; swap q[1], q[0]; measure q -> c;
    """,
    "registers_with_library_names": """
        qreg p[2]; qreg u[1]; creg sx[3]; ry(0.3) p[0]; cx p[0], u[0]; x p[1];
        measure p[0] -> sx[2]; measure u[0] -> sx[0]; measure p[1] -> sx[1];
    """,
    "own_gate_with_a_longer_name": """
        gate xx a { x a; } gate hh a, b { h a; xx b; cx a, b; } qreg q[2]; creg c[2]; hh q[0], q[1]; measure
        q->c;
    """,
    "gates_in_gates": """
        gate one(a) q { ry(a) q; } gate two(a, b) p, q { one(a/2) p; one(b + a) q; cx p, q; }
        gate three(a) p, q, r { two(a, -a) p, q; barrier p, q, r; two(2*a, a*a) q, r; }
        qreg q[3]; creg c[3]; three(0.7) q[2], q[0], q[1]; measure q -> c;
    """,
    "an_empty_gate": """
        gate nothing a, b { } qreg q[2]; creg c[2]; h q[0]; nothing q[0], q[1]; cx q[0], q[1]; measure q -> c;
    """,
    "whole_registers": """
        qreg a[2]; qreg b[2]; creg c[2]; creg d[2]; h a; cx a, b; ry(0.3) b; barrier a, b; measure a -> c;
        measure b -> d;
    """,
    "resets_at_the_start": "qreg q[2]; creg c[2]; reset q; ry(0.7) q[0]; cx q[0], q[1]; measure q -> c;",
    "all_in_one_line": "qreg q[1];creg c[1];h q[0];measure q[0]->c[0];",
}

_WHOLE_TEXTS = {
    "comments_everywhere": """// a comment
        /* another,
           of two lines */ OPENQASM 2.0; // "a string"
        include "qelib1.inc"; /* include "no.inc"; */
        qreg q[2]; // qreg no[2];
        creg c[2]; /* opaque no a; */ x q[0]; /**/ ry(0.5) q[1];
        measure q -> c; // end""",
    "byte_order_mark": f"\ufeff{_HEAD}qreg q[2]; creg c[2]; ry(0.3) q[0]; swap q[0], q[1]; measure q -> c;",
    "windows_lines": f"{_HEAD}qreg q[2];\ncreg c[2];\nry(0.3) q[0];\nmeasure q -> c;\n".replace("\n", "\r\n"),
    "library_written_out": """OPENQASM 2.0;
        gate u3(theta, phi, lambda) q { U(theta, phi, lambda) q; } gate cx c, t { CX c, t; }
        gate x a { u3(pi, 0, pi) a; } gate h a { u3(pi/2, 0, pi) a; } gate swap a, b { cx a, b; cx b, a; cx a, b; }
        qreg q[3]; creg c[3]; x q[0]; h q[1]; swap q[0], q[2]; cx q[1], q[0]; measure q -> c;
    """,
}

_DYNAMIC = {
    "teleportation": """
        qreg q[3]; creg a[1]; creg b[1]; creg out[1]; ry(0.9) q[0]; h q[1]; cx q[1], q[2]; cx q[0], q[1]; h q[0];
        measure q[0] -> a[0]; measure q[1] -> b[0]; if (b == 1) x q[2]; if (a == 1) z q[2]; measure q[2] -> out[0];
    """,
    "iterative_phase_estimation": """
        qreg q[2]; creg low[1]; creg high[1]; x q[1]; h q[0]; cu1(pi) q[0], q[1]; h q[0]; measure q[0] -> low[0];
        reset q[0]; h q[0]; cu1(pi/2) q[0], q[1]; if (low == 1) u1(-pi/2) q[0]; h q[0]; measure q[0] -> high[0];
    """,
    "bit_flip_code": """
        qreg q[3]; qreg a[2]; creg syndrome[2]; creg c[1]; ry(1.1) q[0]; cx q[0], q[1]; cx q[0], q[2]; rx(0.5) q[1];
        cx q[0], a[0]; cx q[1], a[0]; cx q[1], a[1]; cx q[2], a[1]; measure a -> syndrome;
        if (syndrome == 1) x q[0]; if (syndrome == 3) x q[1]; if (syndrome == 2) x q[2];
        cx q[0], q[1]; cx q[0], q[2]; measure q[0] -> c[0];
    """,
    "reuse_by_reset": """
        qreg q[1]; creg c[2]; ry(0.8) q[0]; measure q[0] -> c[0]; reset q[0]; ry(1.9) q[0]; measure q[0] ->
        c[1];
    """,
    "measured_and_turned": "qreg q[1]; creg c[2]; h q[0]; measure q[0] -> c[0]; h q[0]; measure q[0] -> c[1];",
    "condition_on_an_own_gate": """
        gate kick(a) p, q { cry(a) p, q; } qreg q[2]; creg c[1]; creg d[1];
        h q[0]; measure q[0] -> c[0]; if (c == 1) kick(0.7) q[0], q[1]; measure q[1] -> d[0];
    """,
}

STATIC: dict[str, str] = {**{name: _HEAD + text for name, text in _STATIC.items()}, **_WHOLE_TEXTS}
DYNAMIC: dict[str, str] = {name: _HEAD + text for name, text in _DYNAMIC.items()}
