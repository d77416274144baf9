/*
 * sql/tenant/file.h -- rows of photos and files. The bytes lie on disk: tenancy/files.h.
 */
#ifndef SQL_TENANT_FILE_H
#define SQL_TENANT_FILE_H

#include <stdint.h>

#include "domain/base/file.h"
#include "domain/base/maybe.h"
#include "domain/customers/customer.h"

struct file_row {
	uint64_t id, customer_id;
	enum record_kind on_kind;
	uint64_t on_id;
	struct str name, type;
	enum file_state state;
	uint32_t bytes, width, height;
	struct maybe_i64 taken_at;
	uint64_t staff_id;
	struct maybe_str staff_name;
	int64_t made_at;
	struct maybe_i64 archived_at;
	uint32_t version;
};

struct file_number_row {
	int64_t number;
};

struct file_id_row {
	uint64_t id;
};

#endif
