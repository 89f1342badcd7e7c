import { KEYS, PEOPLE } from "@leasehold/local/demo";
import { expect, it } from "vitest";
import { itemOf, journey, onlyCase } from "../support/journey.ts";

const NOTICE = 72; // hours

it("our own role loses its rights mid-case: the case is stuck and says so, not done, and goes on when it has them again (B10)", async () => {
  const story = await journey();
  await story.deliver("a7-okta-deactivated.json");
  await story.advance(1);
  const { id } = itemOf(await onlyCase(story), KEYS.support.credential).windDown;
  story.revoked("aws-iam");
  await story.advance(NOTICE + 24);
  expect(story.key("support")).toBe("Active");
  const stuck = await onlyCase(story);
  expect(stuck.status).toBe("open");
  const { rung, acts, closed } = itemOf(stuck, KEYS.support.credential).windDown;
  expect({ rung, acts, closed }).toEqual({ rung: "flagged", acts: [], closed: undefined });
  const found = (await story.findings()).filter(({ about, kind }) => about === id && kind === "permission missing");
  expect(found).toMatchObject([{ remedy: expect.stringContaining("grant the permission") }]);

  story.revoked();
  await story.advance(7); // by itself, every six hours
  await story.advance(NOTICE + 8);
  expect(story.key("support")).toBe("Inactive");
  expect(itemOf(await onlyCase(story), KEYS.support.credential).windDown).toMatchObject({ rung: "disabled" });
});

it("a key that is switched off would still take its place: the plan and the question say that there is none left, and what to do instead (B13)", async () => {
  const story = await journey();
  const { items } = await story.plan(PEOPLE.sue.email);
  const breaksOf = (name: keyof typeof KEYS) =>
    items.find(({ credential }) => credential === KEYS[name].credential)?.breaks;
  expect(breaksOf("reportIdle")?.fullAt).toBe(2);
  expect(breaksOf("support")?.fullAt).toBeUndefined();
  const said = breaksOf("reportIdle")?.collateral.find(({ slots }) => slots === 2);
  expect(said?.instead).toMatch(/assume a role for short-lived sessions/);

  await story.deliver("a7-okta-deactivated.json");
  await story.advance(1);
  const [message] = story.slack(PEOPLE.grace.email).filter(({ text }) => /Sue/.test(text));
  const asked =
    JSON.stringify(message).match(
      /2 of access key stand on its identity: off, it leaves no place for another. Rather migrate./g,
    ) ?? [];
  expect(asked).toHaveLength(2); // each of the two keys of that one user, and of no other
});
