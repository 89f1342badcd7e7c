import * as z from "zod";
import { signingNameOf } from "../../kit/index.ts";

export const Settings = z.strictObject({
  signingName: signingNameOf("github").describe("the name of the webhook's secret, as github.webhook"),
});
export type Settings = z.infer<typeof Settings>;
