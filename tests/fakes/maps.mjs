// maps.mjs [port] -- a geocoder that speaks Nominatim's format and the US Census's, and fails on purpose.
//
// Which places there are follows from the address: number N lies at 38 + N/100000, -121 - N/100000. "Nowhere" is
// not found, "Twice" is found twice, "Road" without a number is only its street. PUT /faults {"mode", "times"}:
// slow, 429, 500, garbage, wrong_country, refused. GET /asked: how often it was asked, and what.
import http from "node:http";

let fault = { mode: "", times: 0 };
const asked = [];
const place = (text) => {
	const n = Number(/^(\d+) /.exec(text)?.[1] ?? 0);
	return { n, lat: (38 + n / 100000).toFixed(6), lon: (-121 - n / 100000).toFixed(6), postcode: /(\d{5})/.exec(text.split(",").slice(1).join(","))?.[1] ?? "95838" };
};

function nominatim(text, country) {
	if (/nowhere/i.test(text)) return [];
	const p = place(text);
	const one = {
		place_id: 1, licence: "Data (c) OpenStreetMap contributors, ODbL 1.0.", lat: p.lat, lon: p.lon, place_rank: p.n ? 30 : 26, category: "place",
		type: p.n ? "house" : "road", importance: 0.0001, addresstype: p.n ? "place" : "road", display_name: text,
		address: { ...(p.n && { house_number: String(p.n) }), road: "High Street", city: "Sacramento", state: "California", postcode: p.postcode, country_code: country },
	};
	return /twice/i.test(text) ? [one, { ...one, lat: "39.000000" }] : [one];
}
function census(text) {
	const p = place(text);
	const one = {
		tigerLine: { side: "L", tigerLineId: "1" }, coordinates: { x: Number(p.lon), y: Number(p.lat) }, matchedAddress: text.toUpperCase(),
		addressComponents: { zip: p.postcode, streetName: "HIGH", preType: "", city: "SACRAMENTO", state: "CA" },
	};
	const addressMatches = /nowhere/i.test(text) ? [] : /twice/i.test(text) ? [one, one] : [one];
	return { result: { input: { address: { address: text } }, addressMatches } };
}

const server = http.createServer((request, response) => {
	const url = new URL(request.url, "http://localhost");
	const say = (status, body, headers = {}) => {
		response.writeHead(status, { "content-type": "application/json", ...headers });
		response.end(typeof body === "string" ? body : JSON.stringify(body));
	};
	if (request.method === "PUT") {
		let text = "";
		request.on("data", (t) => (text += t)).on("end", () => {
			fault = JSON.parse(text);
			say(200, fault);
		});
		return;
	}
	if (url.pathname === "/asked") return say(200, { number: asked.length, asked });
	const text = url.searchParams.get("q") ?? url.searchParams.get("address") ?? "";
	const right = url.pathname === "/search"
		? url.searchParams.get("format") === "jsonv2" && url.searchParams.get("countrycodes") && request.headers["user-agent"]?.startsWith("Poolhouse")
		: url.pathname === "/locations/onelineaddress" && url.searchParams.get("benchmark") === "Public_AR_Current" && url.searchParams.get("format") === "json";
	if (!right) return say(400, { error: "not as it is documented" });
	asked.push(text);
	const mode = fault.times > 0 ? fault.mode : "";
	if (mode) fault.times--;
	const answer = url.pathname === "/search" ? nominatim(text, mode === "wrong_country" ? "fr" : url.searchParams.get("countrycodes")) : census(text);
	if (mode === "429") return say(429, { error: "slow down" }, { "retry-after": "7" });
	if (mode === "500") return say(500, "<html>sorry</html>");
	if (mode === "refused") return say(403, "usage policy");
	if (mode === "garbage") return say(200, '[{"lat":"north"');
	if (mode === "slow") return setTimeout(() => say(200, answer), 3500);
	return say(200, answer);
});
server.listen(Number(process.argv[2] ?? 0), "127.0.0.1", () => console.log(server.address().port));
