#!/usr/bin/env python3
"""Makes test/Surety.Server.Tests/Contract/pelion.json from Pelion's public Swagger file: names, types, bounds and statuses, without its prose.

    eng/extract-contract.py pelion_dm_public_openapi.yaml

Needs python3-yaml. Run it when the contract changes, which it has not done since 2020.
"""
import json
import pathlib
import sys

import yaml

METHODS = ("get", "put", "post", "delete", "patch")
KEPT = ("type", "format", "pattern", "minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "maxProperties", "enum", "required", "x-nullable")


def schema(source):
    if not isinstance(source, dict):
        return {}
    if "$ref" in source:
        return {"ref": source["$ref"].rsplit("/", 1)[1]}
    if "schema" in source:
        return schema(source["schema"])
    made = {("nullable" if key == "x-nullable" else key): source[key] for key in KEPT if key in source}
    if "properties" in source:
        made["properties"] = {name: schema(value) for name, value in source["properties"].items()}
    if "items" in source:
        made["items"] = schema(source["items"])
    if isinstance(source.get("additionalProperties"), dict):
        made["additionalProperties"] = schema(source["additionalProperties"])
    return made


def operation(method, path, source):
    made = {"id": source["operationId"].rstrip("."), "method": method.upper(), "path": path.replace("//", "/"), "query": [], "form": [], "responses": {}}
    if source.get("deprecated"):
        made["deprecated"] = True
    for parameter in source.get("parameters", []):
        if parameter["in"] == "body":
            made["body"] = schema(parameter["schema"])
        elif parameter["in"] == "query":
            made["query"].append(parameter["name"])
        elif parameter["in"] == "formData":
            made["form"].append(parameter["name"])
    for status, response in source["responses"].items():
        made["responses"][str(status)] = schema(response["schema"]) if "schema" in response else None
    return {key: value for key, value in made.items() if value != []}


def main():
    source = yaml.safe_load(pathlib.Path(sys.argv[1]).read_text())
    operations = [operation(method, path, item[method]) for path, item in source["paths"].items() for method in METHODS if method in item]
    schemas = {name: schema(value) for name, value in source["definitions"].items()}
    rows = ",\n".join(json.dumps(row, separators=(",", ":")) for row in operations)
    names = ",\n".join(f"{json.dumps(name)}:{json.dumps(value, separators=(',', ':'))}" for name, value in schemas.items())
    target = pathlib.Path(__file__).parent.parent / "test/Surety.Server.Tests/Contract/pelion.json"
    target.write_text(f'{{"operations":[\n{rows}\n],"schemas":{{\n{names}\n}}}}\n')


main()
