export { type CallParts, callApi } from "./call-api.ts";
export { signerOf } from "./signer.ts";
