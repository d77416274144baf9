// The machine in production: units, and the scripts beside them.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

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
