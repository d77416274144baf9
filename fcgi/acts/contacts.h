/*
 * fcgi/acts/contacts.h -- the people of an account, and which message each receives on which channel.
 */
#ifndef FCGI_ACTS_CONTACTS_H
#define FCGI_ACTS_CONTACTS_H

#include "domain/base/words.h"
#include "sql/tenant/record.h"
#include "tenancy/work.h"

#define CONTACTS_MAX 200 /* of one customer */

/* Of a new one (customer_id) and of a change (version); the other is 0. */
struct contact_wish {
	uint64_t customer_id;
	struct str name;
	enum relation relation;
	struct str phone, email;
	enum language language;
	uint64_t by_sms, by_email, by_voice; /* bits of enum message_kind */
	uint32_t position;
	uint32_t version;
};

/* Errors  E_INVALID "phone" "email" "by_sms" "by_email" "by_voice"; E_LIMIT "customer_id"; E_NOT_FOUND, E_STALE */
must_use enum err act_contact_make(struct work *w, const struct contact_wish *in, uint64_t *id);
must_use enum err act_contact_change(struct work *w, uint64_t id, const struct contact_wish *in,
    uint64_t *customer_id);
must_use enum err act_contact_archive(struct work *w, uint64_t id, uint32_t version, uint64_t *customer_id);
must_use enum err act_contact_restore(struct work *w, uint64_t id, uint64_t *customer_id);

/*
 * act_contact_no_news -- by the link of a mail, without a password: this person gets no more news by mail; once or often
 *
 * Errors  E_INVALID "token"
 */
must_use enum err act_contact_no_news(struct work *w, struct str token);

/* ---- a customer's own people, in the portal ---- */

struct own_contacts {
	struct contact_row *rows;
	size_t rows_n;
};
must_use enum err act_contacts_own(struct work *w, uint64_t customer_id, struct own_contacts *out);
/* What the office says of them (relation, place in the list) stays. Errors as above; E_NOT_FOUND not one of theirs */
must_use enum err act_contact_own_change(struct work *w, uint64_t customer_id, uint64_t id, const struct contact_wish *in);
must_use enum err act_contact_own_make(struct work *w, uint64_t customer_id, const struct contact_wish *in);

#endif
