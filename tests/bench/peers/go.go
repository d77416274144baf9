// The technician's day in Go, as its practice is: net/http, database/sql with a pool for each company, statements prepared once.
package main

import (
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"log"
	"net/http"
	"os"
	"strings"
	"time"

	_ "github.com/go-sql-driver/mysql"
)

const (
	sessionText = "SELECT s.id, s.actor_id, s.door, s.second_factor, s.created_at, s.seen_at, s.stepped_up_at, s.version, p.language, p.role, p.role_id FROM session s JOIN staff p ON p.id = s.actor_id WHERE s.token_hash = ? AND s.actor_kind = 1 AND s.ended_at IS NULL AND s.expires_at > ? AND p.state = 2"
	clockText   = "SELECT id, kind, day, from_at, to_at, version FROM clock WHERE staff_id = ? AND day BETWEEN ? AND ? AND IF(day = ?, TRUE, to_at IS NULL AND from_at >= ?) ORDER BY from_at, id LIMIT 60"
	cardsText   = "SELECT id, seq, state, from_minute, to_minute, minutes, on_way_at, started_at, ended_at, confirmed_at, flag, skip_reason, note, fetched_at, visit_version, brief, progress, since, built, seen_version, version FROM stop_card WHERE tech_id = ? AND day = ? ORDER BY seq, id LIMIT 400"
	letters     = "0123456789abcdefghjkmnpqrstvwxyz"
)

var states = []string{"", "scheduled", "started", "done", "skipped", "cancelled", "on_way", "no_access"}
var kinds = []string{"", "work", "break"}

type company struct{ session, clock, cards *sql.Stmt }

type stop struct {
	ID           string          `json:"id"`
	Seq          int64           `json:"seq"`
	State        string          `json:"state"`
	FromMinute   *int64          `json:"from_minute"`
	ToMinute     *int64          `json:"to_minute"`
	Minutes      int64           `json:"minutes"`
	OnWayAt      *string         `json:"on_way_at"`
	StartedAt    *string         `json:"started_at"`
	EndedAt      *string         `json:"ended_at"`
	ConfirmedAt  *string         `json:"confirmed_at"`
	Flag         string          `json:"flag"`
	SkipReason   string          `json:"skip_reason"`
	Note         string          `json:"note"`
	FetchedAt    *string         `json:"fetched_at"`
	VisitVersion int64           `json:"visit_version"`
	Brief        json.RawMessage `json:"brief"`
	Progress     json.RawMessage `json:"progress"`
}
type span struct {
	ID     string  `json:"id"`
	Kind   string  `json:"kind"`
	FromAt string  `json:"from_at"`
	ToAt   *string `json:"to_at"`
}
type day struct {
	Day         string `json:"day"`
	Today       string `json:"today"`
	Version     int64  `json:"version"`
	SeenVersion int64  `json:"seen_version"`
	Stops       []stop `json:"stops"`
	Clock       []span `json:"clock"`
}

func id(n uint64) string {
	var b [13]byte
	for i := 12; i >= 0; i-- {
		b[i] = letters[n&31]
		n >>= 5
	}
	return string(b[:])
}

func at(s int64) string { return time.Unix(s, 0).UTC().Format("2006-01-02T15:04:05Z") }
func maybeAt(s sql.NullInt64) *string {
	if !s.Valid {
		return nil
	}
	t := at(s.Int64)
	return &t
}
func maybe(n sql.NullInt64) *int64 {
	if !n.Valid {
		return nil
	}
	return &n.Int64
}

