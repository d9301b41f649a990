"""Names for what a vendor writes out in place."""

import copy

from scripts.diff import compare
from scripts.naming import give_names
from scripts.normalise import normalise
from scripts.services import SERVICES
from scripts.spec_files import Document

from .big_api import BIG


def named(document: Document) -> Document:
    result, problems = give_names(document)
    assert problems == []
    assert "x-component-name" not in str(result)
    return result


def test_what_is_written_out_in_place_becomes_a_component_and_the_interface_stays() -> None:
    document = copy.deepcopy(BIG)
    document["components"]["schemas"]["Job"]["properties"]["stats"]["x-component-name"] = "Stats"
    document["paths"]["/jobs"]["post"]["responses"]["429"]["x-component-name"] = "TooManyRequests"
    document["paths"]["/jobs"]["get"]["parameters"][1]["x-component-name"] = "limit"
    result = named(document)
    assert result["components"]["schemas"]["Job"]["properties"]["stats"] == {"$ref": "#/components/schemas/Stats"}
    assert result["components"]["schemas"]["Stats"]["properties"] == {"qubits": {"type": "integer"}}
    assert result["paths"]["/jobs"]["post"]["responses"]["429"] == {"$ref": "#/components/responses/TooManyRequests"}
    assert result["components"]["parameters"]["limit"]["name"] == "limit"
    assert compare(BIG, result) == []


def test_one_name_for_the_same_thing_in_two_places_is_one_component() -> None:
    document = copy.deepcopy(BIG)
    fields = document["components"]["schemas"]["Job"]["properties"]
    fields["more"] = copy.deepcopy(fields["stats"])
    for key in ("stats", "more"):
        fields[key]["x-component-name"] = "Stats"
    assert named(document)["components"]["schemas"]["Job"]["properties"]["more"] == {
        "$ref": "#/components/schemas/Stats"
    }


def test_null_stays_where_the_object_was() -> None:
    document = copy.deepcopy(BIG)
    fields = document["components"]["schemas"]["Job"]["properties"]
    fields["stats"] |= {"type": ["object", "null"], "x-component-name": "Stats"}
    result = named(document)
    reference = {"$ref": "#/components/schemas/Stats"}
    assert result["components"]["schemas"]["Job"]["properties"]["stats"] == {"anyOf": [reference, {"type": "null"}]}
    assert result["components"]["schemas"]["Stats"]["type"] == "object"


def test_a_component_is_renamed_with_everything_that_refers_to_it() -> None:
    document = copy.deepcopy(BIG)
    document["components"]["schemas"]["Status"]["x-component-name"] = "JobStatus"
    union = {"oneOf": [{"$ref": "#/components/schemas/Status"}], "discriminator": {"propertyName": "x"}}
    union["discriminator"] |= {"mapping": {"a": "#/components/schemas/Status"}}  # type: ignore[operator]  # a dict, as above
    document["components"]["schemas"]["Union"] = union
    result = named(document)
    assert "schemas/Status" not in str(result)
    assert "Status" not in result["components"]["schemas"]
    assert result["components"]["schemas"]["Union"]["discriminator"]["mapping"] == {
        "a": "#/components/schemas/JobStatus"
    }
    assert compare(BIG, {**result, "paths": result["paths"]}) == []


def test_a_name_that_cannot_be_given_is_told() -> None:
    document = copy.deepcopy(BIG)
    fields = document["components"]["schemas"]["Job"]["properties"]
    fields["stats"]["x-component-name"] = fields["strict"]["x-component-name"] = "Same"
    fields["status"] = {"$ref": "#/components/schemas/Status", "x-component-name": "Other"}
    document["components"]["schemas"]["NewJob"]["x-component-name"] = "Job"
    document["info"]["x-component-name"] = "Info"
    problems = "\n".join(give_names(document)[1])
    for message in (
        "#/components/schemas/Job/properties/strict: cannot be called Same: something else is called that",
        "#/components/schemas/Job/properties/status: cannot be called Other: it is a reference",
        "#/components/schemas: two components would have one name",
        "#/info: cannot be called Info: it is a info",
    ):
        assert message in problems


def test_without_names_nothing_changes() -> None:
    for service in SERVICES:
        document = normalise(BIG, service)
        assert give_names(document) == (document, [])
