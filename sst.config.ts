/// <reference path="./.sst/platform/config.d.ts" />

/** What `npx sst deploy --stage prod` puts into an account. The parts are in stacks/; everything they say comes from packages/. */
export default $config({
  app: async (input) => {
    const { app } = await import("./stacks/app.ts");
    return app(input.stage);
  },
  run: async () => {
    const { deploy } = await import("./stacks/index.ts");
    return deploy();
  },
});
