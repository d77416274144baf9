/*
 * tenancy/sealed.c -- the list of sealed columns.
 */
#include "tenancy/sealed.h"

#include <string.h>

const struct sealed_column sealed_columns[] = {
    {"staff", "password", "id", KEY_AUTH, true},
    {"staff", "totp_secret", "id", KEY_AUTH, true},
    {"customer", "password", "id", KEY_AUTH, true},
    {"property", "gate_code", "id", KEY_GATE, false},
    {"property", "lockbox_code", "id", KEY_GATE, false},
    {"property", "alarm_code", "id", KEY_GATE, false},
    {"property", "access_note", "id", KEY_GATE, false},
    {"job", "payload", "id", KEY_FIELDS, true},
    {"device", "push", "id", KEY_FIELDS, true},
    {"batch", "sheet", "id", KEY_FIELDS, false},
    {"setting", "secret", "id", KEY_PROVIDER, false},
    {NULL, NULL, NULL, 0, false},
};

bool
sealed_passing(const struct sealed_column *c)
{
	return strcmp(c->table, "batch") == 0 && strcmp(c->column, "sheet") == 0;
}

const struct sealed_column *
sealed_column_of(struct str table, struct str column)
{
	for (const struct sealed_column *c = sealed_columns; c->table != NULL; c++)
		if (str_eq(table, str_of(c->table)) && str_eq(column, str_of(c->column)))
			return c;
	return NULL;
}
