import type { Places } from "@leasehold/core/connector";

interface Placed {
  readonly account?: string | undefined;
}

/** An AWS connector in further accounts: by our role there, from the same start. `also`: what else in the settings is of one account. */
export const inAccounts = <Settings extends Placed>(
  also: (settings: Settings, account: string) => Partial<Settings> = () => ({}),
): Places<Settings> => ({
  key: "account",
  home: ({ account }) => account,
  in: (settings, { id, role, externalId }) => ({ ...settings, account: id, role, externalId, ...also(settings, id) }),
});
