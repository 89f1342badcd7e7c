export { type As, type Compared, type ReconcilePorts, type Reconciling, reconcile } from "./reconcile.ts";
