/*
 * sql/value.h -- the one list of C types that may meet a column, and the descriptors gen.awk writes.
 *
 * BIND(x) and COLUMN(struct, member, index) choose by _Generic: a member of any other type does not
 * compile, and the error points into the .sql file. Enums are unsigned ints and map to uint32_t.
 */
#ifndef SQL_VALUE_H
#define SQL_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/base/day.h"
#include "domain/base/maybe.h"
#include "domain/base/str.h"

enum value_type {
	VALUE_BOOL = 1,
	VALUE_U8,
	VALUE_U16,
	VALUE_U32,
	VALUE_I32,
	VALUE_U64,
	VALUE_I64,
	VALUE_STR, /* text or bytes */
	VALUE_DAY, /* DATE column <-> struct day */
	VALUE_MAYBE_BOOL,
	VALUE_MAYBE_I32,
	VALUE_MAYBE_U32,
	VALUE_MAYBE_I64,
	VALUE_MAYBE_U64,
	VALUE_MAYBE_STR,
	VALUE_MAYBE_DAY
};

#define VALUE_TYPE(lvalue)                       \
	_Generic((lvalue),                       \
	    bool: VALUE_BOOL,                    \
	    uint8_t: VALUE_U8,                   \
	    uint16_t: VALUE_U16,                 \
	    uint32_t: VALUE_U32,                 \
	    int32_t: VALUE_I32,                  \
	    uint64_t: VALUE_U64,                 \
	    int64_t: VALUE_I64,                  \
	    struct str: VALUE_STR,               \
	    struct day: VALUE_DAY,               \
	    struct maybe_bool: VALUE_MAYBE_BOOL, \
	    struct maybe_i32: VALUE_MAYBE_I32,   \
	    struct maybe_u32: VALUE_MAYBE_U32,   \
	    struct maybe_i64: VALUE_MAYBE_I64,   \
	    struct maybe_u64: VALUE_MAYBE_U64,   \
	    struct maybe_str: VALUE_MAYBE_STR,   \
	    struct maybe_day: VALUE_MAYBE_DAY)

struct bind {
	enum value_type type;
	const void *value;
};

struct column {
	enum value_type type;
	size_t offset;
	const char *name;
};

#define BIND(x) ((struct bind){VALUE_TYPE(x), &(x)})
#define COLUMN(row, member, label) \
	((struct column){VALUE_TYPE(((row *)0)->member), offsetof(row, member), label})

#endif
