/** What an event is called, in the vendor's words: nothing else of a record may stand in a reason. */
export function nameOf(record: unknown): string | undefined {
  const { eventSource, eventName, eventType, source, detail, "detail-type": type } = fieldsOf(record);
  if (detail !== undefined) {
    const within = fieldsOf(detail);
    if (within["eventSource"] !== undefined && within["eventName"] !== undefined) return nameOf(detail);
    return joined(source, within["eventType"] ?? within["eventName"] ?? type);
  }
  if (eventSource !== undefined) return joined(eventSource, eventName);
  return joined(source, eventType);
}

const SOURCE = /^[a-z][a-z0-9.-]{0,63}(\/[a-z0-9./-]{1,96})?$/;
const NAME = /^[A-Za-z][\w.:-]{0,63}$/;
const OUR_OWN = /^leasehold[.]ingest[.]/; // how we call a source that EventBridge has no name for

function joined(source: unknown, name: unknown): string | undefined {
  if (typeof source !== "string" || typeof name !== "string") return undefined;
  const word = name.replaceAll(" ", "-");
  return SOURCE.test(source) && NAME.test(word) ? `${source.replace(OUR_OWN, "")}/${word}` : undefined;
}

const fieldsOf = (of: unknown): Readonly<Record<string, unknown>> =>
  typeof of === "object" && of !== null ? (of as Record<string, unknown>) : {};
