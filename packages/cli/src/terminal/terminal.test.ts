import { describe, expect, it } from "vitest";
import { calledOf, columns, count, nameOf, plainLines, shortly, table } from "./index.ts";

describe("a table", () => {
  it("is as wide as what stands in it, and runs free at its end", () => {
    expect(
      table(
        ["A", "BB"],
        [
          ["long one", 1],
          ["x", undefined],
        ],
      ),
    ).toEqual(["A         BB", "long one  1", "x         -"]);
    expect(table(["A"], [])).toEqual([]);
  });

  it("holds what comes from outside on its line", () => {
    expect(columns([["a\nb\u001b[2J\u202e", "c"]])).toEqual(["a?b?[2J?  c"]);
    expect(plainLines("ours\nis\u0007 two")).toBe("ours\nis? two");
  });
});

describe("words", () => {
  it("say one and many", () => {
    expect([count(1, "event"), count(0, "event"), count(2, "entry", "entries")]).toEqual([
      "1 event",
      "0 events",
      "2 entries",
    ]);
  });

  it("say when, to the minute", () => {
    expect([shortly("2026-11-02T09:05:07.000Z"), shortly(undefined)]).toEqual(["2026-11-02 09:05", "-"]);
  });

  it("call a person by what is known of them", () => {
    const nobody = { account: "acc_1", name: undefined, email: undefined };
    expect(nameOf(nobody)).toBe("acc_1");
    expect(calledOf({ ...nobody, email: "a@example.com" })).toBe("a@example.com");
    expect(calledOf({ ...nobody, name: "Ada", email: "a@example.com" })).toBe("Ada <a@example.com>");
  });
});
