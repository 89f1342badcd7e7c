export { type Listing, type Scan, type Scanned, scan } from "./scan.ts";
