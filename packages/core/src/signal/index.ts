export {
  type Actor,
  HOWS,
  type How,
  type Identity,
  MOST_KEPT,
  MOST_TRUSTED,
  REACHES,
  type Reach,
  type Session,
  SIGNAL_KINDS,
  Signal,
  type SignalKind,
  type SignalOf,
  type Source,
  VIAS,
  type Via,
} from "./signal.ts";
export { isTagged, MOST_TAGS, marksOf, NEVER_TOUCH } from "./tag.ts";
