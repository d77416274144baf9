/* The second factor: a picture to scan, a code to prove it, ten codes to keep. */
import { useState } from "preact/hooks";
import type { TotpOffer } from "../shared/api";
import { call, save } from "../shared/call";
import { CodeField, FormTrouble, useForm } from "../shared/form";
import { toast } from "../shared/over";
import { Banner, Button } from "../shared/ui";
import { t } from "../shared/words";

/* The policy of the page allows pictures as data: but no markup from strings; so the QR is an image. */
const picture = (svg: string) => `data:image/svg+xml,${encodeURIComponent(svg)}`;

const inFours = (secret: string) => secret.replace(/(.{4})(?=.)/g, "$1 ");

export function Offer(p: { offer: TotpOffer; done: (codes: string[]) => void }) {
	const [typed, setTyped] = useState(false);
	const form = useForm({
		initial: { code: "" },
		async send(v, key) {
			const answer = await call("POST /api/auth/totp/confirmations", {
				body: { code: v.code.replace(/\s/g, "") },
				key,
				door: true,
			});
			p.done(answer.codes.map((c) => c.code));
		},
	});
	return (
		<form class="stack" onSubmit={form.submit} noValidate>
			<p class="muted">{t("factor.scan")}</p>
			<img class="qr" src={picture(p.offer.qr)} alt={t("factor.qr")} width={200} height={200} />
			{typed ? (
				<p>
					<span class="meta">{t("factor.secret")}</span>
					<br />
					<code>{inFours(p.offer.secret)}</code>
				</p>
			) : (
				<div class="row row--wrap">
					<Button kind="quiet" size="sm" icon="key" onClick={() => setTyped(true)}>
						{t("factor.type")}
					</Button>
					<Button kind="quiet" size="sm" icon="link" href={p.offer.uri}>
						{t("factor.app")}
					</Button>
				</div>
			)}
			<FormTrouble form={form} />
			<CodeField form={form} name="code" />
			<Button kind="primary" size="lg" block type="submit" busy={form.busy}>
				{t("factor.go")}
			</Button>
		</form>
	);
}

export function Codes(p: { codes: string[]; email: string; done: () => void }) {
	const [kept, setKept] = useState(false);
	const text = `Poolhouse · ${location.host} · ${p.email}\n\n${p.codes.join("\n")}\n`;
	const copy = async () => {
		await navigator.clipboard.writeText(p.codes.join("\n"));
		setKept(true);
		toast(t("codes.copied"));
	};
	return (
		<div class="stack">
			<p class="muted">{t("codes.text")}</p>
			<p class="print-only">
				{location.host} · {p.email}
			</p>
			<div class="codes" role="group" aria-label={t("codes.title")}>
				{p.codes.map((c) => (
					<span key={c}>{c}</span>
				))}
			</div>
			<div class="row row--wrap no-print">
				<Button icon="copy" onClick={copy}>
					{t("codes.copy")}
				</Button>
				<Button
					icon="download"
					onClick={() => {
						save(new Blob([text], { type: "text/plain" }), "poolhouse-codes.txt");
						setKept(true);
					}}
				>
					{t("codes.download")}
				</Button>
				<Button
					icon="print"
					onClick={() => {
						print();
						setKept(true);
					}}
				>
					{t("codes.print")}
				</Button>
			</div>
			{!kept && (
				<Banner tone="sun" icon="key">
					{t("codes.warning")}
				</Banner>
			)}
			<Button kind="primary" size="lg" block onClick={p.done}>
				{kept ? t("codes.go") : t("codes.written")}
			</Button>
		</div>
	);
}
