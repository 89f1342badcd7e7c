import { Fault } from "@leasehold/core/kernel";
import type { Call } from "../../command/index.ts";
import type { Checkup, Connected, Probed } from "./checkup.ts";

type Asked = Pick<Checkup, "connectors" | "now">;

/**
 * What the stage does not say of itself: whether its ways in refuse what is not signed, and what they have refused. Whoever asks
 * reads no secret of a vendor's, so nothing is signed for one: that a way in takes what is signed shows only where it is heard.
 */
export async function stagesOwn(call: Call, { connectors, now }: Asked): Promise<Partial<Checkup> & Asked> {
  const { addressOf, knock, refusedOn, stageOf } = await import("../../stage/index.ts"); // lazy: only who asks a stage loads what signs
  const stage = stageOf(call);
  const { url, region } = await addressOf(stage);
  const knocked = connectors.map(async ({ id, title }): Promise<readonly Probed[]> => {
    const said = await knock(url, id);
    return said === undefined ? [] : [{ id, title, secretName: "-", ...said }];
  });
  const waysIn = (await Promise.all(knocked)).flat();
  try {
    const ids = waysIn.map(({ id }) => id);
    const refused = await refusedOn(stage, { region, at: process.env["AWS_ENDPOINT_URL_CLOUDWATCH"] }, ids, now);
    const withCounts = (one: Connected): Connected => ({
      ...one,
      refused: refused.filter(({ connector }) => connector === one.id),
    });
    return { now, waysIn, connectors: connectors.map(withCounts) };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const permission = error.facts["permission"];
    const because = typeof permission === "string" ? `${error.name}, ${permission}` : error.name;
    return { now, waysIn, connectors, unseen: [`how many requests the ways in refused: ${because}`] };
  }
}
