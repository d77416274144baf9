// A backup that was never restored is none.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { company, crew, granted, poolctl, signIn, sql } from "../house/harness.mjs";

const fingerprint = (schema) => {
	const tables = sql(`SELECT table_name FROM information_schema.tables WHERE table_schema = '${schema}'`).flat().filter((t) => t !== "job");
	return sql(`CHECKSUM TABLE ${tables.map((t) => `${schema}.${t}`).join(", ")}`).map(([t, n]) => `${t.split(".")[1]} ${n}`).join("\n");
};

test("one company is restored while the others go on", async () => {
	const c = await company();
	await crew(c, ["technician"]);
	const other = await company();
	const dir = mkdtempSync(join(tmpdir(), "backup-"));
	try {
		const before = fingerprint(c.schema);
		execFileSync("ops/backup/dump.sh", [dir], { stdio: "ignore" });
		const [stamp] = readdirSync(dir);
		await crew(c, ["dispatcher"]); // happens after the backup, and is lost by the restore
		const theirs = fingerprint(other.schema);
		assert.notEqual(spawnSync("ops/backup/restore.sh", [join(dir, stamp), c.slug]).status, 0, "not while people work in it");
		poolctl("tenants", "suspend", c.slug);
		execFileSync("ops/backup/restore.sh", [join(dir, stamp), c.slug], { stdio: "ignore" });
		poolctl("tenants", "resume", c.slug);
		assert.equal(fingerprint(c.schema), before);
		assert.equal(fingerprint(other.schema), theirs);
		c.owner.codes.last = 0; // the restore took back which codes were spent
		await new Promise((later) => setTimeout(later, 31_000)); // the cache of companies, and a fresh code
		granted(await (await signIn(c.owner)).get("/api/office/me"));
	} finally {
		rmSync(dir, { recursive: true, force: true });
	}
});

test("the whole house comes back on an empty server", async () => {
	const c = await company();
	const dir = mkdtempSync(join(tmpdir(), "backup-"));
	const db = join(dir, "db");
	try {
		execFileSync("ops/backup/dump.sh", [join(dir, "b")], { stdio: "ignore" });
		const [stamp] = readdirSync(join(dir, "b"));
		execFileSync("ops/dev/db.sh", ["start", db], { stdio: "ignore" });
		const socket = execFileSync("ops/dev/db.sh", ["socket", db], { encoding: "utf8" }).trim();
		const env = { ...process.env, POOL_DB_SOCKET: socket };
		execFileSync("ops/backup/restore.sh", [join(dir, "b", stamp)], { env, stdio: "ignore" });
		execFileSync("build/poolctl", ["init"], { env: { ...env, POOL_MASTER_KEY_FILE: join(process.env.HOUSE_DIR, "master.key"), POOL_DATA_DIR: dir }, stdio: "ignore" });
		const there = execFileSync("mariadb", ["--no-defaults", "--default-character-set=utf8mb4", "-A", "-N", "-B", "-S", socket, c.schema, "-e", "SELECT name FROM company"], { encoding: "utf8" }).trim();
		assert.equal(there, c.company);
	} finally {
		spawnSync("ops/dev/db.sh", ["drop", db]);
		rmSync(dir, { recursive: true, force: true });
	}
});
