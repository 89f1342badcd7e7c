#!/usr/bin/env node
// biome-ignore-all lint/style/useNodejsImportProtocol: an old Node, which must still read this, does not know the prefix
const path = require("path");
const { canRun, findNode, tooOld } = require("./find-node.cjs");

const main = path.join(__dirname, "..", "src", "main.ts");

if (canRun(process.version)) {
  process.argv[1] = main;
  require("./import-main.cjs")(main);
} else {
  const binary = findNode(__dirname);
  if (binary) standFor(binary);
  else refuse();
}

/** Nobody outside should notice that there are two processes: signals go down, and the way it ended comes up. */
function standFor(binary) {
  const args = [main].concat(process.argv.slice(2));
  const child = require("child_process").spawn(binary, args, { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
    process.on(signal, () => {
      // A terminal's Ctrl-C reaches the child by itself, and a second one would mean "at once".
      if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
    });
  child.on("error", refuse);
  child.on("exit", (code, signal) => {
    if (!signal) process.exit(code);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

function refuse() {
  console.error(tooOld());
  process.exit(1);
}
