// phone.mjs -- the phone of the demonstration company is the phone of the tests.
export * from "../../ops/dev/phone.mjs";
