import { expect, it } from "vitest";
it("is there", () => expect(process.env["LEASEHOLD_MOTO"]).toMatch(/^http/));
