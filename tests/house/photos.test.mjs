// A technician's photos: of own stops, made once however often they are sent, seen by whom they concern.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { company, crew, day, granted, refused, sql } from "./harness.mjs";
import { id, letters } from "./phone.mjs";

let c, people, office, tom, uma, visit;
/** The smallest JPEG that a decoder takes: one grey pixel. */
const pixel = Buffer.from("/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=", "base64");
const send = (who, query, bytes = pixel) =>
	who.file(`/api/tech/photos?${new URLSearchParams({ name: "", ...query })}`, bytes, "photo.jpg");

before(async () => {
	c = await company();
	people = await crew(c, ["technician"]);
	uma = (await crew(c, ["technician"])).technician.visitor;
	office = c.owner.visitor;
	tom = people.technician.visitor;
	const at = BigInt(Date.now()) << 21n;
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${at}, 'Rosa Ruiz', 'rosa@home.example', 'es', 0);
		INSERT INTO property (id, customer_id, street, city, region, postcode) VALUES (${at + 1n}, ${at}, '12 Palm Way', 'Mesa', 'AZ', '85201')`, c.schema);
	const [level] = granted(await office.post("/api/office/standard-services", {}), 201).rows;
	visit = granted(await office.post("/api/office/visits", { property_id: letters(at + 1n), service_id: level.id, day: day(), tech_id: people.technician.id, note: "", anyway: true }), 201);
});

test("a photo sent three times is there once, and another's stop is not there", async () => {
	const photo = { id: id(), visit_id: visit.id, name: "Before" };
	for (let i = 0; i < 3; i++) assert.equal(granted(await send(tom, photo), 201).id, photo.id);
	assert.equal(sql("SELECT COUNT(*) FROM file", c.schema)[0][0], "1");
	refused(await send(uma, { id: id(), visit_id: visit.id }), 404, "not_found");
	refused(await send(tom, { id: id(), visit_id: id() }), 404, "not_found");
	refused(await send(tom, { id: id(), visit_id: visit.id }, Buffer.from("no picture")), 422, "invalid");
	refused(await uma.get(`/api/tech/photos/${photo.id}/small`), 404, "not_found");
	refused(await office.get(`/api/tech/photos/${id()}/small`), 404, "not_found");
});
