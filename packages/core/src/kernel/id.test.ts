import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { derivedId, randomId, timedId } from "./id.ts";
import { instantOf } from "./time.ts";

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const ID = /^[a-z]{3}_[0-9a-hjkmnp-tv-z]+$/;

describe("the id of an outside thing", () => {
  it("is the same on every machine", () => {
    expect(derivedId("crd", "aws", "AKIAIOSFODNN7EXAMPLE")).toBe("crd_93shjmt0c2zx6js1r09d");
  });

  it("is another for another thing, however its names are cut", () => {
    const key = fc.tuple(fc.string(), fc.string());
    fc.assert(
      fc.property(key, key, ([a, b], [c, d]) => {
        expect(derivedId("crd", a, b) === derivedId("crd", c, d)).toBe(a === c && b === d);
      }),
    );
    expect(derivedId("crd", "ab", "c")).not.toBe(derivedId("crd", "a", "bc"));
    expect(derivedId("crd", "a", "")).not.toBe(derivedId("crd", "a"));
    expect(derivedId("crd", "a").slice(4)).toBe(derivedId("acc", "a").slice(4));
  });

  it("is a prefix and twenty letters that nobody mistakes", () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        expect(derivedId("crd", name)).toMatch(ID);
        expect(derivedId("crd", name)).toHaveLength(24);
      }),
    );
  });
});

describe("the id of a thing that begins with us", () => {
  const millis = fc.integer({ min: 0, max: 253_402_300_799_999 }); // the year 9999

  it("sorts by its beginning", () => {
    fc.assert(
      fc.property(millis, millis, bytes(10), bytes(10), (a, b, one, other) => {
        fc.pre(a !== b);
        const first = timedId("cas", instantOf(Math.min(a, b)), one);
        expect(first < timedId("cas", instantOf(Math.max(a, b)), other)).toBe(true);
      }),
    );
  });

  it("is another where the instant is the same", () => {
    fc.assert(
      fc.property(millis, bytes(10), bytes(10), (now, one, other) => {
        const same = timedId("cas", instantOf(now), one) === timedId("cas", instantOf(now), other);
        expect(same).toBe(Buffer.from(one).equals(Buffer.from(other)));
      }),
    );
  });

  it("is its time and its chance, and nothing more", () => {
    expect(
      timedId(
        "wdc",
        instantOf(1),
        Uint8Array.from({ length: 16 }, (_, n) => n),
      ),
    ).toBe("wdc_00000000000100010203040506070809");
  });
});

describe("an id that travels", () => {
  it("is 160 random bits, each of which counts", () => {
    fc.assert(
      fc.property(bytes(32), fc.nat(31), fc.nat(4), (random, at, bit) => {
        const id = randomId("dec", random);
        expect(id).toMatch(ID);
        expect(id).toHaveLength(4 + 32);
        expect(randomId("dec", random.with(at, (random[at] ?? 0) ^ (1 << bit)))).not.toBe(id);
      }),
    );
  });
});
