import * as z from "zod/mini";
import { signingNameOf } from "../../kit/index.ts";

export const Settings = z.strictObject({
  signingName: signingNameOf("github").check(z.describe("the name of the webhook's secret, as github.webhook")),
});
export type Settings = z.infer<typeof Settings>;
