export { type Exported, exportOne, exportPage } from "./export.ts";
export { sinceOf } from "./since.ts";
export {
  noSuchTrail,
  once,
  type TrailView,
  type Verified,
  verifyOne,
  verifyPage,
  verifyTrails,
  walked,
} from "./verify.ts";
export { everyTrail, type Found, Place } from "./walk.ts";
