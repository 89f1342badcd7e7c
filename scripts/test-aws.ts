import { installed, started } from "./moto/index.ts";
import { runVitest } from "./serving.ts";

const HELP = `Runs test/aws against moto, an AWS API server that others wrote, on this machine alone.

  npm run test:aws [-- what vitest takes]

Needs Python 3.11 or later, and once the network to PyPI: what test/aws/requirements.txt names is installed into
node_modules/.cache, by its digests. With LEASEHOLD_CORPORA set, the account in its aws_iam_inventory is loaded, too.
Exits with 1 where a test failed, and where it could not run.`;

const more = process.argv.slice(2);
if (more.includes("--help")) {
  console.log(HELP);
  process.exit(0);
}
try {
  const python = installed();
  const [moto, table, inventory] = await Promise.all([started(python), started(python), started(python)]);
  process.exitCode = await runVitest("aws", more, {
    ...{ ...ours(), ...moto.env, LEASEHOLD_MOTO: moto.url, LEASEHOLD_MOTO_PYTHON: python },
    ...{ LEASEHOLD_DYNAMODB: table.url, LEASEHOLD_MOTO_INVENTORY: inventory.url },
  });
} catch (error) {
  console.error(`not run: ${(error as Error).message}`);
  process.exitCode = 1;
}

process.exit(); // the servers end with us

/** Without what would lead the SDK elsewhere. */
function ours(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("AWS_")));
}
