export { createStore, type Parts } from "./store.ts";
