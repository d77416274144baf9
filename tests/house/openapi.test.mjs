// The API's own description: valid JSON Schema 2020-12, whole, and true of what the house answers.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { before, test } from "node:test";
import Ajv from "ajv/dist/2020.js";
import { company, granted, site, where } from "./harness.mjs";

const METHODS = ["get", "post", "put", "patch", "delete"];
let c, api, ajv, operations;

before(async () => {
	c = await company();
	api = granted(await site().get("/api/openapi.json"));
	ajv = new Ajv({ strict: false, allErrors: true, formats: { date: /^\d{4}-\d{2}-\d{2}$/ } });
	ajv.addSchema({ ...api, $id: "api" });
	operations = Object.entries(api.paths).flatMap(([path, at]) =>
		METHODS.filter((m) => at[m]).map((method) => ({ path, method, ...at[method] })),
	);
});
const schema = (name) => ajv.compile({ $ref: `api#/components/schemas/${name}` });
const nameOf = (content) => content?.["application/json"]?.schema.$ref?.replace("#/components/schemas/", "");

test("every shape is a valid schema by the meta-schema of 2020-12", () => {
	const meta = ajv.getSchema("https://json-schema.org/draft/2020-12/schema");
	assert.ok(meta);
	assert.ok(Object.keys(api.components.schemas).length > 5);
	for (const [name, one] of Object.entries(api.components.schemas))
		assert.ok(meta(one), `${name}: ${ajv.errorsText(meta.errors)}`);
	for (const { path, method, parameters } of operations)
		for (const p of parameters) if (p.schema) assert.ok(meta(p.schema), `${method} ${path} ${p.name}`);
	assert.equal(meta({ type: "no such type" }), false, "the meta-schema can refuse");
});

test("every reference leads somewhere", () => {
	const walk = (node) => {
		if (node === null || typeof node !== "object") return;
		if (typeof node.$ref === "string") {
			const found = node.$ref.replace(/^#\//, "").split("/").reduce((at, key) => at?.[key], api);
			assert.ok(found, node.$ref);
		}
		for (const child of Object.values(node)) walk(child);
	};
	walk(api);
});

test("every example is what its schema lets in", () => {
	let examples = 0;
	for (const { path, method, requestBody } of operations) {
		const content = requestBody?.content;
		if (!content?.["application/json"]) continue; // a form with a file has no example
		const valid = schema(nameOf(content));
		for (const [name, { value }] of Object.entries(content["application/json"].examples)) {
			assert.ok(valid(value), `${method} ${path}, ${name}: ${ajv.errorsText(valid.errors)}`);
			examples++;
		}
	}
	assert.ok(examples > 0);
});

test("operations have names of their own, tell who may, and declare each part of their path", () => {
	const names = operations.map((o) => o.operationId);
	assert.equal(new Set(names).size, names.length);
	for (const o of operations) {
		const declared = o.parameters.map((p) => p.$ref?.replace("#/components/parameters/", "")).filter((n) => /^id/.test(n));
		const wanted = [...o.path.matchAll(/\{(\w+)\}/g)].map((m) => m[1]);
		assert.deepEqual(declared, wanted, `${o.method} ${o.path}`);
		assert.ok(["anyone", "signed_in", "may"].includes(o["x-who"]));
		assert.equal(o["x-who"] === "may", o["x-may"].length > 0, `${o.method} ${o.path}`);
		assert.equal(o["x-who"] === "anyone", o.security.length === 0, `${o.method} ${o.path}`);
	}
});

test("every operation has its story", () => {
	for (const o of operations) {
		const told = ["house", "browser", "long"].some((folder) => existsSync(`tests/${folder}/${o["x-story"]}`));
		assert.ok(told, `${o.method} ${o.path}: tests/*/${o["x-story"]}`);
	}
});

test("the description and the list of routes name the same doors", () => {
	const listed = execFileSync(`${where.bin}/poold`, ["routes"], { encoding: "utf8" })
		.trim()
		.split("\n")
		.map((line) => line.split("\t")[0].replace(/\s+/, " ").replace(/:(id2?)/g, "{$1}").trim())
		.filter((line) => line.includes("/api/"));
	const described = operations.map((o) => `${o.method.toUpperCase()} ${o.path}`);
	assert.deepEqual(described.sort(), listed.sort());
});

test("what the owner is answered is what was described", async () => {
	let answers = 0;
	for (const o of operations) {
		const name = nameOf(o.responses["200"]?.content);
		if (o.method !== "get" || !name || o.path.includes("{") || o["x-surface"] !== "office") continue;
		if (o.parameters.some((p) => p.in === "query" && p.required)) continue;
		const body = granted(await c.owner.visitor.get(o.path));
		const valid = schema(name);
		assert.ok(valid(body), `${o.path}: ${ajv.errorsText(valid.errors)}`);
		answers++;
	}
	assert.ok(answers >= 4, `${answers} answers were compared`);
});

test("an error looks as described", async () => {
	const valid = schema("Error");
	const answer = await c.owner.visitor.get("/api/office/nothing-here");
	assert.equal(answer.status, 404);
	assert.ok(valid(answer.body), ajv.errorsText(valid.errors));
});
