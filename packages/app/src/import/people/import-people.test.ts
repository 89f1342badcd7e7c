import { type AccountId, derivedId, type Instant, later } from "@leasehold/core/kernel";
import { emailAccount } from "@leasehold/core/lineage";
import { beforeEach, describe, expect, it } from "vitest";
import { MONDAY } from "../../../../../test/support/clock.ts";
import { type MemoryWorld, memoryWorld } from "../../../../../test/support/memory-world.ts";
import { readConfig } from "../../config/index.ts";
import { ingestDue } from "../../ingest/index.ts";
import { peopleOf } from "../../question/index.ts";
import { importPeople } from "./index.ts";

const columns = {
  ...{ id: "Worker", name: "Name", email: "Mail", employeeNumber: "No", manager: "Boss", team: "Team" },
  ...{ start: "From", end: "To", standing: "Status", contractor: "Kind" },
};
const HEAD = "Worker,Name,Mail,No,Boss,Team,From,To,Status,Kind";
const ADA = "w1,Ada,ada@example.com,1001,,Tools,2020-01-01,,Active,Employee";
const SUE = "w2,Sue,sue@example.com,1002,w1,Tools,2021-01-01,,Active,Contractor";
const csv = (...rows: readonly string[]) => [HEAD, ...rows].join("\n");
const account = (id: string): AccountId => derivedId("acc", "people-file", "hr", id);
const utf8 = (text: string) => new TextEncoder().encode(text);

const fresh = () =>
  Object.assign(memoryWorld(), {
    config: readConfig({ fallback: { email: "last@example.com" }, people: { columns } }),
  });
let world: MemoryWorld;
beforeEach(() => {
  world = fresh();
});
const give = (text: string | Uint8Array, asOf: Instant = MONDAY, more: object = {}) =>
  importPeople(world, { bytes: typeof text === "string" ? utf8(text) : text, asOf, ...more });
const facts = async (id: string) =>
  Object.fromEntries(
    Object.entries((await world.graph.node(account(id)))?.value.subject.facts ?? {}).map(([key, { value }]) => [
      key,
      value,
    ]),
  );
const nobody = async () => expect((await world.graph.list("account")).items).toEqual([]);

