import { callApi, signerOf } from "@leasehold/api/calls";
import { onGateway } from "@leasehold/api/gateway";
import { reads } from "@leasehold/app/calls";
import { lambda } from "./kit/index.ts";
import { remote } from "./remote/index.ts";
import { once, rows, world } from "./world/index.ts";

const here = world("call-reads", { rows, estate: remote });
const app = once(() => onGateway(callApi({ world: here, identity: signerOf }, reads)));

export const handler = lambda<unknown, unknown>((event) => app()(event));
