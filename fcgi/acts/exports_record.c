/*
 * fcgi/acts/exports_record.c -- lists to take away: customers, their people and places, pools, and what stands there.
 */
#include "fcgi/acts/exports.h"

#include "domain/pools/equipment.h"
#include "domain/pools/volume.h"
#include "sql/tenant/queries/exports.h"

static void customer_row(struct sheet *s, const struct sheet_customer_row *r);
static enum err contacts(struct sheet *s, size_t *n);
static enum err properties(struct sheet *s, size_t *n);
static enum err pools(struct sheet *s, size_t *n);
static enum err equipment(struct sheet *s, size_t *n);
static void put_kinds(struct sheet *s, uint64_t kinds);

const struct sheet_list export_contacts = {
	"Customer,Name,Relation,Phone,Email,Language,Texts,Mails,Calls",
	"Cliente,Nombre,Relación,Teléfono,Correo,Idioma,Mensajes,Correos,Llamadas", contacts};
const struct sheet_list export_properties = {
	"Customer,Place,Street,City,State,ZIP,Latitude,Longitude,Found by,Confidence,Key,Dogs,Hazards,Parking",
	"Cliente,Lugar,Calle,Ciudad,Provincia,Código postal,Latitud,Longitud,Encontrado por,Confianza,Llave,Perros,"
	"Peligros,Estacionamiento", properties};
const struct sheet_list export_pools = {
	"Customer,Street,City,State,ZIP,Latitude,Longitude,Pool type,Pool,Volume @,Known by,Surface,Sanitizer,Fill water",
	"Cliente,Calle,Ciudad,Provincia,Código postal,Latitud,Longitud,Tipo de alberca,Alberca,Volumen @,Sabido por,"
	"Superficie,Desinfectante,Agua de llenado", pools};
const struct sheet_list export_equipment = {
	"Customer,Street,City,Pool,Kind,Make,Model,Serial,Installed,Warranty until,Service every days,Last service,Next service,Note",
	"Cliente,Calle,Ciudad,Alberca,Tipo,Marca,Modelo,Serie,Instalado,Garantía hasta,Servicio cada días,Último servicio,"
	"Próximo servicio,Nota", equipment};

enum err
act_export_customers(struct work *w, const struct person_id_row *id, size_t n, struct export_part *out)
{
	struct sheet_customer_row *row;
	struct sheet s;
	size_t rows;

	sheet_open(&s, w,
	    "Name,Company,Email,Phone,Street,City,State,ZIP,Latitude,Longitude,Dogs,Tags,Pool type,Volume @,Surface,"
	    "Sanitizer,Customer ID,Standing,Since",
	    "Nombre,Empresa,Correo,Teléfono,Calle,Ciudad,Provincia,Código postal,Latitud,Longitud,Perros,Etiquetas,Tipo de "
	    "alberca,Volumen @,Superficie,Desinfectante,Id cliente,Relación,Desde");
	for (size_t at = 0; at < n && s.room; at += SHEET_PAGE) {
		struct arena_mark mark = arena_mark(w->arena);
		struct buf ids = buf_open(w->arena, 24 * SHEET_PAGE, 24 * SHEET_PAGE);

		for (size_t i = at; i < n && i < at + SHEET_PAGE; i++)
			buf_printf(&ids, "%c%llu", i == at ? '[' : ',', (unsigned long long)id[i].id);
		buf_char(&ids, ']');
		TRY(sql_sheet_customers(w->db, buf_str(&ids), RECORD_CUSTOMER, w->arena, &row, &rows));
		for (size_t i = 0; i < rows && s.room; i++)
			customer_row(&s, &row[i]);
		arena_rewind(w->arena, mark);
	}
	sheet_close(&s, s.rows < n, out);
	return OK;
}

static void
customer_row(struct sheet *s, const struct sheet_customer_row *r)
{
	bool business = r->kind == CUSTOMER_BUSINESS;

	put(s, business && !str_eq(r->contact, r->name) ? r->contact : business ? STR("") : r->name);
	put(s, business ? r->name : STR(""));
	put(s, r->email);
	put(s, r->phone);
	put(s, r->street);
	put(s, r->city);
	put(s, r->region);
	put(s, r->postcode);
	put_degrees(s, r->lat_e6);
	put_degrees(s, r->lng_e6);
	put(s, r->dogs);
	put(s, r->tags);
	put_word(s, pool_kind_names, r->pool_kind.is ? r->pool_kind.v : 0);
	put_litres(s, r->volume_l);
	put_word(s, pool_surface_names, (uint64_t)r->surface);
	put_word(s, pool_sanitiser_names, (uint64_t)r->sanitiser);
	put(s, r->external_id);
	put_word(s, customer_standing_names, r->standing);
	put_day(s, (struct maybe_day){true, zone_day(s->w->tenant->zone, r->created_at)});
	(void)row_end(s, r->id);
}

