/*
 * domain/reception/say.c -- what the receptionist says, in both languages. {company} and the like are filled in by talk.c.
 */
#include "domain/reception/talk.h"

static const struct {
	const char *name, *english, *spanish;
} sentences[] = {
    {"hello", "Hi, this is {company}.", "Hola, aquí {company}."},
    {"hello.known", "Hi {name}, this is {company}.", "Hola, {name}, aquí {company}."},
    {"need", "How can I help: a repair, new service, or a visit you already have?",
        "¿En qué puedo ayudarle: una reparación, un servicio nuevo o una visita que ya tiene?"},
    {"service", "Which of these is it? {list}", "¿Cuál de estos es? {list}"},
    {"place", "Where is the pool? Street, city and ZIP code, please.",
        "¿Dónde está la piscina? Calle, ciudad y código postal, por favor."},
    {"place.street", "And the street and number?", "¿Y la calle y el número?"},
    {"place.city", "And the city?", "¿Y la ciudad?"},
    {"place.postcode", "And the ZIP code?", "¿Y el código postal?"},
    {"times", "We can come {list}. Which one suits you?", "Podemos ir {list}. ¿Cuál le conviene?"},
    {"times.other", "Or say \"other\" for later times.", "O diga «otra» para más horas."},
    {"none", "I have no free time that I can promise.", "No tengo ninguna hora libre que pueda prometer."},
    {"gone", "Somebody else just took that time.", "Esa hora se acaba de ocupar."},
    {"name", "Your name, please?", "¿Su nombre, por favor?"},
    {"booked", "You are booked: {service}, {when}, {street}. We will text you when the technician is on the way.",
        "Su cita está reservada: {service}, {when}, {street}. Le avisaremos cuando el técnico esté en camino."},
    {"asked", "I have kept {when} for you: {service}, {street}. {company} will confirm it.",
        "Le he guardado {when}: {service}, {street}. {company} se lo confirmará."},
    {"moved", "Done: your visit is now {when}.", "Hecho: su visita es ahora {when}."},
    {"sure", "Shall I cancel your visit on {when}? Yes or no.", "¿Cancelo su visita del {when}? Sí o no."},
    {"cancelled", "Your visit on {when} is cancelled.", "Su visita del {when} está cancelada."},
    {"kept", "All right, it stays on {when}.", "De acuerdo, queda para {when}."},
    {"late", "It is too late for me to change that; I pass you on.", "Ya es tarde para que yo lo cambie; le paso con alguien."},
    {"where.way", "Your technician is on the way.", "Su técnico está en camino."},
    {"where.next", "Your next visit is {when}: {service}.", "Su próxima visita es {when}: {service}."},
    {"where.none", "I see no visit planned for this number.", "No veo ninguna visita prevista para este número."},
    {"bill", "Your balance is {sum}. For anything more, leave me a message and the office answers.",
        "Su saldo es {sum}. Para lo demás, déjeme un mensaje y la oficina le contesta."},
    {"bill.zero", "You owe nothing at the moment.", "No debe nada en este momento."},
    {"bill.text", "I have sent it to you as a text.", "Se lo he enviado por mensaje de texto."},
    {"bill.none", "I do not know this number. Leave a message with your name, and the office calls you back.",
        "No conozco este número. Deje un mensaje con su nombre y la oficina le llama."},
    {"price", "{service} is {sum}.", "{service} cuesta {sum}."},
    {"price.none", "I have no list price for that; the office tells you before anything is done.",
        "No tengo un precio de lista para eso; la oficina se lo dice antes de hacer nada."},
    {"price.more", "Shall I find a time for it?", "¿Le busco una hora?"},
    {"note", "Tell me what it is about, and I pass it on.", "Dígame de qué se trata y lo paso."},
    {"note.kept", "Thank you. The office has your message and answers you.", "Gracias. La oficina tiene su mensaje y le contestará."},
    {"ring", "One moment, I get somebody for you.", "Un momento, le paso con alguien."},
    {"ring.text", "I have told the office: somebody calls you back at this number.", "He avisado a la oficina: le llamarán a este número."},
    {"danger", "If anybody is in danger call 911 now, and stay out of the water. I am getting somebody.",
        "Si alguien está en peligro llame ya al 911 y no entre al agua. Estoy avisando a alguien."},
    {"wrong", "You have reached {company}, a pool service. Sorry, good bye.", "Ha llamado a {company}, servicio de piscinas. Disculpe, adiós."},
    {"drop", "All right. We are here when you need us.", "De acuerdo. Aquí estamos cuando nos necesite."},
    {"bye", "You are welcome. Good bye!", "De nada. ¡Hasta luego!"},
    {"silent", "I cannot hear you. Please call again, or send us a text.", "No le oigo. Llame de nuevo o envíenos un mensaje."},
    {"wait", "One moment, please.", "Un momento, por favor."},
    {"again", "Sorry, I did not get that.", "Perdón, no le entendí."},
    {"only", "I can only help with visits, bills and prices of {company}.", "Solo puedo ayudarle con visitas, facturas y precios de {company}."},
    {"closed", "I cannot book for you here, but I can pass on a message.", "Aquí no puedo reservar, pero puedo pasar un mensaje."},
    {"far", "I am afraid we do not come there.", "Lo siento, no llegamos ahí."},
    {"guess.emergency", "If anybody is in danger call 911 now. Shall I get somebody for you? Yes or no.",
        "Si alguien está en peligro llame ya al 911. ¿Le paso con alguien? Sí o no."},
    {"guess.person", "Would you like to speak with somebody? Yes or no.", "¿Quiere hablar con alguien? Sí o no."},
    {"guess.new", "Do I understand you right: you would like us to come for new service? Yes or no.",
        "¿Le entiendo bien: quiere un servicio nuevo? Sí o no."},
    {"guess.repair", "Do I understand you right: something needs a repair? Yes or no.", "¿Le entiendo bien: algo necesita una reparación? Sí o no."},
    {"guess.reschedule", "Do I understand you right: you want another time for your visit? Yes or no.",
        "¿Le entiendo bien: quiere otra hora para su visita? Sí o no."},
    {"guess.cancel", "Do I understand you right: you want to cancel a visit? Yes or no.", "¿Le entiendo bien: quiere cancelar una visita? Sí o no."},
    {"guess.bill", "Is it about your bill? Yes or no.", "¿Es por su factura? Sí o no."},
    {"guess.where", "Would you like to know when we come? Yes or no.", "¿Quiere saber cuándo vamos? Sí o no."},
    {"guess.price", "Would you like to know a price? Yes or no.", "¿Quiere saber un precio? Sí o no."},
    {"guess.service", "Do you mean {service}? Yes or no.", "¿Se refiere a {service}? Sí o no."},
    {"guess.place", "Is the pool at {place}? Yes or no.", "¿La piscina está en {place}? Sí o no."},
    {"guess.time", "Do you mean {when}? Yes or no.", "¿Se refiere a {when}? Sí o no."},
    {"guess.name", "Is your name {name}? Yes or no.", "¿Su nombre es {name}? Sí o no."},
    {"or", "or", "o"},
};

const char *
talk_says(const char *name, enum language l)
{
	for (size_t i = 0; i < sizeof(sentences) / sizeof(*sentences); i++)
		if (strcmp(sentences[i].name, name) == 0)
			return l == SPANISH ? sentences[i].spanish : sentences[i].english;
	return NULL;
}
