// client.mjs -- a visitor of the house, for the demonstration company and for the stories in tests/: HTTP with a
// cookie jar, letters from the mailbox, second-factor codes. It always connects to 127.0.0.1 and names the host in
// the header, because not every resolver knows *.localhost.
import { createHmac, randomBytes } from "node:crypto";
import http from "node:http";

/* A machine that does other work as well may be waited for longer. */
const WAIT_MS = Number(process.env.WAIT_MS ?? 60_000);

export class Visitor {
	/** where: {port, mailPort, domain?}; host: "localhost" (the site) or "<slug>.localhost" (a company) */
	constructor(where, host, { language = "en", address = "" } = {}) {
		this.where = where;
		this.host = host;
		this.language = language;
		this.address = address; // pretended, for tests of places; development's nginx believes loopback
		this.jar = new Map();
	}
	get origin() {
		return `http://${this.host}:${this.where.port}`;
	}
	at(host) {
		const other = new Visitor(this.where, host, this);
		return other;
	}

	/** One request. The body is JSON unless it is a string or buffer. -> {status, headers, bytes, text, body} */
	call(method, path, body, headers = {}) {
		const unsafe = method !== "GET" && method !== "HEAD";
		const all = {
			host: `${this.host}:${this.where.port}`,
			"accept-language": this.language,
			"user-agent": "poolhouse-visitor",
			...(this.address && { "x-forwarded-for": this.address }),
			...(this.jar.size && { cookie: [...this.jar].map(([n, v]) => `${n}=${v}`).join("; ") }),
			...(unsafe && { origin: this.origin, "x-poolhouse": "1" }),
			...(body !== undefined && { "content-type": "application/json" }),
			...headers,
		};
		for (const name of Object.keys(all)) if (all[name] === null) delete all[name];
		const sent = body === undefined || typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body);
		if (unsafe && all["content-length"] === undefined) all["content-length"] = Buffer.byteLength(sent ?? "");
		return new Promise((done, failed) => {
			const request = http.request(
				{ host: "127.0.0.1", port: this.where.port, method, path, headers: all, agent: false, timeout: WAIT_MS },
				(response) => {
					const parts = [];
					response.on("data", (p) => parts.push(p));
					response.on("error", failed);
					response.on("end", () => {
						this.#cookies(response.headers["set-cookie"] ?? []);
						const bytes = Buffer.concat(parts);
						const text = bytes.toString("utf8");
						const json = /^application\/(\w+\+)?json/.test(response.headers["content-type"] ?? "");
						done({ status: response.statusCode, headers: response.headers, bytes, text, body: json && text ? JSON.parse(text) : null });
					});
				},
			);
			request.on("timeout", () => request.destroy(new Error(`${method} ${path}: no answer in ${WAIT_MS / 1000} s`)));
			request.on("error", failed);
			request.end(sent);
		});
	}
	get = (path, headers) => this.call("GET", path, undefined, headers);
	post = (path, body = {}, headers = {}) => this.call("POST", path, body, headers);
	put = (path, body, headers) => this.call("PUT", path, body, headers);
	delete = (path, body, headers) => this.call("DELETE", path, body, headers);

	/** A form with one file, as a browser sends it. */
	file(path, bytes, filename = "file", headers = {}) {
		const mark = `poolhouse${randomBytes(12).toString("hex")}`;
		const head = `--${mark}\r\nContent-Disposition: form-data; name="file"; filename="${filename}"\r\nContent-Type: application/octet-stream\r\n\r\n`;
		const form = Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${mark}--\r\n`)]);
		return this.call("POST", path, form, { "content-type": `multipart/form-data; boundary=${mark}`, ...headers });
	}

	/** The same, but only with the status that is hoped for: else it throws what came. */
	async must(status, method, path, body, headers) {
		const answer = await this.call(method, path, body, headers);
		if (answer.status !== status)
			throw new Error(`${method} ${this.origin}${path}: ${answer.status} instead of ${status}: ${answer.text.slice(0, 500)}`);
		return answer.body;
	}

	#cookies(lines) {
		for (const line of lines) {
			const [pair, ...attributes] = line.split(";").map((s) => s.trim());
			const [name, value] = [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)];
			const gone = attributes.some((a) => /^max-age=0$/i.test(a)) || value === "";
			if (gone) this.jar.delete(name);
			else this.jar.set(name, value);
		}
	}
}

// ---- the other side of card payments: ops/stripe ----

/** What a person at the bank would do: bank(where, "settle", {account, id}). */
export const bank = (where, verb, what = {}) => ask(where.stripePort, "POST", `/_test/${verb}`, what);

/** The company fills in the processor's form, and may take cards. -> its account there */
export async function takeCards(where, owner) {
	const v = owner.visitor;
	if ((await v.post("/api/office/processor/connections", {})).status === 403) {
		await v.must(204, "POST", "/api/auth/step-ups", { password: owner.password, code: await owner.codes.next() });
		await v.must(201, "POST", "/api/office/processor/connections", {});
	}
	const until = async (what, ask) => {
		for (const end = Date.now() + 30_000; ; await pause(50)) {
			const got = await ask();
			if (got) return got;
			if (Date.now() > end) throw new Error(`the processor: no ${what} in 30 s`);
		}
	};
	const url = await until("link", async () => (await v.must(201, "POST", "/api/office/processor/links", {})).url);
	await bank(where, "onboard", { id: url.split("/").pop() });
	await until("readiness", async () => (await v.must(200, "GET", "/api/office/processor")).ready);
	return (await bank(where, "all", { kind: "v2.core.account" })).find((a) => a.contact_email === owner.email).id;
}

// ---- letters ----

function ask(port, method, path, body) {
	return new Promise((done, failed) => {
		const request = http.request({ host: "127.0.0.1", port, method, path, headers: { host: `localhost:${port}` }, agent: false }, (r) => {
			let text = "";
			r.setEncoding("utf8");
			r.on("data", (t) => (text += t));
			r.on("end", () => done(JSON.parse(text)));
		});
		request.on("error", failed);
		request.end(body === undefined ? undefined : JSON.stringify(body));
	});
}

export const pause = (ms) => new Promise((later) => setTimeout(later, ms));

export class Mailbox {
	constructor(where) {
		this.port = where.mailPort;
	}
	list = (to, after = 0) => ask(this.port, "GET", `/api/messages?after=${after}${to ? `&to=${encodeURIComponent(to)}` : ""}`);
	read = (id) => ask(this.port, "GET", `/api/messages/${id}`);
	faults = (what) => ask(this.port, "PUT", "/api/faults", what);

	/** The first letter to somebody that fits; waits for it. wanted: a regular expression over its text */
	async letter(to, wanted = /./, { after = 0, seconds = 30 } = {}) {
		// So many seconds, and four questions for each: a machine that stood still meanwhile has not answered.
		const end = Date.now() + seconds * 1000;
		for (let asked = 1; ; asked++, await pause(50)) {
			for (const { id } of await this.list(to, after)) {
				const letter = await this.read(id);
				if (wanted.test(letter.text)) return letter;
			}
			if (Date.now() > end && asked > seconds * 4) throw new Error(`no letter to ${to} with ${wanted} in ${seconds} s`);
		}
	}
	/** The token in a letter's link: /confirm#<token> */
	async token(to, door, options) {
		const letter = await this.letter(to, new RegExp(`/${door}#`), options);
		return letter.text.match(new RegExp(`/${door}#([A-Za-z0-9._-]+)`))[1];
	}
}

