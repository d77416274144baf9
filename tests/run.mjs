// run.mjs folder [file...] -- open private houses, run the stories of a folder against them, close them again.
// run.mjs script.mjs -- the same for one script that is no story (make bench).
// A house for each core (four at most), each takes file after file (LANES=1: one house, for whoever looks for a fault). Output is TAP, each
// file's whole. SAN=1 runs the sanitised programs. Houses are thrown away, unless KEEP=1 (to look at them).
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import net from "node:net";
import os from "node:os";
import { join } from "node:path";
import { anonymous, city } from "./fakes/mmdb.mjs";
import { KEY, NAME } from "./fakes/model.mjs";
import { roads } from "./fakes/roads.mjs";
import { ACCOUNT } from "./fakes/sms.mjs";

const [folder, ...only] = process.argv.slice(2);
const script = folder.endsWith(".mjs");
const keep = process.env.KEEP === "1";
const files = script ? [folder] : readdirSync(folder)
	.filter((f) => f.endsWith(".test.mjs") && (only.length === 0 || only.some((o) => f.startsWith(o))))
	.map((f) => join(folder, f));
if (files.length === 0) {
	console.error(`run.mjs: no story in ${folder}`);
	process.exit(1);
}

// ---- a house ----

const PORTS = 12; // the last three: production's street (house/production.mjs)
const free = (port) =>
	new Promise((done) => {
		const s = net.createServer();
		s.once("error", () => done(false));
		s.listen(port, "127.0.0.1", () => s.close(() => done(true)));
	});
async function ports(from) {
	for (let base = from; base < 29000; base += PORTS) {
		const all = await Promise.all(Array.from({ length: PORTS }, (_, n) => free(base + n)));
		if (all.every(Boolean)) return base;
	}
	throw new Error("no free ports");
}

/** What a house is told, from its ports and its name. Its stories are told the same. */
async function settings(port, name) {
	const dir = join(process.cwd(), "build/run", name);
	// Where a story may open its own push service, sender of texts and language model (fakes/push.mjs, sms.mjs, model.mjs).
	const pushes = port + 4, texts = port + 5, model = port + 7, names = port + 8;
	const env = {
		...process.env,
		NAME: name,
		PORT: String(port),
		DEMO: "0",
		// What the long stories and the figures ask is asked of a disk.
		DB_IN_MEMORY: /tests\/(house|browser)$/.test(folder.replace(/\/$/, "")) ? "1" : "0",
		STRIPE_FAST: "1", // the bank decides when the story says so
		BIN: process.env.BIN ?? (process.env.SAN === "1" ? "build/san" : "build"),
		HOUSE_DIR: dir,
		POOL_SPARES: process.env.POOL_SPARES ?? "12",
		// Tests sign up many companies from one address; the limits have a story of their own.
		POOL_SIGNUPS_PER_ADDRESS_HOUR: "100000",
		POOL_SIGNUPS_PER_NETWORK_HOUR: "100000",
		POOL_GUESSES_PER_ADDRESS_QUARTER: "100000",
		POOL_GUESSES_PER_NETWORK_QUARTER: "100000",
		POOL_LETTERS_PER_ADDRESS_HOUR: "100000",
		POOL_LETTERS_PER_NETWORK_HOUR: "100000",
		// What the house asks of a company: new ones are on trial, and the stories of it move the days.
		POOL_PLAN_CENTS: "14900",
		POOL_COMPANY_CACHE_S: "2",
		// Fewer than a story has companies: coats hang, are taken again, and change their account.
		...(script ? {} : { POOL_COATS: "2" }),
		PUSH_PORT: String(pushes),
		SMS_PORT: String(texts),
		POOL_PUSH_URL: `http://127.0.0.1:${pushes}`,
		POOL_SMS_URL: `http://127.0.0.1:${texts}`,
		POOL_SMS_ACCOUNT: ACCOUNT.sid,
		POOL_SMS_TOKEN: ACCOUNT.token,
		POOL_SMS_FROM: ACCOUNT.from,
		MODEL_PORT: String(model),
		POOL_MODEL_URL: `http://127.0.0.1:${model}/v1`,
		POOL_MODEL_KEY: KEY,
		POOL_MODEL_NAME: NAME,
		POOL_MODEL_WAIT_MS: "1500", // shorter than what the breaker calls slow: after a late answer others are asked for
		POOL_MAIL_IN: "in.localhost",
		POOL_NAME_SERVER: `127.0.0.1:${names}`,
		NAMES_PORT: String(names),
		POOL_MAIL_IN_SECRET: "what-the-fake-signs-mails-with",
		POOL_MAIL_IN_LOGIN: "postmark:what-it-signs-in-with",
		POOL_MAIL_RELAY: "postmark",
		POOL_ROADS_URL: (await roads()).url,
		POOL_GEO_CITY_FILE: join(dir, "city.mmdb"),
		POOL_GEO_ANONYMOUS_FILE: join(dir, "anonymous.mmdb"),
		ASAN_OPTIONS: `detect_leaks=0:log_path=${dir}/log/asan`,
		UBSAN_OPTIONS: "print_stacktrace=1",
	};
	// On a cluster the house itself stands at the first node (long/nodes.mjs opens the others).
	if (env.POOL_DB_NODES) env.POOL_DB_SOCKET = env.POOL_DB_NODES.split(" ")[0];
	else delete env.POOL_DB_SOCKET;
	delete env.POOL_DB_HOST;
	return env;
}

