// fill.mjs -- one company as large as they come: 20,000 customers, each with a place, a pool, equipment, a person, notes,
// an agreement, 25 visits and 25 lines of history. By SQL: what is measured is reading. Names and streets are as various
// as people's, and their three letters are indexed as domain/customers/gram.h says: else a search would be of one word.
import { sql } from "../house/harness.mjs";

export const CUSTOMERS = 20_000;
export const FIRST = { customer: 1001, property: 100_001, pool: 200_001 };

const GIVEN = "Dana Rosa Luis Ngozi Priya Bill Dot Carla Ramon Olga Sam Nora Tina Hector Wanda Ines Jorge Mabel Otis Pearl Quinn Ruth Silas Thea Ulf Vera Wes Xena Yuri Zoe".split(" ");
const FAMILY = "Whitfield Okafor Hernandez Nair Hargrove Ortega Petrova Beltran Keller Lindqvist Moreau Nakamura Oyelaran Pruitt Quiroga Rasmussen Salazar Thibault Underhill Vasquez Winslow Ximenes Yarbrough Zielinski Abernathy Bhatt Castellanos Drummond Eastwood Fitzgerald".split(" ");
const STREETS = "Sunnyslope Palm Juniper Ridge Hardy Cactus Wren Camelback Saguaro Ocotillo Mesquite Ironwood Agave Sonora Verde Baseline Dobson Gilbert Alma Stapley".split(" ");
export const nameOf = (i) => `${GIVEN[i % 30]} ${FAMILY[Math.floor(i / 30) % 30]} ${i}`;
const streetOf = (i) => `${i} ${STREETS[Math.floor(i / 7) % 20]} Lane`;

/* domain/customers/gram.h: two gaps before a word, one behind; 37 letters. */
export function grams(text) {
	const found = new Set();
	let [before, here] = [0, 0];
	for (const c of `${text.toLowerCase()} `) {
		const next = c >= "a" && c <= "z" ? c.charCodeAt(0) - 96 : c >= "0" && c <= "9" ? c.charCodeAt(0) - 21 : 0;
		const g = here === 0 ? next : (before * 37 + here) * 37 + next;
		if (g) found.add(g);
		[before, here] = [here, next];
	}
	return [...found].sort((a, b) => a - b);
}

function fillNames(schema) {
	for (let from = 1; from <= CUSTOMERS; from += 100) {
		const ids = Array.from({ length: 100 }, (_, k) => from + k);
		sql(
			`UPDATE customer SET name = ELT(id - ${1000 + from - 1}, ${ids.map((i) => `'${nameOf(i)}'`)}) WHERE id BETWEEN ${1000 + from} AND ${1099 + from};
			UPDATE property SET street = ELT(id - ${100000 + from - 1}, ${ids.map((i) => `'${streetOf(i)}'`)}) WHERE id BETWEEN ${100000 + from} AND ${100099 + from};
			INSERT INTO gram (gram, customer_id) VALUES ${ids.flatMap((i) => grams(`${nameOf(i)} c${i}@x.example ${streetOf(i)} Phoenix 85001 Person ${i}`).map((g) => `(${g},${1000 + i})`))}`,
			schema,
		);
	}
}

export function fill(schema) {
	sql(
		`INSERT INTO customer (id, name, email, language, created_at, standing) SELECT 1000 + seq, CONCAT('Customer ', seq), CONCAT('c', seq, '@x.example'), 'en', 1, 2 FROM seq_1_to_20000;
		INSERT INTO property (id, customer_id, street, city, region, postcode) SELECT 100000 + seq, 1000 + seq, CONCAT(seq, ' Main Street'), 'Phoenix', 'AZ', '85001' FROM seq_1_to_20000;
		INSERT INTO pool (id, property_id, kind) SELECT 200000 + seq, 100000 + seq, 1 FROM seq_1_to_20000;
		INSERT INTO equipment (id, pool_id, kind, serial) SELECT 300000 + seq, 200001 + seq DIV 3, 1, CONCAT('SN', seq) FROM seq_1_to_59000;
		INSERT INTO contact (id, customer_id, name, relation, language) SELECT 400000 + seq, 1000 + seq, CONCAT('Person ', seq), 1, 'en' FROM seq_1_to_20000;
		INSERT INTO note (id, customer_id, on_kind, on_id, audience, body, staff_id, made_at) SELECT 500000 + seq, 1001 + seq DIV 2, 1, 1001 + seq DIV 2, 1, 'Latch sticks', 1, 1 FROM seq_1_to_39000;
		INSERT INTO service (id, name, kind, minutes, checklist, parts) VALUES (1, 'Weekly', 1, 30, '[]', '[]');
		INSERT INTO agreement (id, customer_id, property_id, pool_id, repeats, starts_day) SELECT 600000 + seq, 1000 + seq, 100000 + seq, 0, 1, '2025-01-01' FROM seq_1_to_20000;
		INSERT INTO term (agreement_id, from_day, kind, rule, anchor_day, service_id, minutes, rate_kind, with_chemicals, rate_cents) SELECT 600000 + seq, '2025-01-01', 1, 'FREQ=WEEKLY', '2025-01-01', 1, 30, 1, 1, 9900 FROM seq_1_to_20000;
		INSERT INTO visit (id, agreement_id, occurs_day, customer_id, property_id, service_id, day, minutes, state, source)
			SELECT 1000000 + seq, 600001 + (seq - 1) DIV 25, DATE_ADD('2025-06-01', INTERVAL ((seq - 1) MOD 25) * 7 DAY), 1001 + (seq - 1) DIV 25, 100001 + (seq - 1) DIV 25, 1,
			DATE_ADD('2025-06-01', INTERVAL ((seq - 1) MOD 25) * 7 + ((seq - 1) DIV 25) MOD 5 DAY), 30, 1, 1 FROM seq_1_to_500000;
		INSERT INTO visit (id, customer_id, property_id, service_id, day, tech_id, seq, minutes, state, source)
			SELECT 2000000 + seq, 1000 + seq, 100000 + seq, 1, DATE_ADD('2024-03-04', INTERVAL (seq - 1) MOD 5 DAY), 7001 + seq MOD 40, seq DIV 200, 30, 1, 2 FROM seq_1_to_5000;
		INSERT INTO event SELECT 3000000 + seq, 1001 + (seq - 1) DIV 25, 0, 0, 1700000000 + seq, 2, 1, 1, 'x', 1, 1, '{"rows":[]}' FROM seq_1_to_500000;
		SELECT 1`,
		schema,
	);
	fillNames(schema);
	sql("ANALYZE TABLE customer, property, pool, equipment, contact, note, agreement, term, visit, event, gram", schema);
}