// ---- second factor ----

export function totp(secret, step) {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	const bits = [...secret.replace(/[^A-Z2-7]/g, "")].map((c) => letters.indexOf(c).toString(2).padStart(5, "0")).join("");
	const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((b) => Number.parseInt(b, 2)));
	const counter = Buffer.alloc(8);
	counter.writeBigUInt64BE(BigInt(step));
	const mac = createHmac("sha1", key).update(counter).digest();
	return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/*
 * A person's codes: each works once, and the house takes one step either way. Waits if all three are spent. The oldest
 * is left out shortly before it is too old: it would be on its way when the house looks at its clock.
 */
const ON_ITS_WAY_MS = 6_000;
export class Codes {
	constructor(secret) {
		this.secret = secret;
		this.last = 0;
	}
	async next() {
		for (;;) {
			const now = Math.floor(Date.now() / 30_000);
			const oldest = Math.floor((Date.now() + ON_ITS_WAY_MS) / 30_000) - 1;
			const step = Math.max(oldest, this.last + 1);
			if (step <= now + 1) {
				this.last = step;
				return totp(this.secret, step);
			}
			await pause(500);
		}
	}
}

// ---- the way in ----

export const PASSWORD = "nine green herons wade";
export const word = () => randomBytes(5).toString("hex");

