import type { UsedAnswer } from "@leasehold/app/usage";
import type { Command } from "../command/index.ts";
import { ask } from "../estate/index.ts";
import { calledOf, count, list, shortly, table } from "../terminal/index.ts";

/** What a credential was used for, by whom and how often; and what no source could show. */
export const usedFor: Command = {
  about: "what a credential was used for: by caller, service and action, how often and when last",
  args: ["<credential>"],
  flags: { since: { value: "span", about: "90m, 24h, 7d, or an instant (24h); whole hours are counted" } },
  more: [
    "<credential> is an access key id, a session's key id, or an id of ours (crd_…, ses_…).",
    "A count after ~ is approximate: it came over the event bus, or from `import cloudtrail --lookup`.",
  ],
  no: "no call with it is known in that time",
  run: async (call) => {
    const { since } = call.flags;
    const input = { credential: call.args[0] ?? "", ...(typeof since === "string" && { since }) };
    const { answer } = await ask(call, "used", input);
    return { json: answer, text: linesOf(answer), exit: answer.calls === 0 ? 1 : 0 };
  },
};

function linesOf(answer: UsedAnswer): readonly string[] {
  const { credential, owner, since, until, calls, refused, uses, recordsSince, notVisible } = answer;
  const rows = uses.map(({ caller, person, service, action, count: n, refused: no, last, eventId, approximate }) => [
    person ? `${caller.name} (${calledOf(person)})` : caller.name,
    ...[service, action, approximate ? `~${n}` : n, no, shortly(last), eventId],
  ]);
  return [
    `${credential}  ${owner ? `owner: ${calledOf(owner)}` : "owner: nobody is known"}`,
    `${shortly(since)} to ${shortly(until)}: ${count(calls, "call")}, ${refused} refused`,
    ...table(["CALLER", "SERVICE", "ACTION", "CALLS", "REFUSED", "LAST", "EVENT"], rows),
    ...list(
      "Refused for want of a right, the latest of each kind:",
      uses.flatMap(({ service, action, refusals = [] }) =>
        refusals.map(
          ({ at, resource, policy, region, eventId }) =>
            `${shortly(at)}  ${service} ${action} to ${resource ?? "what is not said"}: ${policy ?? "no policy is named"} (event ${eventId}${region ? ` in ${region}` : ""})`,
        ),
      ),
    ),
    ...(recordsSince === undefined ? [] : [`Its first record is of the hour of ${shortly(recordsSince)}.`]),
    ...list("What could not be seen:", notVisible),
  ];
}
