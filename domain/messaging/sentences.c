/*
 * domain/messaging/sentences.c -- what the mails say. The reader is called "you" in English, "tú"
 * in Spanish as colleagues do; a customer is "usted". A sentence promises nothing that the code
 * does not keep: how long a link works is a value, given by the act that makes the link.
 */
#include "domain/messaging/template.h"

/* The last paragraph of every mail: why it came. */
#define TAIL_EN "This message was sent by Poolhouse for {company}."
#define TAIL_ES "Poolhouse envió este mensaje en nombre de {company}."

#define LOST_LINK_EN "If you did not ask for this, ignore this message: nothing changes."
#define LOST_LINK_ES "Si no lo has pedido tú, ignora este mensaje: no cambia nada."

#define NOT_ME_EN \
	"If it was you, there is nothing to do. If not, choose a new password at once and tell " \
	"the owner of the company."
#define NOT_ME_ES \
	"Si has sido tú, no tienes que hacer nada. Si no, elige una contraseña nueva cuanto " \
	"antes y avisa al propietario de la empresa."

/* Sentences are broken where a reader pauses, not at a column. */
/* clang-format off */
const struct template template_table[] = {
	{MAIL_CONFIRM_EMAIL, "confirm_email", {"name", "company", "url", "hours"},
	    {{"Confirm your e-mail address for {company}",
	         "Hello {name},\n\n"
	         "{company} is set up. One step is left: confirm that this address is yours. Until then you "
	         "cannot invite others.\n\n"
	         "[Confirm my address]({url})\n\n"
	         "The link works once, within {hours} hours. " LOST_LINK_EN "\n\n" TAIL_EN},
	        {"Confirma tu correo electrónico para {company}",
	            "Hola, {name}:\n\n"
	            "{company} ya está en marcha. Falta un paso: confirma que esta dirección es tuya. Hasta "
	            "entonces no puedes invitar a nadie.\n\n"
	            "[Confirmar mi dirección]({url})\n\n"
	            "El enlace funciona una sola vez, durante {hours} horas. " LOST_LINK_ES "\n\n" TAIL_ES}}},
	{MAIL_INVITATION, "invitation", {"name", "company", "by", "role", "url", "days"},
	    {{"{by} invites you to {company}",
	         "Hello {name},\n\n"
	         "{by} invites you to work with {company} on Poolhouse. Your role: {role}.\n\n"
	         "[Accept the invitation]({url})\n\n"
	         "The link works once, within {days} days. If you do not know {company}, ignore this "
	         "message.\n\n" TAIL_EN},
	        {"{by} te invita a {company}",
	            "Hola, {name}:\n\n"
	            "{by} te invita a trabajar con {company} en Poolhouse. Tu puesto: {role}.\n\n"
	            "[Aceptar la invitación]({url})\n\n"
	            "El enlace funciona una sola vez, durante {days} días. Si no conoces {company}, ignora "
	            "este mensaje.\n\n" TAIL_ES}}},
	{MAIL_RESET, "reset", {"name", "company", "url", "minutes"},
	    {{"Choose a new password for {company}",
	         "Hello {name},\n\n"
	         "somebody asked for a new password for your account at {company}.\n\n"
	         "[Choose a new password]({url})\n\n"
	         "The link works once, within {minutes} minutes. " LOST_LINK_EN "\n\n" TAIL_EN},
	        {"Elige una contraseña nueva para {company}",
	            "Hola, {name}:\n\n"
	            "alguien ha pedido una contraseña nueva para tu cuenta en {company}.\n\n"
	            "[Elegir una contraseña nueva]({url})\n\n"
	            "El enlace funciona una sola vez, durante {minutes} minutos. " LOST_LINK_ES
	            "\n\n" TAIL_ES}}},
	{MAIL_PASSWORD_CHANGED, "password_changed", {"name", "company", "time", "url"},
	    {{"Your password for {company} was changed",
	         "Hello {name},\n\n"
	         "your password for {company} was changed: {time}. You were signed out everywhere else.\n\n"
	         NOT_ME_EN "\n\n"
	         "[Open {company}]({url})\n\n" TAIL_EN},
	        {"Se ha cambiado tu contraseña de {company}",
	            "Hola, {name}:\n\n"
	            "se ha cambiado tu contraseña de {company}: {time}. Se han cerrado todas tus demás "
	            "sesiones.\n\n" NOT_ME_ES "\n\n"
	            "[Abrir {company}]({url})\n\n" TAIL_ES}}},
	{MAIL_NEW_COUNTRY, "new_country", {"name", "company", "country", "time", "agent", "url"},
	    {{"New sign-in to {company} from {country}",
	         "Hello {name},\n\n"
	         "somebody signed in to {company} as you, from a country where you had not been before: "
	         "{country}.\n\n"
	         "When: {time}\n\n"
	         "With: {agent}\n\n" NOT_ME_EN "\n\n"
	         "[See where I am signed in]({url})\n\n" TAIL_EN},
	        {"Nuevo acceso a {company} desde {country}",
	            "Hola, {name}:\n\n"
	            "alguien ha entrado en {company} con tu cuenta desde un país donde no habías estado: "
	            "{country}.\n\n"
	            "Cuándo: {time}\n\n"
	            "Con: {agent}\n\n" NOT_ME_ES "\n\n"
	            "[Ver dónde tengo sesiones abiertas]({url})\n\n" TAIL_ES}}},
	{MAIL_PORTAL_LINK, "portal_link", {"name", "company", "url", "code", "minutes"},
	    {{"Your sign-in link for {company}",
	         "Hello {name},\n\n"
	         "here is your way into your pages at {company}: visits, readings and bills.\n\n"
	         "[Sign in]({url})\n\n"
	         "On another device, type this code: {code}\n\n"
	         "Link and code work once, within {minutes} minutes. " LOST_LINK_EN "\n\n" TAIL_EN},
	        {"Su enlace de acceso a {company}",
	            "Hola, {name}:\n\n"
	            "este es el acceso a sus páginas en {company}: visitas, mediciones y facturas.\n\n"
	            "[Entrar]({url})\n\n"
	            "En otro dispositivo, escriba este código: {code}\n\n"
	            "El enlace y el código funcionan una sola vez, durante {minutes} minutos. Si no lo ha pedido usted, "
	            "ignore este mensaje: no cambia nada.\n\n" TAIL_ES}}},
	{MAIL_STAFF_DISABLED, "staff_disabled", {"name", "company"},
	    {{"Your account at {company} was closed",
	         "Hello {name},\n\n"
	         "your account at {company} was closed by the company. You were signed out everywhere. If "
	         "you think that this is a mistake, please talk to the company.\n\n" TAIL_EN},
	        {"Tu cuenta en {company} se ha cerrado",
	            "Hola, {name}:\n\n"
	            "la empresa ha cerrado tu cuenta en {company}. Se han cerrado todas tus sesiones. Si crees "
	            "que es un error, habla con la empresa.\n\n" TAIL_ES}}},
	{MAIL_OWNER_CHANGED, "owner_changed", {"name", "company", "from", "owner", "time"},
	    {{"{company} has a new owner",
	         "Hello {name},\n\n"
	         "{from} handed {company} over to {owner}: {time}. The owner may do everything, and alone "
	         "decides about closing the company.\n\n"
	         "If this is a surprise, talk to each other today.\n\n" TAIL_EN},
	        {"{company} tiene un nuevo propietario",
	            "Hola, {name}:\n\n"
	            "{from} ha entregado {company} a {owner}: {time}. El propietario puede hacerlo todo, y solo "
	            "él decide si se cierra la empresa.\n\n"
	            "Si te sorprende, pregunta hoy mismo qué ha pasado.\n\n" TAIL_ES}}},
	{MAIL_TOTP_ON, "totp_on", {"name", "company", "time", "url"},
	    {{"Second factor switched on at {company}",
	         "Hello {name},\n\n"
	         "signing in to {company} now also asks you for a code from your phone: {time}. Keep your "
	         "recovery codes in a safe place.\n\n" NOT_ME_EN "\n\n"
	         "[Open {company}]({url})\n\n" TAIL_EN},
	        {"Segundo factor activado en {company}",
	            "Hola, {name}:\n\n"
	            "ahora, para entrar en {company}, también se te pide un código de tu teléfono: {time}. "
	            "Guarda tus códigos de recuperación en un lugar seguro.\n\n" NOT_ME_ES "\n\n"
	            "[Abrir {company}]({url})\n\n" TAIL_ES}}},
	{MAIL_TOTP_OFF, "totp_off", {"name", "company", "time", "url"},
	    {{"Second factor switched off at {company}",
	         "Hello {name},\n\n"
	         "signing in to {company} no longer asks you for a code from your phone: {time}.\n\n"
	         NOT_ME_EN "\n\n"
	         "[Open {company}]({url})\n\n" TAIL_EN},
	        {"Segundo factor desactivado en {company}",
	            "Hola, {name}:\n\n"
	            "para entrar en {company} ya no se te pide un código de tu teléfono: {time}.\n\n"
	            NOT_ME_ES "\n\n"
	            "[Abrir {company}]({url})\n\n" TAIL_ES}}},
	{MAIL_RECOVERY_CODES, "recovery_codes", {"name", "company", "time", "url"},
	    {{"New recovery codes for {company}",
	         "Hello {name},\n\n"
	         "a new set of recovery codes was made for your account at {company}: {time}. The codes "
	         "before it no longer work.\n\n" NOT_ME_EN "\n\n"
	         "[Open {company}]({url})\n\n" TAIL_EN},
	        {"Códigos de recuperación nuevos para {company}",
	            "Hola, {name}:\n\n"
	            "se han creado códigos de recuperación nuevos para tu cuenta en {company}: {time}. Los "
	            "anteriores ya no valen.\n\n" NOT_ME_ES "\n\n"
	            "[Abrir {company}]({url})\n\n" TAIL_ES}}},
	{MAIL_BILL, "bill", {"name", "company", "what", "number", "sum", "day", "url"},
	    {{"{what} {number} from {company}: {sum}",
	         "Hello {name},\n\n"
	         "here is {what} {number} from {company}: {sum}, due by {day}.\n\n"
	         "[See and pay it]({url})\n\n"
	         "Something looks wrong? Answer {company} before you pay; they will explain each line.\n\n" TAIL_EN},
	        {"{what} {number} de {company}: {sum}",
	            "Hola, {name}:\n\n"
	            "este es el documento «{what} {number}» de {company}: {sum}, con vencimiento el {day}.\n\n"
	            "[Verlo y pagarlo]({url})\n\n"
	            "¿Algo no cuadra? Escriba a {company} antes de pagar; le explicarán cada línea.\n\n" TAIL_ES}}},
	{MAIL_REMINDER, "reminder", {"name", "company", "what", "number", "sum", "day", "url"},
	    {{"Reminder: {what} {number} from {company} is unpaid",
	         "Hello {name},\n\n"
	         "{what} {number} was due by {day}, and {sum} is still open. If you have paid meanwhile, "
	         "there is nothing to do.\n\n"
	         "[See and pay it]({url})\n\n"
	         "If something is wrong with it, please tell {company}.\n\n" TAIL_EN},
	        {"Recordatorio: {what} {number} de {company} sigue sin pagar",
	            "Hola, {name}:\n\n"
	            "el documento «{what} {number}» venció el {day} y siguen abiertos {sum}. Si ya lo ha pagado, "
	            "no tiene que hacer nada.\n\n"
	            "[Verlo y pagarlo]({url})\n\n"
	            "Si hay algún error, avise a {company}, por favor.\n\n" TAIL_ES}}},
	{MAIL_RECEIPT, "receipt", {"name", "company", "number", "sum", "way", "day", "url"},
	    {{"Receipt from {company}: {sum}",
	         "Hello {name},\n\n"
	         "{company} received {sum} on {day} ({way}). Thank you. Receipt {number} comes with this message.\n\n"
	         "[See it online]({url})\n\n" TAIL_EN},
	        {"Recibo de {company}: {sum}",
	            "Hola, {name}:\n\n"
	            "{company} recibió {sum} el {day} ({way}). Gracias. El recibo {number} acompaña este mensaje.\n\n"
	            "[Verlo en línea]({url})\n\n" TAIL_ES}}},
	{MAIL_VISIT_REPORT, "visit_report", {"name", "company", "service", "place", "day", "tech", "water", "url"},
	    {{"{service} on {day}: your report from {company}",
	         "Hello {name},\n\n"
	         "{tech} of {company} was at {place} and has finished: {service}, {day}.\n\n"
	         "Water: {water}\n\n"
	         "[See the visit report]({url})\n\n"
	         "It shows times, readings, what was added and photos. The record is sealed: anybody can check on that "
	         "page that nothing in it was changed.\n\n" TAIL_EN},
	        {"{service} del {day}: su informe de {company}",
	            "Hola, {name}:\n\n"
	            "{tech}, de {company}, estuvo en {place} y ya ha terminado: {service}, {day}.\n\n"
	            "Agua: {water}\n\n"
	            "[Ver el informe de la visita]({url})\n\n"
	            "Muestra las horas, las mediciones, lo que se añadió y las fotos. El registro está sellado: en esa página "
	            "cualquiera puede comprobar que no se ha cambiado nada.\n\n" TAIL_ES}}},
	{MAIL_ALERT, "alert", {"name", "company", "what", "about", "url"},
	    {{"{what}: {about}",
	         "Hello {name},\n\n"
	         "{what}: {about}\n\n"
	         "[Look at it]({url})\n\n"
	         "You get this because the rules of alerts at {company} name you.\n\n" TAIL_EN},
	        {"{what}: {about}",
	            "Hola, {name}:\n\n"
	            "{what}: {about}\n\n"
	            "[Verlo]({url})\n\n"
	            "Recibes esto porque las reglas de avisos de {company} te nombran.\n\n" TAIL_ES}}},
	{MAIL_SUBSCRIPTION, "subscription", {"name", "company", "what", "day", "url"},
	    {{"{company} and Poolhouse: your subscription",
	         "Hello {name},\n\n"
	         "{what}\n\n"
	         "Date: {day}\n\n"
	         "[See your subscription]({url})\n\n"
	         "Paying and taking your data away work at any time.\n\n" TAIL_EN},
	        {"{company} y Poolhouse: tu suscripción",
	            "Hola, {name}:\n\n"
	            "{what}\n\n"
	            "Fecha: {day}\n\n"
	            "[Ver tu suscripción]({url})\n\n"
	            "Pagar y llevarte tus datos se puede en cualquier momento.\n\n" TAIL_ES}}},
	{MAIL_QUOTE, "quote", {"name", "company", "number", "title", "day", "url"},
	    {{"{title}: quote {number} from {company}",
	         "Hello {name},\n\n"
	         "{company} has made you an offer, {number}: {title}. It holds until {day}.\n\n"
	         "[See it and answer]({url})\n\n"
	         "You can approve it, decline it, or ask first. No password is needed; whoever has this link can answer, "
	         "so please do not pass it on.\n\n" TAIL_EN},
	        {"{title}: presupuesto {number} de {company}",
	            "Hola, {name}:\n\n"
	            "{company} le ha hecho una oferta, {number}: {title}. Vale hasta el {day}.\n\n"
	            "[Verla y responder]({url})\n\n"
	            "Puede aprobarla, rechazarla o preguntar antes. No hace falta contraseña; quien tenga este enlace puede "
	            "responder, así que no lo reenvíe.\n\n" TAIL_ES}}},
	{MAIL_QUOTE_WORD, "quote_word", {"name", "company", "number", "url"},
	    {{"{company} answered about quote {number}",
	         "Hello {name},\n\n"
	         "you asked something about quote {number}, and {company} has answered.\n\n"
	         "[Read the answer]({url})\n\n" TAIL_EN},
	        {"{company} respondió sobre el presupuesto {number}",
	            "Hola, {name}:\n\n"
	            "usted preguntó algo sobre el presupuesto {number} y {company} ha respondido.\n\n"
	            "[Leer la respuesta]({url})\n\n" TAIL_ES}}},
	{MAIL_NEW_TIME, "new_time", {"name", "company", "service", "place", "day", "window"},
	    {{"{service}: a new time, {day}",
	         "Hello {name},\n\n"
	         "{company} comes to {place} at another time than planned: {service}, {day}, {window}.\n\n"
	         "If that does not suit you, please call us or answer this message.\n\n" TAIL_EN},
	        {"{service}: nueva hora, {day}",
	            "Hola, {name}:\n\n"
	            "{company} irá a {place} a una hora distinta de la prevista: {service}, {day}, {window}.\n\n"
	            "Si no le conviene, llámenos o responda a este mensaje.\n\n" TAIL_ES}}},
	{MAIL_BOOKED, "booked", {"name", "company", "service", "place", "when", "url", "calendar"},
	    {{"You are booked: {service}, {when}",
	         "Hello {name},\n\n"
	         "{company} comes to {place}: {service}, {when}.\n\n"
	         "[Change or cancel]({url})\n\n"
	         "[Add it to your calendar]({calendar})\n\n" TAIL_EN},
	        {"Su cita está confirmada: {service}, {when}",
	            "Hola, {name}:\n\n"
	            "{company} irá a {place}: {service}, {when}.\n\n"
	            "[Cambiar o cancelar]({url})\n\n"
	            "[Añadir a su calendario]({calendar})\n\n" TAIL_ES}}},
	{MAIL_BOOKING_ASKED, "booking_asked", {"name", "company", "service", "place", "when", "url", "calendar"},
	    {{"We have your request: {service}, {when}",
	         "Hello {name},\n\n"
	         "{company} has your request: {service} at {place}, {when}. The time is kept for you; you get a message "
	         "as soon as it is confirmed.\n\n"
	         "[Change or cancel]({url})\n\n"
	         "[Add it to your calendar]({calendar})\n\n" TAIL_EN},
	        {"Tenemos su solicitud: {service}, {when}",
	            "Hola, {name}:\n\n"
	            "{company} tiene su solicitud: {service} en {place}, {when}. Le guardamos la hora; recibirá un mensaje "
	            "en cuanto esté confirmada.\n\n"
	            "[Cambiar o cancelar]({url})\n\n"
	            "[Añadir a su calendario]({calendar})\n\n" TAIL_ES}}},
	{MAIL_PORTAL_ANSWER, "portal_answer", {"name", "company", "url"},
	    {{"{company} has answered you",
	         "Hello {name},\n\n"
	         "{company} has answered your message. It is on your pages.\n\n"
	         "[Read it]({url})\n\n" TAIL_EN},
	        {"{company} le ha respondido",
	            "Hola, {name}:\n\n"
	            "{company} ha respondido a su mensaje. Está en sus páginas.\n\n"
	            "[Leerlo]({url})\n\n" TAIL_ES}}},
	{MAIL_PORTAL_PASSWORD, "portal_password", {"name", "company", "what", "time", "url"},
	    {{"Your pages at {company}: {what}",
	         "Hello {name},\n\n"
	         "{what}: {time}. You were signed out on every other device.\n\n"
	         "If this was not you, sign in by a link to this address, take the password away, and tell {company}.\n\n"
	         "[Open my pages]({url})\n\n" TAIL_EN},
	        {"Sus páginas en {company}: {what}",
	            "Hola, {name}:\n\n"
	            "{what}: {time}. Se ha cerrado la sesión en sus demás dispositivos.\n\n"
	            "Si no ha sido usted, entre con un enlace a esta dirección, quite la contraseña y avise a {company}.\n\n"
	            "[Abrir mis páginas]({url})\n\n" TAIL_ES}}},
};
/* clang-format on */

const char *const template_names[] = {"", "confirm_email", "invitation", "reset",
    "password_changed", "new_country", "portal_link", "staff_disabled", "owner_changed", "totp_on",
    "totp_off", "recovery_codes", "bill", "reminder", "receipt", "visit_report", "alert", "subscription", "quote",
    "quote_word", "new_time", "booked", "booking_asked", "portal_answer", "portal_password", NULL};

_Static_assert(sizeof(template_table) / sizeof(template_table[0]) == MAIL_TEMPLATES - 1,
    "an entry for each template");
_Static_assert(sizeof(template_names) / sizeof(template_names[0]) == MAIL_TEMPLATES + 1,
    "a name for each template");
