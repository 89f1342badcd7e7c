import * as z from "zod/mini";
import { awsPlace, placeAgrees, roleCredentials } from "./aws-connect.ts";
import { awsRegions } from "./aws-regions.ts";

/** The settings of a connector whose things live in Regions. Made by a call that a bundler may leave out, for functions that only listen. */
export const regionalSettings = () =>
  z.strictObject({ ...awsPlace, regions: awsRegions }).check(z.superRefine(placeAgrees));
export type RegionalSettings = z.infer<ReturnType<typeof regionalSettings>>;

/** One set of credentials for all its Regions: a role is not of any. */
export const regionalCredentials = (settings: Omit<RegionalSettings, "account"> & { readonly account: string }) =>
  roleCredentials(settings, settings.regions[0] ?? "us-east-1");
