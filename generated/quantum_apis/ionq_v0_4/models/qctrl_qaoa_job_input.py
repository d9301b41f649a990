# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..models.qctrl_qaoa_job_input_problem_type import QctrlQaoaJobInputProblemType

if TYPE_CHECKING:
    from ..models.adjacency_graph import AdjacencyGraph


@_define(eq=False, repr=False)
class QctrlQaoaJobInput(_reading.Model):
    """The problem that a QAOA job solves.

    Attributes:
        problem_type (QctrlQaoaJobInputProblemType): Kind of problem.
        problem (AdjacencyGraph): The graph to cut. Example: {'adjacency': [[{'id': 1}, {'id': 2}], [{'id': 0},
            {'id': 2}], [{'id': 0}, {'id': 1}]], 'directed': False, 'graph': [], 'multigraph': False, 'nodes': [{'id':
            0}, {'id': 1}, {'id': 2}]}.
    """

    problem_type: QctrlQaoaJobInputProblemType
    problem: AdjacencyGraph

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.adjacency_graph import AdjacencyGraph

        return _reading.Shape(
            _reading.Field(
                "problem_type", "problem_type", _reading.EnumOf(QctrlQaoaJobInputProblemType), required=True
            ),
            _reading.Field("problem", "problem", _reading.ModelOf(AdjacencyGraph), required=True),
        )