describe("a file of people", () => {
  it("becomes accounts of its own directory, with managers by whatever names them", async () => {
    const by = (boss: string) => SUE.replace("w1", boss);
    for (const boss of ["w1", "1001", "ADA@example.com"]) {
      world = fresh();
      expect(await give(csv(ADA, by(boss)))).toMatchObject({
        people: 2,
        present: 2,
        contractors: 1,
        before: undefined,
      });
      expect(await facts("w2")).toMatchObject({
        ...{ connector: "people-file", tenant: "hr", name: "Sue", email: "sue@example.com", standing: "active" },
        ...{ manager: account("w1"), team: "Tools", employeeNumber: "1002" },
      });
      const { accounts } = await peopleOf(world, MONDAY).cluster(emailAccount("sue@example.com"));
      expect(accounts).toContain(account("w2"));
    }
  });

  it("told again changes nothing, whatever its date", async () => {
    expect((await give(csv(ADA, SUE))).writes).toBe(2);
    expect(await give(csv(ADA, SUE))).toMatchObject({ signals: 0, writes: 0, before: 2 });
    world.pass(48);
    expect(await give(csv(SUE, ADA), world.now)).toMatchObject({ signals: 0, writes: 0 });
  });

  it("tells nobody, and opens nothing, also of those who left", async () => {
    await give(csv(ADA, SUE));
    world.pass(24);
    await give(csv(ADA, SUE.replace(",,Active", ",2026-10-30,Terminated")), world.now, { acceptFewer: true });
    expect((await world.graph.pending()).items).toEqual([]);
    expect(await facts("w2")).toMatchObject({ standing: "departed" });
    expect((await world.cases.list("open")).items).toEqual([]);
  });

  it.each([
    ["a table with quotes and the line ends of Windows", `${HEAD}\r\nw1,"Ada, ""the first""\r\nof her name",ada@example.com,1001,,Tools,,,Active,\r\n`, 'Ada, "the first"\r\nof her name'],
    ["a byte order mark", `\uFEFF${csv(ADA)}`, "Ada"],
    ["semicolons", csv(ADA).replaceAll(",", ";"), "Ada"],
    ["no end of its last line", csv(ADA), "Ada"],
    ["empty lines", `${csv(ADA)}\n\n,,,,,,,,,\n`, "Ada"],
    ["JSON", JSON.stringify([{ Worker: "w1", Name: "Ada", Mail: "ada@example.com", No: 1001, Boss: null, Team: "", From: "", To: "", Status: "Active", Kind: "" }].map((one) => ({ ...one, Boss: "" }))), "Ada"],
    ["JSON around a list", JSON.stringify({ total: 1, workers: [{ Worker: "w1", Name: "Ada", Mail: "", No: "", Boss: "", Team: "", From: "", To: "", Status: "", Kind: "" }] }), "Ada"],
  ])("may have %s", async (_title, text, name) => {
    expect(await give(text)).toMatchObject({ people: 1, present: 1 });
    expect(await facts("w1")).toMatchObject({ name, standing: "active" });
  }); // biome-ignore format: rows

  it.each<[title: string, from: string, to: string, status: string, standing: string | undefined]>([
    ["is there", "2020-01-01", "", "Active", "active"],
    ["has a last day today", "2020-01-01", "2026-11-02", "Active", "active"],
    ["had a last day", "2020-01-01", "2026-11-01", "Terminated", "departed"],
    ["had a last day, and no status", "2020-01-01", "2026-11-01", "", "departed"],
    ["is terminated, and nobody says when", "", "", "Terminated", "departed"],
    ["is terminated before the last day", "2020-01-01", "2026-12-01", "Terminated", "active"],
    ["is active after the last day", "2020-01-01", "2026-10-01", "Active", undefined],
    ["is on leave", "", "", "On Leave", "on-leave"],
    ["has not begun", "2026-12-01", "", "Active", undefined],
    ["is to be", "", "", "Pre-hire", undefined],
  ])("who %s is %s/%s/%s: %s", async (_title, from, to, status, standing) => {
    await give(csv(`w1,Ada,,,,,${from},${to},${status},`));
    expect((await facts("w1"))["standing"]).toBe(standing);
  });

  it("names the lines where status and dates differ, and says nothing of how they stand", async () => {
    const told = await give(csv(ADA, SUE.replace(",,Active", ",2026-10-30,Active")));
    expect(told).toMatchObject({ contradictions: [3], standing: { active: 1, unknown: 1 } });
  });

  it("knows since when somebody has left, and who was their manager until then", async () => {
    await give(csv(ADA, SUE.replace(",,Active", ",2026-10-30,Terminated")));
    expect(await peopleOf(world, MONDAY).standing(account("w2"))).toMatchObject({
      ...{ value: "departed", since: "2026-10-31T00:00:00.000Z" },
    });
  });

  it("says later what it says later: an older file does not win", async () => {
    await give(csv(ADA, SUE.replace("Tools", "Sales")), later(MONDAY, -1));
    await give(csv(ADA, SUE), later(MONDAY, -100));
    expect((await facts("w2"))["team"]).toBe("Sales");
    world.pass(24);
    await give(csv(ADA, SUE), world.now);
    expect((await facts("w2"))["team"]).toBe("Tools");
  });
});

