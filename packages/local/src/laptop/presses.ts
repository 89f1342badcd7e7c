import { hear } from "@leasehold/app/desk";
import { identityName, type Told } from "@leasehold/app/winddown";
import type { World } from "@leasehold/app/world";
import type { Decision, DecisionItem } from "@leasehold/core/casework";
import type { Offered } from "@leasehold/core/connector";
import { type Instant, later } from "@leasehold/core/kernel";
import type { File } from "@leasehold/store/file";
import { answerFor, answers } from "../demo/index.ts";
import type { PumpPart } from "../schedule/index.ts";
import type { Simulation } from "./estate.ts";

export interface Press {
  readonly at: Instant;
  readonly desk: string;
  readonly user: string; // e-mail
  readonly decision: string;
  readonly item: string;
  readonly choice: Offered;
  readonly to?: string;
  readonly because?: string;
}
interface Parts {
  readonly file: File;
  readonly world: World;
  readonly simulations: readonly Simulation[];
  readonly told: (press: Press, told: readonly Told[]) => void;
}

/** Simulated people: they press what the demo's table says, some hours after their desk took the question, each button once. */
export function presses({ file, world, simulations, told }: Parts): PumpPart & { refresh(): Promise<void> } {
  const { db, transaction } = file;
  transaction(() => db.exec("CREATE TABLE IF NOT EXISTS pressed (button TEXT PRIMARY KEY) STRICT"));
  const done = db.prepare("SELECT 1 FROM pressed WHERE button = ?");
  const mark = db.prepare("INSERT OR IGNORE INTO pressed (button) VALUES (?)");
  let waiting: readonly Press[] = [];
  const refresh = async () => {
    const all = await planned(world);
    waiting = all.filter(({ decision, item }) => done.get(`${decision}/${item}`) === undefined);
  };
  return {
    refresh,
    nextDue: () => waiting.map(({ at }) => at).sort()[0],
    run: async () => {
      await refresh();
      const due = waiting.filter(({ at }) => at <= world.clock());
      for (const press of due) {
        transaction(() => void mark.run(`${press.decision}/${press.item}`));
        told(press, await pressOne(world, simulations, press));
      }
      if (due.length > 0) await refresh();
      return due.length;
    },
  };
}

/** As the vendor would send it, signature and all, and heard as the real one would be. */
export async function pressOne(
  world: World,
  simulations: readonly Simulation[],
  press: Press,
): Promise<readonly Told[]> {
  const desk = simulations.find(({ id }) => id === press.desk);
  const { user, decision: message, item, choice, to, because } = press;
  const request = desk?.live.click?.({
    ...{ user, message, item, choice },
    ...(to !== undefined && { to }),
    ...(because !== undefined && { because }),
  });
  if (desk === undefined || request === undefined) return [{ outcome: "refused", text: "this desk has no buttons" }];
  return hear(world, desk.id, request, desk.secrets);
}

async function planned(world: World): Promise<readonly Press[]> {
  const found: Press[] = [];
  for (const id of (await world.cases.list("open")).items)
    for (const { value } of await world.decisions.ofCase(id))
      if (value.asked !== undefined && !value.closed) found.push(...(await pressesFor(world, value)));
  return found;
}

/** Most people never answer: who has nothing in the table is not looked at further. */
async function pressesFor(world: World, decision: Decision): Promise<readonly Press[]> {
  const email = (await world.graph.node(decision.custodian))?.value.subject.facts["email"]?.value;
  if (email === undefined || !answers.some(({ custodian }) => custodian === email)) return [];
  const found = await Promise.all(decision.items.map((item) => pressFor(world, decision, email, item)));
  return found.flat();
}

async function pressFor(
  world: World,
  decision: Decision,
  email: string,
  { windDown }: DecisionItem,
): Promise<readonly Press[]> {
  const stored = await world.windDowns.get(windDown);
  const node = stored && (await world.graph.node(stored.windDown.credential));
  const desk = decision.tickets[0]?.desk;
  if (node === undefined || desk === undefined || decision.asked === undefined) return [];
  const identity = (await identityName(world, node.value)) ?? "";
  const credential = node.value.subject.facts["type"]?.value ?? "";
  const answer = answerFor(email, { identity, credential });
  if (answer === undefined) return [];
  const at = later(decision.asked, answer.afterHours);
  return [
    {
      at,
      desk,
      user: email,
      decision: decision.lead ?? decision.id, // whose message has the button
      item: windDown,
      choice: answer.choice,
      ...(answer.to && { to: answer.to }),
    },
  ];
}
