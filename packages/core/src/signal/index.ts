export {
  type Actor,
  type Identity,
  REACHES,
  type Reach,
  SIGNAL_KINDS,
  Signal,
  type SignalKind,
  type SignalOf,
  type Source,
  VIAS,
  type Via,
} from "./signal.ts";
