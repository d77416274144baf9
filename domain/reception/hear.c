#include "domain/reception/hear.h"

#define WORDS_MAX 300
#define WORD_MAX 24
#define TRIES_NAME 60
#define CODE_LETTERS 12 /* of one code */

/* A message as words: small letters, no accents, no signs. */
struct said {
	char word[WORDS_MAX][WORD_MAX];
	size_t n;
};

struct phrase {
	const char *words; /* with blanks between; all, in this order, next to one another */
	enum intent intent;
	int weight;
};

static void split(struct str s, struct said *out);
static bool has(const struct said *s, const char *phrase);
static bool has_any(const struct said *s, const char *const *phrases);
static bool alike(const char *word, const char *wanted);
static const char *common(const char *word);
static uint32_t distance(const char *a, size_t n, const char *b, size_t m);
static enum intent intent_of(const struct said *s);
static void when(const struct said *s, struct hearing *out);
static void choice(const struct said *s, struct hearing *out);
static size_t code_mark(struct str rest, bool begins, bool *several);
static size_t code_here(struct str rest, struct str *code);
static size_t code_next(struct str rest, bool several, struct str *code);
static unsigned code_add(struct buf *b, struct str code);
static struct str code_cut(struct str *codes);
static void named(struct str said, struct arena *a, struct hearing *out);
static struct str after(struct str said, const char *phrase);
static struct str until_sign(struct str s);
static bool digit(char c);
static bool letter(char c);
static bool blank(char c);

const char *const intent_names[] = {"none", "service", "repair", "reschedule", "cancel", "bill", "where", "price", "person",
    "emergency", "wrong", "drop", "thanks", NULL};

