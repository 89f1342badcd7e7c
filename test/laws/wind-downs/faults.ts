/** A guard of the product taken out or turned: the test named must then fail. `from` stands once in the file. */
interface Guard {
  readonly name: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly test: string;
  readonly filter?: string;
}

const CORE = "packages/core/src/winddown";
const APP = "packages/app/src/winddown";
const CASE = "packages/app/src/casework";
const BRAKE = "packages/core/src/brake";
const LAWS = { test: "test/laws/wind-downs/wind-downs.test.ts", filter: "whole way" } as const;

/** Each was seen to break a law within 500 histories: LEASEHOLD_HISTORIES says how many are tried, 200,000 for a thousand. */
export const laws: readonly Guard[] = [
  {
    name: "nothing irreversible on silence: R2 needs a person",
    file: `${CORE}/judge.ts`,
    from: `if (next.reversibility === "R2" || next.reversibility === "R3") return`,
    to: `if (next.reversibility === "R3") return`,
    ...LAWS,
  },
  {
    name: "nothing irreversible on silence: the grace",
    file: `${CORE}/decide.ts`,
    from: "return later(since, Math.max(grace, LEAST_GRACE));",
    to: "return since;",
    ...LAWS,
  },
  {
    name: "nothing irreversible on silence: two people where it was never off",
    file: `${CORE}/judge.ts`,
    from: "voices.some((one) => one.security && voices.some((other) => areTwo(one, other)))",
    to: "voices.some((one) => one.security)",
    ...LAWS,
  },
  {
    name: "no act on the active: the directory is read at the act",
    file: `${APP}/look.ts`,
    from: "departed: sure,",
    to: `departed: sure || standing.value === "departed",`,
    ...LAWS,
  },
  {
    name: "no act on the active: silence needs a departure",
    file: `${CORE}/silence-limit.ts`,
    from: "|| !it.departed || it.shared",
    to: "|| it.shared",
    ...LAWS,
  },
  {
    name: "no act while braked: a place is taken",
    file: `${APP}/intend.ts`,
    from: `const unbraked = step.do === "undo" ||`,
    to: `const unbraked = step.do !== undefined ||`,
    ...LAWS,
  },
  {
    name: "no act while braked: a trip stands",
    file: `${BRAKE}/stops.ts`,
    from: `if (standingTrip(window) !== undefined) return "the brake has tripped";`,
    to: "",
    ...LAWS,
  },
  {
    name: "no act while braked: a hand",
    file: `${BRAKE}/stops.ts`,
    from: `if (window.frozen !== undefined) return "a person has put the brake on";`,
    to: "",
    ...LAWS,
  },
  {
    name: "no act while braked: who is held waits for a release",
    file: `${BRAKE}/stops.ts`,
    from: `return departed && brake?.as === "held" && !act.begun`,
    to: `return departed && brake === undefined && !act.begun`,
    ...LAWS,
  },
  {
    name: "no act while braked: a release runs out",
    file: `${BRAKE}/stops.ts`,
    from: "return now < release.until && (trip",
    to: "return (trip",
    ...LAWS,
  },
  {
    name: "no act after a keep or hold: a hold",
    file: `${CORE}/decide.ts`,
    from: "  if (now >= until) return undefined;\n  const step",
    to: "  if (now > at) return undefined;\n  const step",
    ...LAWS,
  },
  {
    name: "no act after a keep or hold: an offer",
    file: `${CORE}/decide.ts`,
    from: `return now < lapses ? { do: "offer", to: newOwner, until: lapses } : undefined;`,
    to: "return undefined;",
    ...LAWS,
  },
  {
    name: "a later keep is taken back",
    file: `${CORE}/decide.ts`,
    from: `if (accepted) return windDown.rung === "flagged" ? { do: "close", as: "kept" } : takenBack(windDown, view, now);`,
    to: `if (accepted) return { do: "close", as: "kept" };`,
    ...LAWS,
  },
  {
    name: "a later undo is taken back",
    file: `${CORE}/decide.ts`,
    from: `return rung === "flagged" && acts.length === 0 ? { do: "close", as: "undone" } : takenBack(windDown, view, now);`,
    to: `return { do: "close", as: "undone" };`,
    ...LAWS,
  },
  {
    name: "no silence without a question: somebody was asked",
    file: `${CORE}/decide.ts`,
    from: `if (question === undefined) return { do: "ask", because: "nobody has been asked yet" };`,
    to: "if (question === undefined) return undefined;",
    ...LAWS,
  },
  {
    name: "no silence without a question: its notice",
    file: `${CORE}/decide.ts`,
    from: "const until = latest(noticeOf(question), standing.notBefore);",
    to: "const until = latest(question.asked, standing.notBefore);",
    ...LAWS,
  },
];

