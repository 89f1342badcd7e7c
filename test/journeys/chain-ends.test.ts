import { KEYS, PEOPLE } from "@leasehold/local/demo";
import { describe, expect, it } from "vitest";
import { itemOf, type Journey, journey } from "../support/journey.ts";

const NIA = "b8-okta-nia-deactivated.json";
const { fay, grace, mia } = PEOPLE;

/** Whom the open case about somebody asks, one after the other, as long as nobody answers. */
async function askedAbout(story: Journey, email: string, credential: string): Promise<readonly (string | undefined)[]> {
  const asked: (string | undefined)[] = [];
  for (let nth = 0; nth < 6; nth += 1) {
    const row = (await story.cases()).find(({ person }) => person.email === email);
    if (row === undefined) throw new Error("there is no such case");
    const { windDown } = itemOf(await story.showCase(row.id), credential);
    const { question } = windDown;
    if (question === undefined || windDown.closed) break;
    asked.push(question.custodian.email);
    if (question.last) break;
    await story.advance(73);
  }
  return asked;
}

/** Grace and Mia manage, and are asked of others; that Nia's key is in use keeps silence from ending the chain early. */
async function niaUsesHers() {
  const story = await journey();
  await story.deliver("b8-nia-uses-hers.json");
  return story;
}

describe("whoever should be asked is not there (B8)", () => {
  it("no manager: the fallback is asked", async () => {
    const story = await journey();
    await story.deliver("b8-key-of-mia.json");
    await story.deliver("b8-okta-mia-deactivated.json");
    const [row] = await story.cases();
    const { items } = await story.showCase(row?.id ?? "cas_none");
    const [item] = items;
    expect(item?.identity).toMatch(/board-report-agent$/);
    expect(item?.windDown?.question).toMatchObject({ custodian: { email: fay.email }, last: true });
    expect(story.slack(fay.email)).toHaveLength(1);
  });

  it("the manager has left too: the manager's manager is asked, then the fallback", async () => {
    const story = await niaUsesHers();
    await story.deliver("b8-okta-grace-deactivated.json");
    await story.deliver(NIA);
    expect(await askedAbout(story, PEOPLE.nia.email, KEYS.triage.credential)).toEqual([mia.email, fay.email]);
    expect(story.slack(grace.email)).toEqual([]);
  });

  it("the whole chain has left: the fallback is asked", async () => {
    const story = await niaUsesHers();
    await story.deliver("b8-okta-grace-deactivated.json");
    await story.deliver("b8-okta-mia-deactivated.json");
    await story.deliver(NIA);
    expect(await askedAbout(story, PEOPLE.nia.email, KEYS.triage.credential)).toEqual([fay.email]);
  });

  it("the manager is the leaver: the fallback is asked, and never the leaver", async () => {
    const story = await niaUsesHers();
    story.managedBy("nia", "nia");
    await story.sweep();
    await story.advance(0.1);
    await story.deliver(NIA);
    expect(await askedAbout(story, PEOPLE.nia.email, KEYS.triage.credential)).toEqual([fay.email]);
    expect(story.slack(PEOPLE.nia.email)).toEqual([]);
  });

  it("the chain goes in a circle: each is asked once, then the fallback", async () => {
    const story = await niaUsesHers();
    story.managedBy("mia", "grace"); // and Mia manages Grace
    await story.sweep();
    await story.advance(0.1);
    await story.deliver(NIA);
    expect(await askedAbout(story, PEOPLE.nia.email, KEYS.triage.credential)).toEqual([
      ...[grace.email, mia.email, fay.email],
    ]);
  });
});
