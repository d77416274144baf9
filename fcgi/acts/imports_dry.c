/*
 * fcgi/acts/imports_dry.c -- the practice: what would become of each row. Writes on rows of the batch alone.
 *
 * A row is compared with all customers and with the rows before it. Both stand in a book that each step makes
 * anew: a step that dies leaves nothing behind.
 */
#include "domain/access/audit.h"
#include "fcgi/acts/imports.h"

#include "sql/tenant/queries/imports.h"

/* What a step may weigh: a row weighs two, a look at a customer's record one more. */
#define WEIGHT_MAX 5000
#define ROW_WEIGHT 2
/* So many rows are judged before those whom they meet are read together. */
#define CHUNK_ROWS 500
/* Rows go to the server so many bytes at a time; one transaction stays near the 1 MiB a cluster likes. */
#define FLUSH_BYTES (384 * 1024)
#define ROWS_BYTES_MAX (1024 * 1024)
#define PROBLEM_MAX 300
#define PRINTS_A_ROW 5

struct practice {
	struct work *w;
	struct import_step *step;
	struct import_sheet sheet;
	struct book *book;
	struct buf rows;
	unsigned weight;
};

/* What becomes of one row. */
struct outcome {
	uint32_t n;
	enum row_state state;
	uint64_t record_id;
	uint64_t meets; /* whom it is compared with, 0: nobody; of ROW_ASK: whose name is shown */
	struct import_values v;
	struct str problem;
	struct import_seen seen;
};

static enum err book_fill(struct practice *p);
static enum err book_customers(struct practice *p);
static enum err book_contacts(struct practice *p);
static enum err book_properties(struct practice *p);
static enum err book_rows(struct practice *p);
static enum err chunk_practise(struct practice *p);
static enum err row_practise(struct practice *p, struct outcome *o);
static enum err row_judge(struct practice *p, const struct import_values *v, struct outcome *o);
static enum err row_meets(struct practice *p, const struct import_here *here, struct outcome *o);
static void row_counts(struct practice *p, const struct import_values *v, const uint64_t *print, bool follows);
static struct str problems_say(struct practice *p, const struct table_row *row, const struct import_values *v);
static enum err row_write(struct practice *p, uint32_t n, const struct outcome *o);
static enum err flush(struct practice *p);
static enum err enter(struct practice *p, enum match_by by, struct str value, struct str place, uint64_t who);

enum err
import_dry_step(struct work *w, struct import_step *s)
{
	struct practice p = {.w = w, .step = s, .rows = buf_open(w->arena, ROWS_BYTES_MAX, ROWS_BYTES_MAX)};

	TRY(import_sheet_open(w, s->row.id, &s->order, &p.sheet));
	TRY(book_fill(&p));
	TRY(book_rows(&p));
	while (s->row.done < s->row.total && p.weight < WEIGHT_MAX)
		TRY(chunk_practise(&p));
	return flush(&p);
}

static enum err
book_fill(struct practice *p)
{
	struct import_number_row known;
	int64_t prints;

	TRY(sql_known_prints(p->w->db, p->w->arena, &known));
	prints = known.number + (int64_t)p->step->row.total * PRINTS_A_ROW;
	p->book = book_open(p->w->arena, (size_t)prints);
	TRY(book_customers(p));
	TRY(book_contacts(p));
	return book_properties(p);
}

static enum err
book_customers(struct practice *p)
{
	struct arena_mark mark = arena_mark(p->w->arena);
	struct known_customer_row *row;
	uint64_t after = 0;
	size_t n;

	do {
		TRY(sql_known_customers(p->w->db, after, p->w->arena, &row, &n));
		for (size_t i = 0; i < n; i++) {
			TRY(enter(p, BY_NAME, row[i].name, STR(""), row[i].who));
			TRY(enter(p, BY_EMAIL, row[i].email, STR(""), row[i].who));
			TRY(enter(p, BY_EXTERNAL_ID, row[i].external_id, STR(""), row[i].who));
			after = row[i].who;
		}
		arena_rewind(p->w->arena, mark);
	} while (n > 0);
	return OK;
}

static enum err
book_contacts(struct practice *p)
{
	struct arena_mark mark = arena_mark(p->w->arena);
	struct known_contact_row *row;
	uint64_t after = 0;
	size_t n;

	do {
		TRY(sql_known_contacts(p->w->db, after, p->w->arena, &row, &n));
		for (size_t i = 0; i < n; i++) {
			TRY(enter(p, BY_EMAIL, row[i].email, STR(""), row[i].who));
			TRY(enter(p, BY_PHONE, row[i].phone, STR(""), row[i].who));
			after = row[i].id;
		}
		arena_rewind(p->w->arena, mark);
	} while (n > 0);
	return OK;
}

