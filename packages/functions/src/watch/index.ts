export { pulseTaker, rootKeeper } from "./watch.ts";
