/*
 * tenancy/sealed.c -- the list of sealed columns.
 */
#include "tenancy/sealed.h"

const struct sealed_column sealed_columns[] = {
    {"staff", "password", "id", KEY_AUTH, true},
    {"staff", "totp_secret", "id", KEY_AUTH, true},
    {"property", "gate_code", "id", KEY_GATE, false},
    {"property", "lockbox_code", "id", KEY_GATE, false},
    {"property", "alarm_code", "id", KEY_GATE, false},
    {"property", "access_note", "id", KEY_GATE, false},
    {"job", "payload", "id", KEY_FIELDS, true},
    {"device", "push", "id", KEY_FIELDS, true},
    {NULL, NULL, NULL, 0, false},
};

const struct sealed_column *
sealed_column_of(struct str table, struct str column)
{
	for (const struct sealed_column *c = sealed_columns; c->table != NULL; c++)
		if (str_eq(table, str_of(c->table)) && str_eq(column, str_of(c->column)))
			return c;
	return NULL;
}
