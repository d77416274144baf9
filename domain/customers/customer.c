/*
 * domain/customers/customer.c -- names of things, standing, telephone numbers, who receives what.
 */
#include "domain/customers/customer.h"

#include <assert.h>

#define BIT(m) (UINT64_C(1) << (m))
#define VISITS (BIT(MESSAGE_ON_THE_WAY) | BIT(MESSAGE_REPORT) | BIT(MESSAGE_SCHEDULE))
#define MONEY (BIT(MESSAGE_BILL) | BIT(MESSAGE_RECEIPT) | BIT(MESSAGE_REMINDER))
#define URGENT (BIT(MESSAGE_ON_THE_WAY) | BIT(MESSAGE_SCHEDULE))

const char *const customer_kind_names[] = {"", "person", "business", NULL};
const char *const customer_standing_names[] = {"", "lead", "routed", "unrouted", "inactive", "archived", NULL};
const char *const relation_names[] = {"", "owner", "tenant", "agent", "billing", "other", NULL};
const char *const message_kind_names[] = {"on_the_way", "report", "schedule", "bill", "receipt", "reminder", "quote",
    "news", NULL};
const char *const record_kind_names[] = {"none", "customer", "property", "pool", "equipment", "contact", "note",
    "agreement", "visit", "file", "batch", "staff", "service", "workorder",
    "bill", "payment", "reading", "dose", "method", "conversation", "rule", NULL};
const char *const audience_names[] = {"", "technicians", "office", NULL};
const char *const event_kind_names[] = {
	"",
	"customer_made", "customer_changed", "customer_archived", "customer_restored", "customer_imported",
	"customers_merged", "merge_undone",
	"property_made", "property_changed", "property_archived", "property_restored", "property_sold",
	"property_bought",
	"pool_made", "pool_changed", "pool_archived", "pool_restored",
	"equipment_made", "equipment_changed", "equipment_archived", "equipment_restored",
	"contact_made", "contact_changed", "contact_archived", "contact_restored",
	"note_written", "note_changed", "note_dropped",
	"tags_changed", "codes_changed", "code_shown",
	"agreement_made", "agreement_changed", "agreement_held", "agreement_ended",
	"visit_made", "visit_moved", "visit_changed", "visit_skipped", "visit_done",
	"file_added", "file_dropped",
	"bulk_edited", "bulk_undone",
	"file_restored",
	"bill_issued", "bill_voided", "payment_taken", "payment_returned", "payment_refunded", "credit_given",
	"reading_taken", "reading_corrected", "reading_withdrawn", "dose_given", "dose_undone", "equipment_serviced", "item_used",
	"visit_asked", "visit_rated", "quote_approved", "quote_declined", "quote_asked", "sale_undone",
	"message_sent", "message_failed", "message_heard", "talked", "codes_sent",
	NULL,
};

static_assert(sizeof(customer_kind_names) / sizeof(char *) == CUSTOMER_KINDS + 1, "each has its name");
static_assert(sizeof(customer_standing_names) / sizeof(char *) == STANDINGS + 1, "each has its name");
static_assert(sizeof(relation_names) / sizeof(char *) == RELATIONS + 1, "each has its name");
static_assert(sizeof(message_kind_names) / sizeof(char *) == MESSAGE_KINDS + 1, "each has its name");
static_assert(sizeof(record_kind_names) / sizeof(char *) == RECORD_KINDS + 1, "each has its name");
static_assert(sizeof(audience_names) / sizeof(char *) == AUDIENCES + 1, "each has its name");
static_assert(sizeof(event_kind_names) / sizeof(char *) == EVENT_KINDS + 1, "each has its name");

static bool digits_of(struct str text, char *digit, size_t max, size_t *n, bool *plus);
static bool extension_of(struct str *text, struct str *ext);
static bool nanp_valid(const char *ten);

enum customer_standing
standing_of(const struct standing_facts *f)
{
	if (f->archived)
		return STANDING_ARCHIVED;
	if (f->routed > 0)
		return STANDING_ROUTED;
	if (f->open > 0)
		return STANDING_UNROUTED;
	return f->served ? STANDING_INACTIVE : STANDING_LEAD;
}

