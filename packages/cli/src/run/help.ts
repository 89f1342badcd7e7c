import { type Command, EXITS, type Flag, GLOBALS } from "../command/index.ts";
import { columns } from "../terminal/index.ts";

type Load = () => Promise<Command>;

/** `leasehold --help`: every command, the flags that all of them know, and every exit code. */
export async function generalHelp(commands: Readonly<Record<string, Load>>): Promise<readonly string[]> {
  const rows = await Promise.all(
    Object.entries(commands).map(async ([name, load]) => {
      const { about, args } = await load();
      return [`  ${[name, ...args].join(" ")}`, about];
    }),
  );
  return [
    "leasehold: this person left becomes: these credentials are dead, here is the proof, and here is the undo.",
    "",
    "Usage: leasehold <command> [arguments] [flags]",
    "",
    ...columns(rows),
    "",
    "Flags of every command:",
    ...columns(flagRows(GLOBALS)),
    "",
    "Exit codes:",
    ...Object.entries(EXITS).map(([code, says]) => `  ${code}  ${says}`),
    "",
    "`leasehold <command> --help` says more.",
  ];
}

export function commandHelp(name: string, { about, args, flags = {}, more = [], no }: Command): readonly string[] {
  return [
    `leasehold ${name}: ${about}`,
    "",
    `Usage: ${["leasehold", name, ...args].join(" ")} [flags]`,
    ...(more.length > 0 ? ["", ...more] : []),
    "",
    "Flags:",
    ...columns(flagRows({ ...flags, ...GLOBALS, ...flags })),
    "",
    no === undefined
      ? "Exit codes: 0 fine; 2, 3, 4 as in `leasehold --help`."
      : `Exit codes: 0 fine; 1 ${no}; 2, 3, 4 as in \`leasehold --help\`.`,
  ];
}

const flagRows = (flags: Readonly<Record<string, Flag>>) =>
  Object.entries(flags).map(([name, { value, about }]) => [
    `  --${name}${value === undefined ? "" : ` <${value}>`}`,
    about,
  ]);
