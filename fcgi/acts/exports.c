/*
 * fcgi/acts/exports.c -- rows become lines; each cell goes through csv_cell.
 */
#include "fcgi/acts/exports.h"

#include "domain/base/csv.h"
#include "domain/base/money.h"
#include "domain/pools/volume.h"
#include "domain/staff/staff.h"
#include "domain/visits/visit.h"
#include "sql/tenant/queries/exports.h"

/* What the queries' LIMIT is. */
#define PAGE 1000
#define COLUMNS_MAX 24

/* One table under way. */
struct sheet {
	struct work *w;
	struct buf out;
	struct str cell[COLUMNS_MAX];
	size_t cells;
	size_t rows;
	uint64_t last; /* the last row that is whole */
};

static void sheet_open(struct sheet *s, struct work *w, const char *english, const char *spanish);
static void put(struct sheet *s, struct str text);
static void put_word(struct sheet *s, const char *const *words, uint64_t i);
static void put_degrees(struct sheet *s, struct maybe_i64 e6);
static void put_number(struct sheet *s, int64_t n);
static void put_litres(struct sheet *s, struct maybe_u32 volume_l);
static void put_minute(struct sheet *s, struct maybe_u32 minute);
static bool row_end(struct sheet *s, uint64_t id);
static void sheet_close(struct sheet *s, bool more, struct export_part *out);
static bool gallons(const struct work *w);
static void customer_row(struct sheet *s, const struct sheet_customer_row *r);
static void property_row(struct sheet *s, const struct sheet_property_row *r);
static void pool_row(struct sheet *s, const struct sheet_pool_row *r);
static void visit_row(struct sheet *s, const struct sheet_visit_row *r);

enum err
act_export_customers(struct work *w, const struct person_id_row *id, size_t n, struct export_part *out)
{
	struct sheet_customer_row *row;
	bool room = true;
	struct sheet s;
	size_t rows;

	sheet_open(&s, w,
	    gallons(w) ? "Name,Company,Email,Phone,Street,City,State,ZIP,Latitude,Longitude,Dogs,Tags,Pool type,Volume "
			 "gallons,Surface,Sanitizer,Customer ID,Standing,Since"
		       : "Name,Company,Email,Phone,Street,City,State,ZIP,Latitude,Longitude,Dogs,Tags,Pool type,Volume "
			 "liters,Surface,Sanitizer,Customer ID,Standing,Since",
	    gallons(w) ? "Nombre,Empresa,Correo,Teléfono,Calle,Ciudad,Provincia,Código postal,Latitud,Longitud,Perros,"
			 "Etiquetas,Tipo de piscina,Volumen galones,Superficie,Desinfectante,Id cliente,Relación,Desde"
		       : "Nombre,Empresa,Correo,Teléfono,Calle,Ciudad,Provincia,Código postal,Latitud,Longitud,Perros,"
			 "Etiquetas,Tipo de piscina,Volumen litros,Superficie,Desinfectante,Id cliente,Relación,Desde");
	for (size_t at = 0; at < n && room; at += PAGE) {
		struct arena_mark mark = arena_mark(w->arena);
		struct buf ids = buf_open(w->arena, 24 * PAGE, 24 * PAGE);

		for (size_t i = at; i < n && i < at + PAGE; i++)
			buf_printf(&ids, "%c%llu", i == at ? '[' : ',', (unsigned long long)id[i].id);
		buf_char(&ids, ']');
		TRY(sql_sheet_customers(w->db, buf_str(&ids), RECORD_CUSTOMER, w->arena, &row, &rows));
		for (size_t i = 0; i < rows && room; i++) {
			customer_row(&s, &row[i]);
			room = row_end(&s, row[i].id);
		}
		arena_rewind(w->arena, mark);
	}
	sheet_close(&s, s.rows < n, out);
	return OK;
}

static void
customer_row(struct sheet *s, const struct sheet_customer_row *r)
{
	bool business = r->kind == CUSTOMER_BUSINESS;
	char since[DAY_LETTERS + 1];

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
	day_write(zone_day(s->w->tenant->zone, r->created_at), since);
	put(s, str_copy(s->w->arena, str_of(since)));
}

enum err
act_export_properties(struct work *w, const struct export_query *q, struct export_part *out)
{
	struct sheet_property_row *row;
	bool room = true;
	struct sheet s;
	size_t n;

	sheet_open(&s, w,
	    "Customer,Place,Street,City,State,ZIP,Latitude,Longitude,Found by,Confidence,Key,Dogs,Hazards,Parking",
	    "Cliente,Lugar,Calle,Ciudad,Provincia,Código postal,Latitud,Longitud,Encontrado por,Confianza,Llave,Perros,"
	    "Peligros,Estacionamiento");
	s.last = q->before.is ? q->before.v : 0;
	do {
		struct arena_mark mark = arena_mark(w->arena);

		TRY(sql_sheet_properties(w->db, s.last, w->arena, &row, &n));
		for (size_t i = 0; i < n && room; i++) {
			property_row(&s, &row[i]);
			room = row_end(&s, row[i].id);
		}
		arena_rewind(w->arena, mark);
	} while (n == PAGE && room);
	sheet_close(&s, !room, out);
	return OK;
}

