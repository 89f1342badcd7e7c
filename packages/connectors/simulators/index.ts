import type { Simulator } from "../kit/index.ts";
import { type ConnectorId, connectors } from "../src/index.ts";

/** The stand-in of a connector: a file of its folder, found by its name, and never part of a function's bundle. */
export async function simulatorOf(id: ConnectorId): Promise<Simulator<unknown>> {
  const { simulator } = (await import(`../src/${id}/simulator.ts`)) as { simulator: Simulator<unknown> };
  return simulator;
}

export const isConnector = (id: string): id is ConnectorId => id in connectors;
