/*
 * fcgi/acts/tell_sender.c -- whose address a mail comes from, and the key that signs it.
 */
#include "domain/messaging/mail.h"
#include "fcgi/acts/tell_message.h"
#include "fcgi/http/shape.h"
#include "sql/tenant/queries/messages.h"

static const struct field kept_fields[] = {
	FIELD_TEXT(struct sender_kept, address, 0, MAIL_ADDRESS_MAX),
	FIELD_TEXT(struct sender_kept, selector, 0, 40),
	FIELD_TEXT(struct sender_kept, public_key, 0, 500),
	FIELD_MAYBE_TIME(struct sender_kept, checked_at),
	FIELD_BOOL(struct sender_kept, good),
	FIELD_INT(struct sender_kept, dkim, 0, 9),
	FIELD_INT(struct sender_kept, dmarc, 0, 9),
	FIELD_INT(struct sender_kept, spf, 0, 9),
	FIELD_TEXT(struct sender_kept, dkim_found, 0, 600),
	FIELD_TEXT(struct sender_kept, dmarc_found, 0, 600),
	FIELD_TEXT(struct sender_kept, spf_found, 0, 600),
	FIELD_END
};
const struct shape sender_kept_shape = {"SenderKept", sizeof(struct sender_kept), kept_fields};

enum err
tell_sender(struct work *w, struct own_sender *out)
{
	struct chosen_secret_row *secret;
	struct sender_kept kept = {0};
	struct chosen_row *row;
	struct str rest;

	*out = (struct own_sender){0};
	TRY(sql_chosen_of(w->db, SETTING_SENDER, STR(""), w->arena, &row));
	if (row == NULL)
		return OK;
	TRY(shape_read(&sender_kept_shape, row->body, w->arena, &kept, &w->fault));
	if (!kept.good || kept.address.n == 0)
		return OK;
	TRY(sql_chosen_secret(w->db, SETTING_SENDER, STR(""), w->arena, &secret));
	if (secret == NULL || !secret->secret.is)
		return OK;
	TRY(work_unseal(w, KEY_PROVIDER, "setting", "secret", secret->id, secret->secret.v, &out->key));
	out->address = kept.address;
	out->selector = kept.selector;
	(void)str_cut(kept.address, '@', &rest);
	out->domain = rest;
	return OK;
}
