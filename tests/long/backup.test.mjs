// A backup that was never restored is none.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { company, crew, day, granted, poolctl, set_job, signIn, sql, until, Visitor, where } from "../house/harness.mjs";
import { letters } from "../house/phone.mjs";

const fingerprint = (schema) => {
	const tables = sql(`SELECT table_name FROM information_schema.tables WHERE table_schema = '${schema}'`).flat().filter((t) => t !== "job");
	return sql(`CHECKSUM TABLE ${tables.map((t) => `${schema}.${t}`).join(", ")}`).map(([t, n]) => `${t.split(".")[1]} ${n}`).join("\n");
};

test("one company is restored while the others go on", async () => {
	const c = await company();
	await crew(c, ["technician"]);
	const has = await treasures(c);
	const other = await company();
	const files = join(process.env.POOL_DATA_DIR, "files", c.schema);
	const dir = mkdtempSync(join(tmpdir(), "backup-"));
	try {
		const before = fingerprint(c.schema);
		execFileSync("ops/backup/dump.sh", [dir], { stdio: "ignore" });
		const [stamp] = readdirSync(dir);
		await crew(c, ["dispatcher"]); // happens after the backup, and is lost by the restore
		const theirs = fingerprint(other.schema);
		const photo = readdirSync(files).find((f) => f.endsWith(".jpg"));
		const bytes = readFileSync(join(files, photo));
		unlinkSync(join(files, photo)); // what a backup is for
		assert.notEqual(spawnSync("ops/backup/restore.sh", [join(dir, stamp), c.slug]).status, 0, "not while people work in it");
		poolctl("tenants", "suspend", c.slug);
		execFileSync("ops/backup/restore.sh", [join(dir, stamp), c.slug], { stdio: "ignore" });
		poolctl("tenants", "resume", c.slug);
		assert.equal(fingerprint(c.schema), before);
		assert.equal(fingerprint(other.schema), theirs);
		c.owner.codes.last = 0; // the restore took back which codes were spent
		await new Promise((later) => setTimeout(later, 31_000)); // the cache of companies, and a fresh code
		const owner = await signIn(c.owner);
		granted(await owner.get("/api/office/me"));
		for (const path of has.paths) assert.equal((await owner.get(path)).status, 200, path);
		assert.ok(readFileSync(join(files, photo)).equals(bytes));
		assert.match(poolctl("ledger", c.slug), /^valid: .*, 1 nights: /);
	} finally {
		rmSync(dir, { recursive: true, force: true });
	}
});