/* Heavier ones win; within the same weight the earlier line. */
static const struct phrase phrases[] = {
    /* Somebody may be hurt: before all else. */
    {"electric shock", INTENT_EMERGENCY, 100}, {"got shocked", INTENT_EMERGENCY, 100}, {"shocked me", INTENT_EMERGENCY, 100},
    {"smell gas", INTENT_EMERGENCY, 100}, {"smells like gas", INTENT_EMERGENCY, 100}, {"gas leak", INTENT_EMERGENCY, 100},
    {"gas smell", INTENT_EMERGENCY, 100}, {"drowning", INTENT_EMERGENCY, 100}, {"drowned", INTENT_EMERGENCY, 100},
    {"chlorine gas", INTENT_EMERGENCY, 100}, {"on fire", INTENT_EMERGENCY, 100}, {"sparks", INTENT_EMERGENCY, 100},
    {"sparking", INTENT_EMERGENCY, 100}, {"house is flooding", INTENT_EMERGENCY, 100}, {"flooding the house", INTENT_EMERGENCY, 100},
    {"flooding my house", INTENT_EMERGENCY, 100}, {"emergency", INTENT_EMERGENCY, 90}, {"descarga electrica", INTENT_EMERGENCY, 100},
    {"me dio corriente", INTENT_EMERGENCY, 100}, {"da corriente", INTENT_EMERGENCY, 100}, {"da toques", INTENT_EMERGENCY, 100},
    {"huele a gas", INTENT_EMERGENCY, 100}, {"fuga de gas", INTENT_EMERGENCY, 100}, {"ahogando", INTENT_EMERGENCY, 100},
    {"se ahoga", INTENT_EMERGENCY, 100}, {"chispas", INTENT_EMERGENCY, 100}, {"incendio", INTENT_EMERGENCY, 100},
    {"se inunda la casa", INTENT_EMERGENCY, 100}, {"emergencia", INTENT_EMERGENCY, 90},
    /* Not us. */
    {"wrong number", INTENT_WRONG, 80}, {"who is this", INTENT_WRONG, 30}, {"numero equivocado", INTENT_WRONG, 80},
    {"me equivoque de numero", INTENT_WRONG, 80}, {"equivocado", INTENT_WRONG, 40}, {"quien es", INTENT_WRONG, 20},
    /* A person. */
    {"real person", INTENT_PERSON, 70}, {"a person", INTENT_PERSON, 70}, {"a human", INTENT_PERSON, 70},
    {"speak to someone", INTENT_PERSON, 70}, {"speak with someone", INTENT_PERSON, 70}, {"talk to someone", INTENT_PERSON, 70},
    {"talk to somebody", INTENT_PERSON, 70}, {"talk to a", INTENT_PERSON, 60}, {"speak to a", INTENT_PERSON, 60},
    {"speak to the owner", INTENT_PERSON, 70}, {"manager", INTENT_PERSON, 65}, {"representative", INTENT_PERSON, 65},
    {"operator", INTENT_PERSON, 65}, {"call me", INTENT_PERSON, 45}, {"somebody call", INTENT_PERSON, 50},
    {"una persona", INTENT_PERSON, 70}, {"hablar con alguien", INTENT_PERSON, 70}, {"hablar con el dueno", INTENT_PERSON, 70},
    {"hablar con un", INTENT_PERSON, 60}, {"encargado", INTENT_PERSON, 65}, {"gerente", INTENT_PERSON, 65},
    {"operadora", INTENT_PERSON, 65}, {"humano", INTENT_PERSON, 65}, {"llamenme", INTENT_PERSON, 45}, {"que me llamen", INTENT_PERSON, 50},
    /* Enough of it. */
    {"never mind", INTENT_DROP, 62}, {"nevermind", INTENT_DROP, 62}, {"forget it", INTENT_DROP, 62}, {"forget about it", INTENT_DROP, 62},
    {"not interested", INTENT_DROP, 62}, {"olvidelo", INTENT_DROP, 62}, {"olvidalo", INTENT_DROP, 62}, {"dejelo", INTENT_DROP, 62},
    {"no me interesa", INTENT_DROP, 62}, {"ya no quiero nada", INTENT_DROP, 62}, {"dejalo asi", INTENT_DROP, 62},
    /* What is planned already. */
    {"reschedule", INTENT_RESCHEDULE, 58}, {"move my", INTENT_RESCHEDULE, 58}, {"move the", INTENT_RESCHEDULE, 50},
    {"change my appointment", INTENT_RESCHEDULE, 58}, {"change my visit", INTENT_RESCHEDULE, 58}, {"change the day", INTENT_RESCHEDULE, 58},
    {"change the date", INTENT_RESCHEDULE, 58}, {"change the time", INTENT_RESCHEDULE, 58}, {"another day", INTENT_RESCHEDULE, 48},
    {"different day", INTENT_RESCHEDULE, 48}, {"different time", INTENT_RESCHEDULE, 48}, {"postpone", INTENT_RESCHEDULE, 58},
    {"come later", INTENT_RESCHEDULE, 40}, {"cambiar mi cita", INTENT_RESCHEDULE, 58}, {"cambiar la cita", INTENT_RESCHEDULE, 58},
    {"cambiar la visita", INTENT_RESCHEDULE, 58}, {"cambiar mi visita", INTENT_RESCHEDULE, 58}, {"cambiar el dia", INTENT_RESCHEDULE, 58},
    {"cambiar la fecha", INTENT_RESCHEDULE, 58}, {"cambiar la hora", INTENT_RESCHEDULE, 58}, {"otro dia", INTENT_RESCHEDULE, 48},
    {"cambiarla", INTENT_RESCHEDULE, 58}, {"cambiarlo", INTENT_RESCHEDULE, 58}, {"moverla", INTENT_RESCHEDULE, 58},
    {"reprogramar", INTENT_RESCHEDULE, 58}, {"aplazar", INTENT_RESCHEDULE, 58}, {"mover mi", INTENT_RESCHEDULE, 58},
    {"mover la", INTENT_RESCHEDULE, 50}, {"posponer", INTENT_RESCHEDULE, 58},
    {"cancel", INTENT_CANCEL, 56}, {"call off", INTENT_CANCEL, 56}, {"cancelar", INTENT_CANCEL, 56}, {"cancela", INTENT_CANCEL, 56},
    {"cancelen", INTENT_CANCEL, 56}, {"anular", INTENT_CANCEL, 56},
    /* Where is he. */
    {"where is my tech", INTENT_WHERE, 57}, {"where is the tech", INTENT_WHERE, 57}, {"where is the technician", INTENT_WHERE, 57},
    {"where is my technician", INTENT_WHERE, 57}, {"where is your", INTENT_WHERE, 55}, {"where is the guy", INTENT_WHERE, 57},
    {"where is the pool guy", INTENT_WHERE, 57}, {"wheres my", INTENT_WHERE, 57}, {"wheres the", INTENT_WHERE, 57}, {"where is he", INTENT_WHERE, 57},
    {"when is he coming", INTENT_WHERE, 57}, {"when are you coming", INTENT_WHERE, 57}, {"when will you be here", INTENT_WHERE, 57},
    {"are you coming today", INTENT_WHERE, 57}, {"still coming", INTENT_WHERE, 57}, {"on the way", INTENT_WHERE, 50}, {"running late", INTENT_WHERE, 50},
    {"nobody showed up", INTENT_WHERE, 57}, {"no one showed up", INTENT_WHERE, 57}, {"what time are you", INTENT_WHERE, 57}, {"what time is my", INTENT_WHERE, 57},
    {"when is my next", INTENT_WHERE, 57}, {"donde esta el tecnico", INTENT_WHERE, 57}, {"donde esta mi tecnico", INTENT_WHERE, 57},
    {"donde esta el muchacho", INTENT_WHERE, 57}, {"donde viene", INTENT_WHERE, 57}, {"a que hora viene", INTENT_WHERE, 57}, {"a que hora llega", INTENT_WHERE, 57},
    {"cuando viene", INTENT_WHERE, 57}, {"cuando llega", INTENT_WHERE, 57}, {"ya viene", INTENT_WHERE, 57}, {"vienen hoy", INTENT_WHERE, 57},
    {"no ha llegado", INTENT_WHERE, 57}, {"no llego nadie", INTENT_WHERE, 57}, {"nadie vino", INTENT_WHERE, 57}, {"cuando es mi proxima", INTENT_WHERE, 57},
    /* Money. */
    {"my bill", INTENT_BILL, 54}, {"the bill", INTENT_BILL, 54}, {"a bill", INTENT_BILL, 54}, {"invoice", INTENT_BILL, 54}, {"balance", INTENT_BILL, 54},
    {"i owe", INTENT_BILL, 54}, {"charged", INTENT_BILL, 54}, {"my payment", INTENT_BILL, 54}, {"pay my", INTENT_BILL, 54}, {"statement", INTENT_BILL, 50},
    {"refund", INTENT_BILL, 54}, {"factura", INTENT_BILL, 54}, {"saldo", INTENT_BILL, 54}, {"cuanto debo", INTENT_BILL, 55}, {"cobraron", INTENT_BILL, 54},
    {"mi cuenta", INTENT_BILL, 50}, {"mi pago", INTENT_BILL, 54}, {"reembolso", INTENT_BILL, 54}, {"cobro", INTENT_BILL, 50},
    {"how much", INTENT_PRICE, 46}, {"how mutch", INTENT_PRICE, 46}, {"price", INTENT_PRICE, 46}, {"prices", INTENT_PRICE, 46}, {"cost", INTENT_PRICE, 44}, {"quote", INTENT_PRICE, 44},
    {"rates", INTENT_PRICE, 44}, {"what do you charge", INTENT_PRICE, 56}, {"cuanto cuesta", INTENT_PRICE, 46}, {"cuanto cobran", INTENT_PRICE, 56},
    {"cuanto sale", INTENT_PRICE, 46}, {"precio", INTENT_PRICE, 46}, {"precios", INTENT_PRICE, 46}, {"presupuesto", INTENT_PRICE, 44},
    {"tarifa", INTENT_PRICE, 44},
    /* Work. */
    {"leak", INTENT_REPAIR, 40}, {"leaking", INTENT_REPAIR, 40}, {"leaks", INTENT_REPAIR, 40}, {"broken", INTENT_REPAIR, 40}, {"broke", INTENT_REPAIR, 40},
    {"repair", INTENT_REPAIR, 40}, {"fix", INTENT_REPAIR, 40}, {"not working", INTENT_REPAIR, 40}, {"doesnt work", INTENT_REPAIR, 40},
    {"does not work", INTENT_REPAIR, 40}, {"wont start", INTENT_REPAIR, 40}, {"wont turn on", INTENT_REPAIR, 40}, {"stopped working", INTENT_REPAIR, 40},
    {"stopped", INTENT_REPAIR, 34}, {"green", INTENT_REPAIR, 38}, {"cloudy", INTENT_REPAIR, 38}, {"algae", INTENT_REPAIR, 38}, {"noise", INTENT_REPAIR, 34},
    {"noisy", INTENT_REPAIR, 34}, {"pump", INTENT_REPAIR, 30}, {"heater", INTENT_REPAIR, 30}, {"filter", INTENT_REPAIR, 26}, {"losing water", INTENT_REPAIR, 40},
    {"light is out", INTENT_REPAIR, 40}, {"tripping", INTENT_REPAIR, 40}, {"error code", INTENT_REPAIR, 40}, {"cracked", INTENT_REPAIR, 40},
    {"fuga", INTENT_REPAIR, 40}, {"gotea", INTENT_REPAIR, 40}, {"goteando", INTENT_REPAIR, 40}, {"tira agua", INTENT_REPAIR, 40}, {"pierde agua", INTENT_REPAIR, 40},
    {"rota", INTENT_REPAIR, 40}, {"roto", INTENT_REPAIR, 40}, {"descompuesta", INTENT_REPAIR, 40}, {"descompuesto", INTENT_REPAIR, 40}, {"averia", INTENT_REPAIR, 40},
    {"no funciona", INTENT_REPAIR, 40}, {"no sirve", INTENT_REPAIR, 40}, {"no prende", INTENT_REPAIR, 40}, {"no enciende", INTENT_REPAIR, 40},
    {"no arranca", INTENT_REPAIR, 40}, {"reparar", INTENT_REPAIR, 40}, {"reparacion", INTENT_REPAIR, 40}, {"arreglar", INTENT_REPAIR, 40},
    {"verde", INTENT_REPAIR, 38}, {"turbia", INTENT_REPAIR, 38}, {"algas", INTENT_REPAIR, 38}, {"ruido", INTENT_REPAIR, 34}, {"bomba", INTENT_REPAIR, 30},
    {"calentador", INTENT_REPAIR, 30}, {"filtro", INTENT_REPAIR, 26}, {"se paro", INTENT_REPAIR, 36},
    {"weekly", INTENT_SERVICE, 36}, {"monthly", INTENT_SERVICE, 36}, {"new service", INTENT_SERVICE, 42}, {"pool service", INTENT_SERVICE, 32},
    {"pool cleaning", INTENT_SERVICE, 32}, {"cleaning", INTENT_SERVICE, 28}, {"clean my pool", INTENT_SERVICE, 32}, {"sign up", INTENT_SERVICE, 36},
    {"start service", INTENT_SERVICE, 42}, {"maintenance", INTENT_SERVICE, 32}, {"take care of my pool", INTENT_SERVICE, 36}, {"looking for", INTENT_SERVICE, 12},
    {"new customer", INTENT_SERVICE, 32}, {"appointment", INTENT_SERVICE, 14}, {"book", INTENT_SERVICE, 14}, {"schedule", INTENT_SERVICE, 12}, {"come out", INTENT_SERVICE, 12},
    {"semanal", INTENT_SERVICE, 36}, {"mensual", INTENT_SERVICE, 36}, {"servicio nuevo", INTENT_SERVICE, 42}, {"nuevo servicio", INTENT_SERVICE, 42},
    {"servicio de piscina", INTENT_SERVICE, 32}, {"servicio de alberca", INTENT_SERVICE, 32}, {"limpieza", INTENT_SERVICE, 28}, {"limpiar", INTENT_SERVICE, 28},
    {"mantenimiento", INTENT_SERVICE, 32}, {"contratar", INTENT_SERVICE, 36}, {"cita", INTENT_SERVICE, 14}, {"reservar", INTENT_SERVICE, 14}, {"agendar", INTENT_SERVICE, 14},
    {"thanks", INTENT_THANKS, 4}, {"thank you", INTENT_THANKS, 4}, {"bye", INTENT_THANKS, 4}, {"gracias", INTENT_THANKS, 4}, {"adios", INTENT_THANKS, 4},
};

