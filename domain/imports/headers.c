/*
 * domain/imports/headers.c -- the tables of column names.
 *
 * None of these comes from a specification: the exports of other houses are not documented, differ by year
 * and by what was ticked, and are written down here as they are generally known. They are guesses that a
 * person sees and changes before anything is read; a wrong line costs a click.
 */
#include "domain/imports/headers.h"

#include <assert.h>

struct known {
	const char *normal;
	enum import_field field;
	uint8_t confidence;
};

const char *const import_field_names[] = {"nothing", "name", "first_name", "last_name", "company", "email", "phone",
    "street", "street_2", "city", "region", "postcode", "lat", "lng", "gate_code", "dogs", "note_technicians",
    "note_office", "tags", "pool_kind", "volume", "volume_unit", "surface", "sanitiser", "external_id", "bill_street",
    "bill_city", "bill_region", "bill_postcode", "rate", "service_day", "technician", "status", NULL};
const char *const import_source_names[] = {"plain", "skimmer", "jobber", "housecall_pro", "quickbooks", NULL};
static_assert(sizeof(import_field_names) / sizeof(char *) == IMPORT_FIELDS + 1, "each has its name");
static_assert(sizeof(import_source_names) / sizeof(char *) == IMPORT_SOURCES + 1, "each has its name");