enum err
phone_read(struct str text, struct arena *a, struct str *out, const char *field, struct fault *f)
{
	struct str s = str_trim(text), ext = STR("");
	char digit[16];
	bool plus = false;
	size_t n = 0;

	if (s.n == 0) {
		*out = STR("");
		return OK;
	}
	if (!extension_of(&s, &ext) || !digits_of(s, digit, 15, &n, &plus))
		return fail(f, E_INVALID, field, "This is not a telephone number.");
	if (plus && digit[0] != '1') {
		if (n < 8 || digit[0] == '0')
			return fail(f, E_INVALID, field, "This is not a telephone number.");
		*out = str_printf(a, "+%.*s%s%.*s", (int)n, digit, ext.n > 0 ? "x" : "", STR_ARG(ext));
		return OK;
	}
	if ((n != 11 || digit[0] != '1') && (plus || n != 10))
		return fail(f, E_INVALID, field,
		    "A telephone number has ten digits; one of another country begins with + and its country.");
	if (!nanp_valid(digit + n - 10))
		return fail(f, E_INVALID, field, "There is no such area code or telephone number.");
	*out = str_printf(a, "+1%.10s%s%.*s", digit + n - 10, ext.n > 0 ? "x" : "", STR_ARG(ext));
	return OK;
}

/* Cuts "x42", "ext. 42", "ext 42", "#42", ";ext=42" off the end. False if what stands there is no number of 1..6. */
static bool
extension_of(struct str *text, struct str *ext)
{
	size_t at = text->n, from;

	for (size_t i = 0; i < text->n && at == text->n; i++)
		if (strchr("xXeE#;", text->p[i]) != NULL && text->p[i] != '\0')
			at = i;
	if (at == text->n)
		return true;
	from = at;
	while (from < text->n && (text->p[from] < '0' || text->p[from] > '9'))
		from++;
	*ext = str_trim(str_sub(*text, from, text->n));
	struct str word = str_trim(str_sub(*text, at, from - at));
	static const char *const words[] = {"x", "ext", "ext.", "extension", "#", ";ext="};
	bool known = false;

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		known = known || str_eq_nocase(word, str_of(words[i]));
	for (size_t i = 0; i < ext->n; i++)
		known = known && ext->p[i] >= '0' && ext->p[i] <= '9';
	*text = str_trim(str_sub(*text, 0, at));
	return known && ext->n >= 1 && ext->n <= 6;
}

static bool
digits_of(struct str text, char *digit, size_t max, size_t *n, bool *plus)
{
	size_t got = 0;

	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];

		if (c >= '0' && c <= '9') {
			if (got == max)
				return false;
			digit[got++] = c;
		} else if (c == '+' && got == 0 && !*plus)
			*plus = true;
		else if (c == '\0' || strchr("-(). /", c) == NULL)
			return false;
	}
	*n = got;
	return got > 0;
}

/* NXX-NXX-XXXX with N = 2..9; N11 is no area and no exchange. */
static bool
nanp_valid(const char *ten)
{
	return ten[0] >= '2' && ten[3] >= '2' && !(ten[1] == '1' && ten[2] == '1') && !(ten[4] == '1' && ten[5] == '1');
}

enum err
contact_check(const struct contact_facts *c, struct fault *f)
{
	if (c->by_sms != 0 && !c->phone)
		return fail(f, E_INVALID, "by_sms", "Messages by text need a telephone number.");
	if (c->by_voice != 0 && !c->phone)
		return fail(f, E_INVALID, "by_voice", "Messages by call need a telephone number.");
	if (c->by_email != 0 && !c->email)
		return fail(f, E_INVALID, "by_email", "Messages by e-mail need an e-mail address.");
	return OK;
}

void
contact_defaults(enum relation r, bool phone, bool email, uint64_t *by_sms, uint64_t *by_email)
{
	uint64_t wants = 0;

	switch (r) {
	case RELATION_OWNER:
	case RELATION_AGENT:
		wants = VISITS | MONEY | BIT(MESSAGE_QUOTE);
		break;
	case RELATION_TENANT:
		wants = VISITS;
		break;
	case RELATION_BILLING:
		wants = MONEY;
		break;
	default:
		break;
	}
	*by_sms = phone ? wants & URGENT : 0;
	*by_email = email ? (phone ? wants & ~BIT(MESSAGE_ON_THE_WAY) : wants) : 0;
}

bool
contact_wants(const struct contact_facts *c, enum message_kind m, enum channel ch)
{
	if (ch == CHANNEL_SMS)
		return c->phone && (c->by_sms & BIT(m)) != 0;
	if (ch == CHANNEL_VOICE)
		return c->phone && (c->by_voice & BIT(m)) != 0;
	return c->email && (c->by_email & BIT(m)) != 0;
}
