// peers.mjs -- the technician's day in other languages, each as its own practice is (peers/): the same rows in the same database,
// the same three statements, the answer equal by value, behind the same kind of nginx. A-B-A, medians of ROUNDS; then p99 of
// each at the same load. What differs: ours checks the company's standing and the query
// and writes a line of its log for each request, peers do not.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { Agent, get } from "node:http";
import { join } from "node:path";
import { company, crew, granted, sql, where } from "../house/harness.mjs";
import { letters } from "../house/phone.mjs";
import { until } from "../house/until.mjs";
import { cost_us, cpu_s } from "./cost.mjs";

const ROUNDS = Number(process.env.ROUNDS ?? 5);
const SECONDS = Number(process.env.BENCH_S ?? 3);
const COMPANIES = Number(process.env.COMPANIES ?? 4);
const LOAD = Number(process.env.LOAD ?? 400); // requests a second, for p99
const STOPS = 15;
const ZONE = "America/Phoenix";
const day = new Date(Date.now() - 7 * 3600000).toISOString().slice(0, 10);
const dir = join(where.dir, "peers");
const median = (v) => [...v].sort((a, b) => a - b)[Math.floor(v.length / 2)];
const pid = (file) => readFileSync(join(where.dir, file), "utf8").trim();
mkdirSync(dir, { recursive: true });

// ---- the companies, and a session of each technician that peers can find: they hash tokens with SHA-256, we with BLAKE2b ----

const companies = [];
for (let i = 0; i < COMPANIES; i++) {
	const c = await company({ zone: ZONE });
	const { technician } = await crew(c, ["technician"]);
	const at = BigInt(Date.now()) << 21n;
	sql(`INSERT INTO customer (id, name, email, language, created_at) SELECT ${at} + seq, CONCAT('Customer ', seq), '', 'en', 0 FROM seq_1_to_${STOPS};
		INSERT INTO property (id, customer_id, street, city, region, postcode) SELECT ${at} + seq, ${at} + seq, CONCAT(seq, ' Main St'), 'Mesa', 'AZ', '85201' FROM seq_1_to_${STOPS}`, c.schema);
	const [level] = granted(await c.owner.visitor.post("/api/office/standard-services", {}), 201).rows;
	for (let n = 1n; n <= BigInt(STOPS); n++)
		granted(await c.owner.visitor.post("/api/office/visits", { property_id: letters(at + n), service_id: level.id, day, tech_id: technician.id, note: "", anyway: true }), 201);
	const token = technician.visitor.jar.get("__Host-poolhouse");
	const hash = createHash("sha256").update(Buffer.from(token, "base64url")).digest("hex");
	const columns = sql(`SELECT GROUP_CONCAT(column_name) FROM information_schema.columns WHERE table_schema = '${c.schema}' AND table_name = 'session' AND column_name NOT IN ('id', 'token_hash')`)[0][0];
	sql(`INSERT INTO session (id, token_hash, ${columns}) SELECT MAX(id) + 1, UNHEX('${hash}'), ${columns} FROM session WHERE actor_id = (SELECT id FROM staff WHERE email = '${technician.email}')`, c.schema);
	const account = `peer_${i}`, password = createHash("sha256").update(c.schema).digest("hex");
	sql(`CREATE OR REPLACE USER ${account}@localhost IDENTIFIED BY '${password}'; GRANT SELECT ON ${c.schema}.* TO ${account}@localhost`);
	companies.push({ host: c.host, schema: c.schema, account, password, token, technician });
}
const socket = sql("SELECT @@socket")[0][0];
const known = { socket, zone: ZONE, companies: companies.map(({ host, schema, account, password }) => ({ host, schema, account, password })) };
writeFileSync(join(dir, "companies.json"), JSON.stringify(known));
writeFileSync(join(dir, "companies.php"), `<?php return json_decode('${JSON.stringify({ ...known, companies: Object.fromEntries(known.companies.map((k) => [k.host, k])) })}', true);\n`);

// ---- the peers, each behind an nginx with the settings of ours that matter ----

