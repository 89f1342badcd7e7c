export { askSecurity } from "./ask-security.ts";
export { hear, judge } from "./hear.ts";
export { Because } from "./reason.ts";
export { isStop } from "./shown.ts";
export { wakeStuck } from "./wake-stuck.ts";
