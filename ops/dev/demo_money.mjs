// demo_money.mjs -- what the demonstration company's customers owe and paid, through the API: Carla has a bill that a test
// card can pay, Ramón paid his by check, the HOA is a month late.
const day = (n) => new Intl.DateTimeFormat("sv-SE", { timeZone: "America/Phoenix" }).format(new Date(Date.now() + n * 86_400_000));
const MONTH = { kind: "labour", quantity_milli: 1000, tax_code: "" };

/** office: the owner's visitor. -> how many bills were issued */
export async function makeMoney(office) {
	const ask = (status, method, path, body) => office.must(status, method, `/api/office${path}`, body);
	let issued = 0;
	for (const [name, days, lines, paid] of [
		["Carla Customer", 4, [["Full service, monthly", 18_500], ["Pump shaft seal, fitted", 14_200]], 0],
		["Ramón Ortega", 12, [["Full service, monthly", 22_500]], 22_500],
		["Saguaro Ridge HOA", 45, [["Two pools and a spa, monthly", 96_000]], 0],
		["Priya Nair", 20, [["Every other week, monthly", 11_000], ["Filter clean", 9_500]], 10_000],
	]) {
		const [who] = (await ask(200, "GET", `/customers?q=${encodeURIComponent(name)}`)).rows;
		const { properties } = await ask(200, "GET", `/customers/${who.id}`);
		for (const [text, unit_cents] of lines) await ask(201, "POST", `/customers/${who.id}/lines`, { ...MONTH, property_id: properties[0].id, day: day(-days), text, unit_cents });
		const bill = await ask(201, "POST", `/customers/${who.id}/bills`, { day: day(-days), until: day(-days), due_day: day(14 - days), title: "", note: "" });
		if (paid) await ask(201, "POST", `/customers/${who.id}/payments`, { way: "check", day: day(5 - days), cents: paid, reference: "1041", note: "", reason: "", apply: [{ bill_id: bill.id, cents: paid }], keep: false });
		issued++;
	}
	return issued;
}
