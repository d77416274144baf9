#include "domain/base/country.h"

/* Source: ISO 3166-1, alpha-2. */
static const char codes[] =
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ "
    "CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO "
    "FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE "
    "JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO "
    "MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW "
    "PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM "
    "TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW ";

/* Where people have pools. */
static const struct country entries[] = {
	{"US", "USD", "America/New_York", SUNDAY},
	{"CA", "CAD", "America/Toronto", SUNDAY},
	{"MX", "MXN", "America/Mexico_City", SUNDAY},
	{"PR", "USD", "America/Puerto_Rico", SUNDAY},
	{"AU", "AUD", "Australia/Sydney", MONDAY},
	{"NZ", "NZD", "Pacific/Auckland", MONDAY},
	{"GB", "GBP", "Europe/London", MONDAY},
	{"IE", "EUR", "Europe/Dublin", MONDAY},
	{"ES", "EUR", "Europe/Madrid", MONDAY},
	{"PT", "EUR", "Europe/Lisbon", MONDAY},
	{"FR", "EUR", "Europe/Paris", MONDAY},
	{"DE", "EUR", "Europe/Berlin", MONDAY},
	{"AT", "EUR", "Europe/Vienna", MONDAY},
	{"BE", "EUR", "Europe/Brussels", MONDAY},
	{"NL", "EUR", "Europe/Amsterdam", MONDAY},
	{"LU", "EUR", "Europe/Luxembourg", MONDAY},
	{"IT", "EUR", "Europe/Rome", MONDAY},
	{"GR", "EUR", "Europe/Athens", MONDAY},
	{"HR", "EUR", "Europe/Zagreb", MONDAY},
	{"CY", "EUR", "Asia/Nicosia", MONDAY},
	{"MT", "EUR", "Europe/Malta", MONDAY},
	{"FI", "EUR", "Europe/Helsinki", MONDAY},
	{"CH", "CHF", "Europe/Zurich", MONDAY},
	{"ZA", "ZAR", "Africa/Johannesburg", SUNDAY},
	{"BR", "BRL", "America/Sao_Paulo", SUNDAY},
};

bool
country_valid(struct str code)
{
	if (code.n != 2)
		return false;
	for (const char *p = codes; *p != '\0'; p += 3)
		if (memcmp(p, code.p, 2) == 0)
			return true;
	return false;
}

struct country
country_entry(struct str code)
{
	for (size_t i = 0; i < sizeof(entries) / sizeof(entries[0]); i++)
		if (str_eq(code, str_of(entries[i].code)))
			return entries[i];
	return (struct country){"", "USD", "Etc/UTC", MONDAY};
}

void
country_of_languages(struct str accept, char out[3])
{
	struct str rest = str_sub(accept, 0, 512);

	out[0] = '\0';
	while (rest.p != NULL && rest.n > 0) {
		struct str q, region, tag = str_trim(str_cut(str_cut(rest, ',', &rest), ';', &q));

		(void)str_cut(tag, '-', &region);
		if (country_valid(region)) {
			memcpy(out, region.p, 2);
			out[2] = '\0';
			return;
		}
	}
}
