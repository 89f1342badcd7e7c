import { callApi, signerOf } from "@leasehold/api/calls";
import { onGateway } from "@leasehold/api/gateway";
import { persons } from "@leasehold/app/calls";
import { lambda } from "./kit/index.ts";
import { remote } from "./remote/index.ts";
import { archive, bus, once, runs, world } from "./world/index.ts";

const here = world("call-persons", { archive, publish: bus, runs, estate: remote });
const app = once(() => onGateway(callApi({ world: here, identity: signerOf }, persons)));

export const handler = lambda<unknown, unknown>((event) => app()(event));
