import type { Course } from "@leasehold/app/preview";
import { nameOf, shortly } from "../../terminal/index.ts";

/** Step after step, each with its date. */
export function courseLines(course: readonly Course[]): readonly string[] {
  return course.map((one, n) => `${shortly(one.at)}  ${wordsOf(one, course.slice(0, n))}`);
}

function wordsOf(one: Course, before: readonly Course[]): string {
  switch (one.does) {
    case "asks":
      return `${nameOf(one.custodian)} is asked until ${shortly(one.until)}: ${one.because}. ${silence(one)}`;
    case "descends":
      return `${one.verb}: ${one.to}, ${voices(one.voices)}${heldBack(one, before)}`;
    case "undoes":
      return `${one.verb} is undone: ${one.to}`;
    case "reopens":
      return `back to flagged: ${one.because}`;
    case "closes":
      return CLOSES[one.as];
    case "stops":
      return `nothing more happens by itself: ${one.because}`;
  }
}

function silence({ ifSilent, last }: Extract<Course, { does: "asks" }>): string {
  if (ifSilent === "goes down") return "Silence then takes it down one rung.";
  return last ? "Silence then ends it." : "Silence does nothing, and the next person is asked.";
}

const voices = (n: number) =>
  n === 0 ? "on silence" : n === 1 ? "on one yes" : "on two people's yes, one of security's";

/** Where the notice was over before, it waited for somebody to be there. */
function heldBack({ at, voices: said }: Extract<Course, { does: "descends" }>, before: readonly Course[]): string {
  const asked = before.findLast((one) => one.does === "asks");
  if (said > 0 || asked === undefined || asked.does !== "asks" || asked.until >= at) return "";
  return `; the notice ends ${shortly(asked.until)}, outside staffed hours or in a change freeze`;
}

const CLOSES = {
  kept: "closed: kept",
  undone: "closed: undone",
  gone: "closed: gone",
  bottom: "closed: it stays switched off, and nobody agreed to delete it",
  unresolved: "closed: nobody decided; a finding in the fallback's name, looked at again in 30 days",
} as const;
