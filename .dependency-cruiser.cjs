// The arrows. A room may use the rooms on its right, and no others.
const arrows = {
  core: [],
  app: ["core"],
  connectors: ["core"],
  store: ["app", "core"],
  workflows: ["core"],
  api: ["app", "connectors", "core"],
  functions: ["api", "app", "connectors", "core", "store", "workflows"],
  local: ["api", "app", "connectors", "core", "store", "workflows"],
  mcp: ["app", "core"],
  web: ["app", "core"],
  cli: ["app", "core", "local"],
};
const test = "[.]test[.]ts$";
// Run from a command line, found by name or by a folder's listing: nothing imports these.
const entered = [
  test,
  "/(main|index)[.]ts$",
  "^packages/functions/src/[^/]+[.]ts$",
  "^stacks/",
  "/simulator[.]ts$",
  "^scripts/[^/]+[.](ts|cjs)$",
  "^[^/]+[.]config[.]ts$",
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...Object.entries(arrows).map(([room, may]) => ({
      name: `${room}-stays-in-its-lane`,
      severity: "error",
      from: { path: `^packages/${room}/`, pathNot: test },
      to: { path: "^(packages|stacks|test|scripts)/", pathNot: [room, ...may].map((other) => `^packages/${other}/`) },
    })),
    {
      name: "every-room-has-its-arrows",
      severity: "error",
      comment: "A package that is not in the table above could use anything.",
      from: { path: "^packages/", pathNot: Object.keys(arrows).map((room) => `^packages/${room}/`) },
      to: {},
    },
    {
      name: "core-is-pure",
      severity: "error",
      comment: "core may use zod, and node:crypto for ids. No clock, no network, no disk, no SDK.",
      from: { path: "^packages/core/", pathNot: test },
      to: { pathNot: ["^packages/core/", "node_modules/zod/", "^(node:)?crypto$"] },
    },
    {
      name: "app-has-no-hands",
      severity: "error",
      comment: "The world arrives as ports: the use cases open no socket, no file and no SDK.",
      from: { path: "^packages/(app|workflows)/", pathNot: test },
      to: { pathNot: ["^packages/", "node_modules/zod/"] },
    },
    {
      name: "connectors-are-strangers",
      severity: "error",
      comment: "One folder, one outside system. What they share lives in connectors/kit.",
      from: { path: "^packages/connectors/src/([^/]+)/" },
      to: { path: "^packages/connectors/src/[^/]+/", pathNot: "^packages/connectors/src/$1/" },
    },
    {
      name: "the-kit-knows-no-connector",
      severity: "error",
      from: { path: "^packages/connectors/kit/" },
      to: { path: "^packages/connectors/src/" },
    },
    {
      name: "front-doors-only",
      severity: "error",
      comment: "From another room, a folder is entered by its index.ts.",
      from: { path: "^packages/([^/]+)/", pathNot: test },
      to: { path: "^packages/[^/]+/", pathNot: ["^packages/$1/", "/index[.]ts$"] },
    },
    {
      name: "front-doors-at-home-too",
      severity: "error",
      comment: "From another folder of the same room, too.",
      from: { path: "^packages/([^/]+)/src/([^/]+)/", pathNot: test },
      to: { path: "^packages/$1/src/[^/]+/", pathNot: ["^packages/$1/src/$2/", "/index[.]ts$"] },
    },
    {
      name: "stacks-name-things",
      severity: "error",
      from: { path: "^stacks/" },
      to: { path: "^packages/", pathNot: "^packages/((connectors|workflows|core)/|app/src/(calls|config)/)" },
    },
    {
      name: "nothing-uses-test",
      severity: "error",
      comment: "What the product needs is not kept where it is only tried.",
      from: { path: "^(packages|scripts|stacks)/", pathNot: test },
      to: { path: ["^test/", test] },
    },
    // an import we cannot follow is an arrow we cannot check
    { name: "nothing-unresolved", severity: "error", from: {}, to: { couldNotResolve: true } },
    { name: "no-circles", severity: "error", from: {}, to: { circular: true } },
    { name: "no-orphans", severity: "error", from: { orphan: true, pathNot: entered }, to: {} },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    combinedDependencies: true,
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types", "node", "default"] },
  },
};

// Read by test/architecture/docs.test.ts; not a part of the configuration.
Object.defineProperty(module.exports, "arrows", { value: arrows, enumerable: false });
