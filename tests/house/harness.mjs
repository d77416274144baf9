// harness.mjs -- what every story shares: the private house that tests/run.mjs opened, fresh companies in it, and a
// neighbour whose rows carry the same ids. When a file's stories are told, the neighbour must be untouched.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after } from "node:test";
import { confirmEmail, enrol, hire, Mailbox, pause, signUp, Visitor, word } from "../../ops/dev/client.mjs";

export * from "../../ops/dev/client.mjs";

assert.ok(process.env.HOUSE_DIR, "stories are run by `make house` or `node tests/run.mjs tests/house`");
const port = Number(process.env.PORT);
export const where = { port, mailPort: port + 1, smtpPort: port + 2, privatePort: port + 3, stripePort: port + 6, streetPort: port + 9, dir: process.env.HOUSE_DIR, bin: process.env.BIN };
export const mailbox = new Mailbox(where);
export const site = (options) => new Visitor(where, "localhost", options);

// ---- a look behind the curtain, as the operator: rows of arrays of text ----

export function sql(text, schema, socket = process.env.POOL_DB_SOCKET) {
	// Whatever the language of the shell is, a bare machine's among them: rows are UTF-8.
	const words = ["--no-defaults", "--default-character-set=utf8mb4", "-A", "-N", "-B", "--raw", "-S", socket, ...(schema ? [schema] : []), "-e", text];
	for (let tries = 1; ; tries++) {
		try {
			const out = execFileSync("mariadb", words, { encoding: "utf8", maxBuffer: 64 << 20, stdio: ["ignore", "pipe", "pipe"] });
			return out === "" ? [] : out.replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
		} catch (e) {
			// The house works meanwhile: a lost race is tried again, like everywhere.
			if (tries === 5 || !/ERROR (1213|1205|1020) /.test(e.stderr)) throw e;
		}
	}
}
export const schemaOf = (slug) => sql(`SELECT schema_name FROM pool_control.tenant WHERE slug = '${slug}'`)[0]?.[0];

const poolctl = (...words) => execFileSync(`${where.bin}/poolctl`, words, { encoding: "utf8", env: process.env });
export { poolctl };

// ---- companies ----

let neighbour = null;
let before = null;

/*
 * Where it is noon now. Companies of stories live there, and the neighbour: their day does not end, their people are at work and no
 * clockwork of the house strikes (the next is at four) while a file is told, at whatever hour that is.
 */
const west = new Date().getUTCHours() - 12;
export const zone = west === 0 ? "Etc/GMT" : `Etc/GMT${west > 0 ? "+" : "-"}${Math.abs(west)}`;
/** Its day, n days on. */
export const day = (n = 0) => new Date(Date.now() - west * 3600000 + n * 86400000).toISOString().slice(0, 10);
/** When a minute of such a day is, in seconds. */
export const instant = (on, minute) => Date.parse(`${on}T00:00:00Z`) / 1000 + (minute + west * 60) * 60;

/** The house counts anew with each quarter of an hour: what is counted begins with some seconds of it to spare. */
export async function quarter() {
	const left = 900_000 - (Date.now() % 900_000);
	if (left < 20_000) await pause(left + 100);
}

/** A company whose owner has confirmed and enrolled: ready for work. With {fresh: true}: just signed up. */
export async function company(over = {}) {
	const { fresh, ...form } = over;
	const [next, c] = await Promise.all([neighbour ?? make({ company: "CANARY Neighbour Pools", owner: "CANARY Neighbour", zone }), fresh ? signUp(where, { zone, ...form }) : make({ zone, ...form })]);
	neighbour = next;
	c.schema = schemaOf(c.slug);
	twin(c);
	return c;
}
async function make(form) {
	const c = await signUp(where, form);
	c.schema = schemaOf(c.slug);
	await confirmEmail(mailbox, c.owner);
	await enrol(c.owner);
	return c;
}
export const neighbours = () => neighbour;

/** One person of each role. -> {manager: person, ...} */
export async function crew(c, roles = ["manager", "dispatcher", "billing", "technician", "read_only"]) {
	return Object.fromEntries(await Promise.all(roles.map(async (role) => [role, await hire(c, mailbox, role)])));
}