const PORT = where.port + 40;
const port = { go: PORT, node: PORT + 1, php: PORT + 2, go_behind: PORT + 3, node_behind: PORT + 4 };
const here = (file) => join(process.cwd(), "tests/bench/peers", file);
writeFileSync(join(dir, "fpm.conf"), `[global]\nerror_log = ${dir}/fpm.log\ndaemonize = no\n[www]\nuser = root\nlisten = ${dir}/fpm.sock\npm = static\npm.max_children = 4\nenv[PEERS] = ${dir}/companies.php\n`);
const proxied = (name) => `upstream ${name} { server 127.0.0.1:${port[`${name}_behind`]}; keepalive 64; }
	server { listen 127.0.0.1:${port[name]}; location / { proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host $http_host; proxy_pass http://${name}; } }`;
writeFileSync(join(dir, "nginx.conf"), `daemon off; user root; worker_processes 2; pid ${dir}/nginx.pid; error_log ${dir}/nginx.log;
events { worker_connections 1024; }
http {
	log_format logfmt escape=json 'trace=$request_id host=$host method=$request_method path="$uri" status=$status ms=$request_time away_ms=$upstream_response_time bytes=$bytes_sent';
	access_log ${dir}/access.log logfmt;
	${["client_body", "fastcgi", "proxy", "uwsgi", "scgi"].map((k) => `${k}_temp_path ${dir}/${k};`).join(" ")}
	fastcgi_buffer_size 16k; fastcgi_buffers 16 16k; fastcgi_busy_buffers_size 64k;
	proxy_buffer_size 16k; proxy_buffers 16 16k; proxy_busy_buffers_size 64k;
	${proxied("go")}
	${proxied("node")}
	server { listen 127.0.0.1:${port.php}; location / { include /etc/nginx/fastcgi_params; fastcgi_param HTTP_HOST $http_host; fastcgi_param SCRIPT_FILENAME ${here("day.php")}; fastcgi_pass unix:${dir}/fpm.sock; } }
}
`);
execFileSync("go", ["build", "-o", join(dir, "go"), here("go.go")], { env: { ...process.env, GO111MODULE: "off", GOPATH: "/usr/share/gocode", GOCACHE: join(process.cwd(), "build/gocache") } });
const fpm = execFileSync("sh", ["-c", "command -v php-fpm || ls /usr/sbin/php-fpm* | head -n 1"], { encoding: "utf8" }).trim();
// Each in a session of its own, as the parts of our house: Linux shares the processor out by sessions.
const begin = (command, args) => spawn(command, args, { stdio: ["ignore", "ignore", "inherit"], detached: true, env: { ...process.env, NODE_ENV: "production" } });
const running = {
	go: begin(join(dir, "go"), [join(dir, "companies.json"), `127.0.0.1:${port.go_behind}`]),
	node: begin(process.execPath, [here("node.mjs"), join(dir, "companies.json"), String(port.node_behind)]),
	php: begin(fpm, ["--nodaemonize", "--allow-to-run-as-root", "--fpm-config", join(dir, "fpm.conf")]),
	front: begin("/usr/sbin/nginx", ["-c", join(dir, "nginx.conf"), "-p", dir]),
};
const end = () => Object.values(running).forEach((p) => p.kill("SIGTERM"));
process.on("exit", end);

// ---- are they equal? ----

const at = { ours: where.port, go: port.go, node: port.node, php: port.php };
const path = `/api/tech/today?day=${day}`;
const asked = (k, to, agent) => ({ host: "127.0.0.1", port: to, path, agent, headers: { Host: `${k.host}:${where.port}`, Cookie: `__Host-poolhouse=${k.token}` } });
const ask = (options) =>
	new Promise((done) => {
		get(options, (res) => {
			const text = [];
			res.on("data", (b) => text.push(b)).on("end", () => done({ status: res.statusCode, text: Buffer.concat(text).toString() }));
		}).on("error", (e) => done({ status: 0, text: String(e) }));
	});
for (const k of companies) {
	const ours = await ask(asked(k, at.ours));
	assert.equal(ours.status, 200, ours.text);
	assert.equal(JSON.parse(ours.text).stops.length, STOPS);
	for (const peer of ["go", "node", "php"]) {
		const theirs = await until(`${peer} answers`, () => ask(asked(k, at[peer])), (a) => a.status !== 0 && a.status !== 502);
		assert.equal(theirs.status, 200, `${peer}: ${theirs.text}`);
		assert.deepEqual(JSON.parse(theirs.text), JSON.parse(ours.text), peer);
		assert.equal((await ask({ ...asked({ ...k, token: "A".repeat(43) }, at[peer]) })).status, 401, peer);
	}
}