static const struct known plain[] = {
	{"name", IMPORT_NAME, 90}, {"fullname", IMPORT_NAME, 90}, {"customername", IMPORT_NAME, 95},
	{"clientname", IMPORT_NAME, 95}, {"custname", IMPORT_NAME, 95}, {"displayname", IMPORT_NAME, 90}, {"customer", IMPORT_NAME, 75},
	{"client", IMPORT_NAME, 75}, {"accountname", IMPORT_NAME, 80}, {"homeowner", IMPORT_NAME, 70},
	{"owner", IMPORT_NAME, 60}, {"nombre", IMPORT_NAME, 85}, {"nombrecompleto", IMPORT_NAME, 95},
	{"cliente", IMPORT_NAME, 80}, {"nombredelcliente", IMPORT_NAME, 95}, {"nombrecliente", IMPORT_NAME, 95},
	{"titular", IMPORT_NAME, 70}, {"propietario", IMPORT_NAME, 65},
	{"firstname", IMPORT_FIRST_NAME, 95}, {"givenname", IMPORT_FIRST_NAME, 95}, {"first", IMPORT_FIRST_NAME, 80},
	{"nombredepila", IMPORT_FIRST_NAME, 95}, {"primernombre", IMPORT_FIRST_NAME, 95},
	{"lastname", IMPORT_LAST_NAME, 95}, {"surname", IMPORT_LAST_NAME, 95}, {"familyname", IMPORT_LAST_NAME, 95},
	{"last", IMPORT_LAST_NAME, 80}, {"apellido", IMPORT_LAST_NAME, 95}, {"apellidos", IMPORT_LAST_NAME, 95},
	{"company", IMPORT_COMPANY, 95}, {"companyname", IMPORT_COMPANY, 95}, {"business", IMPORT_COMPANY, 85},
	{"businessname", IMPORT_COMPANY, 95}, {"organization", IMPORT_COMPANY, 85}, {"organisation", IMPORT_COMPANY, 85},
	{"empresa", IMPORT_COMPANY, 95}, {"compania", IMPORT_COMPANY, 95}, {"razonsocial", IMPORT_COMPANY, 95},
	{"email", IMPORT_EMAIL, 95}, {"emails", IMPORT_EMAIL, 90}, {"emailaddress", IMPORT_EMAIL, 95},
	{"mail", IMPORT_EMAIL, 80}, {"email1", IMPORT_EMAIL, 90}, {"primaryemail", IMPORT_EMAIL, 95},
	{"correo", IMPORT_EMAIL, 90}, {"correoelectronico", IMPORT_EMAIL, 95},
	{"phone", IMPORT_PHONE, 90}, {"phonenumber", IMPORT_PHONE, 95}, {"telephone", IMPORT_PHONE, 95},
	{"mobile", IMPORT_PHONE, 93}, {"mobilephone", IMPORT_PHONE, 96}, {"cell", IMPORT_PHONE, 90},
	{"cellphone", IMPORT_PHONE, 95}, {"mobilenumber", IMPORT_PHONE, 96}, {"primaryphone", IMPORT_PHONE, 96},
	{"mainphone", IMPORT_PHONE, 95}, {"homephone", IMPORT_PHONE, 80}, {"workphone", IMPORT_PHONE, 70},
	{"phone1", IMPORT_PHONE, 90}, {"tel", IMPORT_PHONE, 85}, {"telefono", IMPORT_PHONE, 95},
	{"celular", IMPORT_PHONE, 95}, {"movil", IMPORT_PHONE, 95}, {"telefonomovil", IMPORT_PHONE, 96},
	{"telefonocelular", IMPORT_PHONE, 96},
	{"svcaddr", IMPORT_STREET, 95}, {"svcaddr1", IMPORT_STREET, 96}, {"svcaddress", IMPORT_STREET, 96},
	{"street", IMPORT_STREET, 95}, {"address", IMPORT_STREET, 85}, {"streetaddress", IMPORT_STREET, 95},
	{"address1", IMPORT_STREET, 94}, {"addressline1", IMPORT_STREET, 95}, {"street1", IMPORT_STREET, 95},
	{"streetline1", IMPORT_STREET, 95}, {"line1", IMPORT_STREET, 70}, {"fulladdress", IMPORT_STREET, 80},
	{"direccion", IMPORT_STREET, 85}, {"calle", IMPORT_STREET, 95}, {"domicilio", IMPORT_STREET, 85},
	{"callenumero", IMPORT_STREET, 95}, {"calleynumero", IMPORT_STREET, 95}, {"direccion1", IMPORT_STREET, 94},
	{"address2", IMPORT_STREET_2, 95}, {"addressline2", IMPORT_STREET_2, 95}, {"street2", IMPORT_STREET_2, 95},
	{"streetline2", IMPORT_STREET_2, 95}, {"unit", IMPORT_STREET_2, 70}, {"unitnumber", IMPORT_STREET_2, 80},
	{"apt", IMPORT_STREET_2, 85}, {"apartment", IMPORT_STREET_2, 85}, {"suite", IMPORT_STREET_2, 85},
	{"direccion2", IMPORT_STREET_2, 95}, {"interior", IMPORT_STREET_2, 60}, {"departamento", IMPORT_STREET_2, 60},
	{"city", IMPORT_CITY, 95}, {"town", IMPORT_CITY, 90}, {"ciudad", IMPORT_CITY, 95}, {"poblacion", IMPORT_CITY, 85},
	{"localidad", IMPORT_CITY, 90}, {"municipio", IMPORT_CITY, 80},
	{"state", IMPORT_REGION, 92}, {"region", IMPORT_REGION, 90}, {"province", IMPORT_REGION, 92},
	{"stateprovince", IMPORT_REGION, 95}, {"estado", IMPORT_REGION, 75}, {"provincia", IMPORT_REGION, 92},
	{"zip", IMPORT_POSTCODE, 95}, {"zipcode", IMPORT_POSTCODE, 95}, {"postcode", IMPORT_POSTCODE, 95},
	{"postalcode", IMPORT_POSTCODE, 95}, {"zippostalcode", IMPORT_POSTCODE, 95}, {"postal", IMPORT_POSTCODE, 85},
	{"codigopostal", IMPORT_POSTCODE, 95}, {"cp", IMPORT_POSTCODE, 85},
	{"lat", IMPORT_LAT, 95}, {"latitude", IMPORT_LAT, 95}, {"latitud", IMPORT_LAT, 95}, {"gpslat", IMPORT_LAT, 90},
	{"lng", IMPORT_LNG, 95}, {"lon", IMPORT_LNG, 95}, {"long", IMPORT_LNG, 90}, {"longitude", IMPORT_LNG, 95},
	{"longitud", IMPORT_LNG, 95}, {"gpslong", IMPORT_LNG, 90}, {"gpslng", IMPORT_LNG, 90},
	{"gatecode", IMPORT_GATE_CODE, 98}, {"gate", IMPORT_GATE_CODE, 80}, {"accesscode", IMPORT_GATE_CODE, 85},
	{"entrycode", IMPORT_GATE_CODE, 85}, {"codigodelporton", IMPORT_GATE_CODE, 95}, {"porton", IMPORT_GATE_CODE, 75},
	{"codigodeacceso", IMPORT_GATE_CODE, 90}, {"codigodelapuerta", IMPORT_GATE_CODE, 95},
	{"codigodepuerta", IMPORT_GATE_CODE, 95}, {"clavedeacceso", IMPORT_GATE_CODE, 85},
	{"dog", IMPORT_DOGS, 95}, {"dogs", IMPORT_DOGS, 95}, {"dogname", IMPORT_DOGS, 96}, {"dognames", IMPORT_DOGS, 96},
	{"dogsname", IMPORT_DOGS, 96}, {"pets", IMPORT_DOGS, 80}, {"perro", IMPORT_DOGS, 95}, {"perros", IMPORT_DOGS, 95},
	{"mascotas", IMPORT_DOGS, 80},
	{"technotes", IMPORT_NOTE_TECHNICIANS, 95}, {"techniciannotes", IMPORT_NOTE_TECHNICIANS, 95},
	{"routenotes", IMPORT_NOTE_TECHNICIANS, 85}, {"servicenotes", IMPORT_NOTE_TECHNICIANS, 80},
	{"accessnotes", IMPORT_NOTE_TECHNICIANS, 80}, {"poolnotes", IMPORT_NOTE_TECHNICIANS, 80},
	{"notasdeltecnico", IMPORT_NOTE_TECHNICIANS, 95}, {"notastecnico", IMPORT_NOTE_TECHNICIANS, 95},
	{"notasparaeltecnico", IMPORT_NOTE_TECHNICIANS, 95}, {"instrucciones", IMPORT_NOTE_TECHNICIANS, 70},
	{"notes", IMPORT_NOTE_OFFICE, 70}, {"note", IMPORT_NOTE_OFFICE, 70}, {"officenotes", IMPORT_NOTE_OFFICE, 95},
	{"customernotes", IMPORT_NOTE_OFFICE, 80}, {"comments", IMPORT_NOTE_OFFICE, 60},
	{"notas", IMPORT_NOTE_OFFICE, 70}, {"notasdelaoficina", IMPORT_NOTE_OFFICE, 95},
	{"notasoficina", IMPORT_NOTE_OFFICE, 95}, {"comentarios", IMPORT_NOTE_OFFICE, 60},
	{"observaciones", IMPORT_NOTE_OFFICE, 65},
	{"tags", IMPORT_TAGS, 95}, {"tag", IMPORT_TAGS, 85}, {"labels", IMPORT_TAGS, 80}, {"etiquetas", IMPORT_TAGS, 95},
	{"pooltype", IMPORT_POOL_KIND, 85}, {"poolkind", IMPORT_POOL_KIND, 95}, {"bodyofwater", IMPORT_POOL_KIND, 80},
	{"bodyofwatertype", IMPORT_POOL_KIND, 90}, {"tipodepiscina", IMPORT_POOL_KIND, 85},
	{"tipodealberca", IMPORT_POOL_KIND, 85},
	{"volume", IMPORT_VOLUME, 95}, {"poolvolume", IMPORT_VOLUME, 96}, {"gallons", IMPORT_VOLUME, 95}, {"gal", IMPORT_VOLUME, 90},
	{"poolgallons", IMPORT_VOLUME, 96}, {"gallonage", IMPORT_VOLUME, 95}, {"volumegallons", IMPORT_VOLUME, 96},
	{"poolvolumegallons", IMPORT_VOLUME, 97}, {"volumegal", IMPORT_VOLUME, 96}, {"liters", IMPORT_VOLUME, 95},
	{"litres", IMPORT_VOLUME, 95}, {"volumeliters", IMPORT_VOLUME, 96}, {"volumelitres", IMPORT_VOLUME, 96},
	{"volumem3", IMPORT_VOLUME, 96}, {"poolsize", IMPORT_VOLUME, 60}, {"volumen", IMPORT_VOLUME, 95},
	{"galones", IMPORT_VOLUME, 95}, {"litros", IMPORT_VOLUME, 95}, {"volumenlitros", IMPORT_VOLUME, 96},
	{"volumengalones", IMPORT_VOLUME, 96}, {"volumenm3", IMPORT_VOLUME, 96}, {"capacidad", IMPORT_VOLUME, 75},
	{"volumeunit", IMPORT_VOLUME_UNIT, 95}, {"volumeunits", IMPORT_VOLUME_UNIT, 95}, {"unitofvolume", IMPORT_VOLUME_UNIT, 95},
	{"unidaddevolumen", IMPORT_VOLUME_UNIT, 95},
	{"surface", IMPORT_SURFACE, 95}, {"poolsurface", IMPORT_SURFACE, 96}, {"surfacetype", IMPORT_SURFACE, 95},
	{"finish", IMPORT_SURFACE, 80}, {"poolfinish", IMPORT_SURFACE, 90}, {"superficie", IMPORT_SURFACE, 85},
	{"acabado", IMPORT_SURFACE, 85}, {"revestimiento", IMPORT_SURFACE, 90},
	{"sanitizer", IMPORT_SANITISER, 95}, {"sanitiser", IMPORT_SANITISER, 95}, {"sanitizertype", IMPORT_SANITISER, 95},
	{"chlorinetype", IMPORT_SANITISER, 60}, {"sanitation", IMPORT_SANITISER, 80},
	{"desinfectante", IMPORT_SANITISER, 95}, {"desinfeccion", IMPORT_SANITISER, 85},
	{"id", IMPORT_EXTERNAL_ID, 70}, {"externalid", IMPORT_EXTERNAL_ID, 96}, {"customerid", IMPORT_EXTERNAL_ID, 95},
	{"clientid", IMPORT_EXTERNAL_ID, 95}, {"accountnumber", IMPORT_EXTERNAL_ID, 85},
	{"accountno", IMPORT_EXTERNAL_ID, 85}, {"customernumber", IMPORT_EXTERNAL_ID, 90},
	{"idcliente", IMPORT_EXTERNAL_ID, 95}, {"iddelcliente", IMPORT_EXTERNAL_ID, 95},
	{"numerodecliente", IMPORT_EXTERNAL_ID, 90},
	{"rate", IMPORT_RATE, 90}, {"monthlyrate", IMPORT_RATE, 95}, {"servicerate", IMPORT_RATE, 95},
	{"monthlyprice", IMPORT_RATE, 90}, {"price", IMPORT_RATE, 70}, {"monthly", IMPORT_RATE, 60},
	{"tarifa", IMPORT_RATE, 90}, {"precio", IMPORT_RATE, 70}, {"cuota", IMPORT_RATE, 80},
	{"mensualidad", IMPORT_RATE, 90},
	{"serviceday", IMPORT_SERVICE_DAY, 96}, {"servicedays", IMPORT_SERVICE_DAY, 96}, {"routeday", IMPORT_SERVICE_DAY, 92},
	{"day", IMPORT_SERVICE_DAY, 70}, {"days", IMPORT_SERVICE_DAY, 70}, {"dayofweek", IMPORT_SERVICE_DAY, 85},
	{"weekday", IMPORT_SERVICE_DAY, 85}, {"dia", IMPORT_SERVICE_DAY, 70}, {"diadeservicio", IMPORT_SERVICE_DAY, 96},
	{"diasdeservicio", IMPORT_SERVICE_DAY, 96}, {"diadevisita", IMPORT_SERVICE_DAY, 90},
	{"technician", IMPORT_TECHNICIAN, 95}, {"tech", IMPORT_TECHNICIAN, 90}, {"assignedto", IMPORT_TECHNICIAN, 75},
	{"assignedtech", IMPORT_TECHNICIAN, 95}, {"route", IMPORT_TECHNICIAN, 50}, {"tecnico", IMPORT_TECHNICIAN, 95},
	{"tecnicoasignado", IMPORT_TECHNICIAN, 95},
	{"status", IMPORT_STATUS, 90}, {"customerstatus", IMPORT_STATUS, 95}, {"active", IMPORT_STATUS, 75},
	{"isactive", IMPORT_STATUS, 85}, {"estatus", IMPORT_STATUS, 90}, {"situacion", IMPORT_STATUS, 75},
	{"activo", IMPORT_STATUS, 75}, {NULL, IMPORT_NOTHING, 0},
};

