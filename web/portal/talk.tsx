/* What the customer and the company write to each other here. It looks again while somebody does. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { PortalTalk } from "../shared/api";
import { call, Fault, newKey, upload } from "../shared/call";
import { FormTrouble, useForm } from "../shared/form";
import { moment } from "../shared/format";
import { Button, classes, FaultNote, Heading, title } from "../shared/ui";
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
	/* A photo is a word of its own: chosen, sent. */
	const [fault, setFault] = useState("");
	const [sending, setSending] = useState(false);
	const photo = useRef<HTMLInputElement>(null);
	const show = async (file: File | undefined) => {
		if (!file) return;
		setFault("");
		setSending(true);
		try {
			const query = { key: key.current };
			setPage(await upload("POST /api/portal/message-photos", file, file.name, query, () => {}));
			key.current = newKey();
		} catch (f) {
			if (!(f instanceof Fault)) throw f;
			setFault(f.message);
		}
		setSending(false);
	};
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
							{m.photos.length === 0 || m.body !== t("portal.talk.photo") ? (
								<p class="talk__words">{m.body}</p>
							) : null}
							{m.photos.map((x) =>
								x.ready ? (
									<a
										key={x.id}
										class="talk__photo"
										href={`/api/portal/photos/${x.id}`}
										target="_blank"
										rel="noreferrer"
									>
										<img src={`/api/portal/photos/${x.id}/small`} alt={t("portal.talk.photo")} />
									</a>
								) : (
									<p key={x.id} class="talk__words">
										{t("portal.talk.drawn")}
									</p>
								),
							)}
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
					<FaultNote text={fault} />
					<div class="talk__send">
						<Button size="lg" icon="camera" busy={sending} onClick={() => photo.current?.click()}>
							{t("portal.talk.photo")}
						</Button>
						<input
							ref={photo}
							class="unseen"
							type="file"
							tabIndex={-1}
							aria-hidden="true"
							aria-label={t("portal.talk.photo")}
							accept="image/*"
							onChange={(e) => {
								void show(e.currentTarget.files?.[0]);
								e.currentTarget.value = "";
							}}
						/>
						<Button kind="primary" size="lg" icon="send" type="submit" busy={form.busy}>
							{t("portal.talk.send")}
						</Button>
					</div>
				</form>
			</section>
		</main>
	);
}