/** Not yet seen to break one: whoever sees it moves it up. */
export const lawsToTry: readonly Guard[] = [
  {
    name: "no act on the active: a yes is void when they are back",
    file: `${CORE}/judge.ts`,
    from: `answer.token !== shown(plan, standing)) return [];`,
    to: `false) return [];`,
    ...LAWS,
  },
  {
    name: "no act while braked: the last look before the call",
    file: `${APP}/carry-out.ts`,
    from: "if (held || present?.version",
    to: "if (present?.version",
    ...LAWS,
  },
  {
    name: "no act after a keep or hold: the last look before the call",
    file: `${APP}/carry-out.ts`,
    from: "present?.version !== mine.version ||",
    to: "",
    ...LAWS,
  },
  {
    name: "no silence without a question: only what it said",
    file: `${CORE}/decide.ts`,
    from: `const unsaid = question.ifSilent === "nothing" || question.token !== shown(plan, standing);`,
    to: `const unsaid = plan === undefined && question.token !== shown(plan, standing);`,
    ...LAWS,
  },
  {
    name: "no silence without a question: an act ends its question",
    file: `${CORE}/record.ts`,
    from: "const asked = { question: undefined, wants",
    to: "const asked = { question: windDown.question, wants",
    ...LAWS,
  },
  {
    name: "no silence without a question: what lapsed needs its own",
    file: `${CORE}/decide.ts`,
    from: "return question && (lapsed === undefined || question.asked >= lapsed) ? question : undefined;",
    to: "return question && lapsed !== question.asked ? question : undefined;",
    ...LAWS,
  },
  {
    name: "each effect once: a lost answer is no withdrawal",
    file: `${APP}/carry-out.ts`,
    from: "if (fault instanceof Fault && UNTOUCHED.includes(fault.name))",
    to: "if (fault instanceof Fault && UNTOUCHED.length > 0)",
    ...LAWS,
  },
  {
    name: "each effect once: what is found as wanted is adopted",
    file: `${APP}/carry-out.ts`,
    from: "if (same(seen, wanted)) {",
    to: "if (same(seen, wanted) && same(seen, before)) {",
    ...LAWS,
  },
  {
    name: "each effect once: nobody closes an intent before its claim ends",
    file: `${APP}/advance.ts`,
    from: "world.clock() < open.claimedUntil) return",
    to: "world.clock() < open.at) return",
    ...LAWS,
  },
  {
    name: "each effect once: whoever slept acts on nothing",
    file: `${APP}/carry-out.ts`,
    from: " || world.clock() >= intent.actBy) {",
    to: ") {",
    ...LAWS,
  },
  {
    name: "one open wind-down: the pointer goes only with the end",
    file: "packages/store/src/repository/wind-downs.ts",
    from: "const ours = to.closed !== undefined && node.value.windDown === to.id;",
    to: "const ours = node.value.windDown === to.id;",
    ...LAWS,
  },
  {
    name: "one open wind-down: a second case attaches",
    file: `${CASE}/plan-items.ts`,
    from: "if (node.value.windDown !== undefined) return { credential, windDown: node.value.windDown, left: undefined, basis };",
    to: "",
    ...LAWS,
  },
  {
    name: "one open wind-down: none is opened again beside a newer one",
    file: `${APP}/undo.ts`,
    from: "if (node?.value.windDown !== undefined && node.value.windDown !== id) throw conflict(windDown.credential);",
    to: "",
    ...LAWS,
  },
  {
    name: "every case ends: after the last nobody is asked again",
    file: `${CORE}/decide.ts`,
    from: `return question.last ? end(windDown) : { do: "ask", because };`,
    to: `return { do: "ask", because };`,
    ...LAWS,
  },
  {
    name: "every case ends: what waits for a person says so",
    file: `${APP}/advance.ts`,
    from: "else if (because !== undefined && because !== OBSERVES)",
    to: "else if (because === OBSERVES)",
    ...LAWS,
  },
  {
    name: "every case ends: when its items have",
    file: `${CASE}/step.ts`,
    from: "after.every(({ windDown }) => windDown.closed)) {",
    to: "after.length < 0) {",
    ...LAWS,
  },
  {
    name: "each sees only their items: one message a custodian",
    file: `${CASE}/askings.ts`,
    from: "const group = groups.get(one.account) ?? { ...one, items: [] };",
    to: "const group = groups.get(one.account) ?? { ...one, items: [...groups.values()][0]?.items ?? [] };",
    ...LAWS,
  },
  {
    name: "each sees only their items: security only of what leaked",
    file: `${CASE}/custodian.ts`,
    from: "if (!isExposure(open)) return [];",
    to: "",
    ...LAWS,
  },
  {
    name: "each sees only their items: the leaver is not asked",
    file: `${CASE}/custodian.ts`,
    from: "    leaver: open.accounts,\n",
    to: "    leaver: [],\n",
    ...LAWS,
  },
  {
    name: "undo restores only ours: what may not have been us",
    file: `${CORE}/decide.ts`,
    from: "if (receipt.adopted && !isWanted(windDown.answer))",
    to: "if (receipt.adopted && windDown.answer === undefined)",
    ...LAWS,
  },
  {
    name: "undo restores only ours: newest first, and all of it",
    file: `${CORE}/record.ts`,
    from: "acts: windDown.acts.filter((one) => !below(one.to, to)), returned: act };",
    to: "acts: [], returned: act };",
    ...LAWS,
  },
  {
    name: "undo restores only ours: what somebody changed since is theirs",
    file: `${CORE}/decide.ts`,
    from: `if (!same(view.state, receipt.after) && !same(view.state, receipt.before))
    return cost === "R1" && isInDoubt(windDown, view.state) ? outOfDoubt(windDown, last, view, now) : CHANGED;`,
    to: `if (!same(view.state, receipt.after) && !same(view.state, receipt.before))
    return { do: "undo", to: from, plan: draw({ ...back(receipt), before: view.state ?? {} }) };`,
    ...LAWS,
  },
  {
    name: "silence: never where the connector only asks",
    file: `${CORE}/silence-limit.ts`,
    from: `if (it.mode !== "act" ||`,
    to: "if (",
    ...LAWS,
  },
  {
    name: "silence: never by night",
    file: `${CORE}/decide.ts`,
    from: "const until = latest(noticeOf(question), standing.notBefore);",
    to: "const until = noticeOf(question);",
    ...LAWS,
  },
  {
    name: "silence: never what is in use",
    file: `${CORE}/silence-limit.ts`,
    from: "if (it.inUse !== false ||",
    to: "if (",
    ...LAWS,
  },
  {
    name: "silence: never again on what was switched on after us",
    file: `${CORE}/silence-limit.ts`,
    from: "|| it.contested ||",
    to: "||",
    ...LAWS,
  },
];
