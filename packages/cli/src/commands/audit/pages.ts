import { once, type TrailView } from "@leasehold/app/audit";
import type { Line } from "@leasehold/core/trail";
import type { Call } from "../../command/index.ts";
import { ask } from "../../estate/index.ts";
import { count } from "../../terminal/index.ts";

/** Every trail, a page at a time: no request takes longer than a stage answers. */
export async function everyView(call: Call, hashes: boolean): Promise<readonly TrailView[]> {
  const views: TrailView[] = [];
  for (let first = true, after: Awaited<ReturnType<typeof page>>["next"]; first || after !== undefined; first = false) {
    const found = await page(after);
    views.push(...found.trails);
    after = found.next;
    if (after !== undefined) call.note(`walked ${count(views.length, "trail")}`);
  }
  return once(views);

  async function page(from: { readonly list: "open" | "closed" | "brake" } | undefined) {
    return (await ask(call, "audit-verify", { ...(from && { after: from }), ...(hashes && { hashes }) })).answer;
  }
}

/** Every line of an export, a page at a time. */
export async function* everyLine(
  call: Call,
  input: { readonly id?: string; readonly since?: string },
): AsyncIterable<Line> {
  let after: { readonly list: "open" | "closed" | "brake" } | undefined;
  let lines = 0;
  do {
    const found = (await ask(call, "audit-export", { ...input, ...(after && { after }) })).answer;
    yield* found.lines;
    lines += found.lines.length;
    after = found.next;
    if (after !== undefined) call.note(`read ${count(lines, "line")}`);
  } while (after !== undefined);
}
