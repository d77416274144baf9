#include "domain/billing/statement.h"

enum err
statement_carry(const int64_t *before_cents, int64_t now_cents, int64_t moved_cents, struct carried *out, struct fault *f)
{
	int64_t said;

	*out = (struct carried){.opening_cents = before_cents == NULL ? now_cents : *before_cents};
	TRY(cents_add(out->opening_cents, moved_cents, &said, f));
	return cents_add(now_cents, -said, &out->rest_cents, f);
}
