/*
 * fcgi/acts/tell_sheet.h -- what every paper says alike (domain/billing/sheet.h).
 */
#ifndef FCGI_ACTS_TELL_SHEET_H
#define FCGI_ACTS_TELL_SHEET_H

#include "domain/billing/sheet.h"
#include "fcgi/acts/tell_bill.h"

#define SHEET_ENDING "pdf"

/* How money came, in English. */
extern const char *const paper_way_words[];

/* What goes out: how it is called, and where nginx finds it. */
struct paper_served {
	struct str name, path;
};

/* tell_sheet -- whose it is, for whom, and how it looks; seq 0: it has no number. Then its lines, and what moved the balance */
must_use enum err tell_sheet(struct work *w, uint64_t id, uint64_t customer_id, enum bill_kind kind, uint64_t seq,
    struct sheet *out);
void tell_sheet_lines(struct work *w, const struct charge_row *rows, size_t n, struct sheet *s);
void tell_sheet_moves(struct work *w, const struct bill_moves *m, struct sheet *s);

#endif