/** Sign a company up and walk in with its ticket. -> {slug, host, owner: {visitor, email, password, id, codes}} */
export async function signUp(where, over = {}) {
	const w = word();
	const form = {
		company: `Blue Pools ${w}`,
		slug: `blue-${w}`,
		owner: "Olga Owner",
		email: `olga@${w}.example`,
		password: PASSWORD,
		country: "US",
		zone: "America/Los_Angeles",
		language: "en",
		...over,
	};
	const site = new Visitor(where, "localhost", { language: form.language });
	let answer;
	// The stock of spare schemas may be empty for a moment; the key makes trying again safe.
	for (const key = word(), end = Date.now() + 60_000; ; await pause(500)) {
		answer = await site.post("/api/auth/signups", form, { "idempotency-key": `signup-${key}` });
		if (answer.status !== 503 || Date.now() > end) break;
	}
	if (answer.status !== 201) throw new Error(`sign-up: ${answer.status} ${answer.text.slice(0, 500)}`);
	const visitor = new Visitor(where, `${form.slug}.localhost`, { language: form.language });
	const session = await visitor.must(201, "POST", "/api/auth/tickets", { ticket: answer.body.ticket });
	return { ...form, host: visitor.host, signedUp: answer.body, session, owner: { visitor, email: form.email, password: form.password, codes: null } };
}

export async function confirmEmail(mailbox, person) {
	const token = await mailbox.token(person.email, "confirm");
	await person.visitor.must(204, "POST", "/api/auth/confirmations", { token });
}

/** Enrol the second factor. -> the recovery codes */
export async function enrol(person) {
	const offer = await person.visitor.must(201, "POST", "/api/auth/totp");
	person.codes = new Codes(offer.secret);
	const answer = await person.visitor.call("POST", "/api/auth/totp/confirmations", { code: await person.codes.next() });
	if (answer.status !== 200 && answer.status !== 201) throw new Error(`enrolment: ${answer.status} ${answer.text}`);
	person.recovery = answer.body.codes.map((c) => c.code);
	return person.recovery;
}

/** Invite one person, accept as them, enrol if they owe it. -> {visitor, email, password, role, id, codes} */
export async function hire(company, mailbox, role, over = {}) {
	const email = over.email ?? `${role.replace("_", "-")}-${word()}@staff.example`;
	const line = await company.owner.visitor.must(201, "POST", "/api/office/staff", {
		name: over.name ?? `Person ${role}`,
		email,
		role,
		language: over.language ?? "en",
	});
	const token = await mailbox.token(email, "invitation");
	const visitor = new Visitor(company.owner.visitor.where, company.host, { language: over.language ?? "en" });
	const person = { visitor, email, password: over.password ?? PASSWORD, role, id: line.id, codes: null };
	const session = await visitor.must(201, "POST", "/api/auth/invitations", {
		token,
		name: over.name ?? `Person ${role}`,
		password: person.password,
		language: over.language ?? "en",
	});
	person.door = session.door;
	if (session.owes_second_factor) await enrol(person);
	return person;
}

/** Sign in afresh (a new session in a new jar). */
export async function signIn(person) {
	const visitor = new Visitor(person.visitor.where, person.visitor.host, person.visitor);
	const form = { email: person.email, password: person.password };
	if (person.codes) form.code = await person.codes.next();
	await visitor.must(201, "POST", "/api/auth/sessions", form);
	return visitor;
}