static const char *const angry_words[] = {"unacceptable", "ridiculous", "terrible", "lawyer", "sue you", "worst", "furious", "angry", "scam",
    "bullshit", "damn", "fucking", "fuck", "idiots", "sick of", "fed up", "third time", "complaint", "inaceptable", "abogado", "demandar",
    "pesimo", "enojado", "enojada", "furioso", "furiosa", "estafa", "mierda", "idiotas", "harto", "harta", "queja", "verguenza", NULL};
static const char *const hostile_words[] = {"ignore your", "ignore all", "ignore previous", "instructions", "system prompt", "you are now", "pretend",
    "jailbreak", "developer mode", "api key", "password", "credit card numbers", "other customers", "other customer", "all customers", "customer list",
    "my neighbor", "my neighbors", "neighbors gate", "select from", "drop table", "for free", "free of charge", "discount of", "ignora tus",
    "ignora las", "instrucciones", "eres ahora", "finge", "contrasena", "otros clientes", "otro cliente", "lista de clientes", "mi vecino", "del vecino",
    "de mi vecina", "gratis", "modo desarrollador", "eres dan", "clave de", NULL};
static const char *const spanish_words[] = {"hola", "buenas", "buenos", "quiero", "necesito", "piscina", "alberca", "mi", "esta", "gracias", "por", "favor",
    "cuanto", "cuando", "donde", "una", "el", "la", "los", "espanol", "manana", "que", "tengo", "bomba", "cita", "para", "si", "soy", "calle", "lunes", "martes",
    "miercoles", "jueves", "viernes", "sabado", "domingo", "ninguna", "otra", "codigo", "verde", "servicio", "limpieza", "semanal", "cuesta", "mejor", "digame", "perdon", "numero", "debo", "cambiar",
    "cancelar", "visita", "fuga", NULL};
