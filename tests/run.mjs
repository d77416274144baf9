// run.mjs folder [file...] -- open a private house, run the stories of a folder against it, close it again.
// run.mjs script.mjs -- the same for one script that is no story (make bench).
// Output is TAP. SAN=1 runs the sanitised programs. The house is thrown away, unless KEEP=1 (to look at it).
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import net from "node:net";
import { join } from "node:path";
import { anonymous, city } from "./fakes/mmdb.mjs";
import { KEY, NAME } from "./fakes/model.mjs";
import { roads } from "./fakes/roads.mjs";
import { ACCOUNT } from "./fakes/sms.mjs";

const [folder, ...only] = process.argv.slice(2);
const script = folder.endsWith(".mjs");
const files = script ? [folder] : readdirSync(folder)
	.filter((f) => f.endsWith(".test.mjs") && (only.length === 0 || only.some((o) => f.startsWith(o))))
	.map((f) => join(folder, f));
if (files.length === 0) {
	console.error(`run.mjs: no story in ${folder}`);
	process.exit(1);
}

const free = (port) =>
	new Promise((done) => {
		const s = net.createServer();
		s.once("error", () => done(false));
		s.listen(port, "127.0.0.1", () => s.close(() => done(true)));
	});
async function ports() {
	for (let base = Number(process.env.TEST_PORT ?? 21700); base < 29000; base += 9) {
		const all = await Promise.all([0, 1, 2, 3, 4, 5, 6, 7, 8].map((n) => free(base + n)));
		if (all.every(Boolean)) return base;
	}
	throw new Error("no free ports");
}

const port = await ports();
// Where a story may open its own push service, sender of texts and language model (fakes/push.mjs, sms.mjs, model.mjs).
const pushes = port + 4, texts = port + 5, model = port + 7, names = port + 8;
const name = `test-${process.pid}`;
const dir = join(process.cwd(), "build/run", name);
const bin = process.env.BIN ?? (process.env.SAN === "1" ? "build/san" : "build");
const env = {
	...process.env,
	NAME: name,
	PORT: String(port),
	DEMO: "0",
	STRIPE_FAST: "1", // the bank decides when the story says so
	BIN: bin,
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
	POOL_ROADS_URL: (await roads()).url,
	POOL_GEO_CITY_FILE: join(dir, "city.mmdb"),
	POOL_GEO_ANONYMOUS_FILE: join(dir, "anonymous.mmdb"),
	ASAN_OPTIONS: `detect_leaks=0:log_path=${dir}/log/asan`,
	UBSAN_OPTIONS: "print_stacktrace=1",
};
delete env.POOL_DB_SOCKET;
delete env.POOL_DB_HOST;

const house = (verb) => spawnSync("ops/dev/house.sh", [verb], { env, encoding: "utf8", timeout: 180_000 });

let closed = false;
function close() {
	if (closed) return;
	closed = true;
	house("down");
	if (process.env.KEEP !== "1") rmSync(dir, { recursive: true, force: true });
}
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
	process.on(signal, () => {
		close();
		process.exit(130);
	});

mkdirSync(dir, { recursive: true });
writeFileSync(env.POOL_GEO_CITY_FILE, city());
writeFileSync(env.POOL_GEO_ANONYMOUS_FILE, anonymous());
const opened = house("up");
if (opened.status !== 0) {
	console.log(`not ok 1 - the house opens\n${opened.stdout}${opened.stderr}`.replaceAll("\n", "\n# "));
	close();
	process.exit(1);
}
// Stories look behind the curtain as the operator does.
for (const [, name, value] of house("env").stdout.matchAll(/^declare -x (POOL_\w+)="(.*)"$/gm)) env[name] = value;

// One file after the other: they share the house's mailbox, and Node 18 cannot be told so otherwise.
let code = 0;
for (const file of files) {
	const story = spawn(process.execPath, script ? [file] : ["--test", "--test-reporter=tap", file], { env, stdio: ["ignore", "inherit", "inherit"] });
	const ended = await new Promise((done) => story.on("exit", (c) => done(c ?? 1)));
	if (ended !== 0) code = ended;
}

// What the programs said while nobody looked: a crash or a sanitiser's finding is a failure of its own.
const said = existsSync(join(dir, "log"))
	? readdirSync(join(dir, "log"), { withFileTypes: true })
			.filter((f) => f.isFile())
			.map((f) => [f.name, readFileSync(join(dir, "log", f.name), "utf8")])
	: [];
const bad = said.flatMap(([file, text]) =>
	text
		.split("\n")
		.filter((l) => /AddressSanitizer|runtime error:|Assertion .* failed|ended by signal" n=(4|6|7|8|11)$|err=bug/.test(l))
		.map((l) => `# ${file}: ${l.slice(0, 300)}`),
);
if (!script || bad.length) console.log(`${bad.length ? "not ok" : "ok"} - the programs neither crashed nor found a bug of their own`);
if (bad.length) console.log(bad.slice(0, 20).join("\n"));
if (code !== 0 && !script && process.env.KEEP !== "1")
	for (const [file, text] of said) if (/web|auth|jobs|nginx/.test(file)) console.log(`# -- ${file}\n${text.split("\n").slice(-15).map((l) => `# ${l}`).join("\n")}`);
close();
process.exit(code === 0 && bad.length === 0 ? 0 : 1);
