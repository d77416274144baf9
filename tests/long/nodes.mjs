// nodes.mjs -- a house on three machines: the house of run.mjs stands at the first database, workers of web at each of the others.
// POOL_DB_NODES names the databases (tests/long/cluster.sh); without it there is one.
//
// The street hands a request that says x-crowd to all of them in turn, and every other to the first: a worker at the next node may
// read what is a moment old (ops/README.md), and what is arranged is read again at once.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { site, sql, until, where } from "../house/harness.mjs";

export const sockets = process.env.POOL_DB_NODES?.split(" ") ?? [process.env.POOL_DB_SOCKET];

const log = (n) => join(where.dir, "log", n === 0 ? "web.log" : `web-${n + 1}.log`);
/** How many works the workers of each database have done so far. */
export const works = () => sockets.map((_, n) => readFileSync(log(n), "utf8").match(/\bverb=/g)?.length ?? 0);

/** Rows at one of the databases, which has heard everything that was committed anywhere before it answers (wsrep_sync_wait). */
export const rows_at = (n, text, schema) => sql(`SELECT COUNT(*) INTO @heard FROM company; ${text}`, schema, sockets[n]);

/** Opens the other machines. -> close */
export async function machines() {
	const dir = mkdtempSync(join(tmpdir(), "machines-"));
	const others = sockets.slice(1).map((socket, i) => {
		const run = join(dir, String(i + 2)), to = openSync(log(i + 1), "a");
		return { run, start: () => spawn(`${where.bin}/poold`, ["web"], { stdio: ["ignore", to, to], env: { ...process.env, POOL_DB_SOCKET: socket, POOL_RUN_DIR: run } }) };
	});
	for (const o of others) {
		mkdirSync(o.run, { mode: 0o700 });
		symlinkSync(join(process.env.POOL_RUN_DIR, "jobs.sock"), join(o.run, "jobs.sock"));
		o.program = o.start();
	}
	const close = async () => {
		const over = others.map((o) => new Promise((done) => (o.program.exitCode === null ? o.program.once("close", done) : done())));
		for (const o of others) o.program.kill("SIGTERM");
		await Promise.all(over);
		rmSync(dir, { recursive: true, force: true });
	};
	await until("the other machines work", () => others.every((o) => existsSync(join(o.run, "web.sock"))));
	const conf = join(where.dir, "nginx/conf"), here = join(process.env.POOL_RUN_DIR, "web.sock");
	for (const file of readdirSync(conf).filter((f) => f.endsWith(".conf") || f.endsWith(".inc"))) {
		const text = readFileSync(join(conf, file), "utf8");
		writeFileSync(join(conf, file), text.replaceAll(`fastcgi_pass unix:${here};`, "fastcgi_pass $machine;"));
	}
	const all = [here, ...others.map((o) => join(o.run, "web.sock"))].map((s) => `server unix:${s};`);
	writeFileSync(join(conf, "limits.inc"), `${readFileSync(join(conf, "limits.inc"), "utf8")}
		upstream first { ${all[0]} }
		upstream each { zone each 64k; ${all.join(" ")} }
		map $http_x_crowd $machine { default first; ~. each; }\n`);
	process.kill(Number(readFileSync(join(where.dir, "pid/nginx"), "utf8")), "SIGHUP");
	await until("the street knows them", async () => {
		await site().get("/api/site/plan", { "x-crowd": "1" });
		return works().every((n) => n > 0);
	});
	for (const o of others) assert.equal(o.program.exitCode, null);
	return close;
}