func main() {
	var known struct {
		Socket    string
		Zone      string
		Companies []struct{ Host, Schema, Account, Password string }
	}
	text, err := os.ReadFile(os.Args[1])
	if err != nil || json.Unmarshal(text, &known) != nil {
		log.Fatal("peers: no companies")
	}
	zone, err := time.LoadLocation(known.Zone)
	if err != nil {
		log.Fatal(err)
	}
	companies := map[string]*company{}
	for _, c := range known.Companies {
		db, err := sql.Open("mysql", c.Account+":"+c.Password+"@unix("+known.Socket+")/"+c.Schema)
		if err != nil {
			log.Fatal(err)
		}
		db.SetMaxOpenConns(8)
		db.SetMaxIdleConns(8)
		one := &company{}
		for text, st := range map[string]**sql.Stmt{sessionText: &one.session, clockText: &one.clock, cardsText: &one.cards} {
			if *st, err = db.Prepare(text); err != nil {
				log.Fatal(err)
			}
		}
		companies[c.Host] = one
	}
	http.HandleFunc("/api/tech/today", func(w http.ResponseWriter, r *http.Request) {
		host := strings.Split(r.Host, ":")[0]
		c, now := companies[host], time.Now()
		cookie, err := r.Cookie("__Host-poolhouse")
		if c == nil || err != nil {
			http.Error(w, "signed out", 401)
			return
		}
		token, _ := base64.RawURLEncoding.DecodeString(cookie.Value)
		hash := sha256.Sum256(token)
		var s struct {
			id, actor, created, seen    uint64
			door, factor, version, role int64
			stepped, own                sql.NullInt64
			language                    string
		}
		err = c.session.QueryRow(hash[:], now.Unix()).Scan(&s.id, &s.actor, &s.door, &s.factor, &s.created, &s.seen, &s.stepped, &s.version, &s.language, &s.role, &s.own)
		if err != nil || now.Unix()-int64(s.seen) > 30*86400 || s.role != 5 {
			http.Error(w, "signed out", 401)
			return
		}
		out := day{Today: now.In(zone).Format("2006-01-02"), Day: r.URL.Query().Get("day"), Stops: []stop{}, Clock: []span{}}
		d, err := time.Parse("2006-01-02", out.Day)
		if err != nil {
			http.Error(w, "day", 422)
			return
		}
		spans, err := c.clock.Query(s.actor, d.AddDate(0, 0, -1).Format("2006-01-02"), out.Day, out.Day, now.Unix()-16*3600)
		if err != nil {
			http.Error(w, err.Error(), 500)
			return
		}
		for spans.Next() {
			var n uint64
			var kind, from, version int64
			var on string
			var to sql.NullInt64
			if err := spans.Scan(&n, &kind, &on, &from, &to, &version); err != nil {
				http.Error(w, err.Error(), 500)
				return
			}
			out.Clock = append(out.Clock, span{id(n), kinds[kind], at(from), maybeAt(to)})
		}
		spans.Close()
		rows, err := c.cards.Query(s.actor, out.Day)
		if err != nil {
			http.Error(w, err.Error(), 500)
			return
		}
		defer rows.Close()
		for rows.Next() {
			var one stop
			var n uint64
			var state, since, built, seen, version int64
			var from, to, way, started, ended, confirmed, fetched sql.NullInt64
			var brief, progress []byte
			if err := rows.Scan(&n, &one.Seq, &state, &from, &to, &one.Minutes, &way, &started, &ended, &confirmed, &one.Flag, &one.SkipReason, &one.Note, &fetched, &one.VisitVersion, &brief, &progress, &since, &built, &seen, &version); err != nil {
				http.Error(w, err.Error(), 500)
				return
			}
			if n == 0 {
				out.Version, out.SeenVersion = version, seen
				continue
			}
			one.ID, one.State, one.FromMinute, one.ToMinute = id(n), states[state], maybe(from), maybe(to)
			one.OnWayAt, one.StartedAt, one.EndedAt, one.ConfirmedAt, one.FetchedAt = maybeAt(way), maybeAt(started), maybeAt(ended), maybeAt(confirmed), maybeAt(fetched)
			one.Brief, one.Progress = brief, progress
			out.Stops = append(out.Stops, one)
		}
		w.Header().Set("Content-Type", "application/json")
		body, _ := json.Marshal(out)
		w.Write(body)
	})
	log.Fatal(http.ListenAndServe(os.Args[2], nil))
}
