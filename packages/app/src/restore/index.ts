export { afterRestore, type Reconciled } from "./after-restore.ts";