/* Lines of IMPORT_NOTHING are there to tell whose export it is, and to keep a general guess away. */
static const struct known skimmer[] = {
	{"displayascompany", IMPORT_NOTHING, 0}, {"locationaddress", IMPORT_STREET, 98}, {"locationcity", IMPORT_CITY, 98},
	{"locationstate", IMPORT_REGION, 98}, {"locationzip", IMPORT_POSTCODE, 98}, {"locationcode", IMPORT_NOTHING, 0},
	{"locationnotes", IMPORT_NOTE_TECHNICIANS, 95}, {"dogsname", IMPORT_DOGS, 98}, {"minutesatstop", IMPORT_NOTHING, 0},
	{"ratetype", IMPORT_NOTHING, 0}, {"laborcost", IMPORT_NOTHING, 0}, {"labortype", IMPORT_NOTHING, 0},
	{"mobilephone1", IMPORT_PHONE, 98}, {"mobilelabel1", IMPORT_NOTHING, 0}, {"homephone1", IMPORT_PHONE, 80},
	{"emaillabel1", IMPORT_NOTHING, 0}, {"baselinefilterpressure", IMPORT_NOTHING, 0},
	{"bodyofwatername", IMPORT_NOTHING, 0}, {"bowname", IMPORT_NOTHING, 0}, {"bowtype", IMPORT_POOL_KIND, 90},
	{"bowgallons", IMPORT_VOLUME, 95}, {NULL, IMPORT_NOTHING, 0},
};
static const struct known jobber[] = {
	{"jid", IMPORT_EXTERNAL_ID, 95}, {"mainphones", IMPORT_PHONE, 98}, {"mobilephones", IMPORT_PHONE, 95},
	{"homephones", IMPORT_PHONE, 80}, {"workphones", IMPORT_PHONE, 75}, {"emails", IMPORT_EMAIL, 98},
	{"billingstreet1", IMPORT_BILL_STREET, 98}, {"billingstreet2", IMPORT_NOTHING, 0},
	{"servicestreet1", IMPORT_STREET, 98}, {"servicestreet2", IMPORT_STREET_2, 98},
	{"servicepropertyname", IMPORT_NOTHING, 0}, {"archived", IMPORT_NOTHING, 0}, {"leadsource", IMPORT_NOTHING, 0},
	{"lead", IMPORT_NOTHING, 0}, {"textmessageenabledphone", IMPORT_NOTHING, 0}, {NULL, IMPORT_NOTHING, 0},
};
static const struct known housecall_pro[] = {
	{"mobilenumber", IMPORT_PHONE, 98}, {"homenumber", IMPORT_PHONE, 80}, {"worknumber", IMPORT_PHONE, 75},
	{"additionalemails", IMPORT_NOTHING, 0}, {"address1streetline1", IMPORT_STREET, 98},
	{"address1streetline2", IMPORT_STREET_2, 98}, {"address1city", IMPORT_CITY, 98}, {"address1state", IMPORT_REGION, 98},
	{"address1postalcode", IMPORT_POSTCODE, 98}, {"address1zip", IMPORT_POSTCODE, 98},
	{"address1notes", IMPORT_NOTE_TECHNICIANS, 85}, {"sendnotifications", IMPORT_NOTHING, 0},
	{"lifetimevalue", IMPORT_NOTHING, 0}, {"jobtitle", IMPORT_NOTHING, 0}, {"hcpid", IMPORT_EXTERNAL_ID, 98},
	{NULL, IMPORT_NOTHING, 0},
};
static const struct known quickbooks[] = {
	{"customerfullname", IMPORT_NAME, 98}, {"phonenumbers", IMPORT_PHONE, 98}, {"mainemail", IMPORT_EMAIL, 98},
	{"billingaddress", IMPORT_BILL_STREET, 95}, {"shippingaddress", IMPORT_STREET, 98}, {"billto", IMPORT_BILL_STREET, 90},
	{"billto1", IMPORT_NOTHING, 0}, {"billto2", IMPORT_BILL_STREET, 70}, {"shipto", IMPORT_STREET, 95},
	{"shipto1", IMPORT_NOTHING, 0}, {"shipto2", IMPORT_STREET, 70}, {"openbalance", IMPORT_NOTHING, 0},
	{"balance", IMPORT_NOTHING, 0}, {"balancetotal", IMPORT_NOTHING, 0}, {"customertype", IMPORT_NOTHING, 0},
	{"paymentmethod", IMPORT_NOTHING, 0}, {"terms", IMPORT_NOTHING, 0}, {"altphone", IMPORT_NOTHING, 0},
	{"taxresalenumber", IMPORT_NOTHING, 0}, {"deliverymethod", IMPORT_NOTHING, 0}, {NULL, IMPORT_NOTHING, 0},
};
static const struct known *const source[IMPORT_SOURCES] = {plain, skimmer, jobber, housecall_pro, quickbooks};

