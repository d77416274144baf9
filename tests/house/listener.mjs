// A page that is open and listens for hints, as the office's screens and the phone do.
import assert from "node:assert/strict";
import http from "node:http";
import { where } from "./harness.mjs";

/** A page that listens: counts what it hears, and can be waited for. */
export class Page {
	constructor(visitor, door = "office") {
		Object.assign(this, { visitor, door, heard: 0, ended: false, waiters: [] });
	}
	open() {
		return new Promise((done, failed) => {
			const v = this.visitor;
			const request = http.get({
				host: "127.0.0.1", port: where.port, path: `/api/${this.door}/live`, agent: false,
				headers: { host: `${v.host}:${where.port}`, cookie: [...v.jar].map(([n, x]) => `${n}=${x}`).join("; "), accept: "text/event-stream" },
			}, (answer) => {
				this.status = answer.statusCode;
				this.type = answer.headers["content-type"];
				answer.setEncoding("utf8");
				answer.on("data", (text) => {
					for (const _ of text.matchAll(/^data: changed$/gm)) this.heard++;
					this.tell();
				});
				answer.on("close", () => {
					this.ended = true;
					this.tell();
				});
				if (answer.statusCode !== 200) answer.resume();
				done(this);
			});
			request.on("error", (e) => (this.status ? this.tell() : failed(e)));
			this.request = request;
		});
	}
	tell() {
		for (const w of this.waiters.splice(0)) w();
	}
	async until(what, ms = 30_000) {
		const end = Date.now() + ms;
		while (!what(this)) {
			assert.ok(Date.now() < end, `waited ${ms} ms; heard ${this.heard}`);
			let timer; // left running it would hold the file's end until it rings
			await Promise.race([new Promise((done) => this.waiters.push(done)), new Promise((done) => (timer = setTimeout(done, end - Date.now() + 1)))]);
			clearTimeout(timer);
		}
	}
	close() {
		this.request.destroy();
	}
}
