import type { Command } from "../command/index.ts";

/** Every command by its words. Each is loaded when it is asked for, so that none waits for another's code. */
export const commands = {
  start: async () => (await import("./start/index.ts")).start,
  deliver: async () => (await import("./deliver.ts")).deliver,
  replay: async () => (await import("./replay/index.ts")).replayed,
  "import cloudtrail": async () => (await import("./import/index.ts")).importCloudtrail,
  "import iam": async () => (await import("./import/index.ts")).importIam,
  "import people": async () => (await import("./import/index.ts")).importsPeople,
  who: async () => (await import("./who.ts")).whoOwns,
  owns: async () => (await import("./owns.ts")).ownsWhat,
  "case list": async () => (await import("./case/list.ts")).caseList,
  "case show": async () => (await import("./case/show.ts")).caseShow,
  "case answer": async () => (await import("./case/answer.ts")).caseAnswer,
  "case undo": async () => (await import("./case/undo.ts")).caseUndo,
  "case retry": async () => (await import("./case/retry.ts")).caseRetry,
  "case open": async () => (await import("./case/open.ts")).caseOpen,
  sweep: async () => (await import("./sweep/index.ts")).sweep,
  "audit show": async () => (await import("./audit-show.ts")).auditShow,
  "audit verify": async () => (await import("./audit-verify.ts")).auditVerify,
  doctor: async () => (await import("./doctor/index.ts")).doctor,
  clock: async () => (await import("./clock.ts")).clock,
  "finding list": async () => (await import("./finding-list.ts")).findingList,
  "brake status": async () => (await import("./brake/index.ts")).brakeStatus,
  "brake on": async () => (await import("./brake/index.ts")).brakeOn,
  "brake release": async () => (await import("./brake/index.ts")).brakeRelease,
  "secrets set": async () => (await import("./secrets/index.ts")).secretsSet,
  "secrets list": async () => (await import("./secrets/index.ts")).secretsList,
  "secrets retire": async () => (await import("./secrets/index.ts")).secretsRetire,
  cost: async () => (await import("./cost/index.ts")).cost,
  "demo generate": async () => (await import("./demo-generate/index.ts")).demoGenerate,
} as const satisfies Readonly<Record<string, () => Promise<Command>>>;
export type CommandName = keyof typeof commands;
