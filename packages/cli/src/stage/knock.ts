/** *refuses*: it does not take what is not signed. *open*: it does. *silent*: nobody answers. *other*: somebody, as no way in of ours does. */
export type Knocked = "refuses" | "open" | "silent" | "other";

const PATIENCE = 3_000; // milliseconds
const [REFUSED, NONE] = [401, 404];

/** One request with nothing in it, and no proof, to where a vendor speaks. Undefined where the stage has no such way in. */
export async function knock(base: URL, connector: string): Promise<{ at: string; found: Knocked } | undefined> {
  const at = `${base.href.replace(/\/+$/, "")}/in/${connector}`;
  const status = await answerAt(at);
  if (status === NONE) return undefined;
  if (status === undefined) return { at, found: "silent" };
  if (status >= 200 && status < 300) return { at, found: "open" };
  return { at, found: status === REFUSED ? "refuses" : "other" };
}

async function answerAt(at: string): Promise<number | undefined> {
  try {
    const answer = await fetch(at, {
      ...{ method: "POST", body: "{}", headers: { "content-type": "application/json" } },
      ...{ redirect: "manual", signal: AbortSignal.timeout(PATIENCE) },
    });
    await answer.body?.cancel();
    return answer.status;
  } catch {
    return undefined;
  }
}