static const char *const english_words[] = {"hi", "hello", "hey", "need", "want", "pool", "my", "the", "is", "please", "thanks", "thank", "how", "when", "where",
    "english", "tomorrow", "have", "pump", "for", "yes", "yeah", "i", "street", "can", "you", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
    "sunday", "none", "other", "code", "service", "it", NULL};

void
hear(struct str said, struct arena *a, struct hearing *out)
{
	static const char *const yes[] = {"yes", "yeah", "yep", "sure", "ok", "okay", "correct", "please do", "sounds good", "perfect", "works", "si", "claro",
	    "dale", "correcto", "perfecto", "esta bien", "de acuerdo", "bueno", NULL};
	static const char *const no[] = {"no", "nope", "nah", "not really", "dont", "tampoco", NULL};
	static const char *const other[] = {"none", "neither", "another time", "other times", "other time", "later", "something else", "dont work", "doesnt work for me",
	    "cant do", "more times", "ninguna", "ninguno", "otra hora", "otras horas", "otro horario", "mas tarde", "mas horas", "no puedo", "otra", "otras", NULL};
	static const char *const mornings[] = {"morning", "mornings", "am", "early", "por la manana", "en la manana", "de la manana", "temprano", NULL};
	static const char *const afternoons[] = {"afternoon", "afternoons", "pm", "evening", "after lunch", "tarde", "tardes", NULL};
	struct said s;
	unsigned es = 0, en = 0;

	*out = (struct hearing){.in_days = UINT32_MAX, .street = STR(""), .city = STR(""), .postcode = STR(""), .gate = STR(""), .name = STR("")};
	said = str_sub(said, 0, HEAR_MAX);
	split(said, &s);
	out->intent = intent_of(&s);
	out->yes = has_any(&s, yes);
	out->no = has_any(&s, no);
	out->other = has_any(&s, other);
	out->angry = has_any(&s, angry_words);
	out->hostile = has_any(&s, hostile_words);
	out->mornings = has_any(&s, mornings);
	out->afternoons = has_any(&s, afternoons);
	when(&s, out);
	choice(&s, out);
	out->gate = hear_gate(said, a);
	named(said, a, out);
	hear_place(said, a, out);
	for (size_t i = 0; i < s.n; i++) {
		for (const char *const *w = spanish_words; *w != NULL; w++)
			es += strcmp(s.word[i], *w) == 0;
		for (const char *const *w = english_words; *w != NULL; w++)
			en += strcmp(s.word[i], *w) == 0;
	}
	out->language_is = es != en;
	out->language = es > en ? SPANISH : ENGLISH;
}

/* Small letters without accents; what is no letter or digit parts words, but an apostrophe only goes. */
static void
split(struct str s, struct said *out)
{
	size_t at = 0;

	out->n = 0;
	for (size_t i = 0; i <= s.n; i++) {
		unsigned char c = i < s.n ? (unsigned char)s.p[i] : ' ', plain = 0;

		if (c == 0xc3 && i + 1 < s.n) {
			const unsigned char d = (unsigned char)s.p[++i] | 0x20;

			plain = d >= 0xa0 && d <= 0xa5 ? 'a' : d == 0xa7 ? 'c' : d >= 0xa8 && d <= 0xab ? 'e' : d >= 0xac && d <= 0xaf ? 'i' :
			    d == 0xb1 ? 'n' : d >= 0xb2 && d <= 0xb6 ? 'o' : d >= 0xb9 && d <= 0xbc ? 'u' : 0;
		} else if (c >= 'A' && c <= 'Z') {
			plain = c | 0x20;
		} else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
			plain = c;
		} else if (c == '\'' || (c == 0xe2 && i + 2 < s.n && (unsigned char)s.p[i + 2] == 0x99)) {
			i += c == 0xe2 ? 2 : 0;
			continue;
		}
		if (plain != 0 && out->n < WORDS_MAX) {
			if (at + 1 < WORD_MAX)
				out->word[out->n][at++] = (char)plain;
		} else if (at > 0) {
			out->word[out->n++][at] = '\0';
			at = 0;
		}
	}
}

