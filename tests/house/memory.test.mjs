// What a worker holds after its work, counted as the kernel counts it: its own pages whole, what it shares divided by
// those who share it (PSS). A house with a hundred workers fits a small machine, and one large piece of work does not
// stay in a worker for ever.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { company, crew, granted, pause, site, Visitor, where } from "./harness.mjs";

const LIMIT_KB = 2560;
/* There is always one; between two of them is a moment. */
const workers = (kind) => {
	for (;;) {
		const all = spawnSync("pgrep", ["-P", readFileSync(join(where.dir, "pid", kind), "utf8").trim()], { encoding: "utf8" }).stdout.trim();
		if (all) return all.split("\n");
	}
};
const pss = (pid) => Number(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8").match(/^Pss:\s+(\d+)/m)[1]);
/* Where it lies: each stretch of half a megabyte and more, for whoever finds one too large. */
function stretches(pid) {
	const all = readFileSync(`/proc/${pid}/smaps`, "utf8").split(/\n(?=[0-9a-f]+-[0-9a-f]+ )/);
	return all.map((one) => ({ head: one.split("\n")[0].replace(/\s+/g, " "), size: Number(one.match(/^Size:\s+(\d+)/m)?.[1]), pss: Number(one.match(/^Pss:\s+(\d+)/m)?.[1] ?? 0) }))
		.filter(({ pss: kb }) => kb >= 512).map(({ head, size, pss: kb }) => `${kb} of ${size} kB at ${head}`).join("; ");
}
const readable = () => {
	try {
		return pss(workers("web")[0]) > 0;
	} catch {
		return false; // they are not dumpable: only root may look
	}
};

let c, people;
before(async () => {
	c = await company();
	people = await crew(c);
});

/* Every list of the office and of a technician, by as many at once as there are workers. */
async function ask_everything() {
	const paths = execFileSync(`${where.bin}/poold`, ["routes"], { encoding: "utf8" })
		.split("\n")
		.filter((l) => /^GET +\/api\/(office|tech)\/[^:\s]+\s/.test(l) && !/live/.test(l))
		.map((l) => l.split(/\s+/)[1]);
	assert.ok(paths.length > 30, String(paths.length));
	for (const path of paths)
		await Promise.all(Array.from({ length: 4 }, () => (path.includes("/tech/") ? people.technician : c.owner).visitor.get(path)));
}

/* A list of customers: the largest body that people send, and a job of some seconds. */
async function bring_customers(n) {
	const list = ["Name,Street,City,State,ZIP,Pool type,Volume gallons", ...Array.from({ length: n }, (_, i) => `Customer ${i},${i} Main St,Mesa,AZ,85201,pool,15000`)].join("\r\n");
	const body = Buffer.from(`--boundary\r\nContent-Disposition: form-data; name="file"; filename="list.csv"\r\nContent-Type: text/csv\r\n\r\n${list}\r\n--boundary--\r\n`);
	const sent = granted(await c.owner.visitor.post("/api/office/imports", body, { "content-type": "multipart/form-data; boundary=boundary" }), 201);
	const guessed = granted(await c.owner.visitor.get(`/api/office/imports/${sent.id}/columns`)).rows;
	granted(await c.owner.visitor.put(`/api/office/imports/${sent.id}`, { columns: guessed.map((k) => ({ field: k.field })), unit: sent.unit, policy: "fill", version: sent.version }));
	const settled = async (state) => {
		for (let i = 0; i < 2400; i++, await pause(50)) {
			const now = granted(await c.owner.visitor.get(`/api/office/imports/${sent.id}`));
			if (now.state === state && now.done === now.total) return now;
		}
		throw new Error(`the list does not become ${state}`);
	};
	const dry = await settled("dry");
	granted(await c.owner.visitor.post(`/api/office/imports/${sent.id}/starts`, { version: dry.version }));
	await settled("done");
}

test("a worker of each kind holds less than 2.5 MB after its work", async (t) => {
	if (process.env.SAN === "1") return t.skip("the sanitisers have shadows of their own");
	if (!readable()) return t.skip("only root may look at workers");
	await bring_customers(300);
	granted(await c.owner.visitor.post("/api/office/standard-services", {}), 201);
	await ask_everything();
	assert.equal((await site().get("/api/openapi.json")).status, 200);
	// Passwords, by each core: 64 MiB that are to be given back.
	for (let i = 0; i < 4; i++) await Promise.all([1, 2].map(() => new Visitor(where, c.host).post("/api/auth/sessions", { email: people.technician.email, password: "no such password 1" })));
	const held = {};
	// After its work: who is still at it (clockwork, a sweep) is asked again in a moment.
	const size = (pid) => {
		try {
			return pss(pid);
		} catch {
			return Infinity; // it went home
		}
	};
	for (const kind of ["web", "auth", "jobs"])
		for (let i = 0; i < 300; i++, await pause(100)) {
			held[kind] = workers(kind).map(size);
			if (held[kind].every((kb) => kb <= LIMIT_KB)) break;
		}
	t.diagnostic(JSON.stringify(held));
	for (const kind of Object.keys(held)) for (const pid of workers(kind)) if (size(pid) > LIMIT_KB) t.diagnostic(`poold ${kind} ${pid}: ${stretches(pid)}`);
	for (const [kind, list] of Object.entries(held)) for (const kb of list) assert.ok(kb > 0 && kb <= LIMIT_KB, `poold ${kind}: ${kb} kB`);
});
