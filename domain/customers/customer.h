/*
 * domain/customers/customer.h -- who is served: kinds, standing, the people of an account, what is
 * remembered about it. Pure rules; the words in the name tables are what JSON says.
 *
 * All enums are stored: never renumber, only append.
 */
#ifndef DOMAIN_CUSTOMERS_CUSTOMER_H
#define DOMAIN_CUSTOMERS_CUSTOMER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/base/arena.h"
#include "domain/base/err.h"
#include "domain/base/str.h"

enum customer_kind { CUSTOMER_PERSON = 1, CUSTOMER_BUSINESS, CUSTOMER_KINDS };

/* Derived from facts, never typed in (standing_of). */
enum customer_standing {
	STANDING_LEAD = 1, /* nothing was ever promised or done */
	STANDING_ROUTED,   /* an agreement that a technician drives */
	STANDING_UNROUTED, /* an agreement that nobody drives yet */
	STANDING_INACTIVE, /* served once, not now */
	STANDING_ARCHIVED,
	STANDINGS
};

enum relation {
	RELATION_OWNER = 1,
	RELATION_TENANT,
	RELATION_AGENT, /* letting agent, property manager, caretaker */
	RELATION_BILLING,
	RELATION_OTHER,
	RELATIONS
};

/* What a contact may receive; a bit of by_sms, by_email and by_voice each. */
enum message_kind {
	MESSAGE_ON_THE_WAY = 0,
	MESSAGE_REPORT,   /* what was done, with photos */
	MESSAGE_SCHEDULE, /* moved, skipped, held */
	MESSAGE_BILL,
	MESSAGE_RECEIPT,
	MESSAGE_REMINDER, /* of an unpaid bill */
	MESSAGE_QUOTE,
	MESSAGE_NEWS,
	MESSAGE_KINDS
};

/* What a note, tag, file, event or change is about. */
enum record_kind {
	RECORD_NONE = 0,
	RECORD_CUSTOMER,
	RECORD_PROPERTY,
	RECORD_POOL,
	RECORD_EQUIPMENT,
	RECORD_CONTACT,
	RECORD_NOTE,
	RECORD_AGREEMENT,
	RECORD_VISIT,
	RECORD_FILE,
	RECORD_BATCH,
	RECORD_STAFF,
	RECORD_SERVICE,
	RECORD_WORKORDER,
	RECORD_BILL,
	RECORD_PAYMENT,
	RECORD_READING,
	RECORD_DOSE,
	RECORD_METHOD, /* a card or bank account that was left with the processor */
	RECORD_CONVERSATION,
	RECORD_RULE, /* how one customer is billed otherwise, a certificate of exemption */
	RECORD_KINDS
};

enum audience { AUDIENCE_TECHNICIANS = 1, AUDIENCE_OFFICE, AUDIENCES };

