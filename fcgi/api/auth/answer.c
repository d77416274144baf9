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

/* A company behind one address has many people; a quarter of an hour of its typing errors fits. */
const struct limit limit_guesses = {.what = "guesses", .window_s = 900, .per_address = 150, .per_network = 600};
const struct limit limit_letters = {.what = "letters", .window_s = 3600, .per_address = 60, .per_network = 240};

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
