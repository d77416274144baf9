/* The water of the record comes when it is shown: engine, charts and forms are as much as the rest of the screen. */
import { signal } from "@preact/signals";
import { later } from "./later";

/* Whoever writes on water lets all that shows it ask again: the cards, and the timeline. */
export const waterTurn = signal(0);

export const WaterNow = later(() => import("./water").then((m) => m.WaterNow));
export const WaterTab = later(() => import("./water").then((m) => m.WaterTab));
export const ReadingPanel = later(() => import("./water-panels").then((m) => m.ReadingPanel));
export const DosePanel = later(() => import("./water-panels").then((m) => m.DosePanel));
export const PoolRulesPanel = later(() => import("./pool-rules").then((m) => m.PoolRulesPanel));
export const Measured = later(() => import("./water").then((m) => m.Measured));
