/*
 * domain/messaging/occasions.c -- the table of occasions and their usual words. A customer is "usted". An SMS says who
 * writes; its Spanish does without the letters that would make it cost twice (ecosystem: only n with tilde and the like are cheap).
 */
#include "domain/messaging/occasion.h"

const char *const telling_names[] = {"off", "on", "ask", NULL};
const char *const occasion_names[] = {"", "written", "asked", "confirmed", "tomorrow", "on_way", "late", "report", "skipped",
	"quote", "bill", "reminder", "receipt", "pay_failed", "autopay", "review", "rate", "win_back", "broadcast", "word",
	"dialogue", "moved", "answer", "due", NULL};

#define WHY_EN "\n\n{company} writes to you because you are their customer."
#define WHY_ES "\n\n{company} le escribe porque usted es cliente suyo."

/* clang-format off */
static const struct occasion_entry table[] = {
	{OCCASION_WRITTEN, "written", .values = {"name", "company", NULL}},
	{OCCASION_ASKED, "asked", true, false, false, MAIL_BOOKING_ASKED, TELLING_ON, TELLING_ON,
	    {"name", "company", "service", "place", "when", "url", "calendar"},
	    {{NULL, "{company}: thank you, {name}. You asked for {service}, {when}. We will confirm it soon. Change or cancel: {url}"},
	        {NULL, "{company}: gracias, {name}. Usted pidio {service}, {when}. Pronto se lo confirmamos. Cambiar o cancelar: {url}"}}, {{0}}},
	{OCCASION_CONFIRMED, "confirmed", true, false, false, MAIL_BOOKED, TELLING_ON, TELLING_ON,
	    {"name", "company", "service", "place", "when", "url", "calendar"},
	    {{NULL, "{company}: confirmed, {service}, {when}. Change or cancel: {url}"},
	        {NULL, "{company}: confirmado, {service}, {when}. Cambiar o cancelar: {url}"}}, {{0}}},
	{OCCASION_TOMORROW, "tomorrow", true, false, true, 0, TELLING_ON, TELLING_OFF,
	    {"name", "company", "service", "day", "window", "tech", "url"},
	    {{NULL, "{company}: your pool visit is tomorrow, {window}. Please leave the gate open. Reply STOP to end texts."},
	        {NULL, "{company}: su visita de piscina es mañana, {window}. Por favor deje el acceso abierto. Responda ALTO para no recibir mensajes."}},
	    {{"{company} comes tomorrow",
	         "Hello {name},\n\nwe come tomorrow, {day}: {service}, {window}. Please leave the gate open.\n\n[See the visit]({url})" WHY_EN},
	        {"{company} va mañana",
	            "Hola, {name}:\n\nvamos mañana, {day}: {service}, {window}. Por favor deje el acceso abierto.\n\n[Ver la visita]({url})" WHY_ES}}},
	{OCCASION_ON_WAY, "on_way", true, false, false, 0, TELLING_ON, TELLING_OFF, {"name", "company", "tech", "time", "url"},
	    {{NULL, "{company}: {tech} is on the way and should be with you at {time}."},
	        {NULL, "{company}: {tech} va de camino y llega hacia las {time}."}},
	    {{"{tech} is on the way",
	         "Hello {name},\n\n{tech} is on the way and should be with you at {time}.\n\n[See the visit]({url})" WHY_EN},
	        {"{tech} va de camino",
	            "Hola, {name}:\n\n{tech} va de camino y llega hacia las {time}.\n\n[Ver la visita]({url})" WHY_ES}}},
	{OCCASION_LATE, "late", true, false, false, 0, TELLING_ASK, TELLING_OFF, {"name", "company", "tech", "window", "url"},
	    {{NULL, "{company}: we are running late today. {tech} now comes {window}. Sorry for the wait."},
	        {NULL, "{company}: hoy vamos con retraso. {tech} llega ahora {window}. Disculpe la espera."}},
	    {{"{company} is running late",
	         "Hello {name},\n\nwe are running late today. {tech} now comes {window}. Sorry for the wait.\n\n[See the visit]({url})" WHY_EN},
	        {"{company} va con retraso",
	            "Hola, {name}:\n\nhoy vamos con retraso. {tech} llega ahora {window}. Disculpe la espera.\n\n[Ver la visita]({url})" WHY_ES}}},
	{OCCASION_REPORT, "report", true, false, true, MAIL_VISIT_REPORT, TELLING_OFF, TELLING_ON,
	    {"name", "company", "service", "place", "day", "tech", "water", "url"},
	    {{NULL, "{company}: {service} is done. {water}. What we did, with photos: {url}"},
	        {NULL, "{company}: {service} hecho. {water}. Lo que hicimos, con fotos: {url}"}}, {{0}}},
	{OCCASION_SKIPPED, "skipped", true, false, true, 0, TELLING_ON, TELLING_ON, {"name", "company", "service", "day", "reason", "url"},
	    {{NULL, "{company}: we could not do {service} on {day}: {reason}. Answer this text if we should come again."},
	        {NULL, "{company}: no pudimos hacer {service} el {day}: {reason}. Responda si quiere que volvamos."}},
	    {{"{company}: no visit on {day}",
	         "Hello {name},\n\nwe could not do {service} on {day}: {reason}.\n\n[See your visits]({url})" WHY_EN},
	        {"{company}: sin visita el {day}",
	            "Hola, {name}:\n\nno pudimos hacer {service} el {day}: {reason}.\n\n[Ver sus visitas]({url})" WHY_ES}}},
	{OCCASION_QUOTE, "quote", true, false, true, MAIL_QUOTE, TELLING_OFF, TELLING_ON,
	    {"name", "company", "number", "title", "day", "url"},
	    {{NULL, "{company}: your quote {number} is ready, {title}. It holds until {day}: {url}"},
	        {NULL, "{company}: su presupuesto {number} esta listo, {title}. Vale hasta el {day}: {url}"}}, {{0}}},
	{OCCASION_BILL, "bill", true, false, true, MAIL_BILL, TELLING_OFF, TELLING_ON,
	    {"name", "company", "what", "number", "sum", "day", "url"},
	    {{NULL, "{company}: {what} {number} of {sum} is due on {day}. See it and pay: {url}"},
	        {NULL, "{company}: {what} {number} de {sum} vence el {day}. Ver y pagar: {url}"}}, {{0}}},
	{OCCASION_REMINDER, "reminder", true, false, true, MAIL_REMINDER, TELLING_OFF, TELLING_ON,
	    {"name", "company", "what", "number", "sum", "day", "url"},
	    {{NULL, "{company}: a reminder, {sum} of {what} {number} is still open. See it and pay: {url}"},
	        {NULL, "{company}: le recordamos que {sum} de {what} {number} sigue pendiente. Ver y pagar: {url}"}}, {{0}}},
	{OCCASION_RECEIPT, "receipt", true, false, true, MAIL_RECEIPT, TELLING_OFF, TELLING_ON,
	    {"name", "company", "number", "sum", "way", "day", "url"},
	    {{NULL, "{company}: thank you, we received {sum} on {day}. Receipt {number}: {url}"},
	        {NULL, "{company}: gracias, recibimos {sum} el {day}. Recibo {number}: {url}"}}, {{0}}},
	{OCCASION_PAY_FAILED, "pay_failed", true, false, true, 0, TELLING_OFF, TELLING_ON, {"name", "company", "sum", "reason", "url"},
	    {{NULL, "{company}: your payment of {sum} did not go through. Please look: {url}"},
	        {NULL, "{company}: su pago de {sum} no se pudo hacer. Por favor revise: {url}"}},
	    {{"Your payment to {company} did not go through",
	         "Hello {name},\n\nyour payment of {sum} did not go through: {reason}.\n\n[Pay in another way]({url})" WHY_EN},
	        {"Su pago a {company} no se pudo hacer",
	            "Hola, {name}:\n\nsu pago de {sum} no se pudo hacer: {reason}.\n\n[Pagar de otra manera]({url})" WHY_ES}}},
	{OCCASION_AUTOPAY, "autopay", true, false, true, 0, TELLING_OFF, TELLING_ON, {"name", "company", "sum", "day", "url"},
	    {{NULL, "{company}: we will draw {sum} on {day} as you agreed. Your bills: {url}"},
	        {NULL, "{company}: cobraremos {sum} el {day}, como usted acepto. Sus facturas: {url}"}},
	    {{"{company} will draw {sum} on {day}",
	         "Hello {name},\n\nas you agreed, we will draw {sum} on {day}.\n\n[See your bills]({url})" WHY_EN},
	        {"{company} cobrará {sum} el {day}",
	            "Hola, {name}:\n\ncomo usted aceptó, cobraremos {sum} el {day}.\n\n[Ver sus facturas]({url})" WHY_ES}}},
	{OCCASION_REVIEW, "review", true, true, true, 0, TELLING_OFF, TELLING_OFF, {"name", "company", "url"},
	    {{NULL, "{company}: thank you for trusting us, {name}. Would you tell others how it was? {url} Reply STOP to end texts."},
	        {NULL, "{company}: gracias por confiar en nosotros, {name}. ¿Les cuenta a otros su experiencia? {url} Responda ALTO para no recibir mensajes."}},
	    {{"How was it with {company}?",
	         "Hello {name},\n\nthank you for trusting us. Would you tell others how it was? It takes a minute.\n\n[Write a few words]({url})" WHY_EN},
	        {"¿Qué tal con {company}?",
	            "Hola, {name}:\n\ngracias por confiar en nosotros. ¿Les cuenta a otros su experiencia? Es un minuto.\n\n[Escribir unas palabras]({url})" WHY_ES}}},
	{OCCASION_RATE, "rate", true, false, true, 0, TELLING_OFF, TELLING_OFF, {"name", "company", "service", "day", "tech"},
	    {{NULL, "{company}: how was {service} with {tech}? Answer with a number from 1 (bad) to 5 (very good)."},
	        {NULL, "{company}: ¿que tal {service} con {tech}? Responda con un numero de 1 (mal) a 5 (muy bien)."}},
	    {{"How was {service} on {day}?",
	         "Hello {name},\n\nhow was {service} on {day} with {tech}? Answer this mail with a number from 1 (bad) to 5 (very good)." WHY_EN},
	        {"¿Qué tal {service} el {day}?",
	            "Hola, {name}:\n\n¿qué tal {service} el {day} con {tech}? Responda a este correo con un número de 1 (mal) a 5 (muy bien)." WHY_ES}}},
	{OCCASION_WIN_BACK, "win_back", true, true, true, 0, TELLING_OFF, TELLING_OFF, {"name", "company", "url"},
	    {{NULL, "{company}: {name}, we miss your pool. Answer this text if we should look at it. Reply STOP to end texts."},
	        {NULL, "{company}: {name}, echamos de menos su piscina. Responda si quiere que la veamos. Responda ALTO para no recibir mensajes."}},
	    {{"{company} would like to look after your pool again",
	         "Hello {name},\n\nwe have not been at your pool for a while. Shall we look at it again?\n\n[Talk to us]({url})" WHY_EN},
	        {"{company} quiere volver a cuidar su piscina",
	            "Hola, {name}:\n\nhace tiempo que no vamos a su piscina. ¿Quiere que volvamos a verla?\n\n[Hablar con nosotros]({url})" WHY_ES}}},
	{OCCASION_BROADCAST, "broadcast", false, true, true, .values = {"name", "company", NULL}},
	{OCCASION_WORD, "word", .values = {"name", "company", NULL}},
	{OCCASION_DIALOGUE, "dialogue", .values = {"name", "company", NULL}},
	{OCCASION_MOVED, "moved", true, false, false, MAIL_NEW_TIME, TELLING_ON, TELLING_ON,
	    {"name", "company", "service", "place", "day", "window"},
	    {{NULL, "{company}: your visit at {place} has a new time: {day}, {window}."},
	        {NULL, "{company}: su visita en {place} tiene otra hora: {day}, {window}."}}, {{0}}},
	{OCCASION_ANSWER, "answer", .mail = MAIL_QUOTE_WORD, .usual_mail = TELLING_ON, .values = {"name", "company", "number", "url", NULL}},
	{OCCASION_DUE, "due", true, false, true, 0, TELLING_ON, TELLING_ON, {"name", "company", "service", "place", "url"},
	    {{NULL, "{company}: it is time for {service} at {place}. One tap books it: {url} Reply STOP to end texts."},
	        {NULL, "{company}: ya toca {service} en {place}. Reserve con un toque: {url} Responda ALTO para no recibir mensajes."}},
	    {{"{company}: time for {service}",
	         "Hello {name},\n\nit is time for {service} at {place}. Choose a time that suits you: one tap books it.\n\n[Choose a time]({url})" WHY_EN},
	        {"{company}: ya toca {service}",
	            "Hola, {name}:\n\nya toca {service} en {place}. Elija una hora: un toque la reserva.\n\n[Elegir hora]({url})" WHY_ES}}},
};

