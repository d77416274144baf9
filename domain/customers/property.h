/*
 * domain/customers/property.h -- a place that is served: where it lies, how to get in, what its people wish.
 * All enums are stored: never renumber, only append.
 */
#ifndef DOMAIN_CUSTOMERS_PROPERTY_H
#define DOMAIN_CUSTOMERS_PROPERTY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/base/err.h"
#include "domain/base/maybe.h"
#include "domain/base/str.h"

enum place_source { PLACE_NONE = 0, PLACE_GIVEN, PLACE_GEOCODED, PLACE_PINNED,
	PLACE_NOWHERE, /* asked: the geocoder knows no such house */
	PLACE_SOURCES };
enum code_kind { CODE_GATE = 1, CODE_LOCKBOX, CODE_ALARM, CODE_NOTE, CODE_KINDS };

extern const char *const place_source_names[]; /* [0] is "none" */
extern const char *const code_kind_names[];

/* Sealed they must fit their columns; a character has at most four bytes. */
#define CODE_MAX 36
#define CODE_NOTE_MAX 500

#define WISH_TECHS_MAX 16
#define WISH_CHEMICALS_MAX 12
#define WISH_CHEMICAL_MAX 20 /* characters */

/* Where a property lies, in micro-degrees; both coordinates or none. */
struct location {
	struct maybe_i64 lat_e6, lng_e6;
	enum place_source source;
	uint32_t score; /* of the geocoder, 0..100 */
};

/*
 * place_after -- where it lies after somebody edited the property by hand
 *
 * was      in   as stored
 * lat, lng in   as sent: others than before were pinned by a person, who wins for ever
 * moved    in   the address changed: coordinates that nobody pinned are forgotten and looked up again
 *
 * Errors   E_INVALID "lat_e6": one without the other
 */
must_use enum err place_after(const struct location *was, struct maybe_i64 lat_e6, struct maybe_i64 lng_e6, bool moved,
    struct location *out, struct fault *f);

/* What the planning obeys (domain/visits/wish.h asks it of each plan). Days are bits of enum weekday, minutes of the local day. */
struct wishes {
	uint64_t like_days, not_days;
	struct maybe_u32 from_minute, to_minute;
	bool text_before, same_tech;
	struct maybe_u64 usual_tech_id;
	const uint64_t *never_tech;
	size_t never_techs;
};

/*
 * wish_refuses -- is this product not wanted here?
 *
 * word      in  n of them, as somebody wrote them down: "trichlor", "Ácido"
 * product   in  its name; "" asks of the kind alone
 * chemical  in  what it is: a word of chemical_names ("liquid_chlorine"); also: what people call it, folded, with commas between
 *
 * A word refuses where it begins a word of the name or the kind, and where it is all of one of the others, whatever its accents and capitals: "acid" is muriatic acid too.
 */
bool wish_refuses(const struct str *word, size_t n, struct str product, struct str chemical, struct str also,
    struct arena *a);

/*
 * wishes_check -- can they be obeyed at all?
 *
 * Errors  E_INVALID "not_days" every day or a liked one; "to_minute" before the start; "usual_tech_id" one who
 *         must never come; "same_tech" without saying which
 */
must_use enum err wishes_check(const struct wishes *x, struct fault *f);

#endif
