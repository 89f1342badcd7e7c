import {
  type Action,
  draw,
  type Plan,
  type Receipt,
  readBack,
  type State,
  same,
  type Target,
} from "@leasehold/core/connector";
import { badInput, Fault } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { accessTo, READS_TAGS, untouchable } from "../access.ts";
import { type Api, ofStore } from "../api.ts";
import { SET_SESSIONS } from "../handles.ts";
import {
  besideOf,
  DELETES,
  inlineOf,
  isProvisioned,
  LONGEST,
  type OfSet,
  provision,
  READS_SET,
  TOO_LONG,
  WRITES_SET,
  waitsFor,
  writeInline,
} from "./set.ts";
import { allowing, denying, inShort, isUserId, type Policy, policyIn } from "./statement.ts";

export const LIVE: State = { sessions: "Live" };
export const ENDED: State = { sessions: "Ended" };
export const UNCLEAR: State = { sessions: "under a policy that is not ours" };
/** A change that is not in force, and of which nobody can tell whose it is. With what the permission set is by now, in short. */
export const waitingBeside = (beside: string): State & object => ({ sessions: "waiting to be provisioned", beside });

/**
 * Denies everything to one user, by the id that nobody else has or will have, in a statement of our own beside whatever the
 * permission set's inline policy has. In force it is where the permission set was provisioned since: only where no account
 * waits for that are the sessions ended. It needs no user: what somebody deleted has open goes on as well.
 */
export const endSessions: Action<Api> = {
  ...{ verb: "end-sessions", credential: SET_SESSIONS, blast: "credential", reversibility: "R1", contain: true },
  settlesAfter: 300,
  permissions: [READS_TAGS, ...READS_SET, ...WRITES_SET],
  see: async (api, target) => (await look(api, target)).state,
  plan,
  apply,
  verify: async (api, { target, after }) => readBack((await look(api, target)).state, after),
};

const Handle = z.object({
  ...{ account: z.string(), identityStoreId: z.string(), permissionSet: z.string() },
  userId: z.string().check(z.refine(isUserId)),
});

interface Looked extends OfSet {
  readonly userId: string;
  readonly state: State;
  readonly text: string; // of the inline policy; "" where there is none
  readonly ours: Policy["ours"];
  readonly theirs: boolean; // somebody else's change waits to be provisioned: ours would put it into force
  readonly beside: string; // the rest of the permission set, as it is now
}

async function look(api: Api, target: Target): Promise<Looked> {
  const { userId, ...of } = setOf(api, target);
  const text = await inlineOf(of);
  if (text === undefined) return { ...of, userId, state: undefined, text: "", ours: "none", theirs: false, beside: "" };
  const { ours, beside: written, rest } = policyIn(text, userId);
  const beside = inShort([rest, await besideOf(of)]);
  const waits = await waitsFor(of);
  const found = { ...of, userId, text, ours, beside, theirs: waits && beside !== written };
  if (ours === "unclear") return { ...found, state: UNCLEAR };
  if (ours === "none") return { ...found, state: waits ? waitingBeside(beside) : LIVE };
  return { ...found, state: waits ? LIVE : ENDED };
}

function setOf(api: Api, { handle }: Target): OfSet & { readonly userId: string } {
  const { success, data } = Handle.safeParse(handle);
  if (!success) throw badInput("this is no handle of a user's sessions with a permission set", { where: "handle" });
  const { permissionSet, userId } = ofStore(api, data);
  return { access: accessTo(api, permissionSet), permissionSet, userId };
}

async function plan(api: Api, target: Target): Promise<Plan> {
  const looked = await look(api, target);
  const { state, ours, theirs } = looked;
  // A yes to what was asked stands while it is refused for somebody else's change that waits: once that is in force they are live.
  const before = theirs && ours === "none" ? LIVE : state;
  const refusals = state === undefined ? ["the permission set no longer exists"] : await against(api, looked);
  return draw({ verb: "end-sessions", target, before: before ?? {}, wanted: ENDED, alsoAffects: [], refusals });
}

const UNSUPPORTED =
  "unsupported: the settings do not opt in to *contain*, without which no policy is written; they end by themselves within twelve hours";
const NOT_OURS =
  "the inline policy of the permission set cannot be read, or has a statement of our name that is not as we write it";
const THEIRS =
  "somebody else's changes of the permission set wait to be provisioned, and ours would put them into force: provision them, or take them back, first";

async function against(api: Api, { state, access, permissionSet, theirs, ours, text, userId, beside }: Looked) {
  const isUnclear = same(state, UNCLEAR);
  const outgrows = !isUnclear && ours === "none" && denying(text, userId, beside).length > LONGEST;
  const said = [
    await untouchable(access, permissionSet),
    api.contain ? undefined : UNSUPPORTED,
    isUnclear ? NOT_OURS : undefined,
    theirs && !isUnclear ? THEIRS : undefined,
    outgrows ? TOO_LONG : undefined,
  ];
  return said.filter((one) => one !== undefined);
}

/** Looks again, compares, changes only what differs, and goes on where one of ours broke off. */
async function apply(api: Api, { verb, target, before, wanted }: Plan): Promise<Receipt> {
  const now = await look(api, target);
  const { state, ours } = now;
  const receipt = { verb, target, before, after: wanted, changed: !same(before, wanted) };
  const isBack = same(wanted, LIVE);
  const inTheWay = isBack && same(state, LIVE) && typeof ours === "object"; // not in force everywhere, and still to be taken out
  if (same(state, wanted) && !inTheWay) return { ...receipt, adopted: receipt.changed };
  if (same(state, UNCLEAR) || !(same(state, before) || inTheWay))
    throw new Fault("StalePlan", "the permission set or its policy changed since it was looked at");
  if (!isBack && !same(wanted, ENDED)) throw badInput("sessions are ended, or let live again", { where: "wanted" });
  if (api.contain === undefined) throw isBack ? BY_HAND() : new Fault("StalePlan", UNSUPPORTED);
  await (isBack ? letLive(now) : end(api, now));
  return { ...receipt, adopted: false };
}

/** What stands against it by now stands against this alone: what we took down may always be taken back. */
async function end(api: Api, now: Looked): Promise<void> {
  const [refusal] = await against(api, now);
  if (refusal !== undefined) throw new Fault("StalePlan", refusal);
  const { text, userId, beside, ours } = now;
  const into = await accountsFor(now);
  if (ours === "none") await writeInline(now, denying(text, userId, beside));
  await into();
}

/** What waits without a statement of ours is of a way back of ours that broke off: only a plan that was drawn on it comes here. */
async function letLive(now: Looked): Promise<void> {
  const { text, userId, ours, theirs } = now;
  const isThere = typeof ours === "object";
  if (isThere && theirs) throw new Fault("StalePlan", THEIRS);
  const into = await accountsFor(now);
  if (isThere) await writeInline(now, allowing(text, userId));
  await into();
}

/**
 * Asked before anything is written, so that what fails here changed nothing. Where it is provisioned nowhere there is no role, and
 * nobody has a session of it.
 */
async function accountsFor(of: OfSet): Promise<() => Promise<void>> {
  return (await isProvisioned(of)) ? () => provision(of) : async () => {};
}

/** Who may write policies was taken out of the settings since: without it nobody of ours can take one away, either. */
const BY_HAND = (): Fault =>
  new Fault("PermissionMissing", "the settings no longer opt in to *contain*, without which no policy is taken away", {
    ...{ provider: "aws", permission: DELETES },
    byHand:
      "say `contain: true` again, or take the statement LeaseholdEndsSessions… with the user's id out of the permission set's inline policy by hand, and provision it",
  });