/* What a voice says in a call, of the occasions that somebody may be rung for: no links, and who it is comes first. */
static const char *const spoken[OCCASIONS][LANGUAGES] = {
	[OCCASION_CONFIRMED] = {"This is {company}. Your appointment is confirmed: {service}, {when}.",
	    "Le llama {company}. Su cita está confirmada: {service}, {when}."},
	[OCCASION_TOMORROW] = {"This is {company}. Your pool visit is tomorrow, {window}. Please leave the gate open.",
	    "Le llama {company}. Su visita de piscina es mañana, {window}. Por favor deje el acceso abierto."},
	[OCCASION_ON_WAY] = {"This is {company}. {tech} is on the way and should be with you at {time}.",
	    "Le llama {company}. {tech} va de camino y llega hacia las {time}."},
	[OCCASION_LATE] = {"This is {company}. We are running late today. {tech} now comes {window}. Sorry for the wait.",
	    "Le llama {company}. Hoy vamos con retraso. {tech} llega ahora {window}. Disculpe la espera."},
	[OCCASION_SKIPPED] = {"This is {company}. We could not do {service} on {day}: {reason}.",
	    "Le llama {company}. No pudimos hacer {service} el {day}: {reason}."},
	[OCCASION_REMINDER] = {"This is {company}. A reminder: {sum} of {what} {number} is still open. You can pay on your own pages, or call us.",
	    "Le llama {company}. Le recordamos que {sum} de {what} {number} sigue pendiente. Puede pagar en sus páginas o llamarnos."},
	[OCCASION_PAY_FAILED] = {"This is {company}. Your payment of {sum} did not go through. Please look at your own pages, or call us.",
	    "Le llama {company}. Su pago de {sum} no se pudo hacer. Por favor mire sus páginas o llámenos."},
	[OCCASION_MOVED] = {"This is {company}. Your visit at {place} has a new time: {day}, {window}.",
	    "Le llama {company}. Su visita en {place} tiene otra hora: {day}, {window}."},
};
/* clang-format on */

