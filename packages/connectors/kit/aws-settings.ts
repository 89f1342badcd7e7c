import * as z from "zod/mini";
import { awsPlace, placeAgrees } from "./aws-connect.ts";
import { awsRegions } from "./aws-regions.ts";

/** The settings of a connector whose things live in Regions. Made by a call that a bundler may leave out, for functions that only listen. */
export const regionalSettings = () =>
  z.strictObject({ ...awsPlace, regions: awsRegions }).check(z.superRefine(placeAgrees));