static enum err
book_properties(struct practice *p)
{
	struct arena_mark mark = arena_mark(p->w->arena);
	struct known_property_row *row;
	uint64_t after = 0;
	size_t n;

	do {
		TRY(sql_known_properties(p->w->db, after, p->w->arena, &row, &n));
		for (size_t i = 0; i < n; i++) {
			TRY(enter(p, BY_ADDRESS, row[i].street, row[i].city.n > 0 ? row[i].city : row[i].postcode, row[i].who));
			after = row[i].id;
		}
		arena_rewind(p->w->arena, mark);
	} while (n > 0);
	return OK;
}

/* The rows of the steps before: who they are, as the book of this step needs them. */
static enum err
book_rows(struct practice *p)
{
	struct work *w = p->w;
	struct arena_mark mark = arena_mark(w->arena);
	struct import_state_row *state;
	size_t n;

	for (uint32_t at = 0; at < p->step->row.done; arena_rewind(w->arena, mark)) {
		TRY(sql_import_states(w->db, p->step->row.id, at, p->step->row.done, w->arena, &state, &n));
		if (n == 0)
			return fail(&w->fault, E_BUG, NULL, "Rows of an import are missing.");
		struct arena_mark each = arena_mark(w->arena);
		for (size_t i = 0; i < n; i++, arena_rewind(w->arena, each)) {
			uint64_t print[MATCH_BYS], who = IMPORT_FOLLOWS | state[i].n;
			struct fault f = {0};
			struct import_values v;
			struct table_row row;
			bool whole;

			at = state[i].n;
			TRY(import_row_next(w, &p->sheet, &row, &v, &whole, &f));
			if (!whole || (state[i].state != ROW_CREATE && state[i].state != ROW_ASK))
				continue;
			if ((state[i].record_id & IMPORT_FOLLOWS) != 0)
				who = state[i].record_id;
			import_prints(&v, print);
			for (unsigned k = 0; k < MATCH_BYS; k++)
				(void)book_enter(p->book, (enum match_by)k, print[k], who);
		}
	}
	return OK;
}

/* First each row is judged by the book; then those whom they meet are read, and what would change is said. */
static enum err
chunk_practise(struct practice *p)
{
	struct work *w = p->w;
	/* The buffer of rows has all its room from the start, so it is not behind the mark. */
	struct arena_mark mark = arena_mark(w->arena);
	struct outcome *o = arena_array(w->arena, struct outcome, CHUNK_ROWS);
	uint64_t ids[CHUNK_ROWS];
	struct import_here here;
	size_t n = 0, ids_n = 0;

	for (; n < CHUNK_ROWS && p->step->row.done < p->step->row.total && p->weight < WEIGHT_MAX; n++) {
		TRY(row_practise(p, &o[n]));
		if (o[n].meets != 0)
			ids[ids_n++] = o[n].meets;
	}
	TRY(import_here_load(w, ids, ids_n, &here));
	for (size_t i = 0; i < n; i++) {
		if (o[i].meets != 0)
			TRY(row_meets(p, &here, &o[i]));
		if (o[i].state == ROW_WRONG || o[i].state == ROW_ASK || o[i].problem.n > 0)
			p->step->row.failed++;
		TRY(row_write(p, o[i].n, &o[i]));
		if (p->rows.n > FLUSH_BYTES)
			TRY(flush(p));
	}
	arena_rewind(w->arena, mark);
	return OK;
}

static enum err
row_practise(struct practice *p, struct outcome *o)
{
	struct work *w = p->w;
	const struct import_values *v = &o->v;
	struct fault f = {0};
	struct table_row row;
	bool whole;

	o->seen = (struct import_seen){.pool_kind = POOL_POOL};
	TRY(import_row_next(w, &p->sheet, &row, &o->v, &whole, &f));
	o->n = ++p->step->row.done;
	p->weight += ROW_WEIGHT;
	if (!whole) {
		o->state = ROW_WRONG;
		o->problem = words_fault(w->arena, p->step->order.language, &f);
		return OK;
	}
	o->seen = (struct import_seen){.name = v->name, .email = v->email, .phone = v->phone, .street = v->street, .city = v->city,
	    .pool = v->pool, .gate = v->gate_code.n > 0, .pool_kind = v->pool_kind, .volume_l = v->volume_l, .surface = v->surface};
	o->problem = problems_say(p, &row, v);
	TRY(row_judge(p, v, o));
	p->weight += o->meets != 0;
	return OK;
}

