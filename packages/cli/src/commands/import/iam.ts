import type { Command } from "../../command/index.ts";
export const importIam: Command = { about: "x", args: [], run: async () => ({ json: {}, text: [] }) };
