/*
 * domain/visits/reason.c -- the sentences of the pages' own catalogues (tech.why, reason, skip), each with its twin;
 * tests/laws/words.sh holds them together. One that is worded anew stays here as it was: it stands in old jobs.
 */
#include "domain/visits/reason.h"

static const struct {
	const char *english, *spanish;
} ready[] = {
	/* the phone's */
	{"The gate is locked", "El portón está cerrado"},
	{"The dog is loose", "El perro está suelto"},
	{"The code does not work", "El código no funciona"},
	{"Nobody opens", "Nadie abre"},
	{"Weather", "El clima"},
	{"The customer said no", "El cliente dijo que no"},
	{"Nothing to do here", "Aquí no hay nada que hacer"},
	{"No time left", "Ya no hay tiempo"},
	{"I am too late for it", "Llego demasiado tarde"},
	{"I am not well", "No me siento bien"},
	{"I am not trained for it", "No estoy capacitado para esto"},
	{"The truck broke down", "Se descompuso la camioneta"},
	{"The app does something wrong", "La aplicación hace algo mal"},
	{"The app is slow or stuck", "La aplicación es lenta o se traba"},
	{"My day is planned badly", "Mi día está mal planeado"},
	{"The way we do this does not work", "La forma en que hacemos esto no funciona"},
	{"Undo", "Deshacer"}, /* a dose that was not poured */
	/* the office's */
	{"Gate locked", "Portón cerrado"},
	{"Dog loose", "Perro suelto"},
	{"Nobody there", "No había nadie"},
	{"Way blocked", "Paso bloqueado"},
	{"Weather", "Clima"},
	{"Customer asked", "Lo pidió el cliente"},
	{"Customer away", "Cliente ausente"},
	{"No time left", "No alcanzó el tiempo"},
	{"Moved away", "Se mudó"},
	{"Entered twice", "Ingresada dos veces"},
	{"Storm", "Tormenta"},
	{"The customer asked", "Lo pidió el cliente"},
	{"No access", "Sin acceso"},
	{"Holiday", "Día festivo"},
	{"Pool is drained", "Alberca vacía"},
};

struct str
reason_say(struct str said, enum language l)
{
	for (size_t i = 0; i < sizeof(ready) / sizeof(*ready); i++)
		if (str_eq(said, str_of(ready[i].english)) || str_eq(said, str_of(ready[i].spanish)))
			return str_of(l == SPANISH ? ready[i].spanish : ready[i].english);
	return said;
}
