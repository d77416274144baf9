/*
 * Booking on the company's own site: <script src="https://COMPANY/book.js" async></script> where it shall stand.
 * One frame of our page, as high as it needs; nothing else of that site is read, no style is injected, nothing is stored.
 * A strict Content-Security-Policy there needs: script-src and frame-src with this host.
 */
(() => {
	const script = document.currentScript;
	if (!script) return;
	const from = new URL(script.src);
	const frame = document.createElement("iframe");
	frame.src = new URL("/book", from).href;
	frame.title = script.dataset.title || "Book a visit";
	frame.loading = "lazy";
	frame.referrerPolicy = "no-referrer";
	frame.style.width = "100%";
	frame.style.border = "0";
	frame.style.minHeight = "560px";
	frame.style.colorScheme = "light dark";
	script.after(frame);
	addEventListener("message", (e) => {
		if (e.source !== frame.contentWindow || e.origin !== from.origin) return;
		const height = e.data?.poolhouse === "book" ? Number(e.data.height) : 0;
		if (height > 0 && height < 8000) frame.style.height = `${Math.ceil(height)}px`;
	});
})();
