import { callApi, signerOf } from "@leasehold/api/calls";
import { onGateway } from "@leasehold/api/gateway";
import { repairs } from "@leasehold/app/calls";
import { lambda } from "./kit/index.ts";
import { remote } from "./remote/index.ts";
import { bus, life, once, runs, world } from "./world/index.ts";

const here = world("call-repairs", { publish: bus, runs, estate: remote, life });
const app = once(() => onGateway(callApi({ world: here, identity: signerOf }, repairs)));

export const handler = lambda<unknown, unknown>((event) => app()(event));
