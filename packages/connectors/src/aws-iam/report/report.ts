import { badInput, Instant, parseCsv } from "@leasehold/core/kernel";

/** One access key of the credential report: it tells no id. */
export interface Slot {
  readonly active: boolean;
  readonly rotated: Instant; // created or last changed
  readonly used: Instant | "N/A" | undefined;
}
export interface CredentialReport {
  readonly users: readonly string[];
  readonly slots: ReadonlyMap<string, readonly Slot[]>; // by user, of those who have any
  readonly lines: ReadonlyMap<string, Line>; // by user
}

/** What the report says of one user beside its access keys; undefined where it does not say. */
export interface Line {
  readonly madeAt: Instant | undefined;
  readonly password: boolean | undefined;
  readonly passwordUsed: Instant | null | undefined; // null: never
  readonly passwordSet: Instant | undefined; // since when it is the one that it is
  readonly certificates: boolean | undefined; // any that is active, or was
}

const NEEDED = ["user", "arn"];

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html */
export function reportOf(text: string): CredentialReport {
  const { rows, open } = parseCsv(text);
  const [head, ...body] = rows;
  const columns = head?.cells ?? [];
  const of = [1, 2].map((nth) => ["active", "last_rotated", "last_used_date"].map((one) => `access_key_${nth}_${one}`));
  const missing = [...NEEDED, ...of.flat()].filter((one) => !columns.includes(one));
  if (missing.length > 0)
    throw badInput("this is no credential report: columns are missing, and nothing was changed", {
      missing: missing.join(", "),
    });
  const cut = body.find(({ cells }) => cells.length !== columns.length)?.line ?? open;
  if (cut !== undefined) throw badInput("the credential report was cut: nothing was changed", { line: cut });
  const places = new Map(columns.map((column, at) => [column, at]));
  const cell = (cells: readonly string[], column = "") => cells[places.get(column) ?? -1] ?? "";
  return {
    users: body.map(({ cells }) => cell(cells, "user")),
    lines: new Map(body.map(({ cells }) => [cell(cells, "user"), lineOf((column) => cell(cells, column))])),
    slots: new Map(
      body.flatMap(({ cells }) => {
        const slots = of.flatMap((columns) => slotIn(columns.map((column) => cell(cells, column))));
        return slots.length === 0 ? [] : [[cell(cells, "user"), slots] as const];
      }),
    ),
  };
}

function slotIn([active = "", rotated, used]: readonly string[]): readonly Slot[] {
  const since = Instant.safeParse(rotated);
  if (!since.success) return []; // N/A: there is none, or none that is active
  const last = Instant.safeParse(used);
  const never = used === "N/A" ? ("N/A" as const) : undefined;
  return [{ active: truth(active) ?? false, rotated: since.data, used: last.success ? last.data : never }];
}

function lineOf(cell: (column: string) => string): Line {
  const date = (column: string): Instant | undefined => Instant.safeParse(cell(column)).data;
  const certificates = [1, 2].map((nth) => {
    const active = truth(cell(`cert_${nth}_active`));
    return date(`cert_${nth}_last_rotated`) === undefined ? active : true;
  });
  const madeAt = date("user_creation_time");
  const never = cell("password_last_used") === "no_information" && madeAt !== undefined && madeAt > SIGN_INS_TRACKED;
  return {
    ...{ madeAt, password: truth(cell("password_enabled")) },
    passwordUsed: date("password_last_used") ?? (never ? null : undefined),
    passwordSet: date("password_last_changed"),
    certificates: certificates.includes(true) ? true : certificates.includes(undefined) ? undefined : false,
  };
}

const SIGN_INS_TRACKED = "2014-10-20T00:00:00.000Z"; // IAM has kept the last sign-in since then

const WORDS: { readonly [word: string]: boolean } = { true: true, false: false };
const truth = (text: string): boolean | undefined => WORDS[text.toLowerCase()];
