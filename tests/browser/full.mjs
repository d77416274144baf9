// full.mjs -- pages as full as they get: for the stories that count what is drawn, and for what it costs (bench/pages.mjs).
import { sql } from "./harness.mjs";

/** 60 technicians with 20 stops each on that day. */
export function fullDay(schema, day) {
	const at = BigInt(Date.now()) << 21n;
	sql(`INSERT INTO staff (id, name, email, language, role, state, colour, created_at) SELECT ${at} + seq, CONCAT('Tech ', seq), CONCAT('t', seq, '@x.example'), 'en', 5, 2, 1 + seq MOD 10, 0 FROM seq_1_to_60;
		INSERT INTO customer (id, name, email, language, created_at) SELECT ${at} + seq, CONCAT('Customer ', seq), '', 'en', 0 FROM seq_1_to_1200;
		INSERT INTO property (id, customer_id, street, city, region, postcode, lat_e6, lng_e6) SELECT ${at} + seq, ${at} + seq, CONCAT(seq, ' Main St'), 'Mesa', 'AZ', '85201', 33400000 + seq * 97 MOD 90000, CAST(seq * 31 MOD 90000 AS SIGNED) - 111800000 FROM seq_1_to_1200;
		INSERT INTO service (id, name, kind, minutes, checklist, parts) VALUES (${at}, 'Weekly', 1, 25, '{"rows":[]}', '{"rows":[]}');
		INSERT INTO visit (id, customer_id, property_id, service_id, day, tech_id, seq, minutes, state, source) SELECT ${at} + seq, ${at} + seq, ${at} + seq, ${at}, '${day}', ${at} + 1 + (seq - 1) DIV 20, 1 + (seq - 1) MOD 20, 25, 1, 1 FROM seq_1_to_1200`, schema);
}

/** 8 technicians with 25 stops on each of six days from that Monday. */
export function fullWeek(schema, monday) {
	sql(`INSERT INTO staff (id, email, name, role, state, language, colour, created_at) SELECT 7000 + seq, CONCAT('t', seq, '@x.example'), CONCAT('Person ', seq), 6, 2, 'en', seq, 0 FROM seq_1_to_8;
		INSERT INTO customer (id, name, email, language, created_at) SELECT 8000 + seq, CONCAT('Customer Number ', seq), '', 'en', 0 FROM seq_1_to_1200;
		INSERT INTO property (id, customer_id, street, city, region, postcode) SELECT 20000 + seq, 8000 + seq, CONCAT(seq, ' Main Street'), 'Phoenix', 'AZ', '85001' FROM seq_1_to_1200;
		INSERT INTO service (id, name, kind, minutes, checklist, parts) VALUES (1, 'Weekly', 1, 20, '{"rows":[]}', '{"rows":[]}');
		INSERT INTO visit (id, customer_id, property_id, service_id, day, tech_id, seq, minutes, state, source)
			SELECT 30000 + seq, 8000 + seq, 20000 + seq, 1, DATE_ADD('${monday}', INTERVAL (seq - 1) MOD 6 DAY), 7001 + (seq - 1) DIV 6 MOD 8, (seq - 1) DIV 48, 20, 1, 2 FROM seq_1_to_1200`, schema);
}

/** The board's page, 40 px further in each frame. -> the frames, and the most job cards that came into the page in one of them */
export const scroll = (page) =>
	page.evaluate(
		() =>
			new Promise((done) => {
				const board = document.querySelector(".board");
				const cards = (n) => (n.nodeType === 1 ? n.matches("[data-job]") + n.querySelectorAll("[data-job]").length : 0);
				let frames = 0, made = 0, most = 0;
				const seen = new MutationObserver((records) => {
					for (const r of records) for (const n of r.addedNodes) made += cards(n);
				});
				const step = () => {
					[most, made] = [Math.max(most, made), 0];
					board.scrollTop += 40;
					if (++frames < 90) requestAnimationFrame(step);
					else done({ frames, most });
				};
				board.scrollTop = 0;
				seen.observe(board, { childList: true, subtree: true });
				requestAnimationFrame(step);
			}),
	);
