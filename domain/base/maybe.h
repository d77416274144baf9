/*
 * domain/base/maybe.h -- values that may be missing: what a NULL column or an absent input becomes.
 */
#ifndef DOMAIN_BASE_MAYBE_H
#define DOMAIN_BASE_MAYBE_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/day.h"
#include "domain/base/str.h"

struct maybe_i64 {
	bool is;
	int64_t v;
};

struct maybe_u64 {
	bool is;
	uint64_t v;
};

struct maybe_i32 {
	bool is;
	int32_t v;
};

struct maybe_u32 {
	bool is;
	uint32_t v;
};

struct maybe_bool {
	bool is;
	bool v;
};

struct maybe_day {
	bool is;
	struct day v;
};

struct maybe_str {
	bool is;
	struct str v;
};

#endif
