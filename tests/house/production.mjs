// production.mjs -- production's street before a house that stands: nginx as an operator fills it, with TLS and with the servers that
// poolctl writes for companies' own domains. On loopback alone; close() ends it.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import net from "node:net";
import { connect } from "node:tls";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { poolctl, until, where } from "./harness.mjs";

const certificate = (folder, name) => {
	mkdirSync(folder, { recursive: true });
	execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=trial",
		"-addext", `subjectAltName=${[name].flat().map((n) => `DNS:${n}`).join()}`, "-keyout", join(folder, "privkey.pem"), "-out", join(folder, "fullchain.pem")], { stdio: "ignore" });
};
const listens = (port) =>
	new Promise((done) => {
		const line = net.connect(port, "127.0.0.1", () => done(line.destroy() && true)).on("error", () => done(false));
	});

/* Whose certificate is shown to whoever asks for a name. */
const shown = (port, name) =>
	new Promise((done) => {
		const line = connect({ port, host: "127.0.0.1", servername: name, rejectUnauthorized: false }, () => {
			done(line.getPeerCertificate().subjectaltname ?? "");
			line.destroy();
		}).on("error", () => done(""));
	});

/* The processes that one has begun. */
const own = (pid) => execFileSync("pgrep", ["-P", String(pid)], { encoding: "utf8" }).trim().split("\n");

/* Workers of its own, to whom the house is at https: they take what pages ask for only from there. Jobs are the house's. */
function programs(dir, tls) {
	symlinkSync(join(process.env.POOL_RUN_DIR, "jobs.sock"), join(dir, "jobs.sock"));
	/* Where run.mjs listens for a crash. */
	const log = (what) => openSync(join(where.dir, "log", `street-${what}.log`), "a");
	return ["web", "auth"].map((what) => spawn(`${where.bin}/poold`, [what], { stdio: ["ignore", log(what), log(what)], env: { ...process.env, POOL_RUN_DIR: dir, POOL_BASE_URL: `https://localhost:${tls}` } }));
}

/** certified: the own domains that have a certificate; pages: a browser will work there. -> {tls, http: ports, servers: what poolctl wrote, close} */
export async function production(certified, { pages = false } = {}) {
	const dir = mkdtempSync(join(tmpdir(), "production-")), street = join(dir, "street"), live = join(dir, "live");
	const tls = where.streetPort, http = tls + 1;
	certificate(join(live, "localhost"), ["localhost", "*.localhost"]);
	for (const name of certified) certificate(join(live, name), name);
	execFileSync("ops/nginx.sh", ["production", street], {
		env: {
			...process.env, DOMAIN: "localhost", PORT: String(tls), HTTP_PORT: String(http), PRIVATE_PORT: String(tls + 2), WORKERS: "1", STATE: dir, LOG: "stderr", ACCESS: "off",
			RUN: pages ? dir : process.env.POOL_RUN_DIR, FILES: join(process.env.POOL_DATA_DIR, "files"), NGINX_USER: process.getuid() === 0 ? "root" : "",
			AUTH_RATE: "200r/s", API_RATE: "2000r/s", CERTIFICATE: join(live, "localhost/fullchain.pem"), CERTIFICATE_KEY: join(live, "localhost/privkey.pem"),
		},
	});
	const servers = poolctl("domains", "nginx", live);
	for (const file of readdirSync(street).filter((f) => /\.(conf|inc)$/.test(f))) {
		const text = readFileSync(join(street, file), "utf8");
		writeFileSync(join(street, file), text.replace(/^(\s*listen )(?=\d+[ ;])/gm, "$1127.0.0.1:").replace(/^\s*listen \[::\].*\n/gm, ""));
	}
	const workers = pages ? programs(dir, tls) : [];
	let said = "";
	const nginx = spawn("nginx", ["-e", "stderr", "-g", "daemon off;", "-p", dir, "-c", join(street, "nginx.conf")], {
		stdio: ["ignore", "ignore", "pipe"], env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` },
	});
	nginx.stderr.on("data", (s) => (said += s));
	const all = [nginx, ...workers], over = all.map((p) => new Promise((done) => p.once("close", done)));
	const close = async () => {
		for (const p of all) p.kill("SIGTERM");
		await Promise.all(over);
		rmSync(dir, { recursive: true, force: true });
	};
	try {
		await until("its doors are open", async () => {
			for (const p of all) assert.equal(p.exitCode, null, said);
			if (pages && !["web", "auth"].every((what) => existsSync(join(dir, `${what}.sock`)))) return false;
			return (await listens(tls)) && (await listens(http));
		});
		/* The operator's hourly line: a street that is open takes names in while people walk on it. */
		if (certified.length) {
			for (const name of certified) assert.ok(!(await shown(tls, name)).includes(name), `${name} is known before anybody wrote it down`);
			writeFileSync(join(street, "domains/proven.conf"), servers);
			const before = own(nginx.pid);
			nginx.kill("SIGHUP");
			for (const name of certified) if (servers.includes(name)) await until(`the street knows ${name}`, () => shown(tls, name), (names) => names.includes(name));
			/* For a moment both listen, who knows the names and who does not. */
			await until("who did not know them is gone", () => own(nginx.pid).some((pid) => before.includes(pid)), (some) => !some);
		}
		assert.doesNotMatch(said, /\[(warn|emerg)\]/);
		return { tls, http, servers, close };
	} catch (e) {
		await close();
		throw e;
	}
}
