/*
 * fcgi/acts/portal.h -- what a customer does and sees: their own, and nothing that was written for the office.
 *
 * A record of somebody else does not exist here: E_NOT_FOUND, as for an id that nobody has.
 */
#ifndef FCGI_ACTS_PORTAL_H
#define FCGI_ACTS_PORTAL_H

#include <stdint.h>

#include "domain/base/words.h"
#include "domain/billing/bill.h"
#include "fcgi/acts/tell_water.h"
#include "sql/tenant/file.h"
#include "sql/tenant/messages.h"
#include "sql/tenant/portal.h"
#include "tenancy/work.h"

struct guest {
	uint64_t id;
	enum language language;
};

/* act_portal_enter -- Errors  E_SIGNED_OUT "token": used, replaced, expired, or no customer any more */
must_use enum err act_portal_enter(struct work *w, struct str token, struct guest *out);

/* portal_address -- one way to write an e-mail address or a telephone: what tries are counted by */
struct str portal_address(struct work *w, struct str text);

/* act_portal_code -- in by the code that was sent to that e-mail address or telephone. Errors  E_SIGNED_OUT "code" */
must_use enum err act_portal_code(struct work *w, struct str address, struct str code, struct guest *out);

must_use enum err act_portal_leave(struct work *w);

/* One account of whoever reads the mail of this address. */
struct portal_account {
	uint64_t id;
	struct str name, street;
	bool here; /* the one that is shown */
};
struct portal_accounts {
	struct portal_account *rows;
	size_t rows_n;
};
#define PORTAL_ACCOUNTS_MAX 5

must_use enum err act_portal_accounts(struct work *w, struct portal_accounts *out);

/*
 * act_portal_switch -- another account of the same address: the link in the mail has proved both
 *
 * Errors  E_NOT_FOUND not of this address
 */
must_use enum err act_portal_switch(struct work *w, uint64_t customer_id, struct guest *out);

struct portal_visits {
	struct portal_visit *rows;
	size_t rows_n;
	struct maybe_day next; /* goes into `before` */
};
#define PORTAL_VISITS_PAGE 20
must_use enum err act_portal_next(struct work *w, struct portal_visits *out);
must_use enum err act_portal_past(struct work *w, struct maybe_day before, struct portal_visits *out);

/* A set of readings, a photo, a dose: what was found and done. */
struct portal_reading {
	int64_t at;
	struct water_value *values;
	size_t values_n;
};
struct portal_dose {
	struct str item;
	enum item_unit unit;
	int64_t holds_x100, given_x100;
};
struct portal_photo {
	uint64_t id;
	struct str name;
	uint32_t width, height;
};
struct portal_note {
	struct str text;
};
struct portal_visit_page {
	struct portal_visit visit;
	struct portal_reading *readings;
	size_t readings_n;
	struct portal_dose *doses;
	size_t doses_n;
	struct portal_photo *photos;
	size_t photos_n;
	struct portal_note *notes; /* what the technician wrote to them */
	size_t notes_n;
	struct maybe_i64 sealed_at; /* the last seal of its record */
	struct maybe_str report;    /* of a sealed one: the token that opens its report */
	bool rated; /* the customer has said how it was */
};
must_use enum err act_portal_visit(struct work *w, uint64_t id, struct portal_visit_page *out);

/* act_portal_photo -- is it a photo of one of their visits, or of what is written on their pages? Errors  E_NOT_FOUND */
must_use enum err act_portal_photo(struct work *w, uint64_t id);

/* act_portal_bill -- is it theirs, and was it issued? Errors  E_NOT_FOUND */
must_use enum err act_portal_bill(struct work *w, uint64_t id);

struct portal_applications {
	struct portal_applied *rows;
	size_t rows_n;
};
must_use enum err act_portal_applied(struct work *w, struct portal_applications *out);

/* ---- what is written on these pages (portal_talk.c) ---- */

