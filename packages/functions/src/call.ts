import { callApi, signerOf } from "@leasehold/api/calls";
import { onGateway } from "@leasehold/api/gateway";
import { lambda } from "./kit/index.ts";
import { remote } from "./remote/index.ts";
import { bus, once, runs, world } from "./world/index.ts";

const here = world("call", { publish: bus, runs, estate: remote });
const app = once(() => onGateway(callApi({ world: here, identity: signerOf })));

export const handler = lambda<unknown, unknown>((event) => app()(event));
