// The machine in production: units, and the scripts beside them.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { where } from "./harness.mjs";

const EXPOSURE_MAX = { "poold-web": 0.6, "poold-auth": 0.6, "poold-jobs": 1.5, "poolctl-migrate": 0.6, "poolctl-spares": 0.6 };

test("every unit is listed here, with the most it may expose", () => {
	const units = readdirSync("ops/systemd").filter((f) => f.endsWith(".service")).map((f) => f.replace(".service", ""));
	assert.deepEqual(units.sort(), Object.keys(EXPOSURE_MAX).sort());
});

for (const [unit, most] of Object.entries(EXPOSURE_MAX)) {
	test(`${unit} exposes at most ${most}`, () => {
		const root = mkdtempSync(join(tmpdir(), "units-"));
		try {
			const to = join(root, "etc/systemd/system");
			mkdirSync(to, { recursive: true });
			cpSync("ops/systemd", to, { recursive: true });
			const said = spawnSync("systemd-analyze", ["security", "--offline=true", `--root=${root}`, "--no-pager", `${unit}.service`], { encoding: "utf8" });
			const score = said.stdout.match(/Overall exposure level for \S+: ([\d.]+)/);
			assert.ok(score, said.stderr + said.stdout);
			assert.ok(Number(score[1]) <= most, `${score[1]}\n${said.stdout.split("\n").filter((l) => l.includes("✗")).join("\n")}`);
		} finally {
			rmSync(root, { recursive: true, force: true });
		}
	});
}

test("what the page tells to install brings every library that the programs want", { skip: /san$/.test(where.bin) && "sanitised programs want their sanitisers too" }, () => {
	const page = readFileSync("ops/README.md", "utf8");
	const told = new Set(page.match(/apt-get install ((?:.*\\\n)*.*?)(?: +#|\n)/)[1].match(/[a-z][a-z0-9.+-]+/g));
	const ask = (command, ...words) => spawnSync(command, words, { encoding: "utf8" }).stdout;
	const wanted = new Set();
	for (const program of ["poold", "poolctl", "poolpress"])
		for (const name of ask("objdump", "-p", `${where.bin}/${program}`).match(/(?<=NEEDED +)\S+/g))
			wanted.add(ask("dpkg", "-S", `*/${name}`).split(":")[0]);
	for (const name of wanted) if (name.startsWith("libc6")) wanted.delete(name); // libc itself
	assert.ok(wanted.size > 8, [...wanted].join());
	assert.deepEqual([...wanted].filter((name) => !told.has(name)), []);
});
