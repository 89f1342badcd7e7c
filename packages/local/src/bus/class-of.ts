/** Of what was thrown, only its class: the message may quote what the handler was given, and is never kept. */
export function classOf(error: unknown): string {
  return nameOnly(error instanceof Error ? error.name : "");
}

/** A name that looks like one. Anything else might be a message. */
export function nameOnly(text: string): string {
  return /^[A-Za-z_$][\w.$]{0,79}$/.test(text) ? text : "Unknown";
}