static bool
has(const struct said *s, const char *phrase)
{
	for (size_t i = 0; i < s->n; i++) {
		const char *p = phrase;
		size_t k = i;

		while (*p != '\0' && k < s->n) {
			char wanted[WORD_MAX];
			size_t n = 0;

			while (*p != '\0' && *p != ' ' && n + 1 < WORD_MAX)
				wanted[n++] = *p++;
			wanted[n] = '\0';
			if (!alike(s->word[k], wanted))
				break;
			k++;
			if (*p == '\0')
				return true;
			p++;
		}
	}
	return false;
}

static bool
has_any(const struct said *s, const char *const *list)
{
	for (; *list != NULL; list++)
		if (has(s, *list))
			return true;
	return false;
}

/* Spanish sounds B and V, S and Z alike, and is often written as it sounds: "berde", "canselar". */
static bool
sound_alike(const char *word, const char *wanted)
{
	for (; *word != '\0'; word++, wanted++) {
		const char a = *word == 'v' ? 'b' : *word == 'z' || *word == 'c' ? 's' : *word;
		const char b = *wanted == 'v' ? 'b' : *wanted == 'z' || *wanted == 'c' ? 's' : *wanted;

		if (a != b)
			return false;
	}
	return true;
}

/* The same; or, of a longer word, one mistake that keeps its first letter. Short words are too near to one another. */
static bool
alike(const char *word, const char *wanted)
{
	const size_t n = strlen(word), m = strlen(wanted);

	if (strcmp(word, wanted) == 0 || (n == m && n >= 4 && sound_alike(word, wanted)))
		return true;
	/* Of four letters only two that changed places. */
	if (m == 4 && n == 4)
		for (size_t i = 0; i < 3; i++)
			if (word[i] == wanted[i + 1] && word[i + 1] == wanted[i] && word[i] != word[i + 1] && memcmp(word, wanted, i) == 0 &&
			    memcmp(word + i + 2, wanted + i + 2, 2 - i) == 0)
				return true;
	if (m < 5 || word[0] != wanted[0] || n + 2 < m || m + 2 < n)
		return false;
	return distance(word, n, wanted, m) <= (m >= 9 ? 2 : 1);
}

/* Damerau's: letters put in, left out, mistaken, and two neighbours that changed places. */
static uint32_t
distance(const char *a, size_t n, const char *b, size_t m)
{
	uint32_t d[3][WORD_MAX + 1];

	for (size_t j = 0; j <= m; j++)
		d[1][j] = (uint32_t)j;
	for (size_t i = 1; i <= n; i++) {
		d[2][0] = (uint32_t)i;
		for (size_t j = 1; j <= m; j++) {
			uint32_t least = d[1][j - 1] + (a[i - 1] != b[j - 1]);

			if (d[1][j] + 1 < least)
				least = d[1][j] + 1;
			if (d[2][j - 1] + 1 < least)
				least = d[2][j - 1] + 1;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && d[0][j - 2] + 1 < least)
				least = d[0][j - 2] + 1;
			d[2][j] = least;
		}
		memcpy(d[0], d[1], sizeof(d[0]));
		memcpy(d[1], d[2], sizeof(d[1]));
	}
	return d[1][m];
}

static enum intent
intent_of(const struct said *s)
{
	enum intent best = INTENT_NONE;
	int weight = 0;

	for (size_t i = 0; i < sizeof(phrases) / sizeof(*phrases); i++)
		if (phrases[i].weight > weight && has(s, phrases[i].words)) {
			best = phrases[i].intent;
			weight = phrases[i].weight;
		}
	return best;
}