/* Words around the part of an address: whose it is. */
static const char *const bill_before[] = {"billingaddress", "billing", "billto", "bill", "facturacion", NULL};
static const char *const place_before[] = {"serviceaddress", "service", "locationaddress", "location", "propertyaddress",
    "property", "siteaddress", "site", "shippingaddress", "shipping", "shipto", "address1", "address", NULL};

static const struct known *find(const struct known *k, struct str normal);
static bool strip(struct str *normal, const char *const *before, const char *behind);
static enum import_field bill_field(enum import_field f);
static struct header_guess by_part(struct str normal);

struct str
header_normal(struct arena *a, struct str header)
{
	/* U+00C0..U+00FF without their accents; small and capital letters lie 32 apart. */
	static const char plain_letter[] = "aaaaaaaceeeeiiiidnooooo ouuuuy  ";
	struct buf b = buf_open(a, HEADER_NORMAL_MAX, HEADER_NORMAL_MAX);

	for (size_t i = 0; i < header.n; i++) {
		unsigned char c = (unsigned char)header.p[i];

		if (c == 0xc3 && i + 1 < header.n) {
			c = (unsigned char)plain_letter[(unsigned char)header.p[++i] & 0x1f];
		} else if (c >= 'A' && c <= 'Z') {
			c = (unsigned char)(c - 'A' + 'a');
		}
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			buf_char(&b, (char)c);
	}
	return buf_str(&b);
}