describe("a last day that is to come", () => {
  const leaving = csv(ADA, SUE.replace(",,Active", ",2026-11-05,Active"));

  it("is kept aside until it has passed", async () => {
    expect(await give(leaving)).toMatchObject({ leaving: 1, present: 2 });
    expect((await facts("w2"))["standing"]).toBe("active");
    expect((await world.findings.list()).items).toEqual([]); // nobody's clock is wrong
    world.now = "2026-11-05T23:59:00.000Z" as Instant;
    await ingestDue(world, world.now);
    expect((await facts("w2"))["standing"]).toBe("active");
    world.now = "2026-11-06T00:00:00.000Z" as Instant;
    await ingestDue(world, world.now);
    expect((await facts("w2"))["standing"]).toBe("departed");
  });

  it.each([
    ["is taken back by the next file", csv(ADA, SUE), "active"],
    ["is moved by the next file", leaving.replace("2026-11-05", "2026-12-05"), "active"],
    ["stays in the next file", leaving, "departed"],
  ])("%s", async (_title, next, then) => {
    await give(leaving);
    world.pass(24);
    await give(next, world.now);
    world.now = "2026-11-07T00:00:00.000Z" as Instant;
    await ingestDue(world, world.now);
    expect((await facts("w2"))["standing"]).toBe(then);
  });

  it("is taken back by the next file although this one was killed after it was kept", async () => {
    world.hook = (call) => {
      if (call === "later.clear") throw new Error("killed");
    };
    await expect(give(leaving)).rejects.toThrow("killed");
    world.hook = () => {};
    await give(csv(ADA, SUE));
    expect(await world.later.due("2027-01-01T00:00:00.000Z" as Instant)).toEqual([]);
  });
});

describe("a file that cannot be used changes nothing, and says where and what to do", () => {
  it.each<[string, string | Uint8Array, object]>([
    ["is empty", "", { where: "file" }],
    ["has a head alone", HEAD, { where: "file" }],
    ["is UTF-16", Uint8Array.from([0xff, 0xfe, 0x41, 0]), { where: "encoding" }],
    ["is not UTF-8", Uint8Array.from([...utf8(`${csv(ADA)}\nw2,S`), 0xfc, ...utf8("e,,,,,,,,\n")]), { where: "encoding", line: 3 }],
    ["lacks a column", csv(ADA).replace("Mail", "E-mail"), { where: "people.columns.email", missing: "Mail", there: HEAD.replace("Mail", "E-mail").replaceAll(",", ", ") }],
    ["has a column twice", csv(ADA).replace("Team", "Name"), { column: "Name" }],
    ["was cut within a line", csv(ADA, "w2,Sue,sue@exa"), { line: 3, cells: 3, columns: 10 }],
    ["was cut within a quote", csv(ADA, 'w2,"Sue'), { line: 3 }],
    ["was cut within JSON", '[{"Worker":"w1"},{"Wor', { where: "file" }],
    ["is a list of words", '["Ada"]', { record: 1 }],
    ["has nobody's line", csv(ADA, ",Sue,,,,,,,,"), { problems: 1, "line 3": "column Worker: empty, and nobody can be told apart without it" }],
    ["has an id twice", csv(ADA, SUE, SUE), { "line 4": "the same id as in line 3" }],
    ["has an address that is none", csv(ADA.replace("ada@example.com", "ada")), { "line 2": "column Mail: not an e-mail address" }],
    ["has a date that is none", csv(ADA.replace("2020-01-01", "01/02/2020")), { "line 2": "column From: not a date, write 2026-11-02" }],
    ["has a date that no calendar has", csv(ADA.replace("2020-01-01", "2021-02-30")), { "line 2": "column From: not a date, write 2026-11-02" }],
    ["has a status that nobody knows", csv(ADA.replace("Active", "Zzz")), { "line 2": "column Status: a word that people.standings does not have" }],
    ["has a status that every object of the language knows", csv(ADA.replace("Active", "constructor")), { "line 2": "column Status: a word that people.standings does not have" }],
    ["has a manager who is not in it", csv(SUE), { "line 2": "column Boss: the manager is not in the file" }],
    ["has a manager whose number two have", csv(ADA, ADA.replace("w1", "w3").replace("ada@", "eve@"), SUE.replace("w1", "1001")), { "line 4": "column Boss: several people have this number or address" }],
    ["has a circle of managers", csv(ADA.replace("1001,", "1001,w2"), SUE), { problems: 1, "line 2": "the managers of lines 2, 3 go in a circle" }],
    ["has somebody above themselves", csv(ADA.replace("1001,", "1001,w1")), { "line 2": "is their own manager" }],
  ])("%s", async (_title, text, said) => {
    await expect(give(text)).rejects.toMatchObject({ name: "BadInput", facts: expect.objectContaining(said) });
    await nobody();
    expect(await world.marks.get("people/hr")).toBeUndefined();
  }); // biome-ignore format: rows

  it.each([
    ["that is no address, and no status", csv(ADA.replace("ada@example.com", "hunter2").replace("Active", "hunter2"))],
    ["of a table without a head", ADA.replace("Ada", "hunter2")],
  ])("repeats no value %s", async (_title, text) => {
    const fault = await give(text).catch((one) => one);
    expect(fault).toMatchObject({ name: "BadInput" });
    expect(JSON.stringify([fault.message, fault.facts])).not.toContain("hunter2");
  });

  it("names twenty lines at the most", async () => {
    const rows = Array.from({ length: 30 }, () => ",Sue,,,,,,,,");
    const fault = await give(csv(...rows)).catch((one) => one);
    expect(fault.facts).toMatchObject({ problems: 30 });
    expect(Object.keys(fault.facts)).toHaveLength(21);
  });

  it("and so does one for which the configuration says nothing", async () => {
    const { people: _, ...config } = world.config;
    await expect(importPeople({ ...world, config }, { bytes: utf8(csv(ADA)), asOf: MONDAY })).rejects.toMatchObject({
      facts: { where: "people.columns" },
    });
  });
});

