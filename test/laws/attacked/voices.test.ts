import { answer } from "@leasehold/app/winddown";
import { derivedId } from "@leasehold/core/kernel";
import { Signal } from "@leasehold/core/signal";
import { expect, it } from "vitest";
import { handOf } from "../../support/estate.ts";
import { hours, oktaUser, seenUser } from "../../support/signals.ts";
import { type Story, story } from "../../support/story.ts";

/** Another directory of the house knows Sam, too, by the same address; chosen so that its id sorts first. */
function another(name: string) {
  for (let n = 0; ; n += 1) {
    const account = derivedId("acc", "aws-identity-center", "d-1", `${name}-${n}`);
    if (account < oktaUser(name))
      return Signal.parse({
        ...{
          kind: "account.seen",
          source: { connector: "aws-identity-center", eventId: `ic/${n}`, occurredAt: hours(-700) },
        },
        ...{
          tenant: "d-1",
          account,
          standing: "active",
          handle: { user: name },
          name,
          email: `${name}@example.com`,
          sameAs: [],
        },
      });
  }
}

const say = async (one: Story, desk: string, by: string, n: number) => {
  const { windDown } = await one.windDown();
  return answer(one.world, {
    ...{ decision: windDown.question!.decision, item: windDown.id, choice: "retire", id: `${desk}/${n}` },
    ...{ by: { desk, user: by, email: `${by}@example.com` }, ticket: { desk, ref: {} } },
  });
};

it("one person's yes in Slack and again through the API are one voice, though a directory was connected in between", async () => {
  const one = await story();
  one.estate.hands = [handOf(one.estate, "delete", undefined)]; // nothing can be switched off first: two people, one from security
  await one.leaves();
  await one.settle();
  expect(await say(one, "slack", "sam", 1)).toMatchObject({ outcome: "recorded" });
  await one.settle();
  expect(one.estate.diary).toEqual([]); // one voice is not enough
  await one.hear(another("sam")); // the first sweep of Identity Center
  const said = await say(one, "api", "sam", 2);
  await one.settle();
  expect(one.estate.diary).toEqual([]); // the very same human, twice
  expect(said.outcome).toBe("already recorded");
});

it("an address that is not the custodian's is not made theirs by lower-casing it", async () => {
  const one = await story();
  one.configure({ security: ["kim@example.com"] });
  await one.hear(seenUser("kim", {}, hours(-800)));
  await one.leaves();
  await one.settle();
  const { windDown } = await one.windDown();
  const told = await answer(one.world, {
    ...{ decision: windDown.question!.decision, item: windDown.id, choice: "retire", id: "x/1" },
    ...{ by: { desk: "slack", user: "U1", email: "\u212Aim@example.com" }, ticket: { desk: "slack", ref: {} } }, // KELVIN SIGN
  });
  expect(told.outcome).toBe("refused");
});

it("a click that was refused is not told, when SQS brings it again, that it was recorded", async () => {
  const one = await story();
  await one.leaves();
  await one.settle();
  await one.press("snooze", "grace");
  const id = "T1/1/1/grace";
  const first = await one.press("retire", "grace", { id });
  expect(first.outcome).not.toBe("recorded");
  const again = await one.press("retire", "grace", { id });
  expect([first.outcome, again.outcome, again.text]).toEqual([first.outcome, first.outcome, first.text]);
});
