// roads.mjs -- a road map that speaks OSRM's table service, small, on loopback, able to fail on purpose.
//
//	GET  /table/v1/driving/{lon,lat;...}?annotations=duration,distance&sources=0;1&destinations=2;3
//	POST /faults {"mode":"ok"|"busy"|"garbage"|"short"|"nowhere"}; GET /asked -> how many tables, and the largest
//
// Streets run north-south and east-west; whoever goes west is slower, so that there and back are two ways.
import http from "node:http";

const LIMIT = 100; // OSRM's own --max-table-size
const METRES_A_DEGREE = 111_195;

export async function roads() {
	let mode = "ok";
	const asked = { tables: 0, largest: 0, refused: 0 };
	const answer = (res, status, body) => {
		res.writeHead(status, { "Content-Type": "application/json; charset=UTF-8" });
		res.end(typeof body === "string" ? body : JSON.stringify(body));
	};
	const way = (a, b) => {
		const east = (b[0] - a[0]) * METRES_A_DEGREE * Math.cos((a[1] * Math.PI) / 180);
		const north = (b[1] - a[1]) * METRES_A_DEGREE;
		const metres = Math.abs(east) + Math.abs(north);
		return { metres, seconds: metres / 10 + (east < 0 ? -east / 40 : 0) };
	};
	const table = (url, res) => {
		const [, list] = /^\/table\/v1\/driving\/([^/]+)$/.exec(decodeURIComponent(url.pathname)) ?? [];
		const places = (list ?? "").split(";").map((p) => p.split(",").map(Number));
		if (!list || places.some((p) => p.length !== 2 || p.some(Number.isNaN) || Math.abs(p[0]) > 180 || Math.abs(p[1]) > 90))
			return answer(res, 400, { code: "InvalidQuery", message: "Query string malformed close to position 17" });
		asked.tables++;
		asked.largest = Math.max(asked.largest, places.length);
		if (places.length > LIMIT) {
			asked.refused++;
			return answer(res, 400, { code: "TooBig", message: "Too many table coordinates" });
		}
		const chosen = (name) => (url.searchParams.get(name) ?? "all") === "all" ? places.map((_, i) => i) : url.searchParams.get(name).split(";").map(Number);
		const [from, to] = [chosen("sources"), chosen("destinations")];
		if (mode === "busy") return answer(res, 503, { code: "Busy" });
		if (mode === "garbage") return answer(res, 200, "<html>a proxy says hello</html>");
		const cell = (f) => from.map((i) => to.map((j) => (mode === "nowhere" ? null : Math.round(f(way(places[i], places[j])) * 10) / 10)));
		const rows = { durations: cell((w) => w.seconds), distances: cell((w) => w.metres) };
		if (mode === "short") rows.durations.pop();
		const snapped = (i) => ({ hint: "", distance: 3.1, location: places[i], name: "" });
		answer(res, 200, { code: "Ok", ...(url.searchParams.get("annotations")?.includes("distance") ? rows : { durations: rows.durations }),
			sources: from.map(snapped), destinations: to.map(snapped) });
	};
	const server = http.createServer((req, res) => {
		const url = new URL(req.url, "http://127.0.0.1");
		if (req.method === "POST" && url.pathname === "/faults") {
			let text = "";
			req.on("data", (d) => (text += d));
			req.on("end", () => {
				({ mode } = JSON.parse(text));
				answer(res, 200, {});
			});
			return;
		}
		if (url.pathname === "/asked") return answer(res, 200, asked);
		table(url, res);
	});
	await new Promise((done) => server.listen(0, "127.0.0.1", done));
	server.unref();
	return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}
