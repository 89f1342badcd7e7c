// Reads a report of vitest and prints "<passed> <failed> <why>". A suite that failed without a failed test counts as one.
// What failed goes by name to the end of the file of the third argument, so that the last lines of a long run say it.
const { appendFileSync, readFileSync } = require("node:fs");

const [path, code, names] = process.argv.slice(2);
const report = JSON.parse(readFileSync(path, "utf8"));
const passed = report.numPassedTests;
const left = report.numPendingTests + report.numTodoTests;
const broken = report.testResults.filter(
  (file) => file.status === "failed" && file.assertionResults.length === 0,
).length;
const failed = report.numFailedTests + left + broken;
const reasons = [
  left > 0 && "not-all-were-run",
  broken > 0 && "a-file-could-not-be-loaded",
  passed + failed === 0 && "nothing-was-run",
  failed === 0 && code !== "0" && "ended-badly",
].filter(Boolean);

for (const { name, status, assertionResults } of report.testResults) {
  const red = assertionResults.filter((one) => one.status === "failed").map(({ fullName }) => fullName);
  const what = status === "failed" && assertionResults.length === 0 ? ["could not be loaded"] : red;
  for (const one of what) appendFileSync(names, `failed: ${name.split("/").slice(-4).join("/")}: ${one}\n`);
}
console.log(passed, Math.max(failed, reasons.length > 0 ? 1 : 0), reasons.join(","));