static void
when(const struct said *s, struct hearing *out)
{
	static const char *const days[2][7] = {{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"},
	    {"lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo"}};

	for (unsigned l = 0; l < 2; l++)
		for (unsigned d = 0; d < 7; d++)
			if (has(s, days[l][d]))
				out->weekday = (struct maybe_u32){true, d};
	if (has(s, "today") || has(s, "hoy"))
		out->in_days = 0;
	else if (has(s, "day after tomorrow") || has(s, "pasado manana"))
		out->in_days = 2;
	else if (has(s, "tomorrow") || (has(s, "manana") && !has(s, "la manana")) || has(s, "manana por la manana") ||
	    has(s, "manana en la manana"))
		out->in_days = 1;
}

/* A figure alone or nearly so: in an address or a date it means no choice. */
static void
choice(const struct said *s, struct hearing *out)
{
	static const char *const said[][4] = {{"first", "one", "primera", "primero"}, {"second", "two", "segunda", "segundo"},
	    {"third", "three", "tercera", "tercero"}};
	static const char *const more[] = {"uno", "dos", "tres"};

	if (s->n > 8)
		return;
	for (unsigned i = 0; i < 3; i++) {
		for (unsigned k = 0; k < 4; k++)
			if (has(s, said[i][k]) && out->choice == 0)
				out->choice = i + 1;
		if (has(s, more[i]) && out->choice == 0)
			out->choice = i + 1;
	}
	for (size_t i = 0; i < s->n; i++)
		if (s->word[i][1] == '\0' && s->word[i][0] >= '1' && s->word[i][0] <= '9' && out->choice == 0)
			out->choice = (uint32_t)(s->word[i][0] - '0');
}

/* Every code, in the order in which they are said; what stands for one ends where the code ends. */
struct str
hear_gate(struct str said, struct arena *a)
{
	struct buf b = buf_open(a, 64, HEAR_CODES_MAX * (CODE_LETTERS + 2));
	unsigned n = 0;

	for (size_t at = 0; at < said.n && n < HEAR_CODES_MAX;) {
		bool several;
		const size_t mark = code_mark(str_sub(said, at, said.n), at == 0 || !letter(said.p[at - 1]), &several);
		struct str code = STR("");

		if (mark == 0) {
			at++;
			continue;
		}
		at += mark;
		for (size_t next = code_here(str_sub(said, at, said.n), &code); next > 0 && n < HEAR_CODES_MAX;
		    next = code_next(str_sub(said, at, said.n), several, &code)) {
			at += next;
			n += code_add(&b, code);
		}
	}
	return buf_str(&b);
}

/* How many bytes of words that a code follows stand here; several: they speak of more than one. The longest of them counts. */
static size_t
code_mark(struct str rest, bool begins, bool *several)
{
	static const char *const one[] = {"gate code is", "gate code was", "gate code:", "gate code", "code for the gate is", "code for the back gate is",
	    "code for the side gate is", "gate is", "gate:", "the code is", "lockbox code is", "lockbox code", "codigo de la puerta es",
	    "código de la puerta es", "codigo del porton es", "código del portón es", "código del portón", "codigo del porton",
	    "código de la puerta", "codigo de la puerta", "clave de la puerta es", "clave de la puerta", "clave del porton", "clave del portón",
	    "el codigo es", "el código es", "la clave es", "porton:", "portón:"};
	static const char *const many[] = {"gate codes are", "gate codes", "codes for the gates are", "the codes are", "codigos de las puertas son",
	    "códigos de las puertas son", "codigos de la puerta son", "códigos de la puerta son", "codigos de las puertas", "códigos de las puertas",
	    "los codigos son", "los códigos son", "las claves son"};
	size_t best = 0;

	*several = false;
	for (size_t i = 0; begins && i < sizeof(one) / sizeof(*one); i++)
		if (str_eq_nocase(str_sub(rest, 0, strlen(one[i])), str_of(one[i])) && strlen(one[i]) > best)
			best = strlen(one[i]);
	for (size_t i = 0; begins && i < sizeof(many) / sizeof(*many); i++)
		if (str_eq_nocase(str_sub(rest, 0, strlen(many[i])), str_of(many[i])) && strlen(many[i]) > best) {
			best = strlen(many[i]);
			*several = true;
		}
	return best;
}

/* code_here -- the code that begins here, after blanks and a colon; how far it reaches, 0: there is none. Stars alone are one that was taken out. */
static size_t
code_here(struct str rest, struct str *code)
{
	bool some = false;
	size_t from = 0, n = 0;

	while (from < rest.n && (blank(rest.p[from]) || rest.p[from] == ':'))
		from++;
	while (from + n < rest.n && n < CODE_LETTERS && (digit(rest.p[from + n]) || rest.p[from + n] == '#' || rest.p[from + n] == '*')) {
		some = some || digit(rest.p[from + n]);
		n++;
	}
	*code = str_sub(rest, from, n);
	return n >= 3 && some ? from + n : 0;
}

/*
 * "4417 and 5520", "4417 o 5520"; after words for several also "4417, 5520". A number that words follow may be a house or a sum: it
 * is a code only where nothing, a sign or another "and" follows, or what it is for.
 */
static size_t
code_next(struct str rest, bool several, struct str *code)
{
	static const char *const joins[] = {" and ", " or ", " y ", " o ", " & ", "/", " / ", ", and ", ", or "};
	static const char *const follow[] = {" and ", " or ", " y ", " o ", " for ", " para ", " on ", " at ", " en ", " works", " funciona"};
	size_t join = several && str_starts(rest, STR(",")) ? 1 : 0, n;
	bool ends;

	for (size_t i = 0; i < sizeof(joins) / sizeof(*joins); i++)
		if (str_eq_nocase(str_sub(rest, 0, strlen(joins[i])), str_of(joins[i])) && strlen(joins[i]) > join)
			join = strlen(joins[i]);
	if (join == 0)
		return 0;
	rest = str_sub(rest, join, rest.n);
	n = code_here(rest, code);
	rest = str_sub(rest, n, rest.n);
	ends = rest.n == 0 || strchr(".,;!?/)\n", rest.p[0]) != NULL;
	for (size_t i = 0; i < sizeof(follow) / sizeof(*follow); i++)
		ends = ends || str_eq_nocase(str_sub(rest, 0, strlen(follow[i])), str_of(follow[i]));
	return n > 0 && ends ? join + n : 0;
}

/* Once each: how many were new. */
static unsigned
code_add(struct buf *b, struct str code)
{
	struct str rest = buf_str(b);

	while (rest.n > 0)
		if (str_eq(code_cut(&rest), code))
			return 0;
	if (buf_str(b).n > 0)
		buf_add(b, STR(", "));
	buf_add(b, code);
	return 1;
}

/* The first of "4417, 5520", taken off. */
static struct str
code_cut(struct str *codes)
{
	const struct str first = str_cut(*codes, ',', codes);

	if (str_starts(*codes, STR(" ")))
		*codes = str_sub(*codes, 1, codes->n);
	return first;
}

struct str
hear_without(struct str said, struct str codes, struct arena *a)
{
	struct buf b = buf_open(a, 256, 4 * said.n + 16);

	if (codes.n == 0)
		return said;
	while (said.n > 0) {
		struct str rest = codes;
		size_t n = 0;

		/* The longest: one code may begin as another one does. */
		while (rest.n > 0) {
			const struct str code = code_cut(&rest);

			if (code.n > n && str_starts(said, code))
				n = code.n;
		}
		buf_add(&b, n > 0 ? STR("***") : str_sub(said, 0, 1));
		said = str_sub(said, n > 0 ? n : 1, said.n);
	}
	return buf_str(&b);
}

struct str
hear_with(struct str masked, struct str codes, struct arena *a)
{
	struct buf b = buf_open(a, 256, (codes.n + 1) * masked.n + 16);
	struct str code = STR("");

	if (codes.n == 0)
		return masked;
	while (masked.n > 0) {
		const bool here = str_starts(masked, STR("***"));

		/* In their order; the last one stands for all that follow. */
		if (here && codes.n > 0)
			code = code_cut(&codes);
		buf_add(&b, here ? code : str_sub(masked, 0, 1));
		masked = str_sub(masked, here ? 3 : 1, masked.n);
	}
	return buf_str(&b);
}

static void
named(struct str said, struct arena *a, struct hearing *out)
{
	static const char *const marks[] = {"my name is", "this is", "me llamo", "mi nombre es", "soy"};

	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
		const struct str rest = str_trim(until_sign(after(said, marks[i])));
		const struct str name = hear_name(rest, a);

		if (name.n > 0 && rest.p[0] >= 'A' && rest.p[0] <= 'Z') {
			out->name = name;
			return;
		}
	}
}

