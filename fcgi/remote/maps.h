/*
 * fcgi/remote/maps.h -- where an address lies, asked of a geocoder that the operator has chosen.
 *
 * Two wire formats: Nominatim's (GET .../search?q=&format=jsonv2&addressdetails=1&countrycodes=us&limit=2) and that
 * of the US Census (GET .../locations/onelineaddress?address=&benchmark=Public_AR_Current&format=json). Questions
 * of all processes of this machine keep the pace that the operator has set (pace.h).
 */
#ifndef FCGI_REMOTE_MAPS_H
#define FCGI_REMOTE_MAPS_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/arena.h"
#include "domain/base/err.h"
#include "domain/base/str.h"
#include "tenancy/config.h"

enum maps_format { MAPS_NONE = 0, MAPS_NOMINATIM, MAPS_CENSUS };

struct maps_question {
	struct str street, city, region, postcode;
	const char *country; /* two letters, of the company */
};

struct maps_found {
	bool is;
	int64_t lat_e6, lng_e6;
	uint32_t score; /* 1..100: how sure it is that this is the house */
};

/* maps_format_of -- of the setting `geocoder`; MAPS_NONE: there is none, or a name that we do not know */
enum maps_format maps_format_of(const struct config *c);

/*
 * maps_find -- ask; *out !is: the geocoder knows no such place, or only its town, or another country's
 *
 * Errors  E_LIMIT too often: retry_after_s; E_AWAY no answer, or one that makes no sense; E_FORBIDDEN it refuses us
 */
must_use enum err maps_find(struct arena *a, const struct config *c, const struct maps_question *q,
    struct maps_found *out, struct fault *f);

/* maps_read -- what an answer says, by its format; false: it makes no sense */
bool maps_read(enum maps_format format, struct str json, const struct maps_question *q, struct maps_found *out);

#endif
