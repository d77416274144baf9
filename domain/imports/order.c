/*
 * domain/imports/order.c -- what follows from what a person decided about an import.
 */
#include "domain/imports/order.h"

#include <assert.h>

#include "domain/base/money.h"
#include "domain/base/words.h"

const char *const import_policy_names[] = {"fill", "replace", "leave", NULL};
const char *const import_answer_names[] = {"same", "two", "skip", "ask", NULL};
static_assert(sizeof(import_policy_names) / sizeof(char *) == IMPORT_POLICIES + 1, "each has its name");
static_assert(sizeof(import_answer_names) / sizeof(char *) == IMPORT_ANSWERS + 1, "each has its name");

#define REST_MAX 600

struct str
order_rest(const struct import_values *v, bool spanish, struct str currency, struct arena *a)
{
	static const char *const days[2][7] = {
		{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"},
		{"lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"}};
	static const char *const status[2][IMPORT_STATUSES] = {
		{"", "active", "inactive", "lead"}, {"", "activo", "inactivo", "prospecto"}};
	struct buf b = buf_open(a, 256, REST_MAX);
	unsigned l = spanish;

	if (v->rate_cents.is)
		buf_printf(&b, "%s: %.*s\n", spanish ? "Tarifa" : "Rate",
		    STR_ARG(money_write(a, v->rate_cents.v, currency, spanish ? SPANISH : ENGLISH)));
	if (v->service_days != 0) {
		const char *before = spanish ? "Días: " : "Days: ";

		for (unsigned d = 0; d < 7; d++)
			if ((v->service_days >> d & 1U) != 0) {
				buf_printf(&b, "%s%s", before, days[l][d]);
				before = ", ";
			}
		buf_char(&b, '\n');
	}
	if (v->technician.n > 0)
		buf_printf(&b, "%s: %.*s\n", spanish ? "Técnico" : "Technician", STR_ARG(v->technician));
	if (v->status != STATUS_UNSAID)
		buf_printf(&b, "%s: %s\n", spanish ? "Estado" : "Status", status[l][v->status]);
	return str_trim(buf_str(&b));
}

bool
policy_takes(enum import_policy p, struct str ours, struct str theirs)
{
	if (p == POLICY_LEAVE || theirs.n == 0 || str_eq(ours, theirs))
		return false;
	return ours.n == 0 || p == POLICY_REPLACE;
}
