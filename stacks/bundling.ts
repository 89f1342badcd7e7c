/**
 * How every function is bundled: by SST with these options, and by `npm run bench -- bundle` with the same. In Lambda the
 * credentials are in the environment, so the SDK's other ways to find some are left out: they are never loaded there.
 */
export const bundling = {
  minify: true,
  esbuild: {
    keepNames: false,
    define: { "process.env.LEASEHOLD_BUNDLED": '"yes"' }, // what only a laptop needs folds away: packages/connectors/kit/aws-connect.ts
    // An import() of something in the bundle makes esbuild wrap all that it leads to, also where it folded away.
    external: [
      "@aws-sdk/credential-provider-http",
      "@aws-sdk/credential-provider-ini",
      "@aws-sdk/credential-provider-login",
      "@aws-sdk/credential-provider-process",
      "@aws-sdk/credential-provider-sso",
      "@aws-sdk/credential-provider-web-identity",
      "@aws-sdk/credential-providers",
      "@smithy/credential-provider-imds",
      "@smithy/core/event-streams",
    ],
  },
};
