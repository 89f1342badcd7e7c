export { type Place, settingsFor } from "./readers.ts";
export { type Listing, type Scan, type Scanned, scan } from "./scan.ts";