/* What a company has that is not only rows: a photo, a document with its PDF, and a night that was sealed. */
async function treasures(c) {
	const office = c.owner.visitor, at = BigInt(Date.now()) << 21n;
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${at}, 'Rosa Ruiz', '', 'en', 0);
		INSERT INTO property (id, customer_id, street, city, region, postcode) VALUES (${at + 1n}, ${at}, '12 Palm Way', 'Mesa', 'AZ', '85201')`, c.schema);
	const file = granted(await office.file(`/api/office/files?${new URLSearchParams({ on_kind: "customer", on_id: letters(at), name: "gate" })}`, pixel, "gate.jpg"), 201);
	const of = `/api/office/customers/${letters(at)}`, today = day();
	granted(await office.post(`${of}/lines`, { property_id: letters(at + 1n), kind: "labour", day: today, text: "Pump seal", quantity_milli: 1000, unit_cents: 8000, tax_code: "" }), 201);
	const bill = granted(await office.post(`${of}/bills`, { day: today, until: today, title: "", note: "" }), 201);
	granted(await office.post(`/api/office/bills/${bill.id}/papers`, {}), 204);
	await until("the paper and the picture", async () => (await Promise.all([`bills/${bill.id}/paper`, `files/${file.id}/small`].map((x) => office.get(`/api/office/${x}`)))).every((a) => a.status === 200));
	await night(c, at + 2n, 2n);
	return { at, paths: [`/api/office/bills/${bill.id}/paper`, `/api/office/files/${file.id}`, `/api/office/files/${file.id}/small`], proof: `/api/office/bills/${bill.id}/proof` };
}
/* As if what is not sealed yet were some days old; then the night. */
async function night(c, job, days) {
	sql(`UPDATE entry SET posting_id = posting_id - ${(days * 86400000n) << 21n} WHERE posting_id >= ${BigInt(Date.now() - 3_600_000) << 21n}`, c.schema);
	await set_job(c, job, "dayseal");
	await until("the seal", () => sql(`SELECT state FROM job WHERE id = ${job}`, c.schema)[0]?.[0] === "3");
}
const pixel = Buffer.from("/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=", "base64");
const program = (env, ...words) => spawnSync(`${where.bin}/poolctl`, words, { env, encoding: "utf8" });

/* Another machine: nothing of this house's but the programs, the backup, and the key that was kept elsewhere. */
function elsewhere() {
	const name = `${process.env.NAME}-again`, dir = join(process.cwd(), "build/run", name), port = where.port + 200;
	const env = Object.fromEntries(Object.entries(process.env).filter(([k]) => !/^(POOL_|[A-Z]+_PORT$|HOUSE_DIR$)/.test(k)));
	Object.assign(env, { NAME: name, PORT: String(port), DEMO: "0", POOL_SPARES: "1", POOL_DATA_DIR: join(dir, "data"), POOL_MASTER_KEY_FILE: join(dir, "master.key") });
	mkdirSync(join(dir, "data"), { recursive: true });
	return { dir, port, env };
}

test("a house that was destroyed comes back on an empty machine: it shows its pictures and papers, and what was sealed verifies", async () => {
	const c = await company();
	const has = await treasures(c);
	const before = await Promise.all(has.paths.map(async (p) => (await c.owner.visitor.get(p)).bytes));
	const rows = fingerprint(c.schema);
	const dir = mkdtempSync(join(tmpdir(), "backup-"));
	const there = elsewhere();
	try {
		execFileSync("ops/backup/dump.sh", [join(dir, "b")], { stdio: "ignore" });
		const from = join(dir, "b", readdirSync(join(dir, "b"))[0]);
		copyFileSync(process.env.POOL_MASTER_KEY_FILE, there.env.POOL_MASTER_KEY_FILE);
		execFileSync("ops/dev/db.sh", ["start", join(there.dir, "db")], { stdio: "ignore" });
		const desk = { ...there.env, POOL_DB_SOCKET: execFileSync("ops/dev/db.sh", ["socket", join(there.dir, "db")], { encoding: "utf8" }).trim() };
		// A byte that the disk turned over is noticed before anything is touched.
		const tar = join(from, `${c.schema}.files.tar`), good = readFileSync(tar), bent = Buffer.from(good);
		bent[bent.length >> 1] ^= 1;
		writeFileSync(tar, bent);
		assert.notEqual(spawnSync("ops/backup/restore.sh", [from], { env: desk }).status, 0);
		writeFileSync(tar, good);
		execFileSync("ops/backup/restore.sh", [from], { env: desk, stdio: "ignore" });
		execFileSync("ops/dev/house.sh", ["up"], { env: there.env, stdio: "ignore", timeout: 180_000 });
		const seen = sql(`CHECKSUM TABLE ${rows.split("\n").map((l) => `${c.schema}.${l.split(" ")[0]}`).join(", ")}`, undefined, desk.POOL_DB_SOCKET).map(([t, n]) => `${t.split(".")[1]} ${n}`);
		// The house that came back goes on: sessions are looked at, and its clockwork writes.
		const still = (l) => !/^(session|idempotency|event|setting) /.test(l);
		assert.deepEqual(seen.filter(still), rows.split("\n").filter(still));
		const owner = new Visitor({ ...where, port: there.port }, c.host);
		for (const [name, value] of c.owner.visitor.jar) owner.jar.set(name, value);
		for (const [i, path] of has.paths.entries()) {
			const a = await owner.get(path);
			assert.equal(a.status, 200, `${path}: ${a.text.slice(0, 200)}`);
			assert.ok(a.bytes.equals(before[i]), path);
		}
		const kept = readdirSync(join(there.env.POOL_DATA_DIR, "files", c.schema)).filter((f) => !f.startsWith(".")).sort();
		assert.deepEqual(kept, readdirSync(join(process.env.POOL_DATA_DIR, "files", c.schema)).filter((f) => !f.startsWith(".")).sort());
		const proof = join(dir, "proof");
		writeFileSync(proof, (await owner.get(has.proof)).text);
		assert.match(program(desk, "verify", proof).stdout, /^valid: a bill of /);
		assert.match(program(desk, "ledger", c.slug).stdout, /^valid: .*, 1 nights: [1-9]/);
		// The control: without what the files folder has, nobody can say so; and a cent that was changed on the way is found.
		const seals = join(there.env.POOL_DATA_DIR, "files", c.schema, "ledger.seals");
		renameSync(seals, `${seals}.away`);
		assert.notEqual(program(desk, "ledger", c.slug).status, 0);
		renameSync(`${seals}.away`, seals);
		sql("UPDATE entry SET cents = cents + 1 WHERE cents > 0 LIMIT 1", c.schema, desk.POOL_DB_SOCKET);
		assert.match(program(desk, "ledger", c.slug).stderr, /entries of the ledger are not those that were sealed/);
	} finally {
		spawnSync("ops/dev/house.sh", ["down"], { env: there.env });
		spawnSync("ops/dev/db.sh", ["drop", join(there.dir, "db")]);
		for (const d of [dir, there.dir]) rmSync(d, { recursive: true, force: true });
	}
});