static void
property_row(struct sheet *s, const struct sheet_property_row *r)
{
	put(s, r->customer);
	put(s, r->name);
	put(s, r->street);
	put(s, r->city);
	put(s, r->region);
	put(s, r->postcode);
	put_degrees(s, r->lat_e6);
	put_degrees(s, r->lng_e6);
	put_word(s, place_source_names, r->place_source);
	put_number(s, r->place_score);
	put(s, r->key_no);
	put(s, r->dogs);
	put(s, r->hazards);
	put(s, r->parking);
}

enum err
act_export_pools(struct work *w, const struct export_query *q, struct export_part *out)
{
	struct sheet_pool_row *row;
	bool room = true;
	struct sheet s;
	size_t n;

	sheet_open(&s, w,
	    gallons(w) ? "Customer,Street,City,State,ZIP,Latitude,Longitude,Pool type,Pool,Volume gallons,Known by,Surface,"
			 "Sanitizer,Fill water"
		       : "Customer,Street,City,State,ZIP,Latitude,Longitude,Pool type,Pool,Volume liters,Known by,Surface,"
			 "Sanitizer,Fill water",
	    gallons(w) ? "Cliente,Calle,Ciudad,Provincia,Código postal,Latitud,Longitud,Tipo de piscina,Piscina,Volumen "
			 "galones,Sabido por,Superficie,Desinfectante,Agua de llenado"
		       : "Cliente,Calle,Ciudad,Provincia,Código postal,Latitud,Longitud,Tipo de piscina,Piscina,Volumen "
			 "litros,Sabido por,Superficie,Desinfectante,Agua de llenado");
	s.last = q->before.is ? q->before.v : 0;
	do {
		struct arena_mark mark = arena_mark(w->arena);

		TRY(sql_sheet_pools(w->db, s.last, w->arena, &row, &n));
		for (size_t i = 0; i < n && room; i++) {
			pool_row(&s, &row[i]);
			room = row_end(&s, row[i].id);
		}
		arena_rewind(w->arena, mark);
	} while (n == PAGE && room);
	sheet_close(&s, !room, out);
	return OK;
}

static void
pool_row(struct sheet *s, const struct sheet_pool_row *r)
{
	put(s, r->customer);
	put(s, r->street);
	put(s, r->city);
	put(s, r->region);
	put(s, r->postcode);
	put_degrees(s, r->lat_e6);
	put_degrees(s, r->lng_e6);
	put_word(s, pool_kind_names, r->kind);
	put(s, r->name);
	put_litres(s, r->volume_l);
	put_word(s, volume_source_names, r->volume_source);
	put_word(s, pool_surface_names, r->surface);
	put_word(s, pool_sanitiser_names, r->sanitiser);
	put(s, r->fill_water);
}

enum err
act_export_staff(struct work *w, struct export_part *out)
{
	struct sheet_staff_row *row;
	struct sheet s;
	size_t n;

	sheet_open(&s, w, "Name,Email,Phone,Language,Role,State", "Nombre,Correo,Teléfono,Idioma,Función,Estado");
	TRY(sql_sheet_staff(w->db, w->arena, &row, &n));
	for (size_t i = 0; i < n; i++) {
		put(&s, row[i].name);
		put(&s, row[i].email);
		put(&s, row[i].phone);
		put(&s, row[i].language);
		put_word(&s, role_names, row[i].role);
		put_word(&s, staff_state_names, row[i].state);
		(void)row_end(&s, row[i].id);
	}
	sheet_close(&s, false, out);
	return OK;
}

enum err
act_export_services(struct work *w, struct export_part *out)
{
	static const char *const kinds[] = {"", "level", "job", NULL};
	struct sheet_service_row *row;
	struct sheet s;
	size_t n;

	sheet_open(&s, w, "Service,Kind,Minutes,Pay code,Price", "Servicio,Tipo,Minutos,Código de pago,Precio");
	TRY(sql_sheet_services(w->db, w->arena, &row, &n));
	for (size_t i = 0; i < n; i++) {
		put(&s, row[i].name);
		put_word(&s, kinds, row[i].kind);
		put_number(&s, row[i].minutes);
		put(&s, row[i].pay_code);
		put(&s, money_write(w->arena, row[i].price_cents, str_of(w->tenant->currency), w->actor.language));
		(void)row_end(&s, row[i].id);
	}
	sheet_close(&s, false, out);
	return OK;
}

