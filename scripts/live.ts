import { live } from "./live/index.ts";

const SAME_PRESS = 1_000; // milliseconds: the terminal tells us, and npm hands on what the terminal told it

// a terminal that is gone, or a reader that has enough, must not leave a canary behind
for (const sink of [process.stdout, process.stderr]) sink.on("error", () => undefined);

process.exitCode = await live(process.argv.slice(2), {
  ...{ stdout: process.stdout, stderr: process.stderr, env: process.env, stopped },
});

/** The first Ctrl-C asks; the second one does not. */
function stopped(): AbortSignal {
  const asked = new AbortController();
  let first = 0;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(signal, () => {
      if (asked.signal.aborted && Date.now() - first > SAME_PRESS) process.exit(130);
      if (!asked.signal.aborted) first = Date.now();
      asked.abort();
    });
  return asked.signal;
}
