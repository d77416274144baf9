/*
 * fcgi/acts/tell_mail.c -- the payload of a mail, and how an act orders one.
 */
#include "fcgi/acts/tell_mail.h"

#include "domain/messaging/mail.h"
#include "domain/messaging/template.h"
#include "fcgi/acts/tell.h"

static const char *const language_names[] = {"en", "es", NULL};

static const struct field template_value_fields[] = {FIELD_TEXT(struct template_value, name, 1, 32),
    FIELD_TEXT(struct template_value, value, 0, TEMPLATE_LINK_BYTES), FIELD_END};
static const struct shape template_value_shape = {
    "MailValue", sizeof(struct template_value), template_value_fields};

static const struct field mail_order_fields[] = {
    FIELD_TEXT(struct mail_order, to, 3, MAIL_ADDRESS_MAX),
    FIELD_ENUM(struct mail_order, template, template_names),
    FIELD_ENUM(struct mail_order, language, language_names),
    FIELD_LIST(struct mail_order, values, values_n, &template_value_shape, TEMPLATE_VALUES_MAX),
    FIELD_MAYBE_ID(struct mail_order, file_id),
    FIELD_END};
const struct shape mail_order_shape = {"MailOrder", sizeof(struct mail_order), mail_order_fields};

enum err
tell_mail(struct work *w, enum mail_template t, struct str to, enum language l,
    const struct template_value *v, size_t n)
{
	return tell_mail_with(w, t, to, l, v, n, (struct maybe_u64){0});
}

enum err
tell_mail_with(struct work *w, enum mail_template t, struct str to, enum language l,
    const struct template_value *v, size_t n, struct maybe_u64 file_id)
{
	struct mail_order o = {.to = to, .template = t, .language = l, .values_n = n, .file_id = file_id};
	struct template_twin twin;

	o.values = arena_array(w->arena, struct template_value, n);
	if (n)
		memcpy(o.values, v, n * sizeof(*v));
	TRY(mail_compose(&o, w->arena, &twin, &w->fault));
	return tell(w, "mail", &mail_order_shape, &o);
}
