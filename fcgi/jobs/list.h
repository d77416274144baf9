/*
 * fcgi/jobs/list.h -- every job there is. A new one: a line here, and its name in jobs.c's list.
 */
#ifndef FCGI_JOBS_LIST_H
#define FCGI_JOBS_LIST_H

#include "fcgi/jobs/jobs.h"

extern const struct job job_mail;           /* mail.c         */
extern const struct job job_reset_letter;   /* letters.c */
extern const struct job job_portal_letter, job_portal_text; /* letters.c */
extern const struct job job_housekeeping;   /* housekeeping.c */
extern const struct job job_company_mirror; /* company.c */
extern const struct job job_standing;       /* standing.c     */
extern const struct job job_places;         /* places.c       */
extern const struct job job_home;           /* homes.c        */
extern const struct job job_import;         /* imports.c      */
extern const struct job job_edit;           /* edits.c        */
extern const struct job job_visits; /* visits.c */
extern const struct job job_photo, job_photo_sweep; /* photos.c */
extern const struct job job_cards; /* cards.c */
extern const struct job job_bill_visit; /* billing.c */
extern const struct job job_called_off;
extern const struct job job_months;     /* billing.c */
extern const struct job job_late;           /* late.c */
extern const struct job job_assign;         /* assign.c */
extern const struct job job_push;           /* push.c */
extern const struct job job_sms;            /* sms.c */
extern const struct job job_call;           /* calls.c */
extern const struct job job_machine;        /* calls.c */
extern const struct job job_message, job_receipt; /* messages.c */
extern const struct job job_mail_in;        /* inbox.c */
extern const struct job job_media_in;       /* media.c */
extern const struct job job_sender_check;   /* sender.c */
extern const struct job job_domain_check;   /* domain.c */
extern const struct job job_fact, job_tomorrow, job_win_back; /* facts.c */
extern const struct job job_broadcast;      /* broadcasts.c */
extern const struct job job_brief;          /* briefs.c */
extern const struct job job_bill_run, job_bill_day, job_dunning; /* billing.c */
extern const struct job job_paper, job_bill_draft; /* papers.c */
extern const struct job job_record; /* records.c */
extern const struct job job_live; /* live.c */
extern const struct job job_prices; /* prices.c */
extern const struct job job_routes;         /* routes.c */
extern const struct job job_routes_publish; /* routes.c */
extern const struct job job_roads;          /* roads.c  */
/* processor.c */
extern const struct job job_processor_connect, job_payment_page, job_payment_charge, job_payment_look, job_payment_refund;
extern const struct job job_method_drop, job_payment_sweep, job_autopay, job_autopay_one, job_autopay_again, job_autopay_notice, job_processor_check;
extern const struct job job_subscription_page, job_subscription_look; /* subscriptions.c */
extern const struct job job_reception; /* reception.c */
extern const struct job job_recording; /* recordings.c */
extern const struct job job_dayseal; /* dayseals.c */
extern const struct job job_booking_deposit, job_due_work; /* bookings.c */

#endif