static enum err
contacts(struct sheet *s, size_t *n)
{
	struct sheet_contact_row *r;

	TRY(sql_sheet_contacts(s->w->db, s->last, s->w->arena, &r, n));
	for (size_t i = 0; i < *n && s->room; i++) {
		put(s, r[i].customer);
		put(s, r[i].name);
		put_word(s, relation_names, r[i].relation);
		put(s, r[i].phone);
		put(s, r[i].email);
		put(s, r[i].language);
		put_kinds(s, r[i].by_sms);
		put_kinds(s, r[i].by_email);
		put_kinds(s, r[i].by_voice);
		(void)row_end(s, r[i].id);
	}
	return OK;
}

/* "visit_reminder, invoice" */
static void
put_kinds(struct sheet *s, uint64_t kinds)
{
	struct buf b = buf_open(s->w->arena, 64, 1000);

	for (unsigned k = 0; k < 64 && message_kind_names[k] != NULL; k++)
		if ((kinds >> k & 1) != 0)
			buf_printf(&b, "%s%s", b.n > 0 ? ", " : "", message_kind_names[k]);
	put(s, buf_str(&b));
}

static enum err
properties(struct sheet *s, size_t *n)
{
	struct sheet_property_row *r;

	TRY(sql_sheet_properties(s->w->db, s->last, s->w->arena, &r, n));
	for (size_t i = 0; i < *n && s->room; i++) {
		put(s, r[i].customer);
		put(s, r[i].name);
		put(s, r[i].street);
		put(s, r[i].city);
		put(s, r[i].region);
		put(s, r[i].postcode);
		put_degrees(s, r[i].lat_e6);
		put_degrees(s, r[i].lng_e6);
		put_word(s, place_source_names, r[i].place_source);
		put_number(s, r[i].place_score);
		put(s, r[i].key_no);
		put(s, r[i].dogs);
		put(s, r[i].hazards);
		put(s, r[i].parking);
		(void)row_end(s, r[i].id);
	}
	return OK;
}

static enum err
pools(struct sheet *s, size_t *n)
{
	struct sheet_pool_row *r;

	TRY(sql_sheet_pools(s->w->db, s->last, s->w->arena, &r, n));
	for (size_t i = 0; i < *n && s->room; i++) {
		put(s, r[i].customer);
		put(s, r[i].street);
		put(s, r[i].city);
		put(s, r[i].region);
		put(s, r[i].postcode);
		put_degrees(s, r[i].lat_e6);
		put_degrees(s, r[i].lng_e6);
		put_word(s, pool_kind_names, r[i].kind);
		put(s, r[i].name);
		put_litres(s, r[i].volume_l);
		put_word(s, volume_source_names, r[i].volume_source);
		put_word(s, pool_surface_names, r[i].surface);
		put_word(s, pool_sanitiser_names, r[i].sanitiser);
		put(s, r[i].fill_water);
		(void)row_end(s, r[i].id);
	}
	return OK;
}

static enum err
equipment(struct sheet *s, size_t *n)
{
	struct sheet_equipment_row *r;

	TRY(sql_sheet_equipment(s->w->db, s->last, s->w->arena, &r, n));
	for (size_t i = 0; i < *n && s->room; i++) {
		const struct equipment_facts facts = {r[i].installed_day, r[i].warranty_day, r[i].serviced_day,
		    r[i].service_every_days};

		put(s, r[i].customer);
		put(s, r[i].street);
		put(s, r[i].city);
		put(s, r[i].pool.n > 0 ? r[i].pool : str_of(pool_kind_names[r[i].pool_kind]));
		put_word(s, equipment_kind_names, r[i].kind);
		put(s, r[i].make);
		put(s, r[i].model);
		put(s, r[i].serial);
		put_day(s, r[i].installed_day);
		put_day(s, r[i].warranty_day);
		put_number(s, r[i].service_every_days);
		put_day(s, r[i].serviced_day);
		put_day(s, equipment_due(&facts));
		put(s, r[i].note);
		(void)row_end(s, r[i].id);
	}
	return OK;
}