describe("a file with fewer people than the last", () => {
  const many = (count: number) => csv(...Array.from({ length: count }, (_, n) => `p${n},P,,,,,,,Active,`));

  it("is taken down to 5 %, and refused below, with the numbers", async () => {
    await give(many(100));
    expect(await give(many(95))).toMatchObject({ present: 95, before: 100 });
    await expect(give(many(90))).rejects.toMatchObject({ facts: { before: 95, now: 90, fewer: "5.3 %" } });
    expect(await give(many(95))).toMatchObject({ before: 95, writes: 0 }); // the state as it was
  });

  it("counts who works there, and not who stands in it", async () => {
    await give(many(20));
    const gone = many(20).replaceAll("Active", "Terminated");
    await expect(give(gone)).rejects.toMatchObject({ facts: { before: 20, now: 0 } });
    expect((await facts("p3"))["standing"]).toBe("active");
  });

  it("counts who leaves, whoever comes meanwhile", async () => {
    await give(many(20));
    const others = many(40).split("\n").slice(21);
    const gone = [many(20).replaceAll("Active", "Terminated"), ...others].join("\n");
    await expect(give(gone)).rejects.toMatchObject({ name: "BadInput", facts: { before: 20, leave: 20 } });
    expect((await facts("p3"))["standing"]).toBe("active");
    expect(await give(gone, MONDAY, { acceptFewer: true })).toMatchObject({ present: 20, before: 20 });
    expect(await give(gone)).toMatchObject({ writes: 0 }); // who has left leaves no second time
  });

  it("is taken where somebody says so, and says nothing of those who are not in it", async () => {
    await give(many(100));
    expect(await give(many(10), MONDAY, { acceptFewer: true })).toMatchObject({ present: 10, before: 100 });
    expect((await facts("p99"))["standing"]).toBe("active");
    expect(await give(many(10))).toMatchObject({ before: 10 });
  });

  it("is compared with the last that was joined to its end", async () => {
    await give(many(100));
    world.hook = (call) => {
      if (call === "graph.put") throw new Error("killed");
    };
    await expect(give(many(400))).rejects.toThrow("killed");
    world.hook = () => {};
    expect(await give(many(400))).toMatchObject({ before: 100, writes: 300 });
  });
});
