/*
 * tenancy/ctl_words.c -- what poolctl's commands share: the words of a command line, finding a
 * company, walking over all of them.
 */
#include "sql/control/queries/tenants.h"
#include "tenancy/ctl.h"

static void drop(struct words *w, int at, int n);

bool
words_flag(struct words *w, const char *name)
{
	for (int i = 0; i < w->n; i++) {
		if (strcmp(w->word[i], name) == 0) {
			drop(w, i, 1);
			return true;
		}
	}
	return false;
}

const char *
words_value(struct words *w, const char *name)
{
	for (int i = 0; i + 1 < w->n; i++) {
		if (strcmp(w->word[i], name) == 0) {
			const char *value = w->word[i + 1];

			drop(w, i, 2);
			return value;
		}
	}
	return NULL;
}

enum err
words_done(struct operator* op, const struct words *w, int most)
{
	for (int i = 0; i < w->n; i++)
		if (i >= most || w->word[i][0] == '-')
			return fail(
			    op->fault, E_INVALID, "words", "What is meant by %s?", w->word[i]);
	return OK;
}

enum err
words_number(struct operator* op, const char *text, uint64_t max, uint64_t *out)
{
	uint64_t v;

	if (!str_u64(str_of(text), &v) || v > max)
		return fail(op->fault, E_INVALID, "words", "%s is not a number from 0 to %llu.",
		    text, (unsigned long long)max);
	*out = v;
	return OK;
}

enum err
ctl_tenant(struct operator* op, const char *word, struct tenant_row *out)
{
	struct tenant_row *row = NULL;
	struct str text = str_of(word), digits = STR_NONE;
	uint64_t id;

	if (word == NULL)
		return fail(
		    op->fault, E_INVALID, "words", "Which company? Its slug, #number or schema.");
	cdb_fault(op->control, op->fault);
	if (word[0] == '#')
		digits = str_sub(text, 1, text.n);
	else if (str_starts(text, str_of(op->config->db_prefix)))
		digits = str_sub(text, strlen(op->config->db_prefix) + 1, text.n);
	if (digits.n > 0 && str_u64(digits, &id))
		TRY(sql_tenant_by_id(op->control, id, op->arena, &row));
	else
		TRY(sql_tenant_by_slug(op->control, text, op->arena, &row));
	if (row == NULL)
		return fail(op->fault, E_NOT_FOUND, NULL, "There is no company %s.", word);
	*out = *row;
	return OK;
}

enum err
ctl_walk(struct operator* op,
    enum err (*each)(struct operator* op, const struct tenant_row *row, void *ctx), void *ctx)
{
	uint64_t after = 0;
	size_t n;

	do {
		struct arena_mark page = arena_mark(op->arena);
		struct tenant_row *rows;

		cdb_fault(op->control, op->fault);
		TRY(sql_tenants_after(op->control, after, op->arena, &rows, &n));
		for (size_t i = 0; i < n; i++) {
			struct arena_mark one = arena_mark(op->arena);

			after = rows[i].id;
			if (rows[i].status != TENANT_GONE)
				TRY(each(op, &rows[i], ctx));
			arena_rewind(op->arena, one);
		}
		arena_rewind(op->arena, page);
	} while (n > 0);
	return OK;
}

static void
drop(struct words *w, int at, int n)
{
	for (int i = at; i + n < w->n; i++)
		w->word[i] = w->word[i + n];
	w->n -= n;
}
