// The technician's day in Node, as its practice is: node:http in a process for each core, mysql2 with a pool for each company,
// prepared statements, JSON that is stored spliced in as it stands.
import cluster from "node:cluster";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { cpus } from "node:os";
import mysql from "mysql2/promise";

const [file, listen] = process.argv.slice(2);
const SESSION = "SELECT s.id, s.actor_id, s.door, s.second_factor, s.created_at, s.seen_at, s.stepped_up_at, s.version, p.language, p.role, p.role_id FROM session s JOIN staff p ON p.id = s.actor_id WHERE s.token_hash = ? AND s.actor_kind = 1 AND s.ended_at IS NULL AND s.expires_at > ? AND p.state = 2";
const CLOCK = "SELECT id, kind, day, from_at, to_at, version FROM clock WHERE staff_id = ? AND day BETWEEN ? AND ? AND IF(day = ?, TRUE, to_at IS NULL AND from_at >= ?) ORDER BY from_at, id LIMIT 60";
const CARDS = "SELECT id, seq, state, from_minute, to_minute, minutes, on_way_at, started_at, ended_at, confirmed_at, flag, skip_reason, note, fetched_at, visit_version, brief, progress, since, built, seen_version, version FROM stop_card WHERE tech_id = ? AND day = ? ORDER BY seq, id LIMIT 400";
const STATES = ["", "scheduled", "started", "done", "skipped", "cancelled", "on_way", "no_access"];
const KINDS = ["", "work", "break"];
const LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";

function id(n) {
	let out = "", low = BigInt(n);
	for (let i = 0; i < 13; i++, low >>= 5n) out = LETTERS[Number(low & 31n)] + out;
	return out;
}
const at = (s) => (s === null ? null : new Date(Number(s) * 1000).toISOString().replace(".000Z", "Z"));

async function main() {
	const { socket, zone, companies } = JSON.parse(readFileSync(file, "utf8"));
	const pools = new Map(companies.map((c) => [c.host, mysql.createPool({ socketPath: socket, user: c.account, password: c.password, database: c.schema, connectionLimit: 4, supportBigNumbers: true, bigNumberStrings: true, dateStrings: true, rowsAsArray: false })]));
	const calendar = new Intl.DateTimeFormat("sv-SE", { timeZone: zone });
	createServer(async (req, res) => {
		try {
			const pool = pools.get(req.headers.host.split(":")[0]);
			const cookie = /(?:^|; )__Host-poolhouse=([^;]+)/.exec(req.headers.cookie ?? "");
			const now = Math.floor(Date.now() / 1000);
			const day = new URL(req.url, "http://x").searchParams.get("day");
			if (!pool || !cookie) return res.writeHead(401).end();
			const hash = createHash("sha256").update(Buffer.from(cookie[1], "base64url")).digest();
			const [[session]] = await pool.execute(SESSION, [hash, now]);
			if (!session || now - Number(session.seen_at) > 30 * 86400 || session.role !== 5) return res.writeHead(401).end();
			const before = new Date(Date.parse(`${day}T00:00:00Z`) - 86400000).toISOString().slice(0, 10);
			const [clock] = await pool.execute(CLOCK, [session.actor_id, before, day, day, now - 16 * 3600]);
			const [cards] = await pool.execute(CARDS, [session.actor_id, day]);
			const [head, ...stops] = cards;
			const parts = stops.map((r) => {
				const plain = JSON.stringify({ id: id(r.id), seq: r.seq, state: STATES[r.state], from_minute: r.from_minute, to_minute: r.to_minute, minutes: r.minutes, on_way_at: at(r.on_way_at), started_at: at(r.started_at), ended_at: at(r.ended_at), confirmed_at: at(r.confirmed_at), flag: r.flag, skip_reason: r.skip_reason, note: r.note, fetched_at: at(r.fetched_at), visit_version: r.visit_version });
				return `${plain.slice(0, -1)},"brief":${r.brief},"progress":${r.progress}}`;
			});
			const spans = clock.map((r) => ({ id: id(r.id), kind: KINDS[r.kind], from_at: at(r.from_at), to_at: at(r.to_at) }));
			const body = `{"day":"${day}","today":"${calendar.format(now * 1000)}","version":${head.version},"seen_version":${head.seen_version},"stops":[${parts.join(",")}],"clock":${JSON.stringify(spans)}}`;
			res.writeHead(200, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) }).end(body);
		} catch (e) {
			res.writeHead(500).end(String(e));
		}
	}).listen(Number(listen), "127.0.0.1");
}

if (cluster.isPrimary) for (let i = 0; i < cpus().length; i++) cluster.fork();
else await main();