enum err
act_export_visits(struct work *w, const struct export_visits_query *q, struct export_part *out)
{
	struct sheet_visit_row *row;
	struct sheet s;
	size_t n;

	if (q->to.n < q->from.n || q->to.n - q->from.n >= EXPORT_DAYS)
		return fail(&w->fault, E_INVALID, "to", "A table holds the visits of one day to %d days.", EXPORT_DAYS);
	TRY(sql_sheet_visits(w->db, q->from, q->to, w->arena, &row, &n));
	if (n > EXPORT_VISITS)
		return fail(&w->fault, E_LIMIT, "to", "These days have more than %d visits. Choose fewer.", EXPORT_VISITS);
	sheet_open(&s, w, "Day,From,To,Minutes,State,Customer,Street,City,Service,Technician,Skipped because,Note",
	    "Día,Desde,Hasta,Minutos,Estado,Cliente,Calle,Ciudad,Servicio,Técnico,Omitida porque,Nota");
	for (size_t i = 0; i < n; i++) {
		visit_row(&s, &row[i]);
		if (!row_end(&s, row[i].id) && s.rows < n)
			return fail(&w->fault, E_LIMIT, "to", "These days have more than %d visits. Choose fewer.",
			    (int)s.rows);
	}
	sheet_close(&s, false, out);
	return OK;
}

static void
visit_row(struct sheet *s, const struct sheet_visit_row *r)
{
	char day[DAY_LETTERS + 1];

	day_write(r->day, day);
	put(s, str_copy(s->w->arena, str_of(day)));
	put_minute(s, r->from_minute);
	put_minute(s, r->to_minute);
	put_number(s, r->minutes);
	put_word(s, visit_state_names, r->state);
	put(s, r->customer);
	put(s, r->street);
	put(s, r->city);
	put(s, r->service);
	put(s, r->tech);
	put(s, r->skip_reason);
	put(s, r->note);
}

/* The mark tells Excel that it is UTF-8. All its room from the start: pages are given back while it grows. */
static void
sheet_open(struct sheet *s, struct work *w, const char *english, const char *spanish)
{
	*s = (struct sheet){.w = w, .out = buf_open(w->arena, EXPORT_BYTES, EXPORT_BYTES)};
	buf_add(&s->out, STR("\xef\xbb\xbf"));
	buf_add(&s->out, str_of(w->actor.language == SPANISH ? spanish : english));
	buf_add(&s->out, STR("\r\n"));
}

static void
put(struct sheet *s, struct str text)
{
	s->cell[s->cells++] = text;
}

static void
put_word(struct sheet *s, const char *const *words, uint64_t i)
{
	for (uint64_t at = 0; words[at] != NULL; at++)
		if (at == i) {
			put(s, str_eq(str_of(words[at]), STR("unknown")) ? STR("") : str_of(words[at]));
			return;
		}
	put(s, STR(""));
}

static void
put_degrees(struct sheet *s, struct maybe_i64 e6)
{
	uint64_t size = e6.v < 0 ? (uint64_t)-e6.v : (uint64_t)e6.v;

	put(s, !e6.is ? STR("") : str_printf(s->w->arena, "%s%llu.%06llu", e6.v < 0 ? "-" : "",
	    (unsigned long long)(size / 1000000), (unsigned long long)(size % 1000000)));
}

static void
put_number(struct sheet *s, int64_t n)
{
	put(s, str_printf(s->w->arena, "%lld", (long long)n));
}

/* In what the company thinks in. */
static void
put_litres(struct sheet *s, struct maybe_u32 volume_l)
{
	put(s, !volume_l.is ? STR("")
	    : str_printf(s->w->arena, "%u", gallons(s->w) ? volume_us_gallons(volume_l.v) : volume_l.v));
}

static void
put_minute(struct sheet *s, struct maybe_u32 minute)
{
	put(s, !minute.is ? STR("") : str_printf(s->w->arena, "%02u:%02u", minute.v / 60, minute.v % 60));
}

/* False: the part is full. A row that does not fit whole is of the next part. */
static bool
row_end(struct sheet *s, uint64_t id)
{
	size_t whole = s->out.n;

	csv_row(&s->out, s->cell, s->cells);
	s->cells = 0;
	if (s->out.full) {
		s->out.n = whole;
		return false;
	}
	s->last = id;
	return ++s->rows < EXPORT_ROWS;
}

static void
sheet_close(struct sheet *s, bool more, struct export_part *out)
{
	*out = (struct export_part){buf_str(&s->out), {more, s->last}};
}

static bool
gallons(const struct work *w)
{
	return strcmp(w->tenant->currency, "USD") == 0;
}
