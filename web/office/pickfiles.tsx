/* Files of one's own: the button that opens them, and their way to the house. */
import { useRef } from "preact/hooks";
import { upload } from "../shared/call";
import { Button } from "../shared/ui";
import { fitting } from "./fitting";

export const PICTURES = "image/jpeg,image/png,image/webp";

/* Pressed by its button, never seen itself; a camera is what a phone makes of it. */
export function PickFiles(p: {
	label: string;
	icon: string;
	accept: string;
	camera?: boolean;
	busy?: boolean;
	take: (files: File[]) => void;
}) {
	const input = useRef<HTMLInputElement>(null);
	return (
		<>
			<Button size="sm" icon={p.icon} busy={p.busy} onClick={() => input.current?.click()}>
				{p.label}
			</Button>
			<input
				ref={input}
				class="unseen"
				type="file"
				tabIndex={-1}
				aria-hidden="true"
				aria-label={p.label}
				accept={p.accept}
				multiple={!p.camera}
				capture={p.camera ? "environment" : undefined}
				onChange={(e) => {
					p.take([...(e.currentTarget.files ?? [])]);
					e.currentTarget.value = "";
				}}
			/>
		</>
	);
}

/* As small as it may be and still be read; `on` is what it hangs on, sent is told 0..1. Throws a Fault. */
export const sendFile = async (
	file: File,
	on: { on_kind: string; on_id: string },
	sent: (part: number) => void,
) => upload("POST /api/office/files", await fitting(file), file.name, on, sent);
