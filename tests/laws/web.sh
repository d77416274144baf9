#!/usr/bin/env bash
# web.sh -- the laws of web/: who imports whom, what the content policy forbids, that shapes and words are those of the
# server, that everything has its type. Each law is first shown a trespass, so that none passes by being blind.
set -u
cd "$(dirname "$0")/../.."
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
status=0
say() { # 0|1 NAME [WHY]
	if [ "$1" -eq 0 ]; then echo "ok - $2"; else status=1; echo "not ok - $2"; [ -z "${3:-}" ] || sed 's/^/# /' <<< "$3"; fi
}

# An app imports itself and shared/; shared/ imports no app.
imports() { # ROOT
	local app others
	for app in site office tech portal shared; do
		others=$(printf '%s\n' site office tech portal | grep -vx "$app" | paste -sd'|')
		grep -rnE "(from|import\() *[\"'](\.\./)+($others)/" "$1/$app" --include=*.ts --include=*.tsx 2> /dev/null
	done
}
# No markup from strings, no script or style inside HTML: the policy would refuse them, and rightly.
unsafe() { # ROOT
	grep -rnE "innerHTML|outerHTML|insertAdjacentHTML|document\.write|dangerouslySet|[^a-zA-Z]eval\(|new Function\(" "$1" \
		--include=*.ts --include=*.tsx --exclude-dir=node_modules --exclude-dir=dist
	grep -rnE " style=| on[a-z]+=|<style|<script>|<script [^>]*>[^<]" "$1" --include=*.html --exclude-dir=node_modules --exclude-dir=dist
}
# A day in figures: en-CA writes 11/29/2026 with the tables of Debian's Node 18 and of some browsers; sv-SE does not.
canadian() { grep -rnE "[\"']en-CA[\"']" "$@" --include=*.ts --include=*.tsx --include=*.mjs --exclude-dir=node_modules --exclude-dir=dist; }

# One style sheet of an app says what a class is: the sheets of several screens stay in the page together.
twice() { # FOLDER
	for f in "$1"/*.css; do
		grep -oE "^\s*\.[a-zA-Z][a-zA-Z0-9_-]*( \{|,|\[|:|\.)" "$f" | sed -E 's/^\s*//; s/( \{|,|\[|:|\.)$//' | sort -u | sed "s|$| ${f##*/}|"
	done | sort | awk '{ n[$1]++; in_[$1] = in_[$1] " " $2 } END { for (c in n) if (n[c] > 1) print c ":" in_[c] }'
}

mkdir -p "$tmp/web/office" "$tmp/web/shared"
printf '.load { height: 3px; }\n' > "$tmp/web/office/a.css"; printf '\t.load[data-over] { height: 3px; }\n' > "$tmp/web/office/b.css"
[ "$(twice "$tmp/web/office")" = ".load: a.css b.css" ]; say $? "styles: a class of two sheets is seen"
echo 'import { x } from "../tech/today";' > "$tmp/web/office/a.ts"
echo 'import { me } from "../office/me";' > "$tmp/web/shared/b.ts"
[ "$(imports "$tmp/web" | wc -l)" -eq 2 ]; say $? "imports: two trespasses are seen"
echo 'node.innerHTML = text;' > "$tmp/web/office/c.ts"
echo '<p style="color:red" onclick="x()">' > "$tmp/web/office/d.html"
[ "$(unsafe "$tmp/web" | wc -l)" -eq 2 ]; say $? "content policy: two trespasses are seen"

echo 'new Intl.DateTimeFormat("en-CA")' > "$tmp/web/office/e.ts"
[ "$(canadian "$tmp/web" | wc -l)" -eq 1 ]; say $? "days: a trespass is seen"
# Between a page's reading and its line's opening something may change: whoever hears looks when the line opens, too.
deaf() { grep -rnE "=== \"hint\"" "$1" --include=*.ts --include=*.tsx --exclude-dir=node_modules --exclude-dir=dist; }
echo 'listen((heard) => heard === "hint" && void reload());' > "$tmp/web/office/f.tsx"
[ "$(deaf "$tmp/web" | wc -l)" -eq 1 ]; say $? "live: who hears hints alone is seen"

found=$(deaf web); [ -z "$found" ]; say $? "who listens looks when the line opens, not at hints alone" "$found"
found=$(canadian web ops tests); [ -z "$found" ]; say $? "no day is written by a locale whose form changed" "$found"
found=$(for app in site office tech portal; do ls web/$app/*.css > /dev/null 2>&1 && twice web/$app; done); [ -z "$found" ]; say $? "each class of an app is described in one sheet" "$found"
found=$(imports web); [ -z "$found" ]; say $? "no app imports another, shared/ imports none" "$found"
found=$(unsafe web); [ -z "$found" ]; say $? "no markup from strings, nothing inline in HTML" "$found"

build/poold shapes > "$tmp/api.ts"
found=$(diff "$tmp/api.ts" web/shared/api.ts | head -12); [ -z "$found" ]; say $? "web/shared/api.ts is what the server speaks (make api)" "$found"

# Whatever the audit log may say has its words.
found=$(grep -rhoE '[^a-z_]audit(_[a-z]+)?\([^"]*"[a-z_]+\.[a-z_]+"' fcgi | grep -oE '"[^"]+"' | tr -d '"' | sort -u |
	while read -r verb; do grep -q "\"verb\.$verb\"" web/shared/words/en.json web/shared/words/office.en.json || echo "verb.$verb"; done)
[ -z "$found" ]; say $? "each verb of the audit log has its words" "$found"

# An app knows the words of everybody and its own; what it never learnt it would show as a key.
spoken() { # folder catalogue...: keys said in the folder that stand in none of the catalogues
	local folder=$1; shift
	grep -rhoE '[^a-zA-Z](t|count)\($|[^a-zA-Z](t|count)\("[a-z][A-Za-z0-9_.]*"|title\("[a-z][A-Za-z0-9_.]*"' "$folder" --include=*.ts --include=*.tsx |
		grep -oE '"[^"]+"' | sort -u | while read -r key; do
		key=${key//\"/}
		grep -qE "\"$key(\.one)?\":" "$@" || echo "$folder: $key"
	done
}
mkdir -p "$tmp/web/portal" && echo 'title("never.learnt"); t("act.cancel")' > "$tmp/web/portal/e.ts"
words=web/shared/words
[ "$(spoken "$tmp/web/portal" $words/en.json | wc -l)" -eq 1 ]; say $? "words: one that the app never learnt is seen"
found=$(
	mkdir -p "$tmp/only" && cp web/shared/*.ts web/shared/*.tsx "$tmp/only"
	spoken "$tmp/only" $words/en.json $words/water.en.json # water.en.json comes with what draws water
	spoken web/portal $words/en.json $(ls $words/portal.en.json 2> /dev/null)
	spoken web/tech $words/en.json $words/tech.en.json $words/water.en.json
	spoken web/office $words/en.json $words/office.en.json $words/water.en.json web/office/words/*.en.json)
[ -z "$found" ]; say $? "each app says only words that it has learnt" "$found"

if [ -d web/node_modules ]; then
	# Packages of an older lock file would be blamed on the pages.
	ops/dev/npm.sh web > /dev/null
	found=$(npm run --silent check --prefix web 2>&1) && found=; [ -z "$found" ]; say $? "web/ has its types, and biome finds nothing" "$(tail -30 <<< "$found")"
else
	echo "ok - web/ has its types # SKIP no web/node_modules: npm ci --prefix web"
fi
exit $status
