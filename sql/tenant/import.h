/*
 * sql/tenant/import.h -- rows of imports: the batch, what became of each row, and what customers are compared by.
 */
#ifndef SQL_TENANT_IMPORT_H
#define SQL_TENANT_IMPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/batch.h"
#include "domain/base/maybe.h"
#include "domain/base/setting.h"
#include "domain/base/str.h"
#include "domain/customers/customer.h"
#include "domain/customers/property.h"

struct import_batch_row {
	uint64_t id;
	enum batch_state state;
	uint64_t staff_id;
	struct maybe_str staff_name;
	int64_t made_at;
	uint32_t total, done, failed;
	struct str body; /* struct import_order */
	bool sheet;      /* the file is still here */
	struct maybe_i64 ended_at, undone_at;
	uint32_t version;
};

struct import_sheet_row {
	struct maybe_str sheet; /* sealed */
};

struct import_id_row {
	uint64_t id;
};

struct import_line_row {
	uint32_t n;
	enum row_state state;
	uint64_t record_id; /* with IMPORT_FOLLOWS: of the row whose customer it goes to */
	struct str problem, cells;
};

struct import_state_row {
	uint32_t n;
	enum row_state state;
	uint64_t record_id;
};

struct import_count_row {
	enum row_state state;
	int64_t number;
};

struct import_made_row {
	uint32_t n;
	uint64_t record_id;
	bool touched; /* somebody has worked on it since */
};

struct import_change_row {
	uint64_t id;
	enum record_kind on_kind;
	uint64_t on_id;
	int64_t at;
	struct str field, was, became;
};

/* What customers are compared by; id is the row's, who the customer's. */
struct known_customer_row {
	uint64_t who;
	struct str name, email, external_id;
};

struct known_contact_row {
	uint64_t id, who;
	struct str email, phone;
};

struct known_property_row {
	uint64_t id, who;
	struct str street, city, postcode;
};

struct import_number_row {
	int64_t number;
};

/* A tag of one of the customers that a step meets. */
struct import_tag_row {
	uint64_t customer_id;
	struct str tag;
};

struct mapping_row {
	uint64_t id;
	struct str name, body;
	uint32_t version;
};

#endif