const struct occasion_entry *
occasion_entry(enum occasion o)
{
	return o < 1 || o >= OCCASIONS ? NULL : &table[o - 1];
}

const char *
occasion_spoken(enum occasion o, enum language l)
{
	return o < 1 || o >= OCCASIONS ? NULL : spoken[o][l];
}

bool
occasion_of_visit(enum occasion o)
{
	return (o >= OCCASION_ASKED && o <= OCCASION_SKIPPED) || o == OCCASION_RATE || o == OCCASION_MOVED || o == OCCASION_DUE;
}

enum err
occasion_check_all(struct fault *f)
{
	for (enum occasion o = 1; o < OCCASIONS; o++) {
		const struct occasion_entry *e = occasion_entry(o);

		if (e->occasion != o || !str_eq(str_of(e->name), str_of(occasion_names[o])))
			return fail(f, E_BUG, e->name, "An occasion stands in the wrong place.");
		for (unsigned l = 0; e->ruled && l < LANGUAGES; l++) {
			TRY(words_check(o, str_of(e->sms[l].text), false, e->name, f));
			if (spoken[o][l] != NULL)
				TRY(words_spoken(o, str_of(spoken[o][l]), e->name, f));
			if (e->mail == 0) {
				TRY(words_check(o, str_of(e->email[l].subject), false, e->name, f));
				TRY(words_check(o, str_of(e->email[l].text), true, e->name, f));
			}
		}
	}
	return OK;
}
