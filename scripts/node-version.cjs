// Before the verbs that need it. npm puts the Node that it installed first, so an old one here means that there was none.
const { canRun, findNode, tooOld } = require("../packages/cli/bin/find-node.cjs");

if (!canRun(process.version) && !findNode(__dirname)) {
  console.error(tooOld());
  process.exit(1);
}
