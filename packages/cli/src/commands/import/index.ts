export { importCloudtrail } from "./cloudtrail.ts";
export { importIam } from "./iam.ts";
export { importsOwners } from "./owners.ts";
export { importsPeople } from "./people.ts";