const verb = (h, what) =>
	new Promise((done) => {
		let said = "";
		const child = spawn("ops/dev/house.sh", [what], { env: h.env, timeout: 180_000, stdio: ["ignore", "pipe", "pipe"] });
		child.stdout.on("data", (s) => (said += s));
		child.stderr.on("data", (s) => (said += s));
		child.on("close", (code) => done({ code: code ?? 1, said }));
	});

const houses = [];
async function open(port, name) {
	const h = { env: await settings(port, name), dir: join(process.cwd(), "build/run", name) };
	houses.push(h);
	mkdirSync(h.dir, { recursive: true });
	writeFileSync(h.env.POOL_GEO_CITY_FILE, city());
	writeFileSync(h.env.POOL_GEO_ANONYMOUS_FILE, anonymous());
	const opened = await verb(h, "up");
	if (opened.code !== 0) throw new Error(`not ok - the house opens\n${opened.said}`.replaceAll("\n", "\n# "));
	// Stories look behind the curtain as the operator does.
	for (const [, key, value] of spawnSync("ops/dev/house.sh", ["env"], { env: h.env, encoding: "utf8" }).stdout.matchAll(/^declare -x (POOL_\w+)="(.*)"$/gm))
		h.env[key] = value;
	return h;
}
function close() {
	for (const h of houses.splice(0)) {
		spawnSync("ops/dev/house.sh", ["down"], { env: h.env, timeout: 180_000 });
		if (keep) continue;
		spawnSync("ops/dev/db.sh", ["drop", join(h.dir, "db")]); // it may lie in memory
		rmSync(h.dir, { recursive: true, force: true });
	}
}
const told = new Set();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
	process.on(signal, () => {
		for (const story of told) story.kill();
		close();
		process.exit(130);
	});

// ---- the stories ----

// A house with its browser wants about a gigabyte: four are enough for any machine.
const cores = os.availableParallelism?.() ?? os.cpus().length;
const lanes = Math.min(files.length, Number(process.env.LANES ?? Math.min(cores, 4)));
// The longest first, by what they weigh: two lanes then end at about the same time.
const queue = files.map((f) => [f, statSync(f).size]).sort((a, b) => b[1] - a[1]).map(([f]) => f);

/* What a file says stays together; alone it is heard while it speaks. */
function tell(h, file) {
	return new Promise((done) => {
		const alone = lanes === 1, said = [];
		const story = spawn(process.execPath, script ? [file] : ["--test", "--test-reporter=tap", file],
			{ env: h.env, stdio: ["ignore", alone ? "inherit" : "pipe", alone ? "inherit" : "pipe"] });
		told.add(story);
		story.stdout?.on("data", (b) => said.push(b));
		story.stderr?.on("data", (b) => said.push(b));
		story.on(alone ? "exit" : "close", (code) => {
			told.delete(story);
			if (!alone) process.stdout.write(Buffer.concat(said));
			done(code ?? 1);
		});
	});
}

let code = 0;
async function lane(port, name) {
	const h = await open(port, name);
	// One file after the other in one house: they share its mailbox.
	for (let file = queue.shift(); file; file = queue.shift()) code = (await tell(h, file)) || code;
}

/* What the C library, and we, say right before an abort: without it nobody knows which. */
const LAST_WORDS = /^(malloc|free|realloc|munmap_chunk|corrupted|double free|The futex)|\*\*\* .+ \*\*\*|: aborted: /;

/* What the programs said while nobody looked: a crash or a sanitiser's finding is a failure of its own. */
function overheard({ dir }) {
	const said = existsSync(join(dir, "log"))
		? readdirSync(join(dir, "log"), { withFileTypes: true })
				.filter((f) => f.isFile())
				.map((f) => [f.name, readFileSync(join(dir, "log", f.name), "utf8")])
		: [];
	const bad = said.flatMap(([file, text]) =>
		text
			.split("\n")
			.filter((l) => /AddressSanitizer|runtime error:|Assertion .* failed|ended by signal" n=(4|6|7|8|11)$|err=bug/.test(l) || LAST_WORDS.test(l))
			.map((l) => `# ${file}: ${l.slice(0, 300)}`),
	);
	if (code !== 0 && !script && !keep)
		for (const [file, text] of said) if (/web|auth|jobs|nginx/.test(file)) console.log(`# -- ${file}\n${text.split("\n").slice(-15).map((l) => `# ${l}`).join("\n")}`);
	return bad;
}

try {
	let at = Number(process.env.TEST_PORT ?? 21700);
	const open = [];
	for (let n = 0; n < lanes; n++) {
		const port = await ports(at);
		at = port + PORTS;
		open.push([port, n === 0 ? `test-${process.pid}` : `test-${process.pid}-${n}`]);
	}
	await Promise.all(open.map((l) => lane(...l)));
} catch (e) {
	console.log(e.message);
	close();
	process.exit(1);
}
const bad = houses.flatMap(overheard);
if (!script || bad.length) console.log(`${bad.length ? "not ok" : "ok"} - the programs neither crashed nor found a bug of their own`);
if (bad.length) console.log(bad.slice(0, 20).join("\n"));
close();
process.exit(code === 0 && bad.length === 0 ? 0 : 1);
