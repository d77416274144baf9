/*
 * domain/imports/match.h -- is that somebody we know? What two records are compared by, and what follows.
 *
 * Compared is what is left when writing habits are taken off: "Ellison, Kathryn" is "Kathryn Ellison",
 * "811 West Encanto Boulevard" is "811 W Encanto Blvd". Each is kept as a print of 64 bits: a hundred thousand
 * customers fit into a few megabytes. Two different texts may share a print once in 10^9 companies; then
 * somebody is asked a needless question, because nothing is changed by one print alone but an external id's.
 */
#ifndef DOMAIN_IMPORTS_MATCH_H
#define DOMAIN_IMPORTS_MATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/base/arena.h"
#include "domain/base/str.h"

/* Bits of what two records share. Stored in rows of an import: append only. */
enum match_by { BY_EXTERNAL_ID = 0, BY_EMAIL, BY_PHONE, BY_ADDRESS, BY_NAME, MATCH_BYS };
extern const char *const match_by_names[]; /* for shapes */

enum match { MATCH_NOBODY = 0, MATCH_PERHAPS, MATCH_SAME };

/* match_print -- what is compared of a value; 0 if nothing is left of it. place: city or postcode of an address */
uint64_t match_print(enum match_by by, struct str value, struct str place);

/*
 * match_judge -- what follows from what two records share (bits of 1 << enum match_by)
 *
 * The same: by the other house's own number; or by the name and one more thing. Perhaps: by one thing alone.
 */
enum match match_judge(unsigned by);

/* Who has which print. `who` is the caller's: an id, or the number of a row. */
struct book;

/* book_open -- room for so many prints */
#define BOOK_MAX 1000000
struct book *book_open(struct arena *a, size_t prints);

/* book_enter -- a print of 0 is nobody's; false: the book is full */
bool book_enter(struct book *b, enum match_by by, uint64_t print, uint64_t who);

/*
 * book_find -- who shares most with these prints
 *
 * only   in   bit 63 of `who` must be this (0 or 1): ids and rows of the file live in one book
 * who    out  0 if nobody; by (may be NULL) = what is shared
 */
enum match book_find(const struct book *b, const uint64_t print[MATCH_BYS], unsigned only, uint64_t *who,
    unsigned *by);

#endif
