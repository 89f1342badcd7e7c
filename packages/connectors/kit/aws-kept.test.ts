import { expect, it } from "vitest";
import { kept } from "./aws-kept.ts";

const HOUR = 3_600_000;

function asking(lives: number | undefined) {
  const self = { asked: 0, now: 0, fails: false };
  const ask = kept(
    async () => {
      self.asked += 1;
      if (self.fails) throw new Error("refused");
      const expiration = lives === undefined ? {} : { expiration: new Date(self.now + lives) };
      return { accessKeyId: `ASIA${self.asked}`, secretAccessKey: "EXAMPLE", ...expiration };
    },
    () => self.now,
  );
  return { self, ask };
}

it("asks once for many, and again five minutes before they end", async () => {
  const { self, ask } = asking(HOUR);
  await Promise.all([ask(), ask(), ask()]);
  self.now = HOUR - 300_001;
  expect(await ask()).toMatchObject({ accessKeyId: "ASIA1" });
  self.now = HOUR - 300_000;
  expect(await ask()).toMatchObject({ accessKeyId: "ASIA2" });
  expect(self.asked).toBe(2);
});

it("keeps no failure, and nothing that does not say when it ends", async () => {
  const { self, ask } = asking(undefined);
  await ask();
  await ask();
  expect(self.asked).toBe(2);
  self.fails = true;
  await expect(ask()).rejects.toThrow();
  self.fails = false;
  expect(await ask()).toMatchObject({ accessKeyId: "ASIA4" });
});
