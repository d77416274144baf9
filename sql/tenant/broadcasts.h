/*
 * sql/tenant/broadcasts.h -- rows of one text to many.
 */
#ifndef SQL_TENANT_BROADCASTS_H
#define SQL_TENANT_BROADCASTS_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/maybe.h"
#include "domain/base/str.h"
#include "domain/messaging/message.h"

/* Somebody who wants news. */
struct broadcast_reader_row {
	uint64_t customer_id;
	struct str customer, name, phone, email, language;
	uint64_t by_sms, by_email;
};
/* A number or address that wants none. */
struct broadcast_stopped_row {
	struct str name;
};
/* How many messages of one are how far. */
struct broadcast_count_row {
	enum message_state state;
	enum medium medium;
	int64_t number, first_at;
};

#endif
