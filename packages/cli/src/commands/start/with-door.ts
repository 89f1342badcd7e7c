import { badInput } from "@leasehold/core/kernel";
import type { Laptop } from "@leasehold/local/laptop";
import type { Call } from "../../command/index.ts";

/** The port that is asked for; undefined: the configuration's. */
export function portIn({ flags }: Pick<Call, "flags">): number | undefined {
  const { port, config } = flags;
  if (port === undefined) return undefined;
  if (config === undefined)
    throw badInput("the demo opens no connection: leave out --port, or name a --config", { flag: "--port" });
  if (typeof port === "string" && /^\d{1,5}$/.test(port) && Number(port) <= 65_535) return Number(port);
  throw badInput("a port is a whole number from 0 to 65535, where 0 is any that is free", { flag: "--port" });
}

/** Listens to the vendors for as long as something runs, where the configuration names one that has something to say. */
export async function withDoor<T>(
  call: Pick<Call, "say" | "note">,
  { waysIn, world }: Pick<Laptop, "waysIn" | "world">,
  asked: number | undefined,
  run: () => Promise<T>,
): Promise<T> {
  const signed = waysIn.filter(({ isSigned }) => isSigned);
  for (const { id, title } of waysIn.filter(({ isSigned }) => !isSigned))
    call.note(`${title} is not listened to: connectors.${id}.settings names no signing secret`);
  if (signed.length === 0 && asked !== undefined)
    throw badInput(
      "nothing would be listened to: name a signing secret in a connector's settings, or leave out --port",
      {
        flag: "--port",
      },
    );
  if (signed.length === 0) return run();
  const { isLoopback, openDoor } = await import("@leasehold/local/door");
  const { laptop } = world.config;
  const door = await openDoor(signed, { host: laptop.host, port: asked ?? laptop.port });
  try {
    const at = `http://${door.host.includes(":") ? `[${door.host}]` : door.host}:${door.port}`;
    call.say(`listening on ${at}, ${isLoopback(door.host) ? "for this machine alone" : "open to its network"}`);
    call.say("vendors need https: let a tunnel or a reverse proxy with TLS hand on these addresses, and no others");
    for (const { title, path } of signed) call.say(`  ${title}: ${laptop.url ?? "https://<its host>"}${path}`);
    return await run();
  } finally {
    await door.close();
  }
}
