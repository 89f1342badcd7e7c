import { PEOPLE } from "@leasehold/local/demo";
import { expect, it } from "vitest";
import { buttonsIn } from "../support/buttons.ts";
import { journey } from "../support/journey.ts";

it("two owners leave, with ten credentials between them: each manager's messages hold their own leaver's five (B7)", async () => {
  const story = await journey();
  await story.deliver("b7-okta-consent-of-pat.json");
  await story.deliver("b7-okta-two-deactivated.json");
  const cases = await Promise.all((await story.cases()).map(({ id }) => story.showCase(id)));
  const ofWhom = new Map(
    cases.map(({ person, items }) => [person.email, items.map(({ windDown }) => windDown?.id ?? "")] as const),
  );
  expect([...ofWhom.values()].map((items) => items.length)).toEqual([5, 5]);
  const [sues = [], pats = []] = [ofWhom.get(PEOPLE.sue.email), ofWhom.get(PEOPLE.pat.email)];
  for (const [manager, own, foreign] of [
    [PEOPLE.grace.email, sues, pats],
    [PEOPLE.leo.email, pats, sues],
  ] as const) {
    const [message, ...more] = story.slack(manager);
    expect(more).toEqual([]);
    expect(buttonsIn(message).map(({ item }) => item)).toEqual(own);
    for (const item of foreign) expect(JSON.stringify(message)).not.toContain(item);
  }
  const parents = story.jira().filter((issue) => issue.parent === undefined);
  expect(parents).toHaveLength(2);
  for (const { key } of parents) expect(story.jira().filter(({ parent }) => parent === key)).toHaveLength(5);
});
