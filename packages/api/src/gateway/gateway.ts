import type { Hono } from "hono";
import { handle, type LambdaContext, type LambdaEvent } from "hono/aws-lambda";

/** An app as API Gateway invokes it: HTTP API, payload 2.0. */
export type Gateway = (event: unknown, context?: unknown) => Promise<unknown>;

export function onGateway(app: Hono): Gateway {
  const run = handle(app);
  return (event, context) => run(sound(event) as LambdaEvent, context as LambdaContext);
}

interface Request {
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly requestContext?: { readonly http?: { readonly method?: string } };
}

const NAME = /^[\w!#$%&'*+.^`|~-]+$/;
const CONTROL = /[^\t\x20-\x7e\x80-\u{10ffff}]/u;

/** What makes no request is answered before the app is asked, and printed with its value: so it is left out here. */
function sound(event: unknown): unknown {
  if (event === null || typeof event !== "object") return event;
  const { headers = {}, requestContext } = event as Request;
  const kept = Object.entries(headers).filter(([name, value]) => NAME.test(name) && !CONTROL.test(value ?? ""));
  const isBare = ["GET", "HEAD"].includes(requestContext?.http?.method ?? "");
  return { ...event, headers: Object.fromEntries(kept), ...(isBare && { body: undefined }) };
}
