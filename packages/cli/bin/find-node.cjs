// biome-ignore-all lint/style/useNodejsImportProtocol: an old Node, which must still read this, does not know the prefix
const fs = require("fs");
const path = require("path");

/** The first releases that read TypeScript and SQLite without being asked twice: 22.18, 23.6, and all of 24. */
function canRun(version) {
  const parts = version.replace(/^v/, "").split(".").map(Number);
  if (parts[0] === 22) return parts[1] >= 18;
  if (parts[0] === 23) return parts[1] >= 6;
  return parts[0] >= 24;
}

/** The Node that `npm ci` put down for this platform, here or further up; undefined where none can run us. */
function findNode(from) {
  const system = `${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  const modules = path.join(from, "node_modules");
  const found = nodeIn(path.join(modules, `node-${system}`)) || nodeIn(path.join(modules, `node-bin-${system}`));
  const above = path.dirname(from);
  return found || above === from ? found : findNode(above);
}

function nodeIn(home) {
  const binary = path.join(home, "bin", process.platform === "win32" ? "node.exe" : "node");
  try {
    const version = JSON.parse(fs.readFileSync(path.join(home, "package.json"), "utf8")).version;
    return canRun(version) && fs.existsSync(binary) ? binary : undefined;
  } catch (_) {
    return undefined; // not installed here: look further up
  }
}

/** What a person reads who has neither. */
const tooOld = () =>
  `Leasehold needs Node 22.18 or later and this is ${process.version}: install Node 24, or run npm ci without leaving out optional packages, which brings one along.`;

module.exports = { canRun, findNode, tooOld };
