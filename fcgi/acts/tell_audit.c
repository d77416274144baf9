/*
 * fcgi/acts/tell_audit.c -- one more line of the chain.
 *
 * 1. The head ('audit' in `counter`) is locked first and moved last: lines come one after another.
 * 2. A line is written in the transaction of what it tells about: no deed without it, none without deed.
 */
#include "fcgi/acts/tell.h"

#include "sql/control/queries/platform.h"
#include "sql/tenant/queries/audit.h"

static enum err head_take(struct work *w, struct audit_head *head);
static enum err support_name(struct work *w, struct str *out);

enum err
audit(struct work *w, const char *verb, const char *noun, uint64_t object, struct str detail)
{
	struct audit_head head;
	uint8_t hash[HASH_BYTES];
	struct audit_line l = {
	    .at = w->now,
	    .actor_kind = w->actor.kind,
	    .actor_id = w->actor.id,
	    .verb = str_of(verb),
	    .noun = str_of(noun),
	    .object_id = object,
	    .detail = audit_cut(w->arena, detail, AUDIT_DETAIL_MAX),
	    .ip = str_of(w->from.ip),
	    .country = str_of(w->from.country),
	    .trace = str_of(w->trace),
	};

	TRY(head_take(w, &head));
	TRY(tell_actor(w, &l.actor_name));
	l.seq = (int64_t)head.value + 1;
	l.prev_hash = head.hash;
	audit_line_hash(&l, w->arena, hash);
	l.hash = (struct str){(const char *)hash, HASH_BYTES};
	TRY(sql_audit_insert(w->db, l.seq, l.at, l.actor_kind, l.actor_id, l.actor_name, l.verb, l.noun,
	    l.object_id, l.detail, l.ip, l.country, l.trace, l.prev_hash, l.hash));
	return sql_audit_head_move(w->db, (uint64_t)l.seq, l.hash, head.version);
}

void
audit_line_hash(const struct audit_line *l, struct arena *a, uint8_t out[HASH_BYTES])
{
	struct str bytes = audit_bytes(l, a);

	hash32(bytes.p, bytes.n, out);
}

/* The first line of a company makes the head. */
static enum err
head_take(struct work *w, struct audit_head *head)
{
	static const char zeros[HASH_BYTES];
	struct audit_head *row;

	TRY(sql_audit_head_for_update(w->db, w->arena, &row));
	if (row != NULL) {
		*head = *row;
		return OK;
	}
	*head = (struct audit_head){.value = 0, .hash = {zeros, HASH_BYTES}, .version = 1};
	return sql_audit_head_insert(w->db, head->value, head->hash);
}

/* As the company's log shows it: "Poolhouse support, Ann". */
static enum err
support_name(struct work *w, struct str *out)
{
	struct platform_who *who;
	struct cdb *control;

	TRY(house_control(w->house, &control, &w->fault));
	TRY(sql_platform_who(control, w->actor.id, w->arena, &who));
	*out = who == NULL ? STR("Poolhouse support")
			   : str_printf(w->arena, "Poolhouse support, %.*s", STR_ARG(str_sub(who->name, 0, 80)));
	return OK;
}

enum err
tell_actor(struct work *w, struct str *out)
{
	struct audit_name *row = NULL;

	if (w->actor.kind == ACTOR_STAFF)
		TRY(sql_audit_staff_name(w->db, w->actor.id, w->arena, &row));
	if (w->actor.kind == ACTOR_CUSTOMER)
		TRY(sql_audit_customer_name(w->db, w->actor.id, w->arena, &row));
	if (w->actor.kind == ACTOR_SUPPORT)
		return support_name(w, out);
	*out = row != NULL ? row->name : w->actor.kind == ACTOR_SYSTEM ? STR("Poolhouse") : STR("");
	return OK;
}
