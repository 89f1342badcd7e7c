/**
 * The calls of an SDK client whose answer has a part that the service's own model marks as sensitive. The clients carry
 * these models as arrays: [kind, namespace, name, traits, …]; bit 3 of the traits is "sensitive".
 */
export function answering(client: object): readonly string[] {
  return Object.values(client)
    .filter((one): one is Model => Array.isArray(one) && one[0] === OPERATION)
    .filter(([, , , , , output]) => isSensitive(output, new Set()))
    .map(([, , name]) => String(name))
    .sort();
}

type Model = readonly unknown[];
const [SIMPLE, LIST, MAP, STRUCTURE, OPERATION] = [0, 1, 2, 3, 9];
const SENSITIVE_STRING = 8;

function isSensitive(given: unknown, seen: Set<unknown>): boolean {
  const model = typeof given === "function" ? (given as () => unknown)() : given;
  if (!Array.isArray(model) || seen.has(model)) return false;
  seen.add(model);
  const [kind, , , traits] = model;
  if (typeof kind !== "number") return model.some((one) => isSensitive(one, seen)); // a schema with the traits of a member
  if (isMarked(traits)) return true;
  switch (kind) {
    case SIMPLE:
      return false;
    case LIST:
      return isSensitive(model[4], seen);
    case MAP:
      return isSensitive(model[4], seen) || isSensitive(model[5], seen);
    case STRUCTURE:
      return ((model[5] ?? []) as Model).some((one) => isSensitive(one, seen));
    default:
      return (model as Model).slice(4).some((one) => Array.isArray(one) && one.some((part) => isSensitive(part, seen)));
  }
}

function isMarked(traits: unknown): boolean {
  if (typeof traits === "number") return (traits & SENSITIVE_STRING) !== 0;
  return Array.isArray(traits) && isMarked(traits[0]);
}
