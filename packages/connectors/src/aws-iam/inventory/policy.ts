import type { Reach } from "@leasehold/core/signal";
import * as z from "zod/mini";

const Many = z.optional(
  z.union([
    z.pipe(
      z.string(),
      z.transform((one) => [one]),
    ),
    z.array(z.string()),
  ]),
);
const Statement = z.object({ Effect: z.string(), Action: Many, NotAction: Many, Resource: Many });
const Document = z.object({
  Statement: z.union([
    z.pipe(
      Statement,
      z.transform((one) => [one]),
    ),
    z.array(Statement),
  ]),
});
type Statement = z.infer<typeof Statement>;

const READS = /:(Get|List|Describe|Head|BatchGet|View|Lookup|Search)[A-Za-z]*[*]?$/;

/** By the name of a policy that AWS keeps. What a customer's own policy is called says nothing. */
export function reachByName(arn: string): Reach {
  const name = /^arn:aws[a-z-]*:iam::aws:policy\/(?:.+\/)?([^/]+)$/.exec(arn)?.[1];
  if (name === undefined) return "unknown";
  if (name === "AdministratorAccess" || name === "IAMFullAccess") return "admin"; // who writes policies can have any
  if (/FullAccess|PowerUser/.test(name)) return "write";
  return /ReadOnly|ViewOnly|SecurityAudit/.test(name) ? "read" : "unknown";
}

/** By what an inline policy allows. What it denies, and what a boundary takes away, is not counted: it may reach less, never more. */
export function reachByDocument(text: string): Reach {
  const read = Document.safeParse(parsed(text));
  if (!read.success) return "unknown";
  return widest(read.data.Statement.filter(({ Effect }) => Effect === "Allow").map(reachOfStatement));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(decodeURIComponent(text)); // IAM hands documents out URL-encoded
  } catch {
    return undefined; // what we cannot read is unknown, not nothing
  }
}

function reachOfStatement({ Action = [], NotAction, Resource = [] }: Statement): Reach {
  const everywhere = Resource.includes("*");
  if (NotAction !== undefined) return everywhere && !NotAction.includes("iam:*") ? "admin" : "write";
  if (everywhere && Action.some((one) => /^([*]|[*]:[*]|iam:[*])$/.test(one))) return "admin";
  return Action.every((one) => READS.test(one)) ? "read" : "write";
}

/** The most that is known; but reading, beside something unknown, is unknown. */
export function widest(reaches: readonly Reach[]): Reach {
  for (const reach of ["admin", "write", "unknown", "read"] as const) if (reaches.includes(reach)) return reach;
  return "unknown"; // no policy of its own: a resource's policy may still name it
}
