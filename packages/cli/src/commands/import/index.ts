export { importCloudtrail } from "./cloudtrail.ts";
export { importIam } from "./iam.ts";
export { importsPeople } from "./people.ts";
