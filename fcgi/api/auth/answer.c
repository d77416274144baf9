#include "fcgi/api/auth/answer.h"

static const char *const door_names[] = {"", "office", "tech", "portal", NULL};
_Static_assert(OFFICE == 1 && TECH == 2 && PORTAL == 3, "door_names follows enum surface");

static const struct field session_fields[] = {
	FIELD_ENUM(struct session_out, door, door_names),
	FIELD_BOOL(struct session_out, owes_second_factor),
	FIELD_END
};
const struct shape session_shape = {"Session", sizeof(struct session_out), session_fields};

static const struct field token_fields[] = {
	FIELD_SECRET(struct token_in, token, 1, 400),
	FIELD_END
};
const struct shape token_shape = {"Token", sizeof(struct token_in), token_fields};

static const struct field address_fields[] = {
	FIELD_TEXT(struct address_in, email, 3, 254),
	FIELD_END
};
const struct shape address_shape = {"Address", sizeof(struct address_in), address_fields};

/* A company behind one address has many people; a quarter of an hour of its typing errors must fit. */
enum err
count_guess(struct work *w)
{
	const struct config *c = w->house->config;
	const struct limit l = {.what = "guesses",
	    .window_s = 900,
	    .per_address = c->guesses_per_address_quarter,
	    .per_network = c->guesses_per_network_quarter};

	return limit_hit(w->house, &w->from, w->now, &l, &w->fault);
}

enum err
count_letter(struct work *w)
{
	const struct config *c = w->house->config;
	const struct limit l = {.what = "letters",
	    .window_s = 3600,
	    .per_address = c->letters_per_address_hour,
	    .per_network = c->letters_per_network_hour};

	return limit_hit(w->house, &w->from, w->now, &l, &w->fault);
}

enum err
answer_session(struct work *w, const struct call *c, const struct arrival *a)
{
	struct session_out out = {
	    .door = session_door(a->kind, a->may),
	    .owes_second_factor = a->kind == ACTOR_STAFF && session_half(a->may, a->second_factor),
	};

	TRY(session_start(w, c->reply, a));
	return reply_created(c, &session_shape, &out);
}

enum err
answer_refusal(struct work *w, const struct call *c)
{
	reply_error(c->reply, w->actor.language, &w->fault, w->trace);
	return OK;
}
