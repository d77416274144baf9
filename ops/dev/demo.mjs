// demo.mjs FILE PORT MAIL_PORT STRIPE_PORT -- the demonstration company, through the front door like everybody's: sign up,
// confirm, enrol, invite one person per role, accept, take customers on. Writes FILE as it goes, so that whoever stops it
// half-way still learns who may enter; does nothing if FILE is there already. Says "open" once everybody who is named can
// sign in, then how far it is: the rest (a thousand homes, a week of routes, today's phones) fills up while people look around.
// demo.mjs --print FILE PORT MAIL_PORT -- say where the doors are and who may enter.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { ask, later, makePlan, TECHNICIANS, together } from "./demo_plan.mjs";
import { confirmEmail, enrol, hire, Mailbox, signUp, takeCards, Visitor } from "./client.mjs";
import { makeCustomers } from "./demo_customers.mjs";
import { makeDay } from "./demo_day.mjs";
import { makeMoney } from "./demo_money.mjs";
import { makeWater } from "./demo_water.mjs";

const print = process.argv[2] === "--print";
const [file, port, mailPort, stripePort] = process.argv.slice(print ? 3 : 2);
const where = { port: Number(port), mailPort: Number(mailPort), stripePort: Number(stripePort) };
const SLUG = "demo";
const PASSWORD = "heron-lily-cedar-moss";

const people = [
	["manager", "Marta Manager", "marta@demo.example"],
	["dispatcher", "Diego Dispatcher", "diego@demo.example"],
	["billing", "Bea Billing", "bea@demo.example"],
	["technician", "Tom Technician", "tom@demo.example"],
	["read_only", "Rita Reader", "rita@demo.example"],
];

function show() {
	const d = JSON.parse(readFileSync(file, "utf8"));
	const at = (door) => `http://${SLUG}.localhost:${port}${door}`;
	console.log(`  office    ${at("/")}   technicians ${at("/tech/")}   customers ${at("/portal/")}`);
	console.log(`Sign-ins of ${d.company} (password for all of them: ${PASSWORD}):`);
	for (const p of d.people.filter((p) => p.password))
		console.log(`  ${p.role.padEnd(11)} ${p.email.padEnd(22)} ${p.totp ? "and the code shown in the mailbox" : ""}`);
	for (const p of d.people.filter((p) => !p.password)) console.log(`  ${p.role.padEnd(11)} ${p.email.padEnd(22)} by a link in the mailbox`);
}

async function make() {
	const site = new Visitor(where, "localhost");
	const { body } = await site.get(`/api/site/slugs?slug=${SLUG}`);
	if (!body?.free) return console.log(`demo: "${SLUG}" is taken; nothing to do`);

	const mailbox = new Mailbox(where);
	const company = await signUp(where, {
		company: "Desert Blue Pool Care",
		slug: SLUG,
		owner: "Olga Owner",
		email: "olga@demo.example",
		password: PASSWORD,
		zone: "America/Phoenix",
	});
	await confirmEmail(mailbox, company.owner);
	await enrol(company.owner);
	const door = (path) => `http://${company.host}:${port}${path}`;
	const made = [];
	const may_enter = (who) => {
		made.push(who);
		writeFileSync(file, JSON.stringify({ company: company.company, people: made }, null, "\t"), { mode: 0o600 });
	};
	may_enter({ role: "owner", email: company.email, password: PASSWORD, totp: company.owner.codes.secret, url: door("/") });
	const office = company.owner.visitor;
	const settings = await office.must(200, "GET", "/api/office/company");
	await office.must(200, "PUT", "/api/office/company", {
		...settings, phone: "(480) 555-0142", street: "1420 E Apache Blvd", city: "Tempe", region: "AZ", postcode: "85281",
	});
	await takeCards(where, company.owner);
	let tom;
	for (const [role, name, email] of people) {
		const p = await hire(company, mailbox, role, { name, email, password: PASSWORD });
		if (role === "technician") tom = p;
		may_enter({ role, email, password: PASSWORD, totp: p.codes?.secret ?? null, url: door(p.door === "tech" ? "/tech/" : "/") });
	}
	const known = await makeCustomers(office);
	may_enter({ role: "customer", email: "carla@demo.example", password: null, totp: null, url: door("/portal/") });
	console.log("open");
	await fill(company, mailbox, tom, known);
}

async function fill(company, mailbox, tom, known) {
	const began = Date.now();
	const say = (what) => console.log(`${((Date.now() - began) / 1000).toFixed(0).padStart(3)} s  ${what}`);
	const office = company.owner.visitor;
	const crew = [tom];
	await together(TECHNICIANS.slice(1), async (t, i) => (crew[i + 1] = await hire(company, mailbox, "technician", { ...t, password: PASSWORD })));
	await makeWater(office, tom.id);
	say(`${crew.length} technicians`);
	const served = await makePlan(office, crew.map((p) => p.id), known, say);
	const done = await makeDay(office, crew);
	say(`${done} stops done by now`);
	// A better week is searched for while people look around: nothing moves until somebody publishes it.
	await ask(office, 201, "POST", "/route-plans", { kind: "week", from_day: later(1), same_tech: 1, same_day: 1, even: 1, room_minutes: 0, scratch: false, locked: [], seconds: 10 });
	console.log(`${served} customers on routes, ${done} stops done today, ${await makeMoney(office)} bills, in ${Date.now() - began} ms`);
}

if (print) show();
else if (!existsSync(file)) await make();