#define PORTAL_WORDS 60
struct portal_picture {
	uint64_t id;
	bool ready; /* else it is still being drawn anew */
};
struct portal_word {
	uint64_t id;
	bool own; /* the customer wrote it */
	struct str body, staff;
	int64_t at;
	struct portal_picture *photos;
	size_t photos_n;
};
struct portal_talk {
	struct portal_word *rows; /* the oldest first */
	size_t rows_n;
};
must_use enum err act_portal_talk(struct work *w, struct portal_talk *out);
/* act_portal_say -- into the customer's thread. Errors  E_LIMIT twenty words of an hour */
must_use enum err act_portal_say(struct work *w, struct str text, struct str key);
/* act_portal_show -- a photo, as a word of its own. Errors  E_INVALID "file"; E_LIMIT as above, or the customer has FILES_MAX */
must_use enum err act_portal_show(struct work *w, struct str bytes, struct str key);
/* portal_shown -- is it a picture of what is written on their pages? Not every one of their thread is */
must_use enum err portal_shown(struct work *w, const struct file_row *row, bool *is);

/* ---- papers (portal_papers.c) ---- */

enum portal_document_kind { DOCUMENT_QUOTE = 1, DOCUMENT_INVOICE, DOCUMENT_STATEMENT, DOCUMENT_RECEIPT, DOCUMENT_REPORT, DOCUMENT_KINDS };
extern const char *const portal_document_names[]; /* with NULL, by value; "any" */

struct portal_document {
	enum portal_document_kind kind;
	uint64_t id;
	struct str number, title; /* "" none */
	struct day day;
	int64_t cents;
	enum bill_state state; /* 0: it has none */
	bool pdf;
	struct str token; /* of an offer's own page; else "" */
};
struct portal_documents {
	struct portal_document *rows;
	size_t rows_n;
	struct maybe_day next_day; /* of the last one, with next_id: where the next page begins */
	struct maybe_u64 next_id;
	struct str currency;
};
struct portal_documents_query {
	enum portal_document_kind kind; /* 0: any */
	struct maybe_day before_day;
	struct maybe_u64 before_id;
	struct str q; /* in the title, or of the number */
};
#define PORTAL_DOCUMENTS_PAGE 30
must_use enum err act_portal_documents(struct work *w, const struct portal_documents_query *q, struct portal_documents *out);
/* act_portal_document_file -- its PDF: how it is called, where it lies. Errors  E_NOT_FOUND not theirs, or not drawn */
must_use enum err act_portal_document_file(struct work *w, uint64_t id, struct str *name, struct str *path);

/* ---- what a customer asks for (portal_ask.c) ---- */

struct portal_asking {
	struct portal_place *places;
	size_t places_n;
	struct portal_service *services;
	size_t services_n;
	struct day first, last; /* on which days it may be wished for */
};
#define PORTAL_ASK_DAYS 90
#define PORTAL_ASKED_MAX 5
must_use enum err act_portal_asking(struct work *w, struct portal_asking *out);

struct portal_ask {
	uint64_t property_id, service_id;
	struct day day;
	struct str note;
};
/*
 * act_portal_ask -- a visit that nobody has promised yet: it stands on the board among what is nobody's
 *
 * Errors  E_INVALID "property_id" "service_id" "day"; E_LIMIT too many are waiting
 */
must_use enum err act_portal_ask_visit(struct work *w, const struct portal_ask *in, struct portal_visits *out);

/* act_portal_rate -- one to five stars for a visit that was done, once. Errors  E_NOT_FOUND; E_STALE said already */
must_use enum err act_portal_rate(struct work *w, uint64_t visit_id, uint32_t stars, struct str text);
must_use enum err portal_rated(struct work *w, uint64_t visit_id, bool *rated);

/* act_portal_speak -- in which language we write to them */
must_use enum err act_portal_speak(struct work *w, enum language language);

#endif
