import type { Flow, State } from "./model.ts";
import type { Problem } from "./problem.ts";

/** Where the states of one flow lead: each somewhere that is, each reachable, and no variable that hides an outer one. */
export function lintFlow({ StartAt, States }: Flow, at: string, outer: ReadonlySet<string>): readonly Problem[] {
  const names = new Set(Object.keys(States));
  const reached = reachable(StartAt, States);
  const start = names.has(StartAt) ? [] : [{ at: `${at}StartAt`, problem: "there is no such state" }];
  return [
    ...start,
    ...Object.entries(States).flatMap(([name, state]) => {
      const place = `${at}States.${name}`;
      const dangling = targets(state).filter(([, to]) => !names.has(to));
      return [
        ...dangling.map(([field]) => ({ at: `${place}.${field}`, problem: "there is no such state" })),
        ...(reached.has(name) ? [] : [{ at: place, problem: "no way leads here" }]),
        ...endings(state, place),
        ...assignedBy(state)
          .filter((variable) => outer.has(variable))
          .map((variable) => ({
            at: `${place}.Assign.${variable}`,
            problem: "a variable of this name exists outside the Map",
          })),
      ];
    }),
  ];
}

function reachable(start: string, states: Flow["States"]): ReadonlySet<string> {
  const reached = new Set<string>();
  const ahead = [start];
  for (let name = ahead.pop(); name !== undefined; name = ahead.pop()) {
    const state = states[name];
    if (state === undefined || reached.has(name)) continue;
    reached.add(name);
    ahead.push(...targets(state).map(([, to]) => to));
  }
  return reached;
}

function targets(state: State): readonly (readonly [field: string, to: string])[] {
  const choices =
    state.Type === "Choice" ? state.Choices.map(({ Next }, n) => [`Choices.${n}.Next`, Next] as const) : [];
  const caught = "Catch" in state ? (state.Catch ?? []).map(({ Next }, n) => [`Catch.${n}.Next`, Next] as const) : [];
  const next = "Next" in state && state.Next !== undefined ? [["Next", state.Next] as const] : [];
  const otherwise = state.Type === "Choice" && state.Default !== undefined ? [["Default", state.Default] as const] : [];
  return [...choices, ...otherwise, ...next, ...caught];
}

function endings(state: State, at: string): readonly Problem[] {
  if (state.Type === "Choice" || state.Type === "Succeed" || state.Type === "Fail") return [];
  if ((state.Next === undefined) === (state.End === true)) return [];
  return [{ at, problem: "a state has either Next or End" }];
}

/** Every variable that a state may set, also by a choice or a catcher. */
export function assignedBy(state: State): readonly string[] {
  const leaves = [
    state,
    ...(state.Type === "Choice" ? state.Choices : []),
    ...("Catch" in state ? (state.Catch ?? []) : []),
  ];
  return leaves.flatMap((leaf) => ("Assign" in leaf ? Object.keys(leaf.Assign ?? {}) : []));
}
