import { describe, expect, it } from "vitest";
import { inTurn } from "./in-turn.ts";

/** Questions that are answered when the test says so. */
function trial() {
  const open: { readonly of: string; readonly end: (answer: string) => void; readonly fail: () => void }[] = [];
  const asked: string[] = [];
  const ask = inTurn<{ readonly user: string }, string>(({ user }) => {
    asked.push(user);
    return new Promise((end, fail) => void open.push({ of: user, end, fail: () => fail(new Error("down")) }));
  });
  return { ask: (user: string) => ask({ user }), asked, next: () => open.shift() };
}
const turn = () => new Promise(setImmediate);

describe("one question at a time", () => {
  it("is shared by all who ask while another is on its way, and goes out after they asked", async () => {
    const { ask, asked, next } = trial();
    const first = ask("ada");
    const others = [ask("ada"), ask("ada"), ask("ada")];
    await turn();
    expect(asked).toEqual(["ada"]);
    next()?.end("active");
    expect(await first).toBe("active");
    await turn();
    expect(asked).toEqual(["ada", "ada"]);
    next()?.end("departed"); // what came between is in it
    expect(await Promise.all(others)).toEqual(["departed", "departed", "departed"]);
  });

  it("is asked at once of another, and of the same once it was answered", async () => {
    const { ask, asked, next } = trial();
    void ask("ada");
    void ask("bob");
    expect(asked).toEqual(["ada", "bob"]);
    next()?.end("active");
    await turn();
    void ask("ada");
    expect(asked).toEqual(["ada", "bob", "ada"]);
  });

  it("that fails does so for those who shared it, and the next is asked all the same", async () => {
    const { ask, asked, next } = trial();
    const first = ask("ada");
    const second = ask("ada");
    next()?.fail();
    await expect(first).rejects.toThrow("down");
    await turn();
    const third = ask("ada");
    next()?.fail();
    await expect(second).rejects.toThrow("down");
    await turn();
    next()?.end("active");
    expect([await third, asked.length]).toEqual(["active", 3]);
  });
});