/* Lines of the timeline. A later feature appends its own. */
enum event_kind {
	EVENT_CUSTOMER_MADE = 1,
	EVENT_CUSTOMER_CHANGED,
	EVENT_CUSTOMER_ARCHIVED,
	EVENT_CUSTOMER_RESTORED,
	EVENT_CUSTOMER_IMPORTED,
	EVENT_CUSTOMERS_MERGED,
	EVENT_MERGE_UNDONE,
	EVENT_PROPERTY_MADE,
	EVENT_PROPERTY_CHANGED,
	EVENT_PROPERTY_ARCHIVED,
	EVENT_PROPERTY_RESTORED,
	EVENT_PROPERTY_SOLD,   /* told to the old customer */
	EVENT_PROPERTY_BOUGHT, /* and to the new one */
	EVENT_POOL_MADE,
	EVENT_POOL_CHANGED,
	EVENT_POOL_ARCHIVED,
	EVENT_POOL_RESTORED,
	EVENT_EQUIPMENT_MADE,
	EVENT_EQUIPMENT_CHANGED,
	EVENT_EQUIPMENT_ARCHIVED,
	EVENT_EQUIPMENT_RESTORED,
	EVENT_CONTACT_MADE,
	EVENT_CONTACT_CHANGED,
	EVENT_CONTACT_ARCHIVED,
	EVENT_CONTACT_RESTORED,
	EVENT_NOTE_WRITTEN,
	EVENT_NOTE_CHANGED,
	EVENT_NOTE_DROPPED,
	EVENT_TAGS_CHANGED,
	EVENT_CODES_CHANGED,
	EVENT_CODE_SHOWN,
	EVENT_AGREEMENT_MADE,
	EVENT_AGREEMENT_CHANGED,
	EVENT_AGREEMENT_HELD,
	EVENT_AGREEMENT_ENDED,
	EVENT_VISIT_MADE,
	EVENT_VISIT_MOVED,
	EVENT_VISIT_CHANGED,
	EVENT_VISIT_SKIPPED,
	EVENT_VISIT_DONE,
	EVENT_FILE_ADDED,
	EVENT_FILE_DROPPED,
	EVENT_BULK_EDITED,
	EVENT_BULK_UNDONE,
	EVENT_FILE_RESTORED,
	EVENT_BILL_ISSUED,
	EVENT_BILL_VOIDED,
	EVENT_PAYMENT_TAKEN,
	EVENT_PAYMENT_RETURNED,
	EVENT_PAYMENT_REFUNDED,
	EVENT_CREDIT_GIVEN,
	EVENT_READING_TAKEN,
	EVENT_READING_CORRECTED,
	EVENT_READING_WITHDRAWN,
	EVENT_DOSE_GIVEN,
	EVENT_DOSE_UNDONE,
	EVENT_EQUIPMENT_SERVICED,
	EVENT_ITEM_USED,
	EVENT_VISIT_ASKED,
	EVENT_VISIT_RATED,
	EVENT_QUOTE_APPROVED,
	EVENT_QUOTE_DECLINED,
	EVENT_QUOTE_ASKED,
	EVENT_SALE_UNDONE, /* told to both: the house is the first one's again */
	EVENT_MESSAGE_SENT,
	EVENT_MESSAGE_FAILED,
	EVENT_MESSAGE_HEARD,
	EVENT_TALKED,      /* with the receptionist, and how that ended */
	EVENT_CODES_SENT, /* to the phone of whoever goes there: they could look from then on */
	EVENT_KINDS
};

/* For shapes: index = value, "" does not exist, NULL ends. */
extern const char *const customer_kind_names[];
extern const char *const customer_standing_names[];
extern const char *const relation_names[];
extern const char *const message_kind_names[];
extern const char *const record_kind_names[]; /* [0] is "none" */
extern const char *const audience_names[];
extern const char *const event_kind_names[];

/* What standing follows from. */
struct standing_facts {
	bool archived;
	int64_t open;   /* agreements that run now or will */
	int64_t routed; /* of those, with a technician */
	bool served;    /* ever had an agreement or a visit */
};

enum customer_standing standing_of(const struct standing_facts *f);

/*
 * phone_read -- a number as people write it -> E.164, "+12025550123", with "x42" behind it for an extension
 *
 * North American numbers need no country: NXX NXX XXXX, N = 2..9, no N11 area or exchange. Others are
 * taken only with their '+', 8 to 15 digits. Empty is fine and stays empty.
 *
 * Errors  E_INVALID field: the sentence says what is wrong
 * Source  tests/cases/phone.csv; NANP numbering, ITU-T E.164
 */
#define PHONE_MAX 24
must_use enum err phone_read(struct str text, struct arena *a, struct str *out, const char *field,
    struct fault *f);

/* What the rules need to know of a contact. */
struct contact_facts {
	enum relation relation;
	bool phone, email;
	uint64_t by_sms, by_email, by_voice; /* bits of enum message_kind */
};

/*
 * contact_check -- a channel that is chosen must exist
 *
 * Errors  E_INVALID "by_sms" "by_email" "by_voice"
 */
must_use enum err contact_check(const struct contact_facts *c, struct fault *f);

/* contact_defaults -- what somebody of that relation usually wants: tenants get no bills, agents all */
void contact_defaults(enum relation r, bool phone, bool email, uint64_t *by_sms, uint64_t *by_email);

enum channel { CHANNEL_SMS = 1, CHANNEL_EMAIL, CHANNEL_VOICE };
/* contact_wants -- does this contact receive this message on this channel? */
bool contact_wants(const struct contact_facts *c, enum message_kind m, enum channel ch);

#endif
