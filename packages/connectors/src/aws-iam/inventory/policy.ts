import { type Allowed, MOST_NAMED, type Reach } from "@leasehold/core/signal";
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
const Statement = z.object({ Effect: z.string(), Action: Many, NotAction: Many, Resource: Many, NotResource: Many });
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

/** What it names, exactly or by pattern; all but something is everything. Undefined where it cannot be read. */
export function allowedBy(policy: string, text: string): Allowed | undefined {
  const read = Document.safeParse(parsed(text));
  if (!read.success || policy.length > 128) return undefined;
  const allowing = read.data.Statement.filter(({ Effect }) => Effect === "Allow");
  const named = allowing.flatMap(({ Resource = [], NotResource }) => (NotResource === undefined ? Resource : ["*"]));
  const resources = [...new Set(named)].filter((one) => one.length <= 2048).sort();
  const more = resources.length - MOST_NAMED;
  return { policy, resources: resources.slice(0, MOST_NAMED), ...(more > 0 && { more }) };
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
