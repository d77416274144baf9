#!/usr/bin/env bash
# What is said and written: Spanish twins of sentences, no machine's paths, no promises in comments, links and
# headings of READMEs.
. "$(dirname "$0")/lib.sh"
laws=$PWD/tests/laws

# ---- sentences ----
twins='static const struct { const char *e, *s; } twins[] = {
	{"This is taken.", "Esto ya existe."},
	{"Two " "parts.", "Dos partes."},
};'
sentences() { # the C of one file on stdin
	rm -rf "${seed:?}"/*
	plant domain/base/words.c <<< "$twins"
	plant fcgi/acts/x.c
	(cd "$seed" && awk -f "$laws/sentences.awk" domain/base/words.c fcgi/acts/x.c)
}
catches "sentences: no twin" 'x.c:2: no Spanish twin' sentences <<< 'f(void) {
	return fail(f, E_INVALID, "slug", "This is free.", g(1, "a, b"));'
catches "sentences: a reason that is no literal" "is a literal" sentences <<< 'return fail(f, E_INVALID, NULL, why);'
catches "sentences: half a literal" "nothing else" sentences <<< 'return fail(f, E_INVALID, NULL, "This " PRIu64 "x");'
catches "sentences: a named literal without a twin" "no Spanish twin" sentences <<< '#define SAY "This is free."
return fail(f, E_INVALID, NULL, SAY);'
catches "sentences: said without failing" "no Spanish twin" sentences <<< 's = words_say(l, "Good morning.");'
holds "sentences: with a twin, or a bug" sentences <<< '#define SAY "This is taken."
return fail(f, E_INVALID, pick(a, "b"), "Two parts."); fail(f, E_INVALID, NULL, SAY); fail(f, E_BUG, NULL, "Odd.");'
holds "every sentence has a Spanish twin" \
	awk -f tests/laws/sentences.awk domain/base/words.c $(house_files "$product" | grep '\.c$')

# ---- reasons to be tapped: each one that a page offers is known in both languages ----
reasons() { # reason.c catalogue.en catalogue.es...: lines of one sentence each
	local c=$1 en es key
	shift
	while [ $# -gt 0 ]; do
		grep -E '"(tech\.why|reason|skip)\.[a-z]+": ' "$1" | grep -vE '"skip\.(go|text|title|reasons?|done)": ' | while IFS= read -r en; do
			key=$(cut -d'"' -f2 <<< "$en")
			en=$(cut -d'"' -f4 <<< "$en")
			es=$(grep -F "\"$key\": " "$2" | cut -d'"' -f4)
			grep -qF "{\"$en\", \"$es\"}" "$c" || echo "domain/visits/reason.c lacks $key: $en, $es"
		done
		shift 2
	done
}
plant reason.c <<< '	{"Weather", "El clima"},'
plant en.json <<< '	"tech.why.weather": "Weather",'
plant es.json <<< '	"tech.why.weather": "Mal tiempo",'
catches "reasons: a page that says it otherwise" "lacks tech.why.weather" reasons "$seed/reason.c" "$seed/en.json" "$seed/es.json"
holds "each reason that a page offers is read in both languages" reasons domain/visits/reason.c \
	web/shared/words/tech.{en,es}.json web/shared/words/office.{en,es}.json

# ---- and the phone, which has no act to say it by, reads each of them ----
on_phone() { # reason.c tech.en tech.es
	local en es
	grep -P '^\t\{"' "$1" | grep -v '"Undo"' | while IFS= read -r row; do
		en=$(cut -d'"' -f2 <<< "$row")
		es=$(cut -d'"' -f4 <<< "$row")
		grep -qE "\"tech\.why\.[a-z]+\": \"$en\"" "$2" && grep -qE "\"tech\.why\.[a-z]+\": \"$es\"" "$3" ||
			echo "tech.why lacks: $en, $es"
	done
}
plant reason.c <<< '	{"Weather", "El clima"},'
plant en.json <<< '	"tech.why.weather": "Weather",'
plant es.json <<< '	"tech.why.weather": "Clima",'
catches "reasons: one that the phone does not know" "tech.why lacks: Weather, El clima" on_phone "$seed/reason.c" "$seed/en.json" "$seed/es.json"
holds "each reason is read on the phone" on_phone domain/visits/reason.c web/shared/words/tech.{en,es}.json

# ---- usted and tú ----
manners() { # pattern file... -- the other word of address
	grep -nPH "$@" | cut -c1-200 | sed 's/$/   <- tú to staff, usted to customers/'
	return 0
}
usted='(*UTF)(?<!\pL)([Uu]sted(es)?|Elija|Pida|Recargue|Inténtelo|Añada|Agregue|Póngale|Espere a|Hable con)(?!\pL)'
tu='(*UTF)(?<!\pL)([Tt]ú|[Tt]us?|ti|contigo|puedes|tienes|quieres|necesitas|Elige|Pide|Recarga|Inténtalo|Añade|Ponle)(?!\pL)'
plant a.json <<< '"x": "Elija otro."'
catches "manners: usted to staff" "tú to staff" manners "$usted" "$seed/a.json"
plant a.json <<< '"x": "Puede llevarse tu factura."'
catches "manners: tú to a customer" "usted to customers" manners "$tu" "$seed/a.json"
holds "staff is tú" manners "$usted" web/office/words/*.es.json web/shared/words/office.es.json
holds "a customer is usted" manners "$tu" web/shared/words/portal.es.json web/portal/*.tsx web/site/words/es.json \
	domain/messaging/occasions.c domain/reception/say.c

# ---- words that do not belong into a repository ----
# The patterns are put together so that this file does not trespass itself.
promises="\\b(TO""DO|FIX""ME|X""XX|HA""CK|st""ub)\\b"
paths="(^|[^A-Za-z0-9._/-])/(wo""rk|ho""me|ro""ot)/[a-z]|/tmp/p""h\\b|\\bregis""try\\.[a-z]+\\."
words() { # file...
	grep -nIE -e "$promises" "$@" | sed 's/$/   <- do it, or name an issue: NEEDSWORK/'
	grep -nIE -e "$paths" "$@" | sed "s/\$/   <- a path or host of one machine/"
	return 0
}
everything() { house_files . | grep -vE '(^|/)package-lock\.json$|^tests/(cases|fuzz)/|\.(png|svg|woff2?|ico|mmdb|jpg)$'; }
plant a.c <<< "/* TO""DO: later */"
catches "words: a promise in a comment" "NEEDSWORK" words "$seed/a.c"
plant a.c <<< 'open("/ho''me/somebody/x");'
catches "words: a path of one machine" "one machine" words "$seed/a.c"
holds "no promises, no paths of one machine" words $(everything | while read -r f; do
	# POSIX writes zone names like the third promise in TZ strings
	[ "$f" = tests/unit/domain/base/zone.c ] || [ ! -f "$f" ] || echo "$f"
done)

# ---- READMEs ----
links() { # README... -- each relative link leads somewhere
	local file dir target
	for file; do
		dir=$(dirname "$file")
		grep -oE '\]\([^)# ]+' "$file" | cut -c3- | while read -r target; do
			case $target in *://* | mailto:*) continue ;; esac
			[ -e "$dir/$target" ] || echo "$file: the link $target leads nowhere"
		done
	done
}
headings() { # README... of folders: the four, in order
	local file got
	for file; do
		got=$(grep -E '^## (What lives here|What never does|How to add one|Why so)$' "$file" | cut -c4- | paste -sd';')
		[ "$got" = "What lives here;What never does;How to add one;Why so" ] ||
			echo "$file: its headings are not What lives here, What never does, How to add one, Why so"
	done
}
plant sub/README.md <<< '[there](../a.c) [nowhere](b.c#x) [out](https://example.com)'
catches "links: one that leads nowhere" "b.c leads nowhere" links "$seed/sub/README.md"
catches "headings: a folder without them" "its headings" headings "$seed/sub/README.md"
holds "links of READMEs lead somewhere" links $(house_files '\.md$')
holds "READMEs of folders have their four headings" headings $(house_files '^(domain|sql|tenancy|fcgi)(/[a-z]+)?/README\.md$|^(nginx|web|tests|ops)/README\.md$')
floors_told() { for d in domain sql tenancy fcgi; do [ -f $d/README.md ] || echo "$d has no README.md"; done; }
if [ -f fcgi/main.c ]; then holds "each floor has its README" floors_told; fi
exit $law_status