/** The neighbour gets rows with the ids of the company's own: same id, other words. */
export function twin(c) {
	const there = neighbour.schema;
	sql(`INSERT IGNORE INTO ${there}.staff (id, name, email, language, role, state, created_at)
		SELECT id, 'CANARY twin', CONCAT('canary-', id, '@neighbour.example'), 'en', 5, 2, 0 FROM ${c.schema}.staff;
		INSERT IGNORE INTO ${there}.customer (id, name, email, language, created_at)
		SELECT id, 'CANARY twin', CONCAT('canary-', id, '@neighbour.example'), 'en', 0 FROM ${c.schema}.customer;
		INSERT IGNORE INTO ${there}.device (id, staff_id, name, made_at, seen_at) SELECT id, staff_id, 'CANARY', 0, 0 FROM ${c.schema}.device;
		-- The customer record: the same ids, every word and code somebody else's.
		INSERT IGNORE INTO ${there}.property (id, customer_id, street, city, region, postcode, gate_code)
		SELECT id, customer_id, 'CANARY street', 'CANARY', 'CA', '0', 'CANARY' FROM ${c.schema}.property;
		INSERT IGNORE INTO ${there}.pool (id, property_id, kind, name) SELECT id, property_id, 1, 'CANARY' FROM ${c.schema}.pool;
		INSERT IGNORE INTO ${there}.equipment (id, pool_id, kind, make) SELECT id, pool_id, 1, 'CANARY' FROM ${c.schema}.equipment;
		INSERT IGNORE INTO ${there}.contact (id, customer_id, name, relation, language) SELECT id, customer_id, 'CANARY', 1, 'en' FROM ${c.schema}.contact;
		INSERT IGNORE INTO ${there}.note (id, customer_id, on_kind, on_id, audience, body, staff_id, made_at)
		SELECT id, customer_id, on_kind, on_id, 1, 'CANARY', 0, 0 FROM ${c.schema}.note;
		INSERT IGNORE INTO ${there}.file (id, customer_id, on_kind, on_id, name, type, state, bytes, staff_id, made_at)
		SELECT id, customer_id, on_kind, on_id, 'CANARY', type, state, 1, 0, 0 FROM ${c.schema}.file;
		-- The schedule and the company's own lists.
		INSERT IGNORE INTO ${there}.service (id, name, kind, minutes, checklist, parts)
		SELECT id, CONCAT('CANARY ', id), kind, 1, '[]', '[]' FROM ${c.schema}.service;
		INSERT IGNORE INTO ${there}.setting (id, kind, owner_id, name, body) SELECT id, kind, owner_id, CONCAT('CANARY ', id), '{}' FROM ${c.schema}.setting;
		INSERT IGNORE INTO ${there}.agreement (id, customer_id, property_id, repeats, starts_day)
		SELECT id, customer_id, property_id, repeats, starts_day FROM ${c.schema}.agreement;
		INSERT IGNORE INTO ${there}.visit (id, agreement_id, occurs_day, customer_id, property_id, service_id, day, minutes, state, source, note)
		SELECT id, agreement_id, occurs_day, customer_id, property_id, service_id, day, 1, state, source, 'CANARY' FROM ${c.schema}.visit;
		INSERT IGNORE INTO ${there}.bill (id, kind, state, customer_id, currency, day, due_day, title, made_at)
		SELECT id, kind, state, customer_id, currency, day, due_day, 'CANARY', 1 FROM ${c.schema}.bill;
		INSERT IGNORE INTO ${there}.conversation (id, who, customer_id, state, name) SELECT id, CONCAT('CANARY ', id), customer_id, state, 'CANARY' FROM ${c.schema}.conversation;
		INSERT IGNORE INTO ${there}.message (id, conversation_id, direction, medium, occasion, state, message_key, address, body, actor_kind, at, due_at)
		SELECT id, conversation_id, direction, medium, occasion, 8, CONCAT('CANARY ', id), 'CANARY', 'CANARY', 0, 0, 0 FROM ${c.schema}.message;
		INSERT IGNORE INTO ${there}.batch (id, kind, state, staff_id, made_at, body) SELECT id, kind, state, 0, 0, '{}' FROM ${c.schema}.batch;
		INSERT IGNORE INTO ${there}.role (id, name, may) SELECT id, CONCAT('CANARY ', id), may FROM ${c.schema}.role`);
	before = fingerprint(neighbour);
}

// The house's own clockwork may pass through these at any time.
const CLOCKWORK = ["job", "idempotency", "session"];
let tables = "";

function fingerprint(c) {
	tables ||= sql(`SELECT table_name FROM information_schema.tables WHERE table_schema = '${c.schema}'`)
		.filter(([t]) => !CLOCKWORK.includes(t))
		.join(", ");
	// When somebody was seen is marked once a minute: on a slow machine a neighbour who asks is marked too.
	return sql(`CHECKSUM TABLE ${tables}; SELECT 'session', COUNT(*), BIT_XOR(CRC32(CONCAT_WS('|', id, HEX(token_hash), actor_kind, actor_id, door,
		second_factor, created_at, stepped_up_at, expires_at, IFNULL(ended_at, '-'), ip, agent))) FROM session`, c.schema).join("\n");
}

after(() => {
	if (neighbour) assert.equal(fingerprint(neighbour), before, "the neighbour was touched");
});

// ---- clockwork, without its hour ----

/** What somebody asks for wakes a worker: it looks at this company now, and not within the minute. */
export const wake = async (c) => granted(await new Visitor(where, c.host).post("/api/auth/portal-links", { email: `nobody@${word()}.example` }), 204);

/** A job of this kind is due in the company, and a worker knows. */
export async function set_job(c, id, kind) {
	sql(`INSERT INTO job (id, kind, state, due_at, payload, made_at) VALUES (${id}, '${kind}', 1, 1, '', 0)`, c.schema);
	await wake(c);
}

// ---- what answers look like ----

export function refused(answer, status, code, field) {
	assert.equal(answer.status, status, answer.text.slice(0, 400));
	assert.equal(answer.body?.error?.code, code);
	if (field !== undefined) assert.equal(answer.body.error.field, field);
	assert.ok(answer.body.error.message, "an error says why");
	assert.ok(answer.body.error.trace, "an error can be traced");
	return answer.body.error;
}
export function granted(answer, status = 200) {
	assert.equal(answer.status, status, answer.text.slice(0, 400));
	return answer.body;
}

/** A token with one letter of its seal changed: in the middle, for of the last ones not every bit counts. */
export function bent(token) {
	const at = token.length - 9;
	return token.slice(0, at) + (token[at] === "A" ? "B" : "A") + token.slice(at + 1);
}

export { until } from "./until.mjs";
