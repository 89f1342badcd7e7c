import { filesOf, filesReader } from "./files/index.ts";
import { inTurn } from "./kit/index.ts";
import { usage } from "./listeners/index.ts";
import { host, once, world } from "./world/index.ts";

const files = once(() => filesOf(host));

export const handler = inTurn(filesReader(usage, files), world("read-files", {}));
