export { type IamFiles, type IamInventory, readDetails } from "./read.ts";