struct str
hear_name(struct str said, struct arena *a)
{
	static const char *const marks[] = {"my name is", "name is", "it's", "its", "this is", "i'm", "i am", "me llamo", "mi nombre es", "soy", "es"};
	struct said s;
	unsigned blanks = 0;

	said = str_trim(said);
	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
		const size_t n = strlen(marks[i]);

		if (said.n > n + 1 && str_eq_nocase(str_sub(said, 0, n), str_of(marks[i])) && blank(said.p[n])) {
			said = str_trim(str_sub(said, n, said.n));
			break;
		}
	}
	while (said.n > 0 && (said.p[said.n - 1] == '.' || said.p[said.n - 1] == ',' || said.p[said.n - 1] == '!'))
		said.n--;
	if (said.n < 2 || said.n > TRIES_NAME)
		return STR("");
	for (size_t i = 0; i < said.n; i++) {
		const unsigned char c = (unsigned char)said.p[i];

		if (digit((char)c) || c < ' ' || strchr("?!,;:/\\<>{}[]()@#$%^*_=+|\"", (char)c) != NULL)
			return STR("");
		blanks += c == ' ';
	}
	split(said, &s);
	const enum intent wish = intent_of(&s);
	/* Somebody may be called Green, or Price; nobody is called "forget it". */
	if (blanks > 4 || s.n == 0 || (wish != INTENT_NONE && wish != INTENT_REPAIR && wish != INTENT_SERVICE) || has_any(&s, hostile_words))
		return STR("");
	return str_copy(a, said);
}

/* "12 Oak St, Mesa 85201": a number and words are a street, five digits in a row that begin no street are the postcode. */
void
hear_place(struct str said, struct arena *a, struct hearing *out)
{
	size_t from = said.n, post = said.n;

	for (size_t i = 0; i < said.n; i++) {
		size_t n = i;

		if (!digit(said.p[i]) || (i > 0 && !blank(said.p[i - 1]) && said.p[i - 1] != ',' && said.p[i - 1] != '#'))
			continue;
		while (n < said.n && digit(said.p[n]))
			n++;
		const bool five = n - i == 5;
		/* A number with a word of letters behind it, not far from it. */
		size_t k = n;
		while (k < said.n && blank(said.p[k]))
			k++;
		size_t letters = 0;
		while (k + letters < said.n && ((said.p[k + letters] | 0x20) >= 'a' && (said.p[k + letters] | 0x20) <= 'z'))
			letters++;
		if (five && (from < said.n || letters == 0)) {
			post = i;
		} else if (from == said.n && n - i <= 6 && k > n && letters >= 2 && out->gate.n == 0) {
			from = i;
		} else if (from == said.n && n - i <= 6 && k > n && letters >= 2 && !str_eq(out->gate, str_sub(said, i, n - i))) {
			from = i;
		}
		i = n;
	}
	if (post < said.n)
		out->postcode = str_copy(a, str_sub(said, post, 5));
	if (from == said.n) {
		/* "Calle Roble 12", "Avenida del Sol 4" */
		static const char *const ways[] = {"calle ", "avenida ", "av. ", "camino ", "paseo ", "carrera "};

		for (size_t i = 0; i < sizeof(ways) / sizeof(*ways) && from == said.n; i++) {
			const struct str rest = after(said, ways[i]);

			if (rest.n > 0)
				from = said.n - rest.n - strlen(ways[i]);
		}
		if (from == said.n)
			return;
	}
	struct str rest = str_sub(said, from, (post < said.n && post > from ? post : said.n) - from), city;
	rest = until_sign(rest);
	struct str street = str_trim(str_cut(rest, ',', &city));
	city = str_trim(city);
	while (city.n > 0 && (city.p[city.n - 1] == ',' || city.p[city.n - 1] == '.'))
		city = str_trim(str_sub(city, 0, city.n - 1));
	/* "Mesa AZ", "Mesa, AZ": what the post needs more is the code. */
	const size_t part = str_find(city, ',');
	if (part < city.n)
		city = str_trim(str_sub(city, 0, part));
	if (city.n > 3 && city.p[city.n - 3] == ' ' && city.p[city.n - 2] >= 'A' && city.p[city.n - 2] <= 'Z' && city.p[city.n - 1] >= 'A' &&
	    city.p[city.n - 1] <= 'Z')
		city = str_trim(str_sub(city, 0, city.n - 3));
	if (street.n >= 4 && street.n <= 80)
		out->street = str_copy(a, street);
	if (city.n >= 2 && city.n <= 60)
		out->city = str_copy(a, city);
}

