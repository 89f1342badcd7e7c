export { askSecurity } from "./ask-security.ts";
export { hear, judge } from "./hear.ts";
export { isHold } from "./hold-message.ts";
export { Because } from "./reason.ts";
export { wakeStuck } from "./wake-stuck.ts";
