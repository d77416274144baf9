/*
 * fcgi/acts/phones.h -- phones that can be pushed to, and whether a technician's brief has reached one.
 */
#ifndef FCGI_ACTS_PHONES_H
#define FCGI_ACTS_PHONES_H

#include "domain/messaging/push.h"
#include "fcgi/acts/tell_day.h"
#include "tenancy/work.h"

/* Where a browser's push service takes words for this phone. Sealed on the row of the device. */
struct push_address_in {
	struct str address;        /* https://... */
	struct str p256dh, secret; /* base64url: the phone's public key, and 16 bytes */
};
extern const struct shape push_address_shape;

/*
 * act_phone_push -- this phone may be pushed to from now on, as long as this session lasts; who had that address before is not
 *
 * Errors  E_INVALID "address" "p256dh" "secret"; E_FORBIDDEN "device_id": of somebody else, or signed out by the office
 */
must_use enum err act_phone_push(struct work *w, uint64_t device_id, const struct push_address_in *in);
/* act_phone_push_drop -- no more */
must_use enum err act_phone_push_drop(struct work *w, uint64_t device_id);

/* The key under which this phone keeps codes today, and whether it may show them without a PIN. */
struct phone_key {
	struct str key; /* base64url */
	struct day day;
	uint32_t version; /* of the key that it follows from: another one is another key */
	bool wants_pin;
};
struct phone_hello {
	struct str name; /* as the browser calls itself */
};
/*
 * act_phone_key -- the phone is heard of, and its session tied to it; the same key all day
 *
 * Errors  E_FORBIDDEN "device_id": of somebody else, or revoked
 */
must_use enum err act_phone_key(struct work *w, uint64_t device_id, const struct phone_hello *in, struct phone_key *out);
/* act_phone_pin -- a PIN was chosen there (it stays there): a first one so, another one with the password. E_FORBIDDEN "step_up" */
must_use enum err act_phone_pin(struct work *w, uint64_t device_id, const struct phone_hello *in, struct phone_key *out);

/* What the office sees of somebody's phones, the one last heard of first. */
struct phone_list {
	struct device_row *rows;
	size_t rows_n;
};
#define PHONES_MAX 200
must_use enum err act_phones(struct work *w, uint64_t staff_id, struct phone_list *out);
/*
 * act_phone_revoke -- whatever is signed in there is out at once, and nothing comes from that phone under its name any more
 *
 * What it had kept and not sent stays on it: the same person signs in again and sends it under a new name.
 */
must_use enum err act_phone_revoke(struct work *w, uint64_t staff_id, uint64_t device_id);

/* What the job "push" needs; sealed: what stands on the row, to know it again. */
struct push_parcel {
	struct str address, sealed;
	uint8_t point[PUSH_POINT], secret[PUSH_SECRET];
};
/* act_push_parcel -- NULL: that phone takes none any more */
must_use enum err act_push_parcel(struct work *w, uint64_t device_id, struct push_parcel **out);
/* act_push_gone -- its push service knows that phone no more */
must_use enum err act_push_gone(struct work *w, uint64_t device_id, const struct push_parcel *p);

/* act_brief -- the job "brief": is the news on the phone? If not, what its step says, and the next step is ordered */
must_use enum err act_brief(struct work *w, const struct brief_order *o);

#endif