/* Surely here; surely a row before; perhaps here; else new. */
static enum err
row_judge(struct practice *p, const struct import_values *v, struct outcome *o)
{
	uint64_t print[MATCH_BYS], here, before;
	unsigned by_here, by_before;
	enum match known, same_file;

	import_prints(v, print);
	known = book_find(p->book, print, 0, &here, &by_here);
	/* A home without a name is called by its street; streets of that name are everywhere. */
	if (v->unnamed && by_here == 1U << BY_NAME)
		known = MATCH_NOBODY;
	if (known == MATCH_SAME) {
		o->seen.by = by_here;
		o->record_id = o->meets = here;
		o->state = ROW_SKIP;
		return OK;
	}
	same_file = book_find(p->book, print, 1, &before, &by_before);
	if (same_file == MATCH_SAME) {
		o->state = ROW_CREATE;
		o->record_id = before;
		row_counts(p, v, print, true);
	} else if (known == MATCH_PERHAPS) {
		o->seen.by = by_here;
		o->state = ROW_ASK;
		o->record_id = o->meets = here;
		o->seen.asks = (struct maybe_u64){true, here};
		before = IMPORT_FOLLOWS | p->step->row.done;
	} else {
		o->state = ROW_CREATE;
		o->record_id = import_id(p->step);
		row_counts(p, v, print, false);
		before = IMPORT_FOLLOWS | p->step->row.done;
	}
	for (unsigned k = 0; k < MATCH_BYS; k++)
		if (!book_enter(p->book, (enum match_by)k, print[k], before))
			return fail(&p->w->fault, E_INVALID, "file", "There are more customers than an import can compare with.");
	return OK;
}

/*
 * By the policy and by what both say: something to change, or nothing. Of a row that asks, somebody says so first:
 * what it would change is looked at when it comes in.
 */
static enum err
row_meets(struct practice *p, const struct import_here *here, struct outcome *o)
{
	const struct import_person *person = import_here_find(here, o->meets);
	struct import_changes changes;

	/* In the moment between the book and the look it went away. */
	if (person == NULL)
		return fail(&p->w->fault, E_RETRY, NULL, "The house is busy. Please try again.");
	o->seen.other = person->customer->name;
	if (o->state == ROW_ASK)
		return OK;
	TRY(import_merge(p->w, p->step, person, &o->v, false, &changes));
	if (changes.n > 0)
		o->state = ROW_CHANGE;
	if (changes.archived)
		o->problem = str_of(words_say(p->step->order.language, "This customer is in the archive; nothing is changed."));
	o->seen.changes_n = changes.n;
	o->seen.changes = arena_array(p->w->arena, struct import_change, changes.n);
	for (size_t i = 0; i < changes.n; i++)
		o->seen.changes[i] = changes.list[i];
	return OK;
}

static void
row_counts(struct practice *p, const struct import_values *v, const uint64_t *print, bool follows)
{
	const uint64_t address_only[MATCH_BYS] = {[BY_ADDRESS] = print[BY_ADDRESS]};
	struct import_order *o = &p->step->order;
	uint64_t who;

	if (!follows)
		o->customers++;
	if (v->street.n > 0 && (!follows || book_find(p->book, address_only, 1, &who, NULL) == MATCH_NOBODY))
		o->properties++;
	if (v->pool)
		o->pools++;
}

/* In the order they were found, with their columns: "Phone: ...; Volume: ...". */
static struct str
problems_say(struct practice *p, const struct table_row *row, const struct import_values *v)
{
	struct buf b = buf_open(p->w->arena, 256, PROBLEM_MAX * 4);
	enum language l = p->step->order.language;

	for (const struct import_problem *x = v->problem; x != NULL; x = x->next) {
		struct str said = words_fault(p->w->arena, l, &x->fault), header = STR("");

		if (x->column < p->step->order.columns_n)
			header = p->step->order.columns[x->column].header;
		buf_printf(&b, "%s%.*s: %.*s", b.n > 0 ? " " : "", STR_ARG(header), STR_ARG(said));
	}
	if ((row->odd & ROW_LONG) != 0)
		buf_printf(&b, "%s%s", b.n > 0 ? " " : "", words_say(l, "This row has more cells than the header."));
	return str_trim(audit_cut(p->w->arena, buf_str(&b), PROBLEM_MAX));
}

static enum err
row_write(struct practice *p, uint32_t n, const struct outcome *o)
{
	struct import_seen seen = o->seen;

	buf_printf(&p->rows, "%s{\"n\":%u,\"s\":%u,\"r\":%llu,\"p\":", p->rows.n > 0 ? "," : "[", n, (unsigned)o->state,
	    (unsigned long long)o->record_id);
	json_text(&p->rows, o->problem);
	buf_add(&p->rows, STR(",\"c\":"));
	shape_write(&import_seen_shape, &seen, &p->rows);
	buf_char(&p->rows, '}');
	if (p->rows.full)
		return fail(&p->w->fault, E_BUG, NULL, "A row of an import does not fit.");
	return OK;
}

static enum err
flush(struct practice *p)
{
	uint64_t changed;

	if (p->rows.n == 0)
		return OK;
	buf_char(&p->rows, ']');
	TRY(sql_import_rows_put(p->w->db, p->step->row.id, buf_str(&p->rows), &changed));
	p->rows.n = 0;
	return OK;
}

static enum err
enter(struct practice *p, enum match_by by, struct str value, struct str place, uint64_t who)
{
	if (!book_enter(p->book, by, match_print(by, value, place), who))
		return fail(&p->w->fault, E_INVALID, "file", "There are more customers than an import can compare with.");
	return OK;
}
