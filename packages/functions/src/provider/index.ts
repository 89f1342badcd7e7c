export { provider } from "./provider.ts";
export { type SecretParts, type Vault, vault, vaultOf } from "./secrets.ts";
export { serve } from "./serve.ts";
export { configuredOf } from "./settings.ts";