struct header_guess
header_of_source(enum import_source s, struct str normal, bool *known)
{
	const struct known *k = find(source[s], normal);

	if (known != NULL)
		*known = k != NULL;
	return k == NULL ? (struct header_guess){IMPORT_NOTHING, 0} : (struct header_guess){k->field, k->confidence};
}

struct header_guess
header_plain(struct str normal)
{
	const struct known *k = find(plain, normal);
	struct header_guess g;
	struct str part = normal;

	if (k != NULL)
		return (struct header_guess){k->field, k->confidence};
	if (strip(&part, bill_before, "defacturacion")) {
		k = find(plain, part.n == 0 ? STR("address") : part);
		return (struct header_guess){k == NULL ? IMPORT_NOTHING : bill_field(k->field), 85};
	}
	if (strip(&part, place_before, "deservicio")) {
		k = find(plain, part.n == 0 ? STR("address") : part);
		if (k != NULL && k->field >= IMPORT_STREET && k->field <= IMPORT_LNG)
			return (struct header_guess){k->field, 96};
	}
	g = by_part(normal);
	return g;
}

static const struct known *
find(const struct known *k, struct str normal)
{
	for (; k->normal != NULL; k++)
		if (str_eq(normal, str_of(k->normal)))
			return k;
	return NULL;
}

