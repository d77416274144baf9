/* What the customer and the company write to each other here. It looks again while somebody does. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { PortalTalk } from "../shared/api";
import { call, newKey } from "../shared/call";
import { FormTrouble, useForm } from "../shared/form";
import { moment } from "../shared/format";
import { Button, classes, Heading, title } from "../shared/ui";
import { t } from "../shared/words";
import { who } from "./data";
import { Back } from "./shell";

const LOOK_MS = 10_000;

export default function Talk(p: { page: PortalTalk }) {
	const [page, setPage] = useState(p.page);
	const end = useRef<HTMLDivElement>(null);
	const key = useRef(newKey());
	const company = who.value?.company.name ?? "";
	title("portal.talk");
	useEffect(() => {
		const look = () => {
			if (document.visibilityState === "visible")
				call("GET /api/portal/messages", { door: true }).then(setPage, () => {});
		};
		const clock = setInterval(look, LOOK_MS);
		return () => clearInterval(clock);
	}, []);
	const last = page.rows.at(-1)?.id;
	useEffect(() => end.current?.scrollIntoView({ block: "nearest" }), [last]);
	const form = useForm({
		initial: { text: "" },
		draft: "talk",
		async send(v) {
			if (!v.text.trim()) return;
			setPage(
				await call("POST /api/portal/messages", {
					body: { text: v.text, key: key.current },
					door: true,
				}),
			);
			key.current = newKey();
			form.set("text", "");
		},
	});
	return (
		<main class="portal__one">
			<header class="head">
				<Back to="/portal/" />
				<Heading>{t("portal.talk")}</Heading>
			</header>
			<section class="card talk">
				<div class="talk__said" role="log" aria-label={t("portal.talk")}>
					{page.rows.length === 0 && <p class="muted">{t("portal.talk.none")}</p>}
					{page.rows.map((m) => (
						<article key={m.id} class={classes("talk__one", m.own && "talk__one--own")}>
							<p class="talk__words">{m.body}</p>
							<p class="talk__who">
								{m.own ? t("portal.talk.you") : m.staff ? `${m.staff}, ${company}` : company}
								{", "}
								{moment(m.at)}
							</p>
						</article>
					))}
					<div ref={end} />
				</div>
				<form class="stack talk__form" onSubmit={form.submit} noValidate>
					<FormTrouble form={form} />
					<label class="field">
						<span class="field__label">{t("portal.talk.label")}</span>
						<textarea
							class="input"
							rows={3}
							maxLength={2000}
							value={form.values.text}
							aria-describedby="talk-hint"
							onInput={(e) => form.set("text", e.currentTarget.value)}
						/>
					</label>
					<p id="talk-hint" class="field__hint">
						{t("portal.talk.text", { company })}
					</p>
					<Button kind="primary" size="lg" icon="send" type="submit" busy={form.busy}>
						{t("portal.talk.send")}
					</Button>
				</form>
			</section>
		</main>
	);
}
