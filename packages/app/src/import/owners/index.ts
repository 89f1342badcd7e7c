export { importOwners, type OwnersGiven, type OwnersImported } from "./import-owners.ts";
