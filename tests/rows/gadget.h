/*
 * tests/rows/gadget.h -- a table with a column of every C type that may meet one.
 */
#ifndef TESTS_ROWS_GADGET_H
#define TESTS_ROWS_GADGET_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/day.h"
#include "domain/base/maybe.h"
#include "domain/base/str.h"

enum colour { RED = 1, GREEN, BLUE };

#define GADGET_COLUMNS                                                                              \
	"id BIGINT UNSIGNED NOT NULL PRIMARY KEY, name VARCHAR(60) NOT NULL, colour TINYINT UNSIGNED " \
	"NOT NULL, small TINYINT UNSIGNED NOT NULL, medium SMALLINT UNSIGNED NOT NULL, cents INT NOT " \
	"NULL, at BIGINT NOT NULL, live TINYINT UNSIGNED NOT NULL, born DATE NOT NULL, body MEDIUMBLOB " \
	"NOT NULL, m_i32 INT NULL, m_u32 INT UNSIGNED NULL, m_i64 BIGINT NULL, m_u64 BIGINT UNSIGNED " \
	"NULL, m_bool TINYINT UNSIGNED NULL, m_str VARCHAR(60) NULL, version INT UNSIGNED NOT NULL "   \
	"DEFAULT 1, UNIQUE KEY name (name)"

struct gadget {
	uint64_t id;
	struct str name;
	enum colour colour;
	uint8_t small;
	uint16_t medium;
	int32_t cents;
	int64_t at;
	bool live;
	struct day born;
	struct str body;
	struct maybe_i32 m_i32;
	struct maybe_u32 m_u32;
	struct maybe_i64 m_i64;
	struct maybe_u64 m_u64;
	struct maybe_bool m_bool;
	struct maybe_str m_str;
	uint32_t version;
};

struct gadget_line {
	uint64_t id;
	int32_t cents;
	uint32_t version;
};

struct gadget_narrow { /* a column that may be NULL in a member that may not; a number in too small a room */
	uint8_t value;
};

struct gadget_total {
	uint64_t n;
	int64_t cents;
};

#endif