// ---- how quick, and what for ----

const lua = join(dir, "round.lua");
writeFileSync(lua, `local all = {${companies.map((k) => `{["Host"] = "${k.host}:${where.port}", ["Cookie"] = "__Host-poolhouse=${k.token}"}`).join(", ")}}
local n = 0
request = function() n = n + 1; return wrk.format("GET", "${path}", all[n % #all + 1]) end
`);
const parts = {
	ours: { nginx: pid("pid/nginx"), app: pid("pid/web"), db: pid("db/pid") },
	...Object.fromEntries(["go", "node", "php"].map((peer) => [peer, { nginx: running.front.pid, app: running[peer].pid, db: pid("db/pid") }])),
};
function measure(who) {
	const before = cpu_s(parts[who]);
	const out = execFileSync("wrk", ["-t1", "-c16", `-d${SECONDS}s`, "-s", lua, `http://127.0.0.1:${at[who]}`], { encoding: "utf8" });
	if (/Non-2xx/.test(out)) throw new Error(`${who}: ${out}`);
	return { rate: Number(/Requests\/sec:\s+([\d.]+)/.exec(out)[1]), cost: cost_us(before, cpu_s(parts[who]), Number(/(\d+) requests in/.exec(out)[1])) };
}
const seen = { ours: [], go: [], node: [], php: [] };
const ratio = { go: [], node: [], php: [] };
for (const who of Object.keys(seen)) measure(who); // everybody is warm
for (let i = 0; i < ROUNDS; i++) {
	let ours = measure("ours");
	for (const peer of ["go", "node", "php"]) {
		const [before, theirs] = [ours, measure(peer)];
		ours = measure("ours");
		seen.ours.push(ours);
		seen[peer].push(theirs);
		ratio[peer].push((before.rate + ours.rate) / 2 / theirs.rate);
	}
}

/* So many a second, each asked at its time whether the one before is answered or not. */
async function p99_ms(who) {
	const agent = new Agent({ keepAlive: true, maxSockets: 256 });
	const took = [], all = LOAD * SECONDS, from = performance.now();
	const waiting = [];
	for (let i = 0; i < all; i++) {
		const due = from + (i * 1000) / LOAD;
		while (performance.now() < due) await new Promise((later) => (due - performance.now() > 2 ? setTimeout(later, 1) : setImmediate(later)));
		waiting.push(ask(asked(companies[i % companies.length], at[who], agent)).then((a) => took.push(a.status === 200 ? performance.now() - due : Number.POSITIVE_INFINITY)));
	}
	await Promise.all(waiting);
	agent.destroy();
	return took.sort((a, b) => a - b)[Math.floor(took.length * 0.99)];
}
const tail = { ours: [], go: [], node: [], php: [] };
for (let i = 0; i < ROUNDS; i++) for (const who of Object.keys(tail)) tail[who].push(await p99_ms(who));

const figures = { companies: COMPANIES, rounds: ROUNDS, load_per_s: LOAD };
for (const who of Object.keys(seen)) {
	figures[`${who}_per_s`] = Math.round(median(seen[who].map((m) => m.rate)));
	for (const part of ["nginx", "app", "db"]) figures[`${who}_${part}_cpu_us`] = Math.round(median(seen[who].map((m) => m.cost[part])));
	figures[`${who}_p99_ms`] = median(tail[who]);
}
for (const peer of Object.keys(ratio)) {
	figures[`ours_to_${peer}`] = median(ratio[peer]);
	figures[`app_cpu_to_${peer}`] = figures.ours_app_cpu_us / figures[`${peer}_app_cpu_us`];
	figures[`all_cpu_to_${peer}`] = ["nginx", "app", "db"].reduce((n, p) => n + figures[`ours_${p}_cpu_us`], 0) / ["nginx", "app", "db"].reduce((n, p) => n + figures[`${peer}_${p}_cpu_us`], 0);
}
for (const [name, v] of Object.entries(figures)) console.log(`${name.padEnd(30)} ${Number.isInteger(v) ? v : v.toFixed(2)}`);
mkdirSync("build/bench", { recursive: true });
writeFileSync("build/bench/peers.json", JSON.stringify(figures, null, "\t"));
process.exit(0);