/* What a word is called in both languages, in one of them; NULL: it is in every name, and tells none from another. */
static const char *
common(const char *word)
{
	static const char *const same[][2] = {{"bomba", "pump"}, {"reparacion", "repair"}, {"reparar", "repair"}, {"arreglar", "repair"},
	    {"arreglo", "repair"}, {"limpieza", "clean"}, {"limpiar", "clean"}, {"cleaning", "clean"}, {"cleanup", "clean"}, {"semanal", "weekly"},
	    {"mensual", "monthly"}, {"quincenal", "biweekly"}, {"verde", "green"}, {"cloudy", "green"}, {"algae", "green"},
	    {"turbia", "green"}, {"algas", "green"}, {"filtro", "filter"}, {"calentador", "heater"}, {"fuga", "leak"},
	    {"gotea", "leak"}, {"leaking", "leak"}, {"leaks", "leak"}, {"mantenimiento", "maintenance"}, {"inspeccion", "inspection"},
	    {"revision", "inspection"}, {"apertura", "opening"}, {"cierre", "closing"}, {"invierno", "winter"}, {"azulejo", "tile"},
	    {"azulejos", "tile"}, {"sal", "salt"}, {"celda", "cell"}, {"luz", "light"}, {"luces", "light"}, {"lights", "light"}, {"robot", "cleaner"},
	    {"drenar", "drain"}, {"vaciado", "drain"}};
	static const char *const everywhere[] = {"pool", "pools", "piscina", "piscinas", "alberca", "service", "servicio", "visit", "visita", "with", "para"};

	for (size_t i = 0; i < sizeof(everywhere) / sizeof(*everywhere); i++)
		if (strcmp(word, everywhere[i]) == 0)
			return NULL;
	for (size_t i = 0; i < sizeof(same) / sizeof(*same); i++)
		if (strcmp(word, same[i][0]) == 0 || (strlen(same[i][0]) > 5 && alike(word, same[i][0])))
			return same[i][1];
	return word;
}

uint32_t
hear_like(struct str said, struct str name)
{
	struct said s, n;
	uint32_t found = 0;

	split(str_sub(said, 0, HEAR_MAX), &s);
	split(name, &n);
	for (size_t i = 0; i < n.n; i++) {
		const char *wanted = common(n.word[i]);

		for (size_t k = 0; k < s.n && wanted != NULL && strlen(wanted) >= 3; k++) {
			const char *word = common(s.word[k]);

			if (word != NULL && alike(word, wanted)) {
				found++;
				break;
			}
		}
	}
	return found;
}

bool
hear_phrase(struct str said, const char *phrase)
{
	struct said s;

	split(str_sub(said, 0, HEAR_MAX), &s);
	return has(&s, phrase);
}

bool
hear_stands(struct str said, struct str value)
{
	struct said s, v;

	split(str_sub(said, 0, HEAR_MAX), &s);
	split(value, &v);
	for (size_t i = 0; i < v.n; i++) {
		bool there = false;

		for (size_t k = 0; k < s.n; k++)
			there |= strcmp(s.word[k], v.word[i]) == 0;
		if (!there)
			return false;
	}
	return v.n > 0;
}

/* What stands behind a phrase, wherever it is; "" if it is not there. */
static struct str
after(struct str said, const char *phrase)
{
	const size_t n = strlen(phrase);

	for (size_t i = 0; i + n <= said.n; i++)
		if ((i == 0 || !letter(said.p[i - 1])) &&
		    str_eq_nocase(str_sub(said, i, n), str_of(phrase)))
			return str_sub(said, i + n, said.n);
	return STR("");
}

/* A thought ends at a full stop with a blank behind it, and at a line's end. */
static struct str
until_sign(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '\n' || s.p[i] == '?' || s.p[i] == '!' || s.p[i] == ';' ||
		    (s.p[i] == '.' && i > 3 && (i + 1 == s.n || blank(s.p[i + 1])) && !digit(s.p[i - 1]) && i + 1 < s.n && i - 2 > 0 &&
		        s.p[i - 2] != ' ' && s.p[i - 3] != ' '))
			return str_sub(s, 0, i);
	return s;
}

static bool
digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool
blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
