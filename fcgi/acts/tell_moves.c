/*
 * fcgi/acts/tell_moves.c -- what a statement carries over, and what moved the balance since the one before it.
 *
 * Between two statements stand payments, credits, what came back, also what was written while a statement was on its way or
 * came with another record: domain/billing/statement.h.
 */
#include "domain/access/audit.h"
#include "domain/billing/statement.h"
#include "fcgi/acts/tell_bill.h"
#include "sql/tenant/queries/payments.h"

#define WHAT_CHARS 80
#define MOVED_BYTES_MAX 60000

/* [0]: no money came or went */
const char *const move_way_names[] = {"none", "cash", "check", "transfer", "card", "ach", "credit", NULL};

static const struct field bill_move_fields[] = {
	FIELD_DAY(struct bill_move, day),
	FIELD_ENUM(struct bill_move, kind, posting_kind_names),
	FIELD_ENUM(struct bill_move, way, move_way_names),
	FIELD_TEXT(struct bill_move, number, 0, BILL_NUMBER_MAX),
	FIELD_TEXT(struct bill_move, what, 0, WHAT_CHARS),
	FIELD_INT(struct bill_move, cents, -CENTS_MAX, CENTS_MAX),
	FIELD_END
};
const struct shape bill_move_shape = {"BillMove", sizeof(struct bill_move), bill_move_fields};
static const struct field bill_moves_fields[] = {
	FIELD_LIST(struct bill_moves, rows, rows_n, &bill_move_shape, BILL_MOVES_MAX + 1), FIELD_END};
static const struct shape bill_moves_shape = {"BillMoves", sizeof(struct bill_moves), bill_moves_fields};

static enum err before(struct work *w, uint64_t customer_id, struct statement_before **row, int64_t *closing);
static struct bill_move move_of(struct work *w, const struct statement_row *row);

enum err
bill_moves(struct work *w, uint64_t customer_id, struct day day, int64_t *opening_cents, struct bill_moves *out)
{
	struct cents_row owed, free_of;
	struct statement_before *last;
	struct statement_row *rows = NULL;
	int64_t now, closing, sum = 0;
	struct carried c;
	size_t n = 0;

	*out = (struct bill_moves){arena_array(w->arena, struct bill_move, BILL_MOVES_MAX + 1), 0};
	TRY(sql_customer_account(w->db, customer_id, ACCOUNT_RECEIVABLE, day, w->arena, &owed));
	TRY(sql_customer_account(w->db, customer_id, ACCOUNT_UNAPPLIED, day, w->arena, &free_of));
	TRY(cents_add(owed.cents, free_of.cents, &now, &w->fault));
	TRY(before(w, customer_id, &last, &closing));
	if (last != NULL)
		TRY(sql_statement_moves(w->db, customer_id, last->id, last->day, day, POSTING_ISSUE, ACCOUNT_RECEIVABLE,
		    ACCOUNT_UNAPPLIED, w->arena, &rows, &n));
	for (size_t i = 0; i < n && n <= BILL_MOVES_MAX; i++) {
		TRY(cents_add(sum, rows[i].cents, &sum, &w->fault));
		out->rows[out->rows_n++] = move_of(w, &rows[i]);
	}
	TRY(statement_carry(last == NULL ? NULL : &closing, now, sum, &c, &w->fault));
	*opening_cents = c.opening_cents;
	if (c.rest_cents != 0)
		out->rows[out->rows_n++] = (struct bill_move){.day = day, .kind = POSTING_TRANSFER, .number = STR(""), .what = STR(""),
		    .cents = c.rest_cents};
	return OK;
}

/* The statement before: its id, its day, and what it ended with. */
static enum err
before(struct work *w, uint64_t customer_id, struct statement_before **row, int64_t *closing)
{
	struct bill_moves moved;

	TRY(sql_statement_before(w->db, customer_id, BILL_STATEMENT, BILL_ISSUED, w->arena, row));
	if (*row == NULL)
		return OK;
	TRY(bill_moves_read(w, (*row)->moved, &moved));
	TRY(cents_add((*row)->opening_cents, (*row)->total_cents, closing, &w->fault));
	for (size_t i = 0; i < moved.rows_n; i++)
		TRY(cents_add(*closing, moved.rows[i].cents, closing, &w->fault));
	return OK;
}

static struct bill_move
move_of(struct work *w, const struct statement_row *row)
{
	struct bill_move m = {.day = row->day, .kind = row->kind, .way = row->way, .number = STR(""), .cents = row->cents,
	    .what = audit_cut(w->arena, row->reference.n > 0 ? row->reference : row->reason, WHAT_CHARS)};
	char number[BILL_NUMBER_MAX + 1];

	if (row->seq > 0) {
		bill_number(row->bill_kind, row->seq, number);
		m.number = str_copy(w->arena, str_of(number));
	}
	return m;
}

enum err
bill_moves_read(struct work *w, struct str stored, struct bill_moves *out)
{
	return shape_read(&bill_moves_shape, stored, w->arena, out, &w->fault);
}

enum err
bill_moves_write(struct work *w, const struct bill_moves *in, struct str *stored)
{
	struct buf b = buf_open(w->arena, 512, MOVED_BYTES_MAX);

	shape_write(&bill_moves_shape, in, &b);
	if (b.full)
		return fail(&w->fault, E_BUG, NULL, "What moved a balance does not fit.");
	*stored = buf_str(&b);
	return OK;
}
