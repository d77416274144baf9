/*
 * fcgi/acts/tell_why.c -- the reason kept on a job: a sentence of the catalogue and its values,
 * said in the reader's language.
 *
 * Kept as lines: the English sentence, which is the key of its twin, then each value. What was
 * written before (plain words) reads as it stands.
 */
#include "domain/base/words.h"
#include "domain/visits/reason.h"
#include "fcgi/acts/tell_board.h"
#include "sql/tenant/queries/visits.h"

struct str
tell_why_keep(struct work *w, const struct fault *f)
{
	struct buf b = buf_open(w->arena, 128, WHY_WHO_MAX);

	buf_add(&b, str_of(f->why));
	for (unsigned i = 0; i < f->args; i++) {
		buf_char(&b, '\n');
		buf_add(&b, str_of(f->arg[i]));
	}
	return b.full ? str_of(f->why) : buf_str(&b);
}

struct str
tell_why_say(struct work *w, struct str kept)
{
	return tell_why_in(w, w->actor.language, kept);
}

struct str
tell_why_in(struct work *w, enum language l, struct str kept)
{
	struct fault f = {.err = E_INVALID};
	struct str rest = kept, line;

	if (kept.n == 0)
		return kept;
	for (size_t n = 0; n <= FAULT_ARGS; n++) {
		const char *end = memchr(rest.p, '\n', rest.n);

		line = str_sub(rest, 0, end == NULL ? rest.n : (size_t)(end - rest.p));
		if (n == 0)
			f.why = str_copy(w->arena, line).p;
		else
			snprintf(f.arg[f.args++], FAULT_ARG_MAX, "%.*s", STR_ARG(line));
		if (end == NULL)
			break;
		rest = str_sub(rest, line.n + 1, rest.n);
	}
	return words_fault(w->arena, l, &f);
}

enum err
tell_visit_line(struct work *w, uint64_t id, struct visit_line *out)
{
	TRY(sql_visit_line_one(w->db, id, w->arena, out));
	tell_visit_said(w, out);
	return OK;
}

void
tell_visit_said(struct work *w, struct visit_line *v)
{
	v->why_who = tell_why_say(w, v->why_who);
	v->skip_reason = reason_say(v->skip_reason, w->actor.language);
}
