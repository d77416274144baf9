/*
 * fcgi/api/office/wants.c -- jobs and what they want: lines, the list to shop by, work that nobody pays.
 */
#include "fcgi/acts/wants.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

extern const struct endpoint office_wants[];

static enum err job_get(struct work *w, const struct call *c);
static enum err want_make(struct work *w, const struct call *c);
static enum err want_put(struct work *w, const struct call *c);
static enum err want_drop(struct work *w, const struct call *c);
static enum err job_free(struct work *w, const struct call *c);
static enum err jobs_list(struct work *w, const struct call *c);
static enum err jobs_table(struct work *w, const struct call *c);
static enum err free_list(struct work *w, const struct call *c);
static enum err free_table(struct work *w, const struct call *c);
static enum err shopping_list(struct work *w, const struct call *c);
static enum err shopping_table(struct work *w, const struct call *c);

#define CENTS(s, m) FIELD_INT(s, m, -CENTS_MAX, CENTS_MAX)

static const struct field want_fields[] = {
	FIELD_ID(struct job_line_row, id),
	FIELD_ID(struct job_line_row, bill_id),
	FIELD_ID(struct job_line_row, item_id),
	FIELD_ENUM(struct job_line_row, kind, charge_kind_names),
	FIELD_TEXT(struct job_line_row, text, 0, 400),
	FIELD_INT(struct job_line_row, quantity_milli, -1000000000, 1000000000),
	CENTS(struct job_line_row, unit_cents),
	CENTS(struct job_line_row, net_cents),
	CENTS(struct job_line_row, cost_cents),
	FIELD_ENUM(struct job_line_row, got, got_names),
	FIELD_INT(struct job_line_row, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape want_shape = {"JobLine", sizeof(struct job_line_row), want_fields};
static const struct field job_fields[] = {
	FIELD_ID(struct job_page, visit_id),
	FIELD_ENUM(struct job_page, free, visit_free_names),
	FIELD_LIST(struct job_page, lines, lines_n, &want_shape, WANTS_MAX),
	CENTS(struct job_page, net_cents),
	CENTS(struct job_page, cost_cents),
	FIELD_MAYBE_TEXT(struct job_page, signed_by, 0, 120),
	FIELD_MAYBE_TIME(struct job_page, signed_at),
	FIELD_MAYBE_ID(struct job_page, signature_id),
	FIELD_MAYBE_ID(struct job_page, quote_id),
	FIELD_TEXT(struct job_page, quote, 0, BILL_NUMBER_MAX),
	FIELD_TEXT(struct job_page, approved_by, 0, 120),
	FIELD_MAYBE_TIME(struct job_page, approved_at),
	FIELD_INT(struct job_page, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape job_shape = {"JobPage", sizeof(struct job_page), job_fields};

static const struct field wish_fields[] = {
	FIELD_ENUM(struct want_wish, kind, charge_kind_names),
	FIELD_MAYBE_ID(struct want_wish, item_id),
	FIELD_TEXT(struct want_wish, text, 1, 400),
	FIELD_INT(struct want_wish, quantity_milli, 1, 1000000000),
	FIELD_INT(struct want_wish, unit_cents, 0, CENTS_MAX),
	FIELD_TEXT(struct want_wish, tax_code, 0, 24),
	FIELD_END
};
static const struct shape wish_shape = {"JobLineNew", sizeof(struct want_wish), wish_fields};
static const struct field step_fields[] = {FIELD_ENUM(struct want_step, got, got_names), FIELD_END};
static const struct shape step_shape = {"JobLineStep", sizeof(struct want_step), step_fields};
struct want_dropping {
	uint32_t version;
};
static const struct field drop_fields[] = {FIELD_INT(struct want_dropping, version, 1, INT32_MAX), FIELD_END};
static const struct shape drop_shape = {"JobLineDrop", sizeof(struct want_dropping), drop_fields};
static const struct field free_fields[] = {
	FIELD_ENUM(struct job_free, free, visit_free_names), FIELD_INT(struct job_free, version, 1, INT32_MAX), FIELD_END};
static const struct shape free_shape = {"JobFree", sizeof(struct job_free), free_fields};

static const struct field job_row_fields[] = {
	FIELD_ID(struct job_row, id),
	FIELD_ID(struct job_row, customer_id),
	FIELD_TEXT(struct job_row, customer, 0, 120),
	FIELD_TEXT(struct job_row, street, 0, 160),
	FIELD_TEXT(struct job_row, service, 0, 80),
	FIELD_DAY(struct job_row, day),
	FIELD_MAYBE_ID(struct job_row, tech_id),
	FIELD_MAYBE_TEXT(struct job_row, tech, 0, 120),
	FIELD_ENUM(struct job_row, state, visit_state_names),
	FIELD_ENUM(struct job_row, source, visit_source_names),
	FIELD_ENUM(struct job_row, free, visit_free_names),
	CENTS(struct job_row, cents),
	CENTS(struct job_row, cost_cents),
	FIELD_INT(struct job_row, missing, 0, INT32_MAX),
	FIELD_END
};
static const struct shape job_row_shape = {"JobRow", sizeof(struct job_row), job_row_fields};
static const struct field jobs_fields[] = {
	FIELD_LIST(struct job_list, rows, rows_n, &job_row_shape, JOBS_MAX),
	FIELD_MAYBE_DAY(struct job_list, next_day),
	FIELD_MAYBE_ID(struct job_list, next_id),
	FIELD_END
};
static const struct shape jobs_shape = {"JobList", sizeof(struct job_list), jobs_fields};

static const struct field free_row_fields[] = {
	FIELD_ID(struct free_job_row, id),
	FIELD_ID(struct free_job_row, customer_id),
	FIELD_TEXT(struct free_job_row, customer, 0, 120),
	FIELD_TEXT(struct free_job_row, service, 0, 80),
	FIELD_DAY(struct free_job_row, day),
	FIELD_ENUM(struct free_job_row, free, visit_free_names),
	FIELD_LINES(struct free_job_row, note, 0, 1000),
	FIELD_INT(struct free_job_row, minutes, 0, INT32_MAX),
	CENTS(struct free_job_row, part_cents),
	CENTS(struct free_job_row, dose_cents),
	FIELD_END
};
static const struct shape free_row_shape = {"FreeJob", sizeof(struct free_job_row), free_row_fields};
static const struct field free_list_fields[] = {
	FIELD_LIST(struct free_list, rows, rows_n, &free_row_shape, FREE_MAX),
	CENTS(struct free_list, cost_cents),
	FIELD_INT(struct free_list, minutes, 0, INT32_MAX),
	FIELD_BOOL(struct free_list, more),
	FIELD_END
};
static const struct shape free_list_shape = {"FreeJobs", sizeof(struct free_list), free_list_fields};

static const struct field shopping_row_fields[] = {
	FIELD_ID(struct shopping_row, id),
	FIELD_ID(struct shopping_row, visit_id),
	FIELD_ID(struct shopping_row, customer_id),
	FIELD_TEXT(struct shopping_row, customer, 0, 120),
	FIELD_TEXT(struct shopping_row, street, 0, 160),
	FIELD_DAY(struct shopping_row, day),
	FIELD_MAYBE_TEXT(struct shopping_row, tech, 0, 120),
	FIELD_TEXT(struct shopping_row, text, 0, 400),
	FIELD_INT(struct shopping_row, quantity_milli, 0, 1000000000),
	CENTS(struct shopping_row, cost_cents),
	FIELD_ENUM(struct shopping_row, got, got_names),
	FIELD_END
};
static const struct shape shopping_row_shape = {"ShoppingRow", sizeof(struct shopping_row), shopping_row_fields};
static const struct field shopping_fields[] = {
	FIELD_LIST(struct shopping_page, rows, rows_n, &shopping_row_shape, SHOPPING_MAX),
	FIELD_BOOL(struct shopping_page, more),
	FIELD_END
};
static const struct shape shopping_shape = {"ShoppingList", sizeof(struct shopping_page), shopping_fields};

static const struct columns job_columns = {&jobs_shape, "Day,Customer,Street,Service,Technician,State,From,Not paid,Price,Cost,Parts missing",
	"Día,Cliente,Calle,Servicio,Técnico,Estado,De,Sin cobro,Precio,Costo,Piezas que faltan",
	"day,customer,street,service,tech,state,source,free,cents,cost_cents,missing"};
static const struct columns free_columns = {&free_list_shape, "Day,Customer,Service,Why,Note,Minutes,Parts,Chemicals",
	"Día,Cliente,Servicio,Por qué,Nota,Minutos,Piezas,Químicos", "day,customer,service,free,note,minutes,part_cents,dose_cents"};
static const struct columns shopping_columns = {&shopping_shape, "What,How much,Customer,Street,Day,Technician,Cost,State",
	"Qué,Cuánto,Cliente,Calle,Día,Técnico,Costo,Estado", "text,quantity_milli,customer,street,day,tech,cost_cents,got"};

static const struct field jobs_query_fields[] = {
	FIELD_DAY(struct jobs_query, from),
	FIELD_DAY(struct jobs_query, to),
	FIELD_TEXT(struct jobs_query, q, 0, 60),
	FIELD_MAYBE_DAY(struct jobs_query, after_day),
	FIELD_MAYBE_ID(struct jobs_query, after_id),
	FIELD_END
};
static const struct shape jobs_query_shape = {"JobsQuery", sizeof(struct jobs_query), jobs_query_fields};
static const struct field days_query_fields[] = {
	FIELD_DAY(struct days_query, from), FIELD_DAY(struct days_query, to), FIELD_END};
static const struct shape days_query_shape = {"FreeJobsQuery", sizeof(struct days_query), days_query_fields};
static const struct field shopping_query_fields[] = {FIELD_MAYBE_ID(struct shopping_query, customer_id), FIELD_END};
static const struct shape shopping_query_shape = {"ShoppingQuery", sizeof(struct shopping_query), shopping_query_fields};

#define STORY "wants.test.mjs"
const struct endpoint office_wants[] = {
	{GET, "/visits/:id/job", .may = MAY(MAY_SEE_BOARD), .out = &job_shape, .run = job_get,
	    .help = "What a job is to be done with, what that costs and comes to.", .story = STORY},
	{POST, "/visits/:id/wants", .may = MAY(MAY_DISPATCH), .body = &wish_shape, .out = &job_shape, .run = want_make,
	    .help = "Add a part, labour or an item that a job needs.", .story = STORY},
	{PUT, "/wants/:id", .may = MAY(MAY_DISPATCH), .body = &step_shape, .out = &job_shape, .run = want_put,
	    .help = "It is needed, bought, on the van, installed.", .story = STORY},
	{POST, "/wants/:id/drops", .may = MAY(MAY_DISPATCH), .body = &drop_shape, .out = &job_shape, .run = want_drop,
	    .help = "A job needs this no longer.", .story = STORY},
	{PUT, "/visits/:id/job", .may = MAY(MAY_DISPATCH), .body = &free_shape, .out = &job_shape, .run = job_free,
	    .help = "A job under a warranty, a go-back, or charged after all.", .story = STORY},
	{GET, "/jobs", .may = MAY(MAY_SEE_BOARD), .query = &jobs_query_shape, .out = &jobs_shape, .run = jobs_list,
	    .help = "Jobs of some days, page by page: work that belongs to no agreement.", .story = STORY},
	{GET, "/jobs.csv", .may = MAY(MAY_EXPORT) | MAY(MAY_SEE_BOARD), .query = &jobs_query_shape, .file = CSV_TYPE, .columns = &job_columns,
	    .run = jobs_table, .help = "Jobs of some days as a table.", .story = "exports.test.mjs"},
	{GET, "/free-jobs.csv", .may = MAY(MAY_EXPORT) | MAY(MAY_SEE_REPORTS), .query = &days_query_shape, .file = CSV_TYPE, .columns = &free_columns,
	    .run = free_table, .help = "Warranty and go-back jobs as a table.", .story = "exports.test.mjs"},
	{GET, "/wants.csv", .may = MAY(MAY_EXPORT) | MAY(MAY_SEE_BOARD), .query = &shopping_query_shape, .file = CSV_TYPE, .columns = &shopping_columns,
	    .run = shopping_table, .help = "What jobs still need as a table.", .story = "exports.test.mjs"},
	{GET, "/free-jobs", .may = MAY(MAY_SEE_REPORTS), .query = &days_query_shape, .out = &free_list_shape, .run = free_list,
	    .help = "What warranty and go-back jobs cost us.", .story = STORY},
	{GET, "/wants", .may = MAY(MAY_SEE_BOARD), .query = &shopping_query_shape, .out = &shopping_shape,
	    .run = shopping_list, .help = "What all jobs, or those of one customer, still need.", .story = STORY},
	{0}
};

static enum err
job_get(struct work *w, const struct call *c)
{
	struct job_page out;

	TRY(act_job(w, c->id, &out));
	return reply_shape(c, &job_shape, &out);
}

static enum err
want_make(struct work *w, const struct call *c)
{
	struct job_page out;

	TRY(act_want_make(w, c->id, c->body, &out));
	return reply_created(c, &job_shape, &out);
}

static enum err
want_put(struct work *w, const struct call *c)
{
	struct job_page out;

	TRY(act_want_step(w, c->id, c->body, &out));
	return reply_shape(c, &job_shape, &out);
}

static enum err
want_drop(struct work *w, const struct call *c)
{
	const struct want_dropping *in = c->body;
	struct job_page out;

	TRY(act_want_drop(w, c->id, in->version, &out));
	return reply_created(c, &job_shape, &out);
}

static enum err
job_free(struct work *w, const struct call *c)
{
	struct job_page out;

	TRY(act_job_free(w, c->id, c->body, &out));
	return reply_shape(c, &job_shape, &out);
}

static enum err
jobs_list(struct work *w, const struct call *c)
{
	struct job_list out;

	TRY(act_jobs(w, c->query, JOBS_PAGE, &out));
	return reply_shape(c, &jobs_shape, &out);
}

/* Whole: a table to take away has no next page. */
static enum err
jobs_table(struct work *w, const struct call *c)
{
	struct job_list out;

	TRY(act_jobs(w, c->query, JOBS_MAX, &out));
	if (out.next_id.is)
		return fail(&w->fault, E_LIMIT, "to", "This is too much for one look. Choose fewer days.");
	return reply_shape(c, &jobs_shape, &out);
}

static enum err
free_list(struct work *w, const struct call *c)
{
	struct free_list out;

	TRY(act_free_jobs(w, c->query, FREE_PAGE, &out));
	return reply_shape(c, &free_list_shape, &out);
}

/* Whole, or not at all. */
static enum err
free_table(struct work *w, const struct call *c)
{
	struct free_list out;

	TRY(act_free_jobs(w, c->query, FREE_MAX, &out));
	if (out.more)
		return fail(&w->fault, E_LIMIT, "to", "This is too much for one look. Choose fewer days.");
	return reply_shape(c, &free_list_shape, &out);
}

static enum err
shopping_list(struct work *w, const struct call *c)
{
	struct shopping_page out;

	TRY(act_shopping(w, c->query, SHOPPING_PAGE, &out));
	return reply_shape(c, &shopping_shape, &out);
}

/* Whole, or not at all. */
static enum err
shopping_table(struct work *w, const struct call *c)
{
	struct shopping_page out;

	TRY(act_shopping(w, c->query, SHOPPING_MAX, &out));
	if (out.more)
		return fail(&w->fault, E_LIMIT, "customer_id", "This is too much for one look. Choose one customer.");
	return reply_shape(c, &shopping_shape, &out);
}
