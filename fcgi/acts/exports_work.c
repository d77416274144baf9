/*
 * fcgi/acts/exports_work.c -- lists to take away: who works, what is promised, what is done.
 */
#include "fcgi/acts/exports.h"

#include "domain/customers/agreement.h"
#include "domain/staff/staff.h"
#include "domain/visits/reason.h"
#include "domain/visits/visit.h"
#include "sql/tenant/queries/exports.h"

static enum err staff(struct sheet *s, size_t *n);
static enum err services(struct sheet *s, size_t *n);
static enum err agreements(struct sheet *s, size_t *n);
static void visit_row(struct sheet *s, const struct sheet_visit_row *r);

const struct sheet_list export_staff = {
	"Name,Email,Phone,Language,Role,State", "Nombre,Correo,Teléfono,Idioma,Función,Estado", staff};
const struct sheet_list export_services = {
	"Service,Kind,Minutes,Pay code,Price", "Servicio,Tipo,Minutos,Código de pago,Precio", services};
const struct sheet_list export_agreements = {
	"Customer,Street,City,Service,Rule,Technician,Starts,Ends,Minutes,Rate,Rate per,Chemicals",
	"Cliente,Calle,Ciudad,Servicio,Regla,Técnico,Empieza,Termina,Minutos,Tarifa,Tarifa por,Químicos", agreements};

/* A company's people and services are few: one page. */
static enum err
staff(struct sheet *s, size_t *n)
{
	struct sheet_staff_row *r;
	size_t rows;

	TRY(sql_sheet_staff(s->w->db, s->w->arena, &r, &rows));
	for (size_t i = 0; i < rows; i++) {
		put(s, r[i].name);
		put(s, r[i].email);
		put(s, r[i].phone);
		put(s, r[i].language);
		put_word(s, role_names, r[i].role);
		put_word(s, staff_state_names, r[i].state);
		(void)row_end(s, r[i].id);
	}
	*n = 0;
	return OK;
}

static enum err
services(struct sheet *s, size_t *n)
{
	static const char *const kinds[] = {"", "level", "job", NULL};
	struct sheet_service_row *r;
	size_t rows;

	TRY(sql_sheet_services(s->w->db, s->w->arena, &r, &rows));
	for (size_t i = 0; i < rows; i++) {
		put(s, r[i].name);
		put_word(s, kinds, r[i].kind);
		put_number(s, r[i].minutes);
		put(s, r[i].pay_code);
		put_cents(s, r[i].price_cents);
		(void)row_end(s, r[i].id);
	}
	*n = 0;
	return OK;
}

/* As they are today: the terms that hold, or will first. */
static enum err
agreements(struct sheet *s, size_t *n)
{
	struct sheet_agreement_row *r;

	TRY(sql_sheet_agreements(s->w->db, s->last, zone_day(s->w->tenant->zone, s->w->now), TERM_WORKS, s->w->arena, &r, n));
	for (size_t i = 0; i < *n && s->room; i++) {
		put(s, r[i].customer);
		put(s, r[i].street);
		put(s, r[i].city);
		put(s, r[i].service);
		put(s, r[i].rule);
		put(s, r[i].tech);
		put_day(s, (struct maybe_day){true, r[i].starts_day});
		put_day(s, r[i].ends_day);
		put_number(s, r[i].minutes);
		put_cents(s, r[i].rate_cents);
		put_word(s, rate_kind_names, r[i].rate_kind);
		put(s, r[i].with_chemicals ? STR("yes") : STR("no"));
		(void)row_end(s, r[i].id);
	}
	return OK;
}

enum err
act_export_visits(struct work *w, const struct export_days_query *q, struct export_part *out)
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
		if (!s.room && s.rows < n && s.out.full)
			return fail(&w->fault, E_LIMIT, "to", "These days have more than %d visits. Choose fewer.",
			    (int)s.rows);
	}
	sheet_close(&s, false, out);
	return OK;
}

static void
visit_row(struct sheet *s, const struct sheet_visit_row *r)
{
	put_day(s, (struct maybe_day){true, r->day});
	put_minute(s, r->from_minute);
	put_minute(s, r->to_minute);
	put_number(s, r->minutes);
	put_word(s, visit_state_names, r->state);
	put(s, r->customer);
	put(s, r->street);
	put(s, r->city);
	put(s, r->service);
	put(s, r->tech);
	put(s, reason_say(r->skip_reason, s->w->actor.language));
	put(s, r->note);
	(void)row_end(s, r->id);
}
