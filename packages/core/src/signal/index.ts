export {
  type Actor,
  type Allowed,
  type How,
  type Identity,
  type Member,
  type Reach,
  type Session,
  SIGNAL_KINDS,
  Signal,
  type SignalKind,
  type SignalOf,
  type Source,
  type Via,
} from "./signal.ts";
export { isTagged, MOST_TAGS, marksOf, NEVER_TOUCH } from "./tag.ts";
export { HOWS, JUDGED, MOST_KEPT, MOST_NAMED, MOST_TRUSTED, REACHES, VIAS } from "./words.ts";
