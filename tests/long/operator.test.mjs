// The operator's desk under way: keys replaced while people sign in and the replacer is killed, a company that is
// behind or paused while the next one works, a company taken out and brought in again with its people's passwords.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { company, hire, mailbox, poolctl, refused, granted, signIn, sql, until, Visitor, where, word } from "../house/harness.mjs";

const pid = (part) => Number(readFileSync(join(where.dir, "pid", part), "utf8"));
const random = (n) => Math.floor(Math.random() * n);
let c, tina;

before(async () => {
	c = await company();
	tina = await hire(c, mailbox, "technician");
});

/** A program killed with -9 after a moment. -> had it ended by itself? */
function kill_in_the_middle(ms, ...words) {
	return new Promise((done) => {
		const child = spawn(`${where.bin}/poolctl`, words, { stdio: "ignore", env: process.env });
		const timer = setTimeout(() => child.kill("SIGKILL"), ms);
		child.on("exit", (code) => {
			clearTimeout(timer);
			done(code === 0);
		});
	});
}
async function replace_processes() {
	const children = (part) => spawnSync("pgrep", ["-P", String(pid(part))], { encoding: "utf8" }).stdout.trim().split("\n").filter(Boolean);
	for (const part of ["web", "auth", "jobs"]) {
		const old = children(part);
		process.kill(pid(part), "SIGHUP");
		await until(`${part} is replaced`, () => {
			const now = children(part);
			return now.length > 0 && now.every((p) => !old.includes(p));
		}, Boolean, 40);
	}
	process.kill(pid("spares"), "SIGHUP");
}
const works = async () => {
	await signIn(tina);
	granted(await c.owner.visitor.get("/api/office/company"));
};
const root_of = () => Number(sql("SELECT MIN(root_version) FROM pool_control.tenant_key")[0][0]);

test("the root key is replaced while people work, and its replacer is killed twenty times", async () => {
	const file = process.env.POOL_MASTER_KEY_FILE;
	const fresh = join(where.dir, "fresh.key");
	writeFileSync(fresh, `${randomBytes(32).toString("hex")}\n`, { mode: 0o400 });
	assert.equal(root_of(), 1);
	poolctl("keys", "rotate", "--root", fresh);
	await works(); // the processes know the old root only, and nothing hangs on the new one
	await replace_processes();
	await works();
	for (let i = 0; i < 20; i++) {
		await kill_in_the_middle(5 + random(120), "keys", "rotate");
		await works();
	}
	poolctl("keys", "rotate");
	assert.equal(root_of(), 2);
	await works();
	poolctl("keys", "prune");
	assert.match(readFileSync(file, "utf8"), /^2 [0-9a-f]{64}\n$/);
	await replace_processes();
	await works();
	// What is made from now on hangs on the new root as well.
	const d = await company();
	granted(await d.owner.visitor.get("/api/office/company"));
});

test("data keys are replaced, and what was sealed with the old ones is sealed again", async () => {
	sql("UPDATE pool_control.tenant_key SET made_at = made_at - 200000");
	const versions = () => sql(`SELECT COUNT(*) FROM pool_control.tenant_key k JOIN pool_control.tenant t ON t.id = k.tenant_id WHERE t.slug = '${c.slug}'`)[0][0];
	assert.equal(versions(), "1");
	for (let i = 0; i < 5; i++) await kill_in_the_middle(5 + random(60), "keys", "rotate", "--data", "--no-wait");
	poolctl("keys", "rotate", "--data", "--no-wait");
	assert.equal(versions(), "2");
	await works();
	await hire(c, mailbox, "technician"); // a letter goes out: its job was sealed with one of the two
});

test("a company that is behind is asked to wait, alone, and comes back by itself", async () => {
	const d = await company();
	const ask = (who) => who.owner.visitor.get("/api/office/company");
	granted(await ask(d));
	sql(`UPDATE pool_control.tenant SET step = step - 2 WHERE slug = '${d.slug}'`);
	await until("a company two steps behind is refused", async () => (await ask(d)).status === 503, Boolean, 40);
	const answer = await ask(d);
	refused(answer, 503, "away");
	assert.ok(Number(answer.headers["retry-after"]) > 0);
	granted(await ask(c));
	poolctl("migrate", "--all");
	await until("it is served again", async () => (await ask(d)).status === 200, Boolean, 10);
});

test("a paused company is closed to its people, and open again when that ends", async () => {
	const d = await company();
	const ask = (who) => who.owner.visitor.get("/api/office/company");
	granted(await ask(d));
	poolctl("tenants", "suspend", d.slug);
	await until("a paused company is refused", async () => (await ask(d)).status === 503, Boolean, 40);
	granted(await ask(c));
	poolctl("tenants", "resume", d.slug);
	await until("it is served again", async () => (await ask(d)).status === 200, Boolean, 10);
});

test("a company comes back under another address with its people's passwords, and the old one goes", async () => {
	const d = await company();
	const tom = await hire(d, mailbox, "technician");
	const archive = join(where.dir, "company.tar");
	const slug = `back-${word()}`;
	poolctl("tenants", "export", d.slug, archive);
	poolctl("import", archive, "--slug", slug);
	const host = `${slug}.localhost`;
	const moved = (person) => ({ ...person, visitor: new Visitor(where, host) });
	const there = await signIn(moved(tom));
	granted(await there.get("/api/tech/me"));
	// The second factor and the recovery codes have come along, and the audit log is still whole.
	const owner = new Visitor(where, host);
	await owner.must(201, "POST", "/api/auth/sessions", { email: d.owner.email, password: d.owner.password, code: d.owner.recovery[0] });
	assert.equal((await owner.must(200, "GET", "/api/office/audit/verification")).whole, true);
	const people = async (v) => (await v.must(200, "GET", "/api/office/staff")).rows.map((p) => [p.id, p.name, p.email]).sort();
	assert.deepEqual(await people(owner), await people(d.owner.visitor));
	// Who was signed in at the old address is not signed in at the new one.
	assert.equal((await new Visitor(where, host).get("/api/office/me")).status, 401);

	poolctl("tenants", "delete", d.slug, "--yes");
	await until("the old address is gone", async () => (await d.owner.visitor.get("/api/auth/company")).status === 404, Boolean, 40);
	assert.deepEqual(sql(`SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name = '${d.schema}'`)[0], ["0"]);
	assert.deepEqual(sql(`SELECT COUNT(*) FROM mysql.user WHERE user = '${d.schema}'`)[0], ["0"]);
	granted(await owner.get("/api/office/company"));
});

test("the whole house is well afterwards", () => {
	poolctl("spares");
	const said = spawnSync(`${where.bin}/poolctl`, ["health"], { encoding: "utf8", env: process.env });
	assert.equal(said.status, 0, said.stdout + said.stderr);
	assert.match(said.stdout, /^ok {4}account wall +a company's account is refused/m);
});
