import { live } from "./live/index.ts";

process.exitCode = await live(process.argv.slice(2), {
  ...{ stdout: process.stdout, stderr: process.stderr, env: process.env, stopped },
});

/** The first Ctrl-C asks; the second one does not. */
function stopped(): AbortSignal {
  const asked = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(signal, () => {
      if (asked.signal.aborted) process.exit(130);
      asked.abort();
    });
  return asked.signal;
}