static bool
strip(struct str *normal, const char *const *before, const char *behind)
{
	for (; *before != NULL; before++)
		if (str_starts(*normal, str_of(*before))) {
			*normal = str_sub(*normal, strlen(*before), normal->n);
			return true;
		}
	if (!str_ends(*normal, str_of(behind)))
		return false;
	normal->n -= strlen(behind);
	return true;
}

static enum import_field
bill_field(enum import_field f)
{
	return f == IMPORT_STREET ? IMPORT_BILL_STREET
	    : f == IMPORT_CITY    ? IMPORT_BILL_CITY
	    : f == IMPORT_REGION  ? IMPORT_BILL_REGION
	    : f == IMPORT_POSTCODE ? IMPORT_BILL_POSTCODE
				  : IMPORT_NOTHING;
}

/* A word somewhere in a name nobody listed: a weak guess, but a start. */
static struct header_guess
by_part(struct str normal)
{
	static const struct known part[] = {
		{"email", IMPORT_EMAIL, 50}, {"correo", IMPORT_EMAIL, 50}, {"phone", IMPORT_PHONE, 45},
		{"telefono", IMPORT_PHONE, 45}, {"zipcode", IMPORT_POSTCODE, 50}, {"postal", IMPORT_POSTCODE, 50},
		{"gatecode", IMPORT_GATE_CODE, 60}, {"gallons", IMPORT_VOLUME, 55}, {"galones", IMPORT_VOLUME, 55},
		{"latitud", IMPORT_LAT, 50}, {"longitud", IMPORT_LNG, 50}, {NULL, IMPORT_NOTHING, 0},
	};

	for (const struct known *k = part; k->normal != NULL; k++)
		if (normal.n > 0 && strstr(normal.p, k->normal) != NULL)
			return (struct header_guess){k->field, k->confidence};
	return (struct header_guess){IMPORT_NOTHING, 0};
}
