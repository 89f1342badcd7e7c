import { Instant } from "@leasehold/core/kernel";
import type { SignalOf } from "@leasehold/core/signal";
import * as z from "zod/mini";

const Word = z.string().check(z.minLength(1), z.maxLength(1024));
const Short = z.string().check(z.minLength(1), z.maxLength(128));
const maybe = <T extends z.ZodMiniType>(schema: T) => z.catch(z.optional(schema), undefined);

/** Exports write numbers where Google writes text. */
const Name = z.pipe(z.union([Short, z.number()]), z.transform(String));

/** A number that is too long for JSON was rounded on its way, and may be somebody else's now. */
const ProfileId = z.pipe(
  z.union([z.string().check(z.regex(/^\d{1,32}$/)), z.int().check(z.nonnegative())]),
  z.transform(String),
);

/** Here a field that is there and cannot be read says that no person acted, and never that one did. */
const Actor = z.object({
  callerType: z.catch(z.nullish(Short), "unreadable"),
  email: maybe(z.string().check(z.minLength(3), z.maxLength(320))),
  profileId: maybe(ProfileId),
  key: maybe(z.string().check(z.regex(/^[A-Z_]{1,32}$/))), // SYSTEM; the key of a client is spelt otherwise, and not read
  applicationInfo: z.nullish(
    z.catch(
      z.object({
        applicationName: maybe(Short),
        oauthClientId: maybe(Short),
        impersonation: z.catch(z.nullish(z.boolean()), true),
      }),
      { impersonation: true },
    ),
  ),
  agentAttributionInfo: z.nullish(z.catch(z.object({ agentId: maybe(Short), agentName: maybe(Short) }), {})),
});

const NAMES = ["USER_EMAIL", "APP_ID", "API_CLIENT_NAME", "API_SCOPES", "client_id", "app_name", "scope"] as const;
type ParameterName = (typeof NAMES)[number];
const Parameter = z.object({
  name: z.enum(NAMES),
  value: maybe(Word),
  multiValue: maybe(z.array(Word).check(z.maxLength(1024))),
});

const Happening = z.object({
  name: Short,
  parameters: z.pipe(
    z.catch(z.array(z.unknown()), []),
    z.transform((all) => all.flatMap((one) => Parameter.safeParse(one).data ?? [])),
  ),
  status: z.catch(z.nullish(z.object({ eventStatus: z.nullish(z.string().check(z.maxLength(128))) })), {
    eventStatus: "unreadable",
  }),
});
export type Happening = z.infer<typeof Happening>;

const recorded = <T extends z.ZodMiniType>(time: T) =>
  z.object({
    id: z.object({ time, uniqueQualifier: Name, applicationName: Short, customerId: Name }),
    actor: z.catch(z.nullish(Actor), undefined),
    isAgenticAction: z.catch(z.nullish(z.boolean()), true),
    events: z.pipe(
      z.transform((events: unknown) => (Array.isArray(events) ? events : [events])), // exports write one record for each
      z.array(Happening).check(z.maxLength(256)),
    ),
  });

/**
 * One activity of the Reports API, of which nothing but the fields named here is ever read:
 * https://developers.google.com/workspace/admin/reports/reference/rest/v1/activities/list#activity
 */
export const Activity = recorded(Instant);
export type Activity = z.infer<typeof Activity>;

const KINDS = ["admin#reports#activity", "audit#activity", "reports#activity"] as const;

/** As it stands in a file, whatever its time looks like: one that cannot be read is told as such, by whoever reads it next. */
export const Written = z.extend(recorded(Short), { kind: z.enum(KINDS) });

/** A page of the API's answer. */
export const Page = z.object({ kind: z.string().check(z.regex(/reports#activities$/)), items: z.array(z.unknown()) });

/** What every signal of one event has in common. */
export type Said = Pick<SignalOf<"grant.revoked">, "source" | "tenant" | "by">;

export const textIn = ({ parameters }: Happening, name: ParameterName): string | undefined =>
  parameters.find((one) => one.name === name)?.value;

/** Some write a list, some one text with spaces or commas. */
export function listIn({ parameters }: Happening, name: ParameterName): readonly string[] {
  const { value, multiValue } = parameters.find((one) => one.name === name) ?? {};
  return (multiValue ?? value?.split(/[\s,]+/) ?? []).filter((one) => one !== "");
}
